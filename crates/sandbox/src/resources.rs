//! The kinds that the sandbox serves: one row each. All other code is generic over them.

/// One resource of the API.
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Resource {
    /// Its API group; empty for the core group.
    pub group: &'static str,
    /// Its version in that group.
    pub version: &'static str,
    /// Its name in paths: `pods`.
    pub plural: &'static str,
    /// Its name for one object, as kubectl takes it: `pod`.
    pub singular: &'static str,
    /// Its kind: `Pod`.
    pub kind: &'static str,
    /// Whether it is namespaced.
    pub namespaced: bool,
    /// Its short names in kubectl.
    pub short_names: &'static [&'static str],
    /// Paths that a field selector may name, besides `metadata.name` and `metadata.namespace`.
    pub fields: &'static [&'static str],
    /// Its index in [`ALL`].
    pub(crate) index: usize,
}

impl Resource {
    /// The `apiVersion` of its objects: `v1`, `discovery.k8s.io/v1`.
    pub fn api_version(&self) -> String {
        if self.group.is_empty() { self.version.to_owned() } else { format!("{}/{}", self.group, self.version) }
    }

    /// Its name in error messages: `pods`, `endpointslices.discovery.k8s.io`.
    pub fn qualified(&self) -> String {
        if self.group.is_empty() { self.plural.to_owned() } else { format!("{}.{}", self.plural, self.group) }
    }

    const fn fields(mut self, fields: &'static [&'static str]) -> Self {
        self.fields = fields;
        self
    }

    const fn cluster(mut self) -> Self {
        self.namespaced = false;
        self
    }
}

const fn row(
    index: usize,
    group: &'static str,
    plural: &'static str,
    singular: &'static str,
    kind: &'static str,
    short_names: &'static [&'static str],
) -> Resource {
    Resource { group, version: "v1", plural, singular, kind, namespaced: true, short_names, fields: &[], index }
}

const DISCOVERY: &str = "discovery.k8s.io";
const NETWORKING: &str = "networking.k8s.io";

/// The fields that a field selector of Pods supports (`pkg/apis/core/v1/conversion.go`).
const POD_FIELDS: &[&str] = &[
    "spec.nodeName",
    "spec.restartPolicy",
    "spec.schedulerName",
    "spec.serviceAccountName",
    "status.phase",
    "status.podIP",
    "status.nominatedNodeName",
];

/// The fields that a field selector of Events supports; `kubectl describe` selects the events of one object.
const EVENT_FIELDS: &[&str] = &[
    "involvedObject.kind",
    "involvedObject.namespace",
    "involvedObject.name",
    "involvedObject.uid",
    "involvedObject.apiVersion",
    "involvedObject.fieldPath",
    "reason",
    "type",
];

/// Nodes.
pub static NODES: Resource = row(0, "", "nodes", "node", "Node", &["no"]).cluster();
/// Namespaces.
pub static NAMESPACES: Resource =
    row(1, "", "namespaces", "namespace", "Namespace", &["ns"]).cluster().fields(&["status.phase"]);
/// Pods.
pub static PODS: Resource = row(2, "", "pods", "pod", "Pod", &["po"]).fields(POD_FIELDS);
/// Services.
pub static SERVICES: Resource =
    row(3, "", "services", "service", "Service", &["svc"]).fields(&["spec.clusterIP", "spec.type"]);
/// Endpoints.
pub static ENDPOINTS: Resource = row(4, "", "endpoints", "endpoints", "Endpoints", &["ep"]);
/// ConfigMaps.
pub static CONFIG_MAPS: Resource = row(5, "", "configmaps", "configmap", "ConfigMap", &["cm"]);
/// Events of the core group.
pub static EVENTS: Resource = row(6, "", "events", "event", "Event", &["ev"]).fields(EVENT_FIELDS);
/// EndpointSlices.
pub static ENDPOINT_SLICES: Resource = row(7, DISCOVERY, "endpointslices", "endpointslice", "EndpointSlice", &[]);
/// ServiceCIDRs.
pub static SERVICE_CIDRS: Resource = row(8, NETWORKING, "servicecidrs", "servicecidr", "ServiceCIDR", &[]).cluster();
/// IPAddresses.
pub static IP_ADDRESSES: Resource = row(9, NETWORKING, "ipaddresses", "ipaddress", "IPAddress", &["ip"]).cluster();
/// NetworkPolicies.
pub static NETWORK_POLICIES: Resource =
    row(10, NETWORKING, "networkpolicies", "networkpolicy", "NetworkPolicy", &["netpol"]);
/// Ingresses.
pub static INGRESSES: Resource = row(11, NETWORKING, "ingresses", "ingress", "Ingress", &["ing"]);
/// Deployments, stored only.
pub static DEPLOYMENTS: Resource = row(12, "apps", "deployments", "deployment", "Deployment", &["deploy"]);
/// ReplicaSets, stored only.
pub static REPLICA_SETS: Resource = row(13, "apps", "replicasets", "replicaset", "ReplicaSet", &["rs"]);
/// StatefulSets, stored only.
pub static STATEFUL_SETS: Resource = row(14, "apps", "statefulsets", "statefulset", "StatefulSet", &["sts"]);

/// Every resource, in the order of its row.
pub static ALL: [&Resource; 15] = [
    &NODES,
    &NAMESPACES,
    &PODS,
    &SERVICES,
    &ENDPOINTS,
    &CONFIG_MAPS,
    &EVENTS,
    &ENDPOINT_SLICES,
    &SERVICE_CIDRS,
    &IP_ADDRESSES,
    &NETWORK_POLICIES,
    &INGRESSES,
    &DEPLOYMENTS,
    &REPLICA_SETS,
    &STATEFUL_SETS,
];

/// The resource at a path.
pub fn by_path(group: &str, version: &str, plural: &str) -> Option<&'static Resource> {
    ALL.into_iter().find(|r| r.group == group && r.version == version && r.plural == plural)
}

/// The resource of an object.
pub fn by_kind(api_version: &str, kind: &str) -> Option<&'static Resource> {
    ALL.into_iter().find(|r| r.kind == kind && r.api_version() == api_version)
}

#[cfg(test)]
mod tests {
    use super::ALL;

    #[test]
    fn every_row_has_its_own_index() {
        assert!(ALL.iter().enumerate().all(|(place, resource)| resource.index == place));
    }
}
