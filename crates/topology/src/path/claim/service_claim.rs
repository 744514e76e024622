//! Claims of Services: by address and port, and by nodePort.

use crate::cluster::facts::{ServiceFact, ServicePortFact, TrafficPolicy};
use crate::cluster::index::IpRole;
use crate::cluster::settings::Backend;
use crate::cluster::view::Cluster;
use crate::path::answer::{ChainRole, Entry, EntryKind, Evaluation, Outcome, Reason, RuleChain};
use crate::path::endpoints::{Reach, not_known};
use crate::path::hops;
use crate::path::packet::Packet;
use crate::path::question::Destination;
use crate::path::rules::ServicePortName;

/// A claim of a Service port on a destination.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ServiceClaim<'a> {
    pub(crate) kind: EntryKind,
    pub(crate) service: &'a ServiceFact,
    pub(crate) port: &'a ServicePortFact,
}

/// What kube-proxy's filters do with packets to a Service port for want of endpoints (reference §2.13).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WithoutEndpoints {
    /// There is none at all.
    Refused,
    /// The traffic policy is Local, and there is none on the Node.
    Dropped,
}

/// Services that claim exactly this address and port: by Cluster IP, then by external IP, then by load balancer IP. Each Service has one
/// claim, its first.
pub(crate) fn by_address<'a>(cluster: Cluster<'a>, to: Destination) -> Vec<ServiceClaim<'a>> {
    let Some((number, protocol)) = to.port_and_protocol() else { return Vec::new() };
    let mut claims: Vec<ServiceClaim<'a>> = Vec::new();
    for (role, kind) in [
        (IpRole::ClusterIp, EntryKind::ClusterIp),
        (IpRole::ExternalIp, EntryKind::ExternalIp),
        (IpRole::LoadBalancerIp, EntryKind::LoadBalancerIp),
    ] {
        if kind == EntryKind::ExternalIp && !cluster.settings.allow_external_ips {
            continue;
        }
        for service in cluster.index.services_with_ip(to.ip, role).filter(|service| service.proxied_in(to.ip.is_ipv4()))
        {
            let port = service.ports.iter().find(|port| port.port.0 == number && port.protocol == protocol);
            let known = claims.iter().any(|claim| claim.service.key() == service.key());
            if let (Some(port), false) = (port, known) {
                claims.push(ServiceClaim { kind, service, port });
            }
        }
    }
    claims
}

/// Services with this nodePort. The destination address is not checked.
pub(crate) fn by_node_port<'a>(cluster: Cluster<'a>, to: Destination) -> impl Iterator<Item = ServiceClaim<'a>> {
    let services = to.port_and_protocol().map(|(port, protocol)| cluster.index.services_with_node_port(port, protocol));
    let named = move |port: &&ServicePortFact| {
        port.node_port.is_some_and(|own| Some((own.0, port.protocol)) == to.port_and_protocol())
    };
    services.into_iter().flatten().filter(move |service| service.proxied_in(to.ip.is_ipv4())).filter_map(
        move |service| {
            let port = service.ports.iter().find(named)?;
            Some(ServiceClaim { kind: EntryKind::NodePort, service, port })
        },
    )
}

/// A Service that would claim this address and port, if a cluster had run its manifest.
pub(super) fn unapplied_by_address<'a>(cluster: Cluster<'a>, to: Destination) -> Option<&'a ServiceFact> {
    let (number, protocol) = to.port_and_protocol()?;
    let mut services = [IpRole::ExternalIp, IpRole::LoadBalancerIp]
        .into_iter()
        .flat_map(|role| cluster.index.services_with_ip(to.ip, role));
    let named = |port: &ServicePortFact| port.port.0 == number && port.protocol == protocol;
    services.find(|service| service.is_unapplied() && service.ports.iter().any(named))
}

/// A Service that would have this nodePort, if a cluster had run its manifest.
pub(super) fn unapplied_by_node_port<'a>(cluster: Cluster<'a>, to: Destination) -> Option<&'a ServiceFact> {
    let (port, protocol) = to.port_and_protocol()?;
    cluster.index.services_with_node_port(port, protocol).find(|service| service.is_unapplied())
}

impl<'a> ServiceClaim<'a> {
    /// The entry of the packet into the Service.
    pub(crate) fn entry(&self) -> Entry {
        let Self { kind, service, port } = *self;
        Entry {
            kind,
            service: Some(service.key()),
            port_name: Some(port.name.clone()),
            port: Some(port.port.0),
            target_port: Some(port.target_port.clone()),
            node_port: port.node_port.map(|port| port.0),
        }
    }

    /// The evaluation of a path that ends at the Service.
    pub(crate) fn ends(&self, packet: Packet<'_>, outcome: Outcome, because: Reason) -> Evaluation {
        Evaluation { entry: Some(self.entry()), ..packet.ends(outcome, because) }
    }

    /// The evaluation of a packet that kube-proxy refuses or drops.
    pub(crate) fn stopped(&self, packet: Packet<'_>, outcome: Outcome, because: Reason) -> Evaluation {
        Evaluation { hops: hops::stopped(packet, self.kind, outcome), ..self.ends(packet, outcome, because) }
    }

    /// One of the Service port's chains.
    pub(crate) fn chain(&self, packet: Packet<'_>, role: ChainRole) -> RuleChain {
        let service = self.service.key();
        let port = ServicePortName { service: &service, port: &self.port.name, protocol: self.port.protocol };
        RuleChain { role, name: port.chain(packet.cluster.settings.backend(), role) }
    }

    /// The endpoints that can be reached from the packet's Node.
    pub(crate) fn reach(&self, packet: Packet<'a>) -> Reach<'a> {
        packet.reach(self.service, self.port)
    }

    /// The endpoints that can be reached from a Node that has none of them.
    pub(crate) fn reach_elsewhere(&self, packet: Packet<'a>) -> Reach<'a> {
        packet.endpoints(self.service, self.port).reach(packet.cluster, None)
    }

    /// The traffic policy that applies to the claimed address.
    pub(crate) fn traffic_policy(&self) -> TrafficPolicy {
        match self.kind {
            EntryKind::ClusterIp => self.service.internal_traffic_policy,
            _ => self.service.external_traffic_policy,
        }
    }

    /// What the filters do for want of these endpoints; `None` if there are some for the packet.
    pub(crate) fn without_endpoints(&self, reach: &Reach<'_>) -> Option<WithoutEndpoints> {
        if !reach.any {
            return Some(WithoutEndpoints::Refused);
        }
        let none_here = self.traffic_policy() == TrafficPolicy::Local && reach.local.is_empty();
        none_here.then_some(WithoutEndpoints::Dropped)
    }

    /// The claim by which the packet enters, if the Service has its own Cluster IP as external or load balancer IP too.
    ///
    /// nftables has one entry for an address and port, and writes that of the external address last. iptables has no rule for a Cluster IP if
    /// internalTrafficPolicy is Local and the Node has no endpoint, so that the rule of the external address matches (`proxier.go` of both).
    pub(super) fn entered(self, packet: Packet<'a>) -> Self {
        let (service, settings) = (self.service, packet.cluster.settings);
        let is_external = settings.allow_external_ips && service.external_ips.iter().any(|ip| ip.0 == packet.to.ip);
        let kind = if is_external {
            EntryKind::ExternalIp
        } else if service.load_balancer_ips(packet.is_ipv4()).any(|ip| ip.0 == packet.to.ip) {
            EntryKind::LoadBalancerIp
        } else {
            return self;
        };
        let without_rule = || self.without_endpoints(&self.reach(packet)) == Some(WithoutEndpoints::Dropped);
        let enters = self.kind == EntryKind::ClusterIp && (settings.backend() == Backend::Nftables || without_rule());
        if enters { Self { kind, ..self } } else { self }
    }

    /// The reason why the Service's endpoints are not known; `None` if they are known.
    pub(crate) fn endpoints_not_known(&self, packet: Packet<'_>) -> Option<Reason> {
        not_known(packet.cluster, self.service, |namespace| Reason::EndpointSlicesNotKnown { namespace })
    }
}
