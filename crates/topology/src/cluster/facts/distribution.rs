use serde::{Deserialize, Serialize};

use super::Labels;

/// A distribution of Kubernetes whose settings of kube-proxy are known where its administrator has not changed them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Distribution {
    /// k3s. kube-proxy is a part of its process and has no ConfigMap.
    K3s,
    /// RKE2. kube-proxy is a static Pod.
    Rke2,
    /// kind.
    Kind,
    /// MicroK8s. kube-proxy is a part of its process.
    Microk8s,
    /// Amazon EKS.
    Eks,
}

impl Distribution {
    /// The distribution of a Node, by its `spec.providerID`, `status.nodeInfo.kubeletVersion` and labels; `None` if it is none of these.
    pub fn recognise(provider_id: &str, kubelet_version: &str, labels: &Labels) -> Option<Self> {
        let scheme = provider_id.split_once("://").map(|(scheme, _)| scheme);
        let instance_type = labels.get("node.kubernetes.io/instance-type").map(String::as_str);
        let has_label = |prefix: &str| labels.keys().any(|label| label.starts_with(prefix));
        let is = |name: &str| {
            let version = kubelet_version.split_once('+').map(|(_, build)| build);
            scheme == Some(name) || instance_type == Some(name) || version.is_some_and(|build| build.starts_with(name))
        };
        if is("k3s") {
            Some(Self::K3s)
        } else if is("rke2") {
            Some(Self::Rke2)
        } else if scheme == Some("kind") {
            Some(Self::Kind)
        } else if has_label("microk8s.io/") {
            Some(Self::Microk8s)
        } else if has_label("eks.amazonaws.com/") || kubelet_version.contains("-eks-") {
            Some(Self::Eks)
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_node_tells_its_distribution_in_several_ways() {
        let recognise = |provider: &str, version: &str, label: (&str, &str)| {
            Distribution::recognise(provider, version, &[(label.0.to_owned(), label.1.to_owned())].into())
        };
        let no = ("a", "b");
        assert_eq!(recognise("k3s://n1", "", no), Some(Distribution::K3s));
        assert_eq!(recognise("", "v1.33.1+k3s1", no), Some(Distribution::K3s));
        assert_eq!(recognise("", "", ("node.kubernetes.io/instance-type", "k3s")), Some(Distribution::K3s));
        assert_eq!(recognise("aws:///eu-west-1a/i-0", "v1.33.1+rke2r1", no), Some(Distribution::Rke2));
        assert_eq!(recognise("kind://docker/kind/kind-worker", "v1.33.1", no), Some(Distribution::Kind));
        assert_eq!(recognise("", "", ("microk8s.io/cluster", "true")), Some(Distribution::Microk8s));
        assert_eq!(recognise("aws:///eu-west-1a/i-0", "v1.33.1-eks-0a1b2c3", no), Some(Distribution::Eks));
        assert_eq!(recognise("", "", ("eks.amazonaws.com/nodegroup", "a")), Some(Distribution::Eks));
        assert_eq!(recognise("aws:///eu-west-1a/i-0", "v1.33.1", no), None);
    }
}
