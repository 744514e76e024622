//! Answers a typed destination as the command line does, and finds the sockets of the picture on its path.

use std::net::IpAddr;

use super::{LightBuilder, entry_port};
use crate::cluster::index::IpRole;
use crate::cluster::key::{Kind, ObjectKey};
use crate::cluster::port::{Protocol, TransportProtocol};
use crate::graph::socket::{Socket, SocketKind, address_text};
use crate::graph::sockets;
use crate::path::answer::{EntryKind, Evaluation, Rcode};
use crate::path::dns;
use crate::path::host_port;
use crate::path::question::Source;
use crate::path::question::{DnsQuestion, Target};
use crate::path::trace::{Unanswerable, trace};

impl LightBuilder<'_> {
    pub(super) fn target(&mut self, target: &Target) -> Result<(), Unanswerable> {
        let from = self.source_for(target);
        let answer = trace(self.cluster, &from, target, None)?;
        self.light.to = Some(target.clone());
        self.light.from = Some(answer.from);
        self.light.source = Some(from.clone());
        self.light.dns = answer.dns;
        for evaluation in &answer.evaluations {
            let entered = self.light_entry(evaluation.by_evaluated_rules(), matches!(target, Target::Name(_)));
            self.light.selected = self.light.selected.take().or(entered);
            self.light_evaluation(evaluation);
        }
        if let Target::Name(question) = target {
            self.light_dns_name(&from, question);
        }
        self.light.on_path.extend(self.light.selected.clone());
        self.light.evaluations = answer.evaluations;
        Ok(())
    }

    /// Highlights the Service of a DNS name, as if its name were selected.
    fn light_dns_name(&mut self, from: &Source, question: &DnsQuestion) {
        let service = dns::service_of(self.cluster, from, &question.name);
        let Some(service) = service.and_then(|key| self.cluster.index.service(&key)) else { return };
        if self.light.dns.as_ref().is_none_or(|dns| dns.rcode != Rcode::NoError) {
            return;
        }
        let socket = Socket::new(SocketKind::Dns, service.dns_name(), Kind::Service, service.key());
        match question.port {
            // Without a port the answer is the same as for the selected name.
            None if question.protocol != TransportProtocol::Icmp => self.service(&socket),
            Some(number) if service.headless => {
                if let Some(protocol) = question.protocol.of_ports() {
                    self.headless_port(service, number, protocol);
                }
            }
            _ => {}
        }
        self.light.selected = Some(socket);
    }

    /// The assumed source: inside the cluster for Cluster IPs, Pod IPs and names; outside for all other addresses.
    fn source_for(&self, target: &Target) -> Source {
        match target {
            Target::Name(_) => self.inside_source(),
            Target::Address(to) => {
                let inside = |role| matches!(role, IpRole::ClusterIp | IpRole::PodIp);
                let mut roles = self.cluster.index.claims(to.ip).map(|(role, _)| role);
                // A hostNetwork Pod has its Node's address, which clients outside use.
                let node = self.cluster.index.node_with_ip(to.ip).is_some();
                if !node && roles.any(inside) { self.inside_source() } else { self.outside_source(to.ip.is_ipv4()) }
            }
        }
    }

    /// The address with which a hostPort is drawn. One that is reached on a loopback address may be drawn with another.
    fn drawn_host_port_ip(&self, pod: &ObjectKey, reached: IpAddr, number: u16, protocol: Protocol) -> IpAddr {
        let index = self.cluster.index;
        let mut mapped = index.pod(pod).into_iter().flat_map(host_port::mapped);
        let own =
            mapped.find(|port| (port.number, port.port.protocol) == (number, protocol) && port.is_open_on(reached));
        own.filter(|_| reached.is_loopback()).and_then(|port| port.shown_ip(index)).unwrap_or(reached)
    }

    /// Highlights the entry of the packet and returns its socket.
    fn light_entry(&mut self, evaluation: &Evaluation, by_name: bool) -> Option<Socket> {
        let index = self.cluster.index;
        let to = evaluation.to.as_ref()?;
        let node = index
            .node_with_ip(to.ip)
            .map(|node| Socket::new(SocketKind::NodeIp, to.ip.to_string(), Kind::Node, node.key()));
        let Some(entry) = &evaluation.entry else {
            // The address belongs to a Service without this port, or to a Node without a known listener on it.
            let service = index.services_with_ip(to.ip, IpRole::ClusterIp).next();
            let cluster_ip = service
                .map(|service| Socket::new(SocketKind::ClusterIp, to.ip.to_string(), Kind::Service, service.key()));
            let found = cluster_ip.or(node);
            self.light.on_path.extend(found.clone());
            return found;
        };
        let at = |kind: SocketKind, object_kind: Kind, object: ObjectKey| {
            Some(Socket::new(kind, address_text(to.ip, to.port?, to.protocol.of_ports()?), object_kind, object))
        };
        let service = entry.service.clone();
        let socket = match (entry.kind, service) {
            (EntryKind::NodePort, Some(service)) => at(SocketKind::NodePort, Kind::Service, service),
            (EntryKind::ExternalIp, Some(service)) => at(SocketKind::ExternalIp, Kind::Service, service),
            (EntryKind::LoadBalancerIp, Some(service)) => at(SocketKind::LoadBalancerIp, Kind::Service, service),
            (EntryKind::ClusterIp, Some(key)) => {
                let (service, port) = entry_port(index, evaluation)?;
                self.put(SocketKind::ClusterIp, to.ip.to_string(), Kind::Service, key.clone());
                if by_name {
                    self.put(SocketKind::Dns, service.dns_name(), Kind::Service, key);
                }
                Some(sockets::port(service, port))
            }
            (EntryKind::HostPort, _) => {
                let pod = evaluation.endpoints.first()?.pod.clone()?;
                let (number, protocol) = (to.port?, to.protocol.of_ports()?);
                let ip = self.drawn_host_port_ip(&pod, to.ip, number, protocol);
                Some(Socket::new(SocketKind::HostPort, address_text(ip, number, protocol), Kind::Pod, pod))
            }
            (EntryKind::PodIp, _) => {
                let pod = evaluation.endpoints.first()?.pod.clone()?;
                Some(Socket::new(SocketKind::PodIp, self.drawn_ip(&pod, to.ip).to_string(), Kind::Pod, pod))
            }
            _ => None,
        };
        if matches!(entry.kind, EntryKind::NodePort | EntryKind::HostPort | EntryKind::ExternalIp) {
            self.light.on_path.extend(node);
        }
        self.light.on_path.extend(socket.clone());
        socket
    }
}
