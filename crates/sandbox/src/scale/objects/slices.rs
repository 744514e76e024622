//! EndpointSlices and the endpoints in them.

use serde_json::{Value, json};

use super::{CREATED, STARTED, pod_uid, service_uid};
use crate::scale::plan::addresses::pod_ip;
use crate::scale::plan::services::{Service, ServiceVariant};
use crate::scale::plan::{Health, MAX_ENDPOINTS_PER_SLICE, Plan, Pod, namespace_name, node_name, zone};
use crate::scale::random::uid;

/// The slices of a Service, as the controller writes them, or by hand for a database outside the cluster.
pub(super) fn slices(plan: &Plan, index: u32, service: &Service) -> Vec<Value> {
    let slice = |number: u32, ports: Value, endpoints: Vec<Value>| {
        let (name, app) = (plan.service_name(index), plan.service_name(index));
        let mut labels = json!({
            "app": app, "kubernetes.io/service-name": name,
            "endpointslice.kubernetes.io/managed-by": "endpointslice-controller.k8s.io",
        });
        if service.variant == ServiceVariant::Headless {
            labels["service.kubernetes.io/headless"] = "".into();
        }
        json!({
            "apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice", "addressType": "IPv4",
            "metadata": {
                "name": plan.slice_name(index, number), "generateName": format!("{name}-"),
                "namespace": namespace_name(plan.namespace_of(index)),
                // Slice numbers are below 2^12: 300,000 Pods make 3,000 slices.
                "uid": uid("EndpointSlice", (index << 12) + number), "creationTimestamp": CREATED,
                "annotations": {LAST_CHANGE: STARTED},
                "labels": labels,
                "ownerReferences": [{"apiVersion": "v1", "kind": "Service", "name": name, "uid": service_uid(index),
                    "controller": true, "blockOwnerDeletion": true}],
            },
            "ports": ports, "endpoints": endpoints,
        })
    };
    let ports: Value = service
        .ports
        .iter()
        .map(|port| json!({"name": port.name, "port": port.number, "protocol": port.protocol}))
        .collect();
    match service.variant {
        ServiceVariant::ExternalName => Vec::new(),
        ServiceVariant::Outside => {
            let mut outside = slice(0, ports, Vec::new());
            let metadata = &mut outside["metadata"];
            let name = metadata["labels"]["kubernetes.io/service-name"].take();
            metadata["labels"] = json!({"kubernetes.io/service-name": name});
            metadata["name"] = name;
            for field in ["generateName", "annotations", "ownerReferences"] {
                metadata.as_object_mut().and_then(|metadata| metadata.remove(field));
            }
            let endpoint =
                |place| json!({"addresses": [format!("192.0.2.{}", 1 + (index + place) % 250)], "conditions": {}});
            outside["endpoints"] = (0..1 + index % 3).map(endpoint).collect();
            vec![outside]
        }
        _ if !service.selects() || service.pods.is_empty() => vec![slice(0, Value::Null, Vec::new())],
        _ => {
            let planned = plan.pods.get(service.pods.clone()).unwrap_or_default();
            let first = u32::try_from(service.pods.start).unwrap_or(u32::MAX);
            let uids: Vec<String> = (first..).take(planned.len()).map(pod_uid).collect();
            let chunks = planned.chunks(MAX_ENDPOINTS_PER_SLICE).zip(uids.chunks(MAX_ENDPOINTS_PER_SLICE));
            let made = (0..).zip(chunks).map(|(number, (pods, uids))| {
                let endpoints = pods.iter().zip(uids).map(|(pod, uid)| endpoint(plan, pod, uid)).collect();
                slice(number, ports.clone(), endpoints)
            });
            made.collect()
        }
    }
}

/// Time of the change that caused the slice's change, for measurements.
pub(crate) const LAST_CHANGE: &str = "endpoints.kubernetes.io/last-change-trigger-time";

/// The endpoint of a Pod.
pub(crate) fn endpoint(plan: &Plan, pod: &Pod, uid: &str) -> Value {
    json!({
        "addresses": [pod_ip(pod).to_string()],
        "conditions": conditions(pod.health),
        "nodeName": node_name(pod.node.into()), "zone": zone(pod.node.into()),
        "targetRef": {"kind": "Pod", "namespace": plan.namespace(pod), "name": plan.pod_name(pod), "uid": uid},
    })
}

/// The conditions that the slice controller derives from a Pod's Ready condition and its deletionTimestamp (`podToEndpoint`).
pub(crate) fn conditions(health: Health) -> Value {
    let terminating = health == Health::Terminating;
    json!({"ready": health.ready() && !terminating, "serving": health.ready(), "terminating": terminating})
}
