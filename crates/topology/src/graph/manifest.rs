//! Finds the fields of an object's manifest that define a socket: the lines that a reader has to look at or to change.
//!
//! It reads the object and not its row. A row omits values that cannot be read, so that list indexes differ, and it may be of another
//! version of the object.

pub mod shown;
#[cfg(test)]
mod tests;

use std::net::IpAddr;

use serde_json::Value;

use crate::cluster::address::parse_ip;
use crate::cluster::key::Kind;
use crate::cluster::port::Protocol;
use crate::graph::socket::{Selection, SocketKind, address, container_port};

/// One step of a path in a JSON value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// A field of an object.
    Field(String),
    /// An item of a list, counted from 0.
    Item(usize),
}

/// The path to a field.
pub type Path = Vec<Step>;

/// The fields of an object, as the API server returns it, that define this socket. Each path leads to an existing value that is neither an
/// object nor a list. Empty if the object has no such socket.
pub fn responsible(selection: &Selection, kind: Kind, object: &Value) -> Vec<Path> {
    let mut fields = Fields { object, found: Vec::new() };
    if fields.is_anothers(selection, kind) {
        return Vec::new();
    }
    let text = selection.address.as_str();
    let at = address(text);
    match (selection.kind, kind) {
        (SocketKind::NodePort, Kind::Service) => fields.node_port(text),
        (SocketKind::Port, Kind::Service) => fields.service_port(text),
        (SocketKind::ClusterIp, Kind::Service) => {
            fields.same_ip(at, &["spec", "clusterIP"]);
            fields.same_ips(at, &["spec", "clusterIPs"], &[]);
        }
        (SocketKind::Dns, Kind::Service) => {
            if fields.dns_name().as_deref() == Some(text) {
                fields.leaf(&["metadata", "name"]);
                fields.leaf(&["metadata", "namespace"]);
            }
        }
        (SocketKind::ExternalIp, Kind::Service) => fields.same_ips(at, &["spec", "externalIPs"], &[]),
        (SocketKind::LoadBalancerIp, Kind::Service) => {
            fields.same_ips(at, &["status", "loadBalancer", "ingress"], &["ip", "ipMode"]);
        }
        (SocketKind::External, Kind::Service) => {
            if fields.text(&["spec", "externalName"]) == Some(text) {
                fields.leaf(&["spec", "externalName"]);
                fields.leaf(&["spec", "type"]);
            }
        }
        (SocketKind::Endpoint | SocketKind::External, Kind::EndpointSlice) => fields.endpoint(text),
        (SocketKind::Endpoint | SocketKind::External, Kind::Endpoints) => fields.subsets(text),
        (SocketKind::PodIp, Kind::Pod) => {
            fields.same_ip(at, &["status", "podIP"]);
            fields.same_ips(at, &["status", "podIPs"], &["ip"]);
        }
        (SocketKind::ContainerPort, Kind::Pod) => fields.container_port(text),
        (SocketKind::HostPort, Kind::Pod) => fields.host_port(text),
        (SocketKind::NodeIp | SocketKind::NodePort | SocketKind::HostPort, Kind::Node) => {
            fields.same_ips(at, &["status", "addresses"], &["address", "type"]);
            if selection.kind == SocketKind::NodeIp && !fields.found.is_empty() {
                fields.leaf(&["spec", "podCIDR"]);
                fields.leaves(path(&["spec", "podCIDRs"]));
            }
        }
        _ => {}
    }
    fields.found
}

/// The fields of a Service's selector.
pub fn selector(object: &Value) -> Vec<Path> {
    let mut fields = Fields { object, found: Vec::new() };
    fields.leaves(path(&["spec", "selector"]));
    fields.found
}

struct Fields<'a> {
    object: &'a Value,
    found: Vec<Path>,
}

impl<'a> Fields<'a> {
    /// Whether the selection names another object of this kind.
    fn is_anothers(&self, selection: &Selection, kind: Kind) -> bool {
        let Some(named) = selection.object.as_deref() else { return false };
        let Some(own) = named.strip_prefix(kind.as_str()).and_then(|rest| rest.strip_prefix('/')) else { return false };
        let name = self.text(&["metadata", "name"]).unwrap_or_default();
        match self.text(&["metadata", "namespace"]) {
            Some(namespace) => own != format!("{namespace}/{name}"),
            None => own != name,
        }
    }

    fn dns_name(&self) -> Option<String> {
        Some(format!("{}.{}.svc", self.text(&["metadata", "name"])?, self.text(&["metadata", "namespace"])?))
    }

    fn node_port(&mut self, text: &str) {
        let Some(port) = container_port(text) else { return };
        for (at, entry) in self.items(&path(&["spec", "ports"])) {
            if is_port(entry, "nodePort", port) {
                self.leaves_of(&at, &["port", "targetPort", "nodePort"]);
                self.leaf(&["spec", "type"]);
            }
        }
    }

    /// A Service port on a Cluster IP of the Service, or on its DNS name.
    fn service_port(&mut self, text: &str) {
        let Some(port) = container_port(text) else { return };
        let own = match address(text) {
            Some((ip, ..)) => {
                let ips = self.items(&path(&["spec", "clusterIPs"]));
                let first = self.text(&["spec", "clusterIP"]);
                ips.iter().filter_map(|(_, ip)| ip.as_str()).chain(first).any(|own| parse_ip(own) == Some(ip))
            }
            None => text.rsplit_once(':').is_some_and(|(name, _)| self.dns_name().as_deref() == Some(name)),
        };
        for (at, entry) in self.items(&path(&["spec", "ports"])) {
            if own && is_port(entry, "port", port) {
                self.leaves_of(&at, &["name", "port", "targetPort"]);
            }
        }
    }

    /// kube-proxy reads the first address of an endpoint only (reference §1.3).
    fn endpoint(&mut self, text: &str) {
        let (host, port) = host_and_port(text);
        let mut is_in = false;
        for (at, endpoint) in self.items(&path(&["endpoints"])) {
            if endpoint["addresses"][0].as_str().is_some_and(|own| is_host(own, host)) {
                is_in = true;
                self.leaves(joined(&joined(&at, "addresses"), 0));
                self.leaves(joined(&at, "conditions"));
            }
        }
        for (at, entry) in self.items(&path(&["ports"])) {
            if is_in && port.is_some_and(|port| is_port(entry, "port", port)) {
                self.leaves_of(&at, &["name", "port"]);
            }
        }
    }

    fn subsets(&mut self, text: &str) {
        let (host, port) = host_and_port(text);
        for (subset, _) in self.items(&path(&["subsets"])) {
            let addresses = ["addresses", "notReadyAddresses"].map(|list| self.items(&joined(&subset, list)));
            let own = |(_, address): &(Path, &Value)| address["ip"].as_str().is_some_and(|own| is_host(own, host));
            let mut is_in = false;
            for (at, _) in addresses.into_iter().flatten().filter(own) {
                is_in = true;
                self.leaves_of(&at, &["ip"]);
            }
            for (at, entry) in self.items(&joined(&subset, "ports")) {
                if is_in && port.is_some_and(|port| is_port(entry, "port", port)) {
                    self.leaves_of(&at, &["name", "port"]);
                }
            }
        }
    }

    /// `NAMESPACE/POD/CONTAINER:PORT`.
    fn container_port(&mut self, text: &str) {
        let Some(port) = container_port(text) else { return };
        let mut parts = text.rsplit_once(':').map_or(text, |(before, _)| before).splitn(3, '/');
        let own = [&["metadata", "namespace"], &["metadata", "name"]].map(|field| self.text(field));
        if [parts.next(), parts.next()] != own {
            return;
        }
        let container = parts.next();
        for (at, declared) in self.container_ports(container) {
            if is_port(declared, "containerPort", port) {
                self.leaves_of(&at, &["name", "containerPort"]);
            }
        }
    }

    fn host_port(&mut self, text: &str) {
        let Some((ip, Some(port), protocol)) = address(text) else { return };
        for (at, declared) in self.container_ports(None) {
            let limit = declared["hostIP"].as_str().and_then(parse_ip).filter(|limit| !limit.is_unspecified());
            if is_port(declared, "hostPort", (port, protocol)) && limit.is_none_or(|limit| limit == ip) {
                self.leaves_of(&at, &["containerPort", "hostIP", "hostPort"]);
            }
        }
    }

    /// The declared ports of a container, or of all containers.
    fn container_ports(&self, container: Option<&str>) -> Vec<(Path, &'a Value)> {
        let lists = [path(&["spec", "containers"]), path(&["spec", "initContainers"])];
        let containers = lists.iter().flat_map(|list| self.items(list));
        let asked = containers.filter(|(_, own)| container.is_none() || own["name"].as_str() == container);
        asked.flat_map(|(at, _)| self.items(&joined(&at, "ports"))).collect()
    }

    fn same_ip(&mut self, at: Option<(IpAddr, Option<u16>, Protocol)>, field: &[&str]) {
        if let (Some((ip, ..)), Some(own)) = (at, self.text(field))
            && parse_ip(own) == Some(ip)
        {
            self.leaf(field);
        }
    }

    /// The items of a list that are this IP. With `fields`: all of these fields of the items whose first field is this IP.
    fn same_ips(&mut self, at: Option<(IpAddr, Option<u16>, Protocol)>, list: &[&str], fields: &[&str]) {
        let Some((ip, ..)) = at else { return };
        for (at, item) in self.items(&path(list)) {
            let text = fields.first().map_or(item, |field| &item[*field]).as_str();
            if text.and_then(parse_ip) == Some(ip) {
                match fields {
                    [] => self.leaves(at),
                    fields => self.leaves_of(&at, fields),
                }
            }
        }
    }

    fn text(&self, field: &[&str]) -> Option<&'a str> {
        value_at(self.object, &path(field))?.as_str()
    }

    fn items(&self, list: &Path) -> Vec<(Path, &'a Value)> {
        let items = value_at(self.object, list).and_then(Value::as_array).into_iter().flatten();
        items.enumerate().map(|(n, item)| (joined(list, n), item)).collect()
    }

    fn leaf(&mut self, field: &[&str]) {
        self.leaves(path(field));
    }

    fn leaves_of(&mut self, object: &Path, fields: &[&str]) {
        fields.iter().for_each(|field| self.leaves(joined(object, *field)));
    }

    /// Adds the path to a value, or the paths to all values inside an object or a list.
    fn leaves(&mut self, at: Path) {
        match value_at(self.object, &at) {
            Some(Value::Object(fields)) => fields.keys().for_each(|field| self.leaves(joined(&at, field.as_str()))),
            Some(Value::Array(items)) => (0..items.len()).for_each(|item| self.leaves(joined(&at, item))),
            Some(_) if !self.found.contains(&at) => self.found.push(at),
            _ => {}
        }
    }
}

impl From<&str> for Step {
    fn from(field: &str) -> Self {
        Self::Field(field.to_owned())
    }
}

impl From<usize> for Step {
    fn from(item: usize) -> Self {
        Self::Item(item)
    }
}

fn path(fields: &[&str]) -> Path {
    fields.iter().map(|field| Step::from(*field)).collect()
}

fn joined(path: &Path, step: impl Into<Step>) -> Path {
    path.iter().cloned().chain([step.into()]).collect()
}

fn value_at<'a>(object: &'a Value, path: &Path) -> Option<&'a Value> {
    path.iter().try_fold(object, |value, step| match step {
        Step::Field(field) => value.get(field),
        Step::Item(item) => value.get(item),
    })
}

/// Whether an entry has this number in a field, and this protocol (the API's default is TCP).
fn is_port(entry: &Value, field: &str, (number, protocol): (u16, Protocol)) -> bool {
    let own = entry["protocol"].as_str().map_or(Some(Protocol::Tcp), Protocol::parse);
    entry[field].as_u64() == Some(u64::from(number)) && own == Some(protocol)
}

/// Splits an endpoint's address (an IP or a name) and its optional port.
fn host_and_port(text: &str) -> (Host<'_>, Option<(u16, Protocol)>) {
    match address(text) {
        Some((ip, port, protocol)) => (Host::Ip(ip), port.map(|port| (port, protocol))),
        None => (Host::Name(text.rsplit_once(':').map_or(text, |(name, _)| name)), container_port(text)),
    }
}

#[derive(Clone, Copy)]
enum Host<'a> {
    Ip(IpAddr),
    Name(&'a str),
}

fn is_host(text: &str, host: Host<'_>) -> bool {
    match host {
        Host::Ip(ip) => parse_ip(text) == Some(ip),
        Host::Name(name) => text == name,
    }
}
