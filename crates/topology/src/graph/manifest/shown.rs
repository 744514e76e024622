//! What of an object's manifest is shown: an allow-list. A field that is not in it is not shown, whatever it holds: the environment, commands and
//! probes of containers, volumes, and what tools note in annotations may hold secrets.

use serde_json::{Map, Value};

use crate::cluster::key::Kind;

/// The fields of every kind. A path stands for the field with all that is in it, and a list on the way for each of its items.
const COMMON: &[&str] = &[
    "apiVersion",
    "kind",
    // Without those that [`network_annotations`] takes out.
    "metadata.annotations",
    "metadata.creationTimestamp",
    "metadata.deletionGracePeriodSeconds",
    "metadata.deletionTimestamp",
    "metadata.finalizers",
    "metadata.generateName",
    "metadata.generation",
    "metadata.labels",
    "metadata.name",
    "metadata.namespace",
    "metadata.ownerReferences",
    "metadata.resourceVersion",
    "metadata.uid",
];

const NODE: &[&str] = &[
    "spec.podCIDR",
    "spec.podCIDRs",
    "spec.providerID",
    "spec.taints",
    "spec.unschedulable",
    "status.addresses",
    "status.allocatable",
    "status.capacity",
    "status.conditions",
    "status.daemonEndpoints",
    "status.nodeInfo",
];

const SERVICE: &[&str] = &[
    "spec.allocateLoadBalancerNodePorts",
    "spec.clusterIP",
    "spec.clusterIPs",
    "spec.externalIPs",
    "spec.externalName",
    "spec.externalTrafficPolicy",
    "spec.healthCheckNodePort",
    "spec.internalTrafficPolicy",
    "spec.ipFamilies",
    "spec.ipFamilyPolicy",
    "spec.loadBalancerClass",
    "spec.loadBalancerIP",
    "spec.loadBalancerSourceRanges",
    "spec.ports",
    "spec.publishNotReadyAddresses",
    "spec.selector",
    "spec.sessionAffinity",
    "spec.sessionAffinityConfig",
    "spec.trafficDistribution",
    "spec.type",
    "status.conditions",
    "status.loadBalancer",
];

const ENDPOINT_SLICE: &[&str] = &["addressType", "endpoints", "ports"];

const ENDPOINTS: &[&str] = &["subsets"];

const POD: &[&str] = &[
    "spec.dnsConfig",
    "spec.dnsPolicy",
    "spec.enableServiceLinks",
    "spec.hostAliases",
    "spec.hostNetwork",
    "spec.hostname",
    "spec.nodeName",
    "spec.nodeSelector",
    "spec.readinessGates",
    "spec.restartPolicy",
    "spec.schedulerName",
    "spec.serviceAccountName",
    "spec.setHostnameAsFQDN",
    "spec.subdomain",
    "spec.terminationGracePeriodSeconds",
    "spec.tolerations",
    "status.conditions",
    "status.hostIP",
    "status.hostIPs",
    "status.message",
    "status.nominatedNodeName",
    "status.observedGeneration",
    "status.phase",
    "status.podIP",
    "status.podIPs",
    "status.qosClass",
    "status.reason",
    "status.startTime",
];

/// The lists of a Pod's containers, and the fields of each.
const CONTAINERS: [&str; 3] = ["spec.containers", "spec.initContainers", "spec.ephemeralContainers"];
const CONTAINER: &[&str] = &["image", "imagePullPolicy", "name", "ports", "restartPolicy", "targetContainerName"];
/// The probes of a container, and the fields of each: no header, no command, and no path, which may have a token in its query.
const PROBES: [&str; 3] = ["livenessProbe", "readinessProbe", "startupProbe"];
const PROBE: &[&str] = &[
    "failureThreshold",
    "grpc",
    "httpGet.host",
    "httpGet.port",
    "httpGet.scheme",
    "initialDelaySeconds",
    "periodSeconds",
    "successThreshold",
    "tcpSocket",
    "terminationGracePeriodSeconds",
    "timeoutSeconds",
];

/// The lists of the states of a Pod's containers, and the fields of each. What a container wrote when it ended is not among them.
const STATUSES: [&str; 3] =
    ["status.containerStatuses", "status.initContainerStatuses", "status.ephemeralContainerStatuses"];
const CONTAINER_STATUS: &[&str] = &["containerID", "image", "imageID", "name", "ready", "restartCount", "started"];
const STATES: [&str; 2] = ["state", "lastState"];
const STATE: &[&str] = &[
    "running",
    "terminated.exitCode",
    "terminated.finishedAt",
    "terminated.reason",
    "terminated.signal",
    "terminated.startedAt",
    "waiting",
];

/// The domains of annotations that say something of the network: Kubernetes' own for Services and endpoints, and those of load balancers and
/// network plugins. An annotation of a domain below one of them counts too.
const ANNOTATIONS: [&str; 18] = [
    "cloud.google.com",
    "cni.cilium.io",
    "cni.projectcalico.org",
    "endpoints.kubernetes.io",
    "endpointslice.kubernetes.io",
    "external-dns.alpha.kubernetes.io",
    "flannel.alpha.coreos.com",
    "io.cilium",
    "k8s.v1.cni.cncf.io",
    "kube-vip.io",
    "lbipam.cilium.io",
    "metallb.io",
    "metallb.universe.tf",
    "networking.gke.io",
    "projectcalico.org",
    "service.beta.kubernetes.io",
    "service.cilium.io",
    "service.kubernetes.io",
];

/// Keeps of an object what the allow-list of its kind has.
pub fn keep(kind: Kind, object: &mut Map<String, Value>) {
    if let Some(metadata) = object.get_mut("metadata").and_then(Value::as_object_mut)
        && let Some(annotations) = metadata.remove("annotations").and_then(network_annotations)
    {
        metadata.insert("annotations".to_owned(), annotations);
    }
    let paths = paths(kind);
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    if let Some(Value::Object(kept)) = kept(Value::Object(std::mem::take(object)), &paths) {
        *object = kept;
    }
}

fn paths(kind: Kind) -> Vec<String> {
    let own = match kind {
        Kind::Node => NODE,
        Kind::Service => SERVICE,
        Kind::EndpointSlice | Kind::Endpoint => ENDPOINT_SLICE,
        Kind::Endpoints => ENDPOINTS,
        Kind::Pod => POD,
        // There is no manifest of these.
        Kind::Namespace | Kind::ServiceCIDR => &[],
    };
    let mut paths: Vec<String> = COMMON.iter().chain(own).map(|path| (*path).to_owned()).collect();
    if kind == Kind::Pod {
        for list in CONTAINERS {
            paths.extend(CONTAINER.iter().map(|field| format!("{list}.{field}")));
            for probe in PROBES {
                paths.extend(PROBE.iter().map(|field| format!("{list}.{probe}.{field}")));
            }
        }
        for list in STATUSES {
            paths.extend(CONTAINER_STATUS.iter().map(|field| format!("{list}.{field}")));
            for state in STATES {
                paths.extend(STATE.iter().map(|field| format!("{list}.{state}.{field}")));
            }
        }
    }
    paths
}

/// What these paths have of a value; the empty path has all of it. `None` if they have nothing of it.
fn kept(value: Value, paths: &[&str]) -> Option<Value> {
    if paths.contains(&"") {
        return Some(value);
    }
    match value {
        Value::Object(fields) => {
            let kept: Map<String, Value> = fields
                .into_iter()
                .filter_map(|(name, value)| {
                    let below: Vec<&str> = paths.iter().filter_map(|path| below(path, &name)).collect();
                    let value = if below.is_empty() { None } else { kept(value, &below) };
                    Some((name, value?))
                })
                .collect();
            (!kept.is_empty()).then_some(Value::Object(kept))
        }
        Value::Array(items) => {
            let kept: Vec<Value> = items.into_iter().filter_map(|item| kept(item, paths)).collect();
            (!kept.is_empty()).then_some(Value::Array(kept))
        }
        // A path leads on from here, so the value is not what the API has in this place.
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    }
}

/// The rest of a path after its first field, if that is this one.
fn below<'p>(path: &'p str, field: &str) -> Option<&'p str> {
    match path.split_once('.') {
        Some((first, rest)) => (first == field).then_some(rest),
        None => (path == field).then_some(""),
    }
}

fn network_annotations(annotations: Value) -> Option<Value> {
    let Value::Object(mut annotations) = annotations else { return None };
    annotations.retain(|name, value| {
        let domain = name.split_once('/').map_or("", |(domain, _)| domain);
        let is_in = |own: &str| domain.strip_suffix(own).is_some_and(|more| more.is_empty() || more.ends_with('.'));
        value.is_string() && ANNOTATIONS.into_iter().any(is_in)
    });
    (!annotations.is_empty()).then_some(Value::Object(annotations))
}
