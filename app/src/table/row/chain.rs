//! The chain of ports that a packet passes, for example `30001 → 30080 → 80 → 80`.

use topology::cluster::port::Protocol;
use topology::graph::PortPart;

/// The parts of a row's chain of ports.
#[derive(Default)]
pub(super) struct Chain {
    node_port: Option<String>,
    /// The target outside the cluster.
    pub(super) outside: Option<String>,
    /// The port of the containers.
    pub(super) container_port: Option<String>,
}

impl Chain {
    /// Adds a nodePort that leads to the port. The chain has only the first one.
    pub(super) fn node_port(&mut self, port: u16, protocol: Protocol) {
        self.node_port.get_or_insert_with(|| format!("{port}{}", protocol.suffix()));
    }

    /// The ports up to the end of the path; `ends` if the path ends at the Service. Without a port, the name that DNS answers with.
    pub(super) fn text(self, port: Option<&PortPart>, target_port: Option<String>, ends: bool) -> String {
        let Some(port) = port else { return self.outside.map(|name| format!("CNAME {name}")).unwrap_or_default() };
        let number = format!("{}{}", port.port, port.protocol.suffix());
        if port.target_port.is_none() {
            return format!(":{number}");
        }
        let mut links: Vec<String> = self.node_port.into_iter().chain([number]).collect();
        match self.outside {
            Some(address) => links.push(address),
            None if ends => {}
            None => links.extend(target_port.into_iter().chain(self.container_port)),
        }
        links.join(" → ")
    }
}

/// An address with its port, if it has one.
pub(super) fn with_port(ip: &str, port: &str) -> String {
    match (port, ip.contains(':')) {
        ("", _) => ip.to_owned(),
        (port, true) => format!("[{ip}]:{port}"),
        (port, false) => format!("{ip}:{port}"),
    }
}
