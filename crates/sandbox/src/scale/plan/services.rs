//! The Services, and the number of Pods of each.

use std::ops::Range;

use crate::scale::random::Random;

/// The variants of Services.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ServiceVariant {
    ClusterIp,
    NodePort,
    /// A LoadBalancer with externalTrafficPolicy Local.
    LoadBalancer,
    Headless,
    ExternalName,
    /// Its selector has two swapped letters, so it selects no Pod.
    Typo,
    /// It has no selector; its slice points outside the cluster.
    Outside,
}

/// One Service and its Pods.
#[derive(Debug)]
pub(crate) struct Service {
    pub(crate) variant: ServiceVariant,
    /// The ports of the Service and of its Pods.
    pub(crate) ports: &'static [Port],
    /// One nodePort per port; 0 is none.
    pub(crate) node_ports: [u16; 2],
    /// healthCheckNodePort; 0 is none.
    pub(crate) health_check: u16,
    /// The indices of its Pods in the plan.
    pub(crate) pods: Range<usize>,
    /// How many Pods it has had: each one has its own name.
    pub(crate) named: u32,
}

impl Service {
    /// Whether the slice controller writes slices for it.
    pub(crate) fn has_selector(&self) -> bool {
        !matches!(self.variant, ServiceVariant::ExternalName | ServiceVariant::Outside)
    }

    /// Whether its selector selects its Pods.
    pub(crate) fn selects(&self) -> bool {
        self.has_selector() && self.variant != ServiceVariant::Typo
    }
}

/// One port of a Service and of the containers behind it.
#[derive(Debug)]
pub(crate) struct Port {
    /// The Service port's name; empty if unnamed.
    pub(crate) name: &'static str,
    pub(crate) port: u16,
    /// Whether targetPort is the containerPort's name instead of its number.
    pub(crate) by_name: bool,
    pub(crate) number: u16,
    /// The containerPort's name, if the container declares the port.
    pub(crate) declared: Option<&'static str>,
    pub(crate) protocol: &'static str,
}

const fn port(name: &'static str, port: u16, number: u16, declared: Option<&'static str>) -> Port {
    Port { name, port, by_name: false, number, declared, protocol: "TCP" }
}

const fn named(name: &'static str, port: u16, number: u16) -> Port {
    Port { name, port, by_name: true, number, declared: Some(name), protocol: "TCP" }
}

/// The sets of ports that Services have.
const PORTS: [&[Port]; 8] = [
    &[port("", 80, 8080, Some(""))],
    &[named("http", 80, 8080)],
    &[named("http", 80, 8080), named("metrics", 9090, 9100)],
    &[port("grpc", 9000, 9000, Some("grpc"))],
    &[named("https", 443, 8443)],
    &[Port { protocol: "UDP", ..port("statsd", 8125, 8125, Some("statsd")) }, named("admin", 8126, 18126)],
    // A container need not declare a port on which it listens.
    &[port("redis", 6379, 6379, None)],
    &[port("", 8080, 80, Some("web"))],
];

/// The port of a database outside the cluster.
const OUTSIDE: &[Port] = &[port("", 5432, 5432, None)];

/// Assigns nodePorts: scattered over the dynamic band (`portallocator`), each one once.
#[derive(Debug, Default)]
pub(super) struct NodePorts(u16);

impl NodePorts {
    /// Takes `count` nodePorts; `None` if fewer are left.
    fn take<const N: usize>(&mut self, count: u16) -> Option<[u16; N]> {
        const FIRST: u32 = 30_086;
        const ALL: u32 = 32_768 - FIRST;
        // Coprime to ALL.
        const STEP: u32 = 1_009;
        let from = self.0;
        self.0 = from.checked_add(count).filter(|end| u32::from(*end) <= ALL)?;
        let number = |place: u16| u16::try_from(FIRST + u32::from(from + place) * STEP % ALL).unwrap_or_default();
        Some(std::array::from_fn(|place| u16::try_from(place).ok().filter(|place| *place < count).map_or(0, number)))
    }
}

/// A Service without its Pods. The variant depends on the index modulo 50; small clusters already have all variants.
pub(super) fn service(index: u32, node_ports: &mut NodePorts) -> Service {
    let variant = match index % 50 {
        1 | 14 | 27 | 40 => ServiceVariant::NodePort,
        3 | 23 => ServiceVariant::Headless,
        5 => ServiceVariant::LoadBalancer,
        7 => ServiceVariant::ExternalName,
        9 => ServiceVariant::Typo,
        11 => ServiceVariant::Outside,
        _ => ServiceVariant::ClusterIp,
    };
    // 8 and 50 have a common factor: without `index / 50` each variant would always have the same ports.
    let ports =
        if variant == ServiceVariant::Outside { OUTSIDE } else { PORTS[(index + index / 50) as usize % PORTS.len()] };
    let wanted = match variant {
        ServiceVariant::NodePort => ports.len(),
        ServiceVariant::LoadBalancer => ports.len() + 1,
        _ => 0,
    };
    let given: Option<[u16; 3]> = u16::try_from(wanted).ok().and_then(|wanted| node_ports.take(wanted));
    // The largest clusters use up all nodePorts.
    let (variant, mut given) = given.map_or((ServiceVariant::ClusterIp, [0; 3]), |given| (variant, given));
    let health_check =
        if variant == ServiceVariant::LoadBalancer { std::mem::take(&mut given[ports.len()]) } else { 0 };
    Service { variant, ports, node_ports: [given[0], given[1]], health_check, pods: 0..0, named: 0 }
}

/// Assigns the Pods: most Services get a few, some get hundreds.
pub(super) fn assign_pods(pods: u32, services: &mut [Service], random: &mut Random) {
    let mut weight = |service: &Service| match (service.variant, random.below(200)) {
        (ServiceVariant::ExternalName | ServiceVariant::Outside, _) => 0,
        (ServiceVariant::Typo, _) => 2,
        (_, 0) => 600 + random.below(800),
        (_, 1..=3) => 100 + random.below(400),
        (_, 4..=23) => 20 + random.below(40),
        _ => 1 + random.below(14),
    };
    let weights: Vec<u32> = services.iter().map(&mut weight).collect();
    let backed = weights.iter().filter(|weight| **weight > 0).count() as u64;
    // Each Service gets one Pod first, if there are enough; the rest goes by weight, rounded so that the sum is right.
    let each = u64::from(u64::from(pods) >= backed);
    let rest = u64::from(pods) - each * backed;
    let all: u64 = weights.iter().map(|weight| u64::from(*weight)).sum();
    let (mut sum, mut end) = (0, 0);
    for (service, weight) in services.iter_mut().zip(weights) {
        let before = (rest * sum).checked_div(all).unwrap_or_default();
        sum += u64::from(weight);
        let after = (rest * sum).checked_div(all).unwrap_or_default();
        let count = after - before + if weight > 0 { each } else { 0 };
        let start = end;
        end += count as usize;
        service.pods = start..end;
        service.named = count as u32;
    }
}
