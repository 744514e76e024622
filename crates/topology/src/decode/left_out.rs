//! Objects in files that kubehop does not read, and why a reader must hear of them.

use serde_json::{Map, Value};

use crate::cluster::kinds::Kind;

/// Objects of one kind in files that kubehop does not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Why it matters that they are left out.
    pub why: LeftOutReason,
    /// Their kind.
    pub kind: String,
    /// Their `apiVersion`.
    pub api_version: String,
    /// How many there are.
    pub count: usize,
}

/// Why it matters that an object is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LeftOutReason {
    /// It can stop a packet, and policies are not evaluated: a NetworkPolicy, also of a CNI or a service mesh.
    Policy,
    /// It routes names and paths to Services, and routes are not evaluated: an Ingress, the Gateway API.
    Route,
    /// It is of a kind that kubehop reads, in a version that it does not read.
    OtherVersion,
    /// It makes Pods. Only Pods that are in the files count.
    Workload,
    /// It decides no path.
    DecidesNothing,
}

/// API groups of routes, besides kinds that are called Ingress.
const ROUTES: [&str; 7] = [
    "gateway.networking.k8s.io",
    "networking.istio.io",
    "traefik.io",
    "traefik.containo.us",
    "projectcontour.io",
    "route.openshift.io",
    "configuration.konghq.com",
];
const WORKLOADS: [&str; 7] =
    ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job", "CronJob"];

impl LeftOutReason {
    /// Why an object is left out that kubehop does not read.
    pub fn of(object: &Map<String, Value>) -> Self {
        let text = |field: &str| object.get(field).and_then(Value::as_str).unwrap_or_default();
        let (api_version, kind) = (text("apiVersion"), text("kind"));
        let group = api_version.split_once('/').map_or("", |(group, _)| group);
        if kind.ends_with("NetworkPolicy") || (group == "security.istio.io" && kind == "AuthorizationPolicy") {
            Self::Policy
        } else if kind == "Ingress" || ROUTES.contains(&group) {
            Self::Route
        } else if Kind::of_other_version(api_version, kind).is_some() {
            Self::OtherVersion
        } else if WORKLOADS.contains(&kind)
            && ["", "apps", "batch", "extensions"].contains(&group)
            && makes_pods(object)
        {
            Self::Workload
        } else {
            Self::DecidesNothing
        }
    }
}

/// Whether a workload wants Pods: `replicas` is not 0.
fn makes_pods(object: &Map<String, Value>) -> bool {
    object.get("spec").and_then(|spec| spec.get("replicas")).and_then(Value::as_i64) != Some(0)
}
