//! The compared fields of each kind's fact.

use std::borrow::Cow;

use super::{Compare, FieldChanges, joined};
use crate::cluster::facts::{
    EndpointFact, EndpointsFact, NamespaceFact, NodeFact, PodFact, ServiceCidrFact, ServiceFact, ServicePortFact,
    SliceFact, SlicePortFact,
};

impl Compare for NodeFact {
    fn compare(old: &Self, new: &Self, found: &mut FieldChanges) {
        found.list("InternalIP", &old.internal_ips, &new.internal_ips);
        found.list("ExternalIP", &old.external_ips, &new.external_ips);
        found.list("podCIDRs", &old.pod_cidrs, &new.pod_cidrs);
        found.value("ready", &old.ready, &new.ready);
        found.value("unschedulable", &old.unschedulable, &new.unschedulable);
        found.map("labels", &old.labels, &new.labels);
    }
}

impl Compare for NamespaceFact {
    fn compare(old: &Self, new: &Self, found: &mut FieldChanges) {
        found.map("labels", &old.labels, &new.labels);
    }
}

impl Compare for ServiceCidrFact {
    fn compare(old: &Self, new: &Self, found: &mut FieldChanges) {
        found.list("cidrs", &old.cidrs, &new.cidrs);
    }
}

impl Compare for ServiceFact {
    fn compare(old: &Self, new: &Self, found: &mut FieldChanges) {
        found.value("type", old.service_type.as_str(), new.service_type.as_str());
        // A headless Service has `None` in place of its addresses.
        let ips = |fact: &ServiceFact| if fact.headless { Some("None".to_owned()) } else { joined(&fact.cluster_ips) };
        found.text("clusterIPs", ips(old), ips(new));
        found.list("externalIPs", &old.external_ips, &new.external_ips);
        let ingress = |fact: &ServiceFact| {
            let texts = fact.load_balancer.iter().filter_map(|ingress| {
                let address = ingress.ip.map(|ip| ip.to_string()).or_else(|| ingress.hostname.clone())?;
                Some(if ingress.proxy_mode { format!("{address} (ipMode Proxy)") } else { address })
            });
            joined(&texts.collect::<Vec<_>>())
        };
        if old.load_balancer != new.load_balancer {
            found.text("ingress", ingress(old), ingress(new));
        }
        found.list("loadBalancerSourceRanges", &old.source_ranges, &new.source_ranges);
        found.option("externalName", &old.external_name, &new.external_name);
        let policies = [
            ("internalTrafficPolicy", old.internal_traffic_policy, new.internal_traffic_policy),
            ("externalTrafficPolicy", old.external_traffic_policy, new.external_traffic_policy),
        ];
        for (field, old, new) in policies {
            found.value(field, old.as_str(), new.as_str());
        }
        let affinity = |fact: &ServiceFact| if fact.client_ip_affinity { "ClientIP" } else { "None" };
        found.value("sessionAffinity", affinity(old), affinity(new));
        found.value("publishNotReadyAddresses", &old.publish_not_ready, &new.publish_not_ready);
        found.map("selector", &old.selector, &new.selector);
        let proxy = |fact: &ServiceFact| fact.other_proxy.then(|| fact.proxy_name.clone());
        found.option("service.kubernetes.io/service-proxy-name", &proxy(old), &proxy(new));
        found.option("healthCheckNodePort", &old.health_check_node_port, &new.health_check_node_port);
        found.value("allocateLoadBalancerNodePorts", &!old.no_node_ports, &!new.no_node_ports);
        if old.ports != new.ports {
            compare_service_ports(&old.ports, &new.ports, found);
        }
    }
}

/// Compares ports with the same name and protocol, because slices are joined by these.
fn compare_service_ports(old: &[ServicePortFact], new: &[ServicePortFact], found: &mut FieldChanges) {
    let same = |a: &ServicePortFact, b: &ServicePortFact| (&a.name, a.protocol) == (&b.name, b.protocol);
    for before in old {
        let Some(now) = new.iter().find(|now| same(before, now)) else {
            found.text("ports", Some(port_text(before)), None);
            continue;
        };
        let field = |field: &'static str| match before.name.as_str() {
            "" => field.into(),
            name => Cow::Owned(format!("ports[{name}].{field}")),
        };
        found.value(field("port"), &before.port, &now.port);
        found.value(field("targetPort"), &before.target_port, &now.target_port);
        found.option(field("nodePort"), &before.node_port, &now.node_port);
    }
    for now in new.iter().filter(|now| !old.iter().any(|before| same(before, now))) {
        found.text("ports", None, Some(port_text(now)));
    }
}

impl Compare for SliceFact {
    fn compare(old: &Self, new: &Self, found: &mut FieldChanges) {
        found.option("kubernetes.io/service-name", &old.service, &new.service);
        found.option("endpointslice.kubernetes.io/managed-by", &old.managed_by, &new.managed_by);
        found.value("service.kubernetes.io/headless", &old.headless, &new.headless);
        if old.ports != new.ports {
            let ports = |ports: &[SlicePortFact]| joined(&ports.iter().map(slice_port_text).collect::<Vec<_>>());
            found.text("ports", ports(&old.ports), ports(&new.ports));
        }
    }
}

impl Compare for EndpointFact {
    fn compare(old: &Self, new: &Self, found: &mut FieldChanges) {
        found.option("ready", &old.ready, &new.ready);
        found.option("serving", &old.serving, &new.serving);
        found.option("terminating", &old.terminating, &new.terminating);
        found.option("nodeName", &old.node, &new.node);
        found.option("hostname", &old.hostname, &new.hostname);
        if old.target != new.target {
            let text = |fact: &EndpointFact| {
                let target = fact.target.as_ref()?;
                let place = if target.namespace.is_empty() { &fact.namespace } else { &target.namespace };
                Some(format!("{} {place}/{}", target.kind, target.name))
            };
            found.text("targetRef", text(old), text(new));
        }
        found.value("further addresses", &old.further_addresses, &new.further_addresses);
        found.list("forZones", &old.zone_hints, &new.zone_hints);
        found.list("forNodes", &old.node_hints, &new.node_hints);
    }
}

impl Compare for EndpointsFact {
    fn compare(old: &Self, new: &Self, found: &mut FieldChanges) {
        found.value("endpointslice.kubernetes.io/skip-mirror", &old.skip_mirror, &new.skip_mirror);
        // The row of an object of the controller has only the number of addresses.
        let addresses = |fact: &EndpointsFact| {
            let own = fact.subsets.iter().flat_map(|subset| subset.addresses.iter().chain(&subset.not_ready));
            joined(&own.collect::<Vec<_>>()).or_else(|| Some(fact.addresses.to_string()))
        };
        if (old.addresses, &old.subsets) != (new.addresses, &new.subsets) {
            found.text("addresses", addresses(old), addresses(new));
            let ports = |fact: &EndpointsFact| {
                let ports = fact.subsets.iter().flat_map(|subset| &subset.ports);
                let text = |(name, protocol, port): &(String, _, _)| named(name, format!("{port}/{protocol}"));
                joined(&ports.map(text).collect::<Vec<_>>())
            };
            found.text("ports", ports(old), ports(new));
        }
    }
}

impl Compare for PodFact {
    fn compare(old: &Self, new: &Self, found: &mut FieldChanges) {
        found.option("nodeName", &old.node, &new.node);
        found.list("podIPs", &old.ips, &new.ips);
        found.value("phase", old.phase.as_str(), new.phase.as_str());
        found.value("ready", &old.ready, &new.ready);
        found.value("terminating", &old.terminating, &new.terminating);
        found.map("labels", &old.labels, &new.labels);
    }
}

/// The text with the name before it, if there is one.
fn named(name: &str, text: String) -> String {
    if name.is_empty() { text } else { format!("{name} {text}") }
}

/// `http 80/TCP → 8080, nodePort 30080`.
fn port_text(port: &ServicePortFact) -> String {
    let node_port = port.node_port.map(|port| format!(", nodePort {port}")).unwrap_or_default();
    named(&port.name, format!("{}/{} → {}{node_port}", port.port, port.protocol, port.target_port))
}

fn slice_port_text(port: &SlicePortFact) -> String {
    let number = port.port.map_or_else(|| "-".to_owned(), |port| port.to_string());
    named(port.name.as_deref().unwrap_or_default(), format!("{number}/{}", port.protocol))
}
