//! What has changed: two states of a row, told apart field by field in Kubernetes' own words.
//!
//! Only fields that a row has are told: what decides where packets go, and what explains it. The texts that accompany a
//! condition (`message`) are not: they repeat it.

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::fmt::Display;

use serde::Serialize;

use crate::facts::{
    EndpointFact, EndpointsFact, Labels, NodeFact, PodFact, ServiceFact, ServicePortFact, SliceFact, SlicePortFact,
};
use crate::row::Row;

/// The longest text of a value, in characters; what is longer is cut and ends in `…`.
const LONGEST: usize = 200;

/// One difference between two states of an object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldChange {
    /// The field, by its last name in the manifest (`ready`, `nodePort`, `podIPs`); of a Service's named port, with the port's name
    /// before it (`ports[http].nodePort`). `None` if the object as a whole has come or gone.
    pub field: Option<Cow<'static, str>>,
    /// What it was, as text; `None` if it was unset. Of a map, only the entries that differ: `app=web`.
    pub from: Option<String>,
    /// What it has become, as text; `None` if it is unset now. Of an object as a whole `created` or `deleted`.
    pub to: Option<String>,
}

impl FieldChange {
    fn whole(to: &str) -> Self {
        Self { field: None, from: None, to: Some(to.to_owned()) }
    }
}

/// How a row differs from what it was. A row that comes or goes is one change, whatever its fields are.
pub fn differences(old: Option<&Row>, new: Option<&Row>) -> Vec<FieldChange> {
    let (old, new) = match (old, new) {
        (None, None) => return Vec::new(),
        (None, Some(_)) => return vec![FieldChange::whole("created")],
        (Some(_), None) => return vec![FieldChange::whole("deleted")],
        (Some(old), Some(new)) => (old, new),
    };
    let mut found = Found(Vec::new());
    match (old, new) {
        (Row::Node(old), Row::Node(new)) => found.node(old, new),
        (Row::Namespace(old), Row::Namespace(new)) => found.map("labels", &old.labels, &new.labels),
        (Row::ServiceCIDR(old), Row::ServiceCIDR(new)) => found.list("cidrs", &old.cidrs, &new.cidrs),
        (Row::Service(old), Row::Service(new)) => found.service(old, new),
        (Row::EndpointSlice(old), Row::EndpointSlice(new)) => found.slice(old, new),
        (Row::Endpoint(old), Row::Endpoint(new)) => found.endpoint(old, new),
        (Row::Endpoints(old), Row::Endpoints(new)) => found.endpoints_object(old, new),
        (Row::Pod(old), Row::Pod(new)) => found.pod(old, new),
        // A row never becomes one of another kind.
        _ => {}
    }
    found.0
}

/// The differences found so far.
struct Found(Vec<FieldChange>);

impl Found {
    fn node(&mut self, old: &NodeFact, new: &NodeFact) {
        self.list("InternalIP", &old.internal_ips, &new.internal_ips);
        self.list("ExternalIP", &old.external_ips, &new.external_ips);
        self.list("podCIDRs", &old.pod_cidrs, &new.pod_cidrs);
        self.value("ready", &old.ready, &new.ready);
        self.value("unschedulable", &old.unschedulable, &new.unschedulable);
        self.map("labels", &old.labels, &new.labels);
    }

    fn service(&mut self, old: &ServiceFact, new: &ServiceFact) {
        self.value("type", old.service_type.as_str(), new.service_type.as_str());
        // A headless Service says `None` in place of its addresses.
        let ips = |fact: &ServiceFact| if fact.headless { Some("None".to_owned()) } else { joined(&fact.cluster_ips) };
        self.text("clusterIPs", ips(old), ips(new));
        self.list("externalIPs", &old.external_ips, &new.external_ips);
        let ingress = |fact: &ServiceFact| {
            let texts = fact.load_balancer.iter().filter_map(|ingress| {
                let address = ingress.ip.map(|ip| ip.to_string()).or_else(|| ingress.hostname.clone())?;
                Some(if ingress.proxy_mode { format!("{address} (ipMode Proxy)") } else { address })
            });
            joined(&texts.collect::<Vec<_>>())
        };
        if old.load_balancer != new.load_balancer {
            self.text("ingress", ingress(old), ingress(new));
        }
        self.list("loadBalancerSourceRanges", &old.source_ranges, &new.source_ranges);
        self.option("externalName", &old.external_name, &new.external_name);
        let policies = [
            ("internalTrafficPolicy", old.internal_traffic_policy, new.internal_traffic_policy),
            ("externalTrafficPolicy", old.external_traffic_policy, new.external_traffic_policy),
        ];
        for (field, old, new) in policies {
            self.value(field, old.as_str(), new.as_str());
        }
        let affinity = |fact: &ServiceFact| if fact.client_ip_affinity { "ClientIP" } else { "None" };
        self.value("sessionAffinity", affinity(old), affinity(new));
        self.value("publishNotReadyAddresses", &old.publish_not_ready, &new.publish_not_ready);
        self.map("selector", &old.selector, &new.selector);
        self.value("service.kubernetes.io/service-proxy-name", &old.other_proxy, &new.other_proxy);
        if old.ports != new.ports {
            self.service_ports(&old.ports, &new.ports);
        }
    }

    /// Ports are told apart by name and protocol, as slices are joined to them.
    fn service_ports(&mut self, old: &[ServicePortFact], new: &[ServicePortFact]) {
        let same = |a: &ServicePortFact, b: &ServicePortFact| (&a.name, a.protocol) == (&b.name, b.protocol);
        for before in old {
            let Some(now) = new.iter().find(|now| same(before, now)) else {
                self.text("ports", Some(port_text(before)), None);
                continue;
            };
            let field = |field: &'static str| match before.name.as_str() {
                "" => field.into(),
                name => Cow::Owned(format!("ports[{name}].{field}")),
            };
            self.value(field("port"), &before.port, &now.port);
            self.value(field("targetPort"), &before.target_port, &now.target_port);
            self.option(field("nodePort"), &before.node_port, &now.node_port);
        }
        for now in new.iter().filter(|now| !old.iter().any(|before| same(before, now))) {
            self.text("ports", None, Some(port_text(now)));
        }
    }

    fn slice(&mut self, old: &SliceFact, new: &SliceFact) {
        self.option("kubernetes.io/service-name", &old.service, &new.service);
        self.option("endpointslice.kubernetes.io/managed-by", &old.managed_by, &new.managed_by);
        self.value("service.kubernetes.io/headless", &old.headless, &new.headless);
        if old.ports != new.ports {
            let ports = |ports: &[SlicePortFact]| joined(&ports.iter().map(slice_port_text).collect::<Vec<_>>());
            self.text("ports", ports(&old.ports), ports(&new.ports));
        }
    }

    fn endpoint(&mut self, old: &EndpointFact, new: &EndpointFact) {
        self.option("ready", &old.ready, &new.ready);
        self.option("serving", &old.serving, &new.serving);
        self.option("terminating", &old.terminating, &new.terminating);
        self.option("nodeName", &old.node, &new.node);
        self.option("hostname", &old.hostname, &new.hostname);
        if old.target != new.target {
            let text = |fact: &EndpointFact| {
                let target = fact.target.as_ref()?;
                let place = if target.namespace.is_empty() { &fact.namespace } else { &target.namespace };
                Some(format!("{} {place}/{}", target.kind, target.name))
            };
            self.text("targetRef", text(old), text(new));
        }
        self.list("forZones", &old.zone_hints, &new.zone_hints);
        self.list("forNodes", &old.node_hints, &new.node_hints);
    }

    fn endpoints_object(&mut self, old: &EndpointsFact, new: &EndpointsFact) {
        self.value("endpointslice.kubernetes.io/skip-mirror", &old.skip_mirror, &new.skip_mirror);
        // What the controller writes repeats the slices: of that the row has only the number.
        let addresses = |fact: &EndpointsFact| {
            let own = fact.subsets.iter().flat_map(|subset| subset.addresses.iter().chain(&subset.not_ready));
            joined(&own.collect::<Vec<_>>()).or_else(|| Some(fact.addresses.to_string()))
        };
        if (old.addresses, &old.subsets) != (new.addresses, &new.subsets) {
            self.text("addresses", addresses(old), addresses(new));
            let ports = |fact: &EndpointsFact| {
                let ports = fact.subsets.iter().flat_map(|subset| &subset.ports);
                let text = |(name, protocol, port): &(String, _, _)| named(name, format!("{port}/{protocol}"));
                joined(&ports.map(text).collect::<Vec<_>>())
            };
            self.text("ports", ports(old), ports(new));
        }
    }

    fn pod(&mut self, old: &PodFact, new: &PodFact) {
        self.option("nodeName", &old.node, &new.node);
        self.list("podIPs", &old.ips, &new.ips);
        self.value("phase", old.phase.as_str(), new.phase.as_str());
        self.value("ready", &old.ready, &new.ready);
        self.value("terminating", &old.terminating, &new.terminating);
        self.map("labels", &old.labels, &new.labels);
    }

    fn value<T: PartialEq + Display + ?Sized>(&mut self, field: impl Into<Cow<'static, str>>, old: &T, new: &T) {
        if old != new {
            self.text(field, Some(old.to_string()), Some(new.to_string()));
        }
    }

    fn option<T: PartialEq + Display>(
        &mut self,
        field: impl Into<Cow<'static, str>>,
        old: &Option<T>,
        new: &Option<T>,
    ) {
        if old != new {
            self.text(field, old.as_ref().map(T::to_string), new.as_ref().map(T::to_string));
        }
    }

    fn list<T: PartialEq + Display>(&mut self, field: &'static str, old: &[T], new: &[T]) {
        if old != new {
            self.text(field, joined(old), joined(new));
        }
    }

    /// Only the entries that differ.
    fn map(&mut self, field: &'static str, old: &Labels, new: &Labels) {
        if old == new {
            return;
        }
        let only = |own: &Labels, other: &Labels| {
            let own = own.iter().filter(|(key, value)| other.get(*key) != Some(value));
            joined(&own.map(|(key, value)| format!("{key}={value}")).collect::<Vec<_>>())
        };
        self.text(field, only(old, new), only(new, old));
    }

    /// Empty texts are unset fields. What reads the same is no change: two lists may differ in what their texts do not show.
    fn text(&mut self, field: impl Into<Cow<'static, str>>, old: Option<String>, new: Option<String>) {
        let short = |text: Option<String>| text.filter(|text| !text.is_empty()).map(shortened);
        if old != new {
            self.0.push(FieldChange { field: Some(field.into()), from: short(old), to: short(new) });
        }
    }
}

fn shortened(text: String) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

fn joined<T: Display>(items: &[T]) -> Option<String> {
    (!items.is_empty()).then(|| items.iter().map(T::to_string).collect::<Vec<_>>().join(", "))
}

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
