//! Units of Pods with hostPorts, and of Pods that no Service and no hostPort leads to.

use super::backing::add_lone_pod;
use super::build::Builder;
use super::host_ports::open_host_ports;
use super::limits::Limits;
use super::link::{Link, LinkKind, PartId};
use super::part::{AddressEntry, EntryPart};
use super::readiness::Readiness;
use super::sockets;
use super::unit::Parts;
use crate::cluster::facts::PodFact;
use crate::cluster::key::ObjectKey;
use crate::cluster::view::Cluster;

/// The unit of a Pod's hostPorts. It contains only the Pod if no hostPort has a known address.
pub(super) fn host_ports_unit(cluster: Cluster<'_>, pod: &PodFact) -> Parts {
    let mut builder = Builder::new(cluster, Limits::OPENED);
    builder.host_ports(pod);
    if builder.parts.entries.is_empty() {
        add_lone_pod(cluster.index, &pod.key(), &mut builder.parts);
    }
    builder.finished()
}

/// The unit of Pods that no Service and no hostPort leads to.
pub(super) fn lone_pods_unit(cluster: Cluster<'_>, pods: &[ObjectKey], limits: Limits) -> Parts {
    let index = cluster.index;
    let mut parts = Parts::default();
    if pods.len() > limits.pods {
        parts.pod_count = Some(Readiness::of_pods(pods.iter().filter_map(|key| index.pod(key))));
    } else {
        pods.iter().filter(|key| index.pod(key).is_some()).for_each(|key| add_lone_pod(index, key, &mut parts));
    }
    parts
}

impl Builder<'_> {
    /// Adds a Pod's hostPorts. Each leads directly from the Node to the Pod.
    pub(super) fn host_ports(&mut self, pod: &PodFact) {
        let key = pod.key();
        for open in open_host_ports(self.cluster.index, pod) {
            let (ip, port, protocol) = (open.ip, open.port, open.protocol);
            let own = PartId::Entry(self.parts.entries.len());
            self.parts.links.push(Link::new(PartId::Client, own, LinkKind::Packet));
            let socket = sockets::host_port(&key, ip, port, protocol);
            let entry = AddressEntry { socket, ip, port, protocol, node: pod.node.clone() };
            self.parts.entries.push(EntryPart::Address(entry));
            self.backing.add_host_port(key.clone(), (protocol, open.container_port), own);
        }
    }
}
