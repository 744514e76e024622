//! The objects of the plan, as their writers make them: API server, kubelet, slice controller.

pub(super) mod slices;

use serde_json::{Value, json};

use super::plan::addresses::{balancer_ip, cluster_ip, node_ip, pod_cidr, pod_ip};
use super::plan::services::{Port, Service, ServiceVariant};
use super::plan::{Health, Plan, Pod, is_ready, namespace_name, node_name, zone};
use super::random::uid;
use slices::slices;

/// Creation time of the cluster.
const CREATED: &str = "2026-11-20T08:00:00Z";
/// Time of the last status change of the Pods.
const STARTED: &str = "2026-11-20T08:01:00Z";

/// Every object, made lazily.
pub(super) fn all(plan: &Plan) -> impl Iterator<Item = Value> + '_ {
    let services = || (0..plan.scale.services).zip(&plan.services);
    let pods = (0_u32..).zip(&plan.pods).map(|(index, planned)| {
        let mut object = pod(plan, planned, STARTED);
        let metadata = &mut object["metadata"];
        metadata["uid"] = pod_uid(index).into();
        metadata["creationTimestamp"] = CREATED.into();
        if planned.health == Health::Terminating {
            metadata["deletionTimestamp"] = "2026-11-20T09:00:30Z".into();
            metadata["deletionGracePeriodSeconds"] = 30.into();
        }
        object
    });
    std::iter::once(service_cidr())
        .chain((0..plan.namespaces).map(namespace))
        .chain((0..plan.scale.nodes).map(node))
        .chain(services().map(|(index, planned)| service(plan, index, planned)))
        .chain(pods)
        .chain(services().flat_map(|(index, planned)| slices(plan, index, planned)))
}

fn service_cidr() -> Value {
    json!({
        "apiVersion": "networking.k8s.io/v1", "kind": "ServiceCIDR",
        "metadata": {"name": "kubernetes", "uid": uid("ServiceCIDR", 0), "creationTimestamp": CREATED},
        "spec": {"cidrs": ["10.96.0.0/12"]},
        "status": {"conditions": [{"type": "Ready", "status": "True", "reason": "", "lastTransitionTime": CREATED,
            "message": "Kubernetes default Service CIDR is ready"}]},
    })
}

fn namespace(index: u32) -> Value {
    let name = namespace_name(index);
    json!({
        "apiVersion": "v1", "kind": "Namespace",
        "metadata": {"name": name, "uid": uid("Namespace", index), "creationTimestamp": CREATED,
            "labels": {"kubernetes.io/metadata.name": name}},
        "spec": {"finalizers": ["kubernetes"]},
        "status": {"phase": "Active"},
    })
}

fn node(index: u32) -> Value {
    let (name, cidr) = (node_name(index), pod_cidr(index));
    let (condition, taints) = if is_ready(index) {
        let message = "kubelet is posting ready status";
        (json!({"type": "Ready", "status": "True", "reason": "KubeletReady", "message": message}), json!([]))
    } else {
        let message = "Kubelet stopped posting node status.";
        let taint = |effect| json!({"key": "node.kubernetes.io/unreachable", "effect": effect, "timeAdded": STARTED});
        (
            json!({"type": "Ready", "status": "Unknown", "reason": "NodeStatusUnknown", "message": message}),
            json!([taint("NoSchedule"), taint("NoExecute")]),
        )
    };
    let mut condition = condition;
    condition["lastTransitionTime"] = STARTED.into();
    let size = json!({"cpu": "64", "memory": "256Gi", "pods": "250"});
    json!({
        "apiVersion": "v1", "kind": "Node",
        "metadata": {"name": name, "uid": uid("Node", index), "creationTimestamp": CREATED, "labels": {
            "kubernetes.io/arch": "amd64", "kubernetes.io/hostname": name, "kubernetes.io/os": "linux",
            "topology.kubernetes.io/zone": zone(index),
        }},
        "spec": {"podCIDR": cidr, "podCIDRs": [cidr], "taints": taints},
        "status": {
            "addresses": [
                {"type": "InternalIP", "address": node_ip(index).to_string()},
                {"type": "Hostname", "address": name},
            ],
            "capacity": size, "allocatable": size, "conditions": [condition],
        },
    })
}

fn service(plan: &Plan, index: u32, planned: &Service) -> Value {
    let Service { variant, ports, node_ports, health_check, .. } = planned;
    let app = plan.service_name(index);
    let mut spec = json!({"sessionAffinity": "None"});
    if *variant == ServiceVariant::ExternalName {
        spec["type"] = "ExternalName".into();
        spec["externalName"] = format!("{app}.example.com").into();
    } else {
        let cluster_ip =
            if *variant == ServiceVariant::Headless { "None".to_owned() } else { cluster_ip(index).to_string() };
        spec["type"] = match variant {
            ServiceVariant::NodePort => "NodePort",
            ServiceVariant::LoadBalancer => "LoadBalancer",
            _ => "ClusterIP",
        }
        .into();
        spec["clusterIPs"] = json!([cluster_ip]);
        spec["clusterIP"] = cluster_ip.into();
        spec["internalTrafficPolicy"] = "Cluster".into();
        spec["ipFamilies"] = json!(["IPv4"]);
        spec["ipFamilyPolicy"] = "SingleStack".into();
        spec["ports"] = ports.iter().zip(node_ports).map(|(port, node_port)| service_port(port, *node_port)).collect();
    }
    let mut status = json!({"loadBalancer": {}});
    match variant {
        ServiceVariant::NodePort => spec["externalTrafficPolicy"] = "Cluster".into(),
        ServiceVariant::LoadBalancer => {
            spec["externalTrafficPolicy"] = "Local".into();
            spec["allocateLoadBalancerNodePorts"] = true.into();
            spec["healthCheckNodePort"] = (*health_check).into();
            status["loadBalancer"]["ingress"] = json!([{"ip": balancer_ip(index).to_string(), "ipMode": "VIP"}]);
        }
        _ => {}
    }
    if planned.has_selector() {
        spec["selector"] = json!({"app": if *variant == ServiceVariant::Typo { swapped(&app) } else { app.clone() }});
    }
    let namespace = namespace_name(plan.namespace_of(index));
    json!({
        "apiVersion": "v1", "kind": "Service",
        "metadata": {"name": app, "namespace": namespace, "uid": service_uid(index), "creationTimestamp": CREATED,
            "labels": {"app": app}},
        "spec": spec, "status": status,
    })
}

fn service_port(port: &Port, node_port: u16) -> Value {
    let target = match port.declared {
        Some(name) if port.by_name => Value::from(name),
        _ => port.number.into(),
    };
    let mut object = json!({"port": port.port, "targetPort": target, "protocol": port.protocol});
    if !port.name.is_empty() {
        object["name"] = port.name.into();
    }
    if node_port != 0 {
        object["nodePort"] = node_port.into();
    }
    object
}

/// The text with its last two letters swapped.
fn swapped(text: &str) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    if let [.., last_but_one, last] = letters.as_mut_slice() {
        std::mem::swap(last_but_one, last);
    }
    letters.into_iter().collect()
}

/// A Pod without the fields that depend on its past: uid, creation and deletion timestamps.
pub(super) fn pod(plan: &Plan, planned: &Pod, since: &str) -> Value {
    let (prefix, hash) = plan.prefix(planned);
    let node = u32::from(planned.node);
    let ip = pod_ip(planned).to_string();
    let mut ports = Vec::new();
    match planned.service.and_then(|service| plan.services.get(service as usize)) {
        Some(service) => ports.extend(service.ports.iter().filter_map(container_port)),
        None => {
            if let Some(host_port) = plan.host_port(planned) {
                ports.push(json!({"containerPort": 9100, "hostPort": host_port, "protocol": "TCP"}));
            }
        }
    }
    let mut container = json!({"name": "main", "image": "registry.example.com/app:1"});
    if !ports.is_empty() {
        container["ports"] = ports.into();
    }
    json!({
        "apiVersion": "v1", "kind": "Pod",
        "metadata": {"name": plan.pod_name(planned), "generateName": prefix, "namespace": plan.namespace(planned),
            "labels": {"app": plan.app(planned), "pod-template-hash": hash}},
        "spec": {"nodeName": node_name(node), "restartPolicy": "Always", "containers": [container]},
        "status": {
            "phase": "Running", "hostIP": node_ip(node).to_string(), "podIP": ip, "podIPs": [{"ip": ip}],
            "startTime": since, "conditions": [condition(planned.health, since)],
        },
    })
}

fn container_port(port: &Port) -> Option<Value> {
    let name = port.declared?;
    let mut object = json!({"containerPort": port.number, "protocol": port.protocol});
    if !name.is_empty() {
        object["name"] = name.into();
    }
    Some(object)
}

/// A Pod's condition Ready.
pub(super) fn condition(health: Health, since: &str) -> Value {
    let mut condition = json!({"type": "Ready", "lastTransitionTime": since});
    condition["status"] = if health.ready() { "True" } else { "False" }.into();
    let because = match health {
        Health::Unready => Some("containers with unready status: [main]: readiness probe answered HTTP 503"),
        Health::Crashing => Some("containers with unready status: [main]: back-off 5m0s restarting failed container"),
        // The node lifecycle controller changes the status only.
        Health::Ready | Health::Terminating | Health::Lost | Health::Gone => None,
    };
    if let Some(message) = because {
        condition["reason"] = "ContainersNotReady".into();
        condition["message"] = message.into();
    }
    condition
}

fn pod_uid(index: u32) -> String {
    uid("Pod", index)
}

fn service_uid(index: u32) -> String {
    uid("Service", index)
}
