//! Values of an object in a file that decode and that the API server would refuse (design §4.1).
//!
//! Only fields that a fact keeps are looked at. kube-proxy never sees such a value, so that a fact leaves most of them out; a person who
//! wrote the file must hear of it.

mod at;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::net::IpAddr;

use ipnet::IpNet;
use serde_json::{Map, Value};

use crate::cluster::address::ClusterIp;
use crate::cluster::kinds::Kind;
use crate::graph::manifest::Step;
use crate::path::answer::WrongValue;
use at::{At, Refused};

/// A value that the API server would refuse.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusedValue {
    /// Its path in the object.
    pub path: Vec<Step>,
    /// The value as text; `None` if the field has none.
    pub value: Option<String>,
    /// What is wrong with it.
    pub why: WrongValue,
}

const PROTOCOLS: [&str; 3] = ["TCP", "UDP", "SCTP"];

/// The values of an object that the API server would refuse, in the order of the fields. None for a kind that kubehop does not read.
pub fn refused_values(object: &Map<String, Value>) -> Vec<RefusedValue> {
    let text = |field: &str| object.get(field).and_then(Value::as_str).unwrap_or_default();
    let Some(kind) = Kind::of_object(text("apiVersion"), text("kind")) else { return Vec::new() };
    let mut refused = Refused::default();
    let root = At::root(object);
    let metadata = root.field("metadata");
    for name in ["name", "namespace"] {
        metadata.field(name).check(&mut refused, WrongValue::NoName, is_object_name);
    }
    match kind {
        Kind::Service => service(&root, &mut refused),
        Kind::EndpointSlice | Kind::Endpoint => slice(&root, &mut refused),
        Kind::Endpoints => endpoints(&root, &mut refused),
        Kind::Pod => pod(&root, &mut refused),
        Kind::Node => {
            let spec = root.field("spec");
            spec.field("podCIDR").check(&mut refused, WrongValue::NoCidr, is_cidr_or_empty);
            spec.field("podCIDRs").items().for_each(|cidr| cidr.check(&mut refused, WrongValue::NoCidr, is_cidr));
        }
        Kind::ServiceCIDR => {
            let cidrs = root.field("spec");
            cidrs.field("cidrs").items().for_each(|cidr| cidr.check(&mut refused, WrongValue::NoCidr, is_cidr));
        }
        Kind::Namespace => {}
    }
    refused.into_values()
}

fn service(root: &At<'_, '_>, refused: &mut Refused) {
    let spec = root.field("spec");
    spec.field("type").one_of(refused, &["ClusterIP", "NodePort", "LoadBalancer", "ExternalName"]);
    let cluster_ip = spec.field("clusterIP");
    cluster_ip.check(refused, WrongValue::NoIp, |ip| ip.is_empty() || ip == "None" || is_ip(ip));
    let has_no_port = spec.field("type").text() == Some("ExternalName") || cluster_ip.text() == Some("None");
    for (n, ip) in spec.field("clusterIPs").items().enumerate() {
        ip.check(refused, WrongValue::NoIp, |ip| (n == 0 && ip == "None") || is_ip(ip));
    }
    spec.field("externalIPs").items().for_each(|ip| ip.check(refused, WrongValue::NoIp, is_ip));
    let ranges = spec.field("loadBalancerSourceRanges");
    ranges.items().for_each(|range| range.check(refused, WrongValue::NoCidr, is_cidr));
    for policy in ["internalTrafficPolicy", "externalTrafficPolicy"] {
        spec.field(policy).one_of(refused, &["Cluster", "Local"]);
    }
    spec.field("sessionAffinity").one_of(refused, &["None", "ClientIP"]);
    let ports = spec.field("ports");
    let count = ports.items().count();
    if count == 0 && !has_no_port {
        refused.add(&ports, WrongValue::Required);
    }
    let (mut names, mut numbers) = (BTreeSet::new(), BTreeSet::new());
    for port in ports.items() {
        let name = port.field("name");
        match name.text().filter(|name| !name.is_empty()) {
            Some(text) if !is_label(text) => refused.add(&name, WrongValue::NoName),
            Some(text) if !names.insert(text) => refused.add(&name, WrongValue::Repeated),
            None if count > 1 => refused.add(&name, WrongValue::Required),
            Some(_) | None => {}
        }
        protocol(&port, refused);
        let number = port.field("port");
        required_port(&number, refused);
        if let Some(own) = number.int()
            && !numbers.insert((own, port.field("protocol").text().unwrap_or("TCP")))
        {
            refused.add(&number, WrongValue::Repeated);
        }
        target_port(&port.field("targetPort"), refused);
        optional_port(&port.field("nodePort"), refused);
    }
    let balancer = root.field("status");
    let balancer = balancer.field("loadBalancer");
    let ingress = balancer.field("ingress");
    for line in ingress.items() {
        line.field("ip").check(refused, WrongValue::NoIp, |ip| ip.is_empty() || is_ip(ip));
    }
}

fn slice(root: &At<'_, '_>, refused: &mut Refused) {
    let address_type = root.field("addressType");
    match address_type.text() {
        None | Some("") => refused.add(&address_type, WrongValue::Required),
        Some(_) => address_type.one_of(refused, &["IPv4", "IPv6", "FQDN"]),
    }
    for endpoint in root.field("endpoints").items() {
        let addresses = endpoint.field("addresses");
        if addresses.items().next().is_none() {
            refused.add(&addresses, WrongValue::Required);
        }
        for address in addresses.items() {
            let family = match address_type.text() {
                Some("IPv4") => true,
                Some("IPv6") => false,
                _ => continue,
            };
            endpoint_address(&address, Some(family), refused);
        }
    }
    let mut names = BTreeSet::new();
    for port in root.field("ports").items() {
        let name = port.field("name");
        let text = name.text().unwrap_or_default();
        if !text.is_empty() && !is_label(text) {
            refused.add(&name, WrongValue::NoName);
        } else if !names.insert(text) {
            refused.add(&name, WrongValue::Repeated);
        }
        protocol(&port, refused);
        // Absent means all ports.
        port.field("port").check_int(refused, WrongValue::NoPort, is_port);
    }
}

fn endpoints(root: &At<'_, '_>, refused: &mut Refused) {
    for subset in root.field("subsets").items() {
        for list in ["addresses", "notReadyAddresses"] {
            for address in subset.field(list).items() {
                endpoint_address(&address.field("ip"), None, refused);
            }
        }
        for port in subset.field("ports").items() {
            protocol(&port, refused);
            required_port(&port.field("port"), refused);
        }
    }
}

fn pod(root: &At<'_, '_>, refused: &mut Refused) {
    let spec = root.field("spec");
    spec.field("dnsPolicy").one_of(refused, &["ClusterFirst", "ClusterFirstWithHostNet", "Default", "None"]);
    for list in ["initContainers", "containers"] {
        for container in spec.field(list).items() {
            for port in container.field("ports").items() {
                let name = port.field("name");
                name.check(refused, WrongValue::NoPortName, |name| name.is_empty() || is_port_name(name));
                required_port(&port.field("containerPort"), refused);
                optional_port(&port.field("hostPort"), refused);
                port.field("hostIP").check(refused, WrongValue::NoIp, |ip| ip.is_empty() || is_ip(ip));
                protocol(&port, refused);
            }
        }
    }
    let status = root.field("status");
    status.field("podIP").check(refused, WrongValue::NoIp, |ip| ip.is_empty() || is_ip(ip));
    for ip in status.field("podIPs").items() {
        ip.field("ip").check(refused, WrongValue::NoIp, is_ip);
    }
}

/// An address of an endpoint, of the family that its slice has.
fn endpoint_address(address: &At<'_, '_>, ipv4: Option<bool>, refused: &mut Refused) {
    let Some(text) = address.text() else { return refused.add(address, WrongValue::Required) };
    let Some(ip) = ClusterIp::parse(text).map(|ip| ip.0) else { return refused.add(address, WrongValue::NoIp) };
    if ipv4.is_some_and(|ipv4| ipv4 != ip.is_ipv4()) {
        refused.add(address, WrongValue::OtherFamily);
    } else if is_reserved(ip) {
        refused.add(address, WrongValue::ReservedIp);
    }
}

fn is_reserved(ip: IpAddr) -> bool {
    ip.is_unspecified()
        || ip.is_loopback()
        || match ip {
            IpAddr::V4(ip) => ip.is_link_local() || ip.octets()[..3] == [224, 0, 0],
            IpAddr::V6(ip) => ip.is_unicast_link_local() || ip.segments()[0] & 0xff0f == 0xff02,
        }
}

fn protocol(port: &At<'_, '_>, refused: &mut Refused) {
    port.field("protocol").one_of(refused, &PROTOCOLS);
}

fn required_port(number: &At<'_, '_>, refused: &mut Refused) {
    if number.is_absent() {
        refused.add(number, WrongValue::Required);
    }
    number.check_int(refused, WrongValue::NoPort, is_port);
}

/// 0 is the same as absent.
fn optional_port(number: &At<'_, '_>, refused: &mut Refused) {
    number.check_int(refused, WrongValue::NoPort, |number| number == 0 || is_port(number));
}

fn target_port(port: &At<'_, '_>, refused: &mut Refused) {
    optional_port(port, refused);
    port.check(refused, WrongValue::NoPortName, |name| name.is_empty() || is_port_name(name));
}

fn is_port(number: i64) -> bool {
    (1..=65535).contains(&number)
}

fn is_ip(text: &str) -> bool {
    ClusterIp::parse(text).is_some()
}

fn is_cidr(text: &str) -> bool {
    text.trim().parse::<IpNet>().is_ok()
}

fn is_cidr_or_empty(text: &str) -> bool {
    text.is_empty() || is_cidr(text)
}

/// Small letters, digits, and hyphens inside.
fn is_dns(text: &str) -> bool {
    let is_inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    !text.is_empty() && text.bytes().all(is_inner) && !text.starts_with('-') && !text.ends_with('-')
}

/// A label of a DNS name.
fn is_label(text: &str) -> bool {
    text.len() <= 63 && is_dns(text)
}

/// Labels with dots between them. An empty text is an absent one.
fn is_object_name(text: &str) -> bool {
    text.len() <= 253 && (text.is_empty() || text.split('.').all(is_dns))
}

fn is_port_name(text: &str) -> bool {
    text.len() <= 15 && is_label(text) && !text.contains("--") && text.bytes().any(|byte| byte.is_ascii_lowercase())
}
