//! The address of each Node, Pod and Service, computed from its number.

use std::net::Ipv4Addr;

use super::Pod;

/// A Node's InternalIP.
pub(crate) fn node_ip(node: u32) -> Ipv4Addr {
    address([172, 20, 1, 0], node / 250 * 256 + node % 250 + 2)
}

/// A /24 of 10.128.0.0/9.
pub(crate) fn pod_cidr(node: u32) -> String {
    format!("{}/24", address([10, 128, 0, 0], node << 8))
}

/// A Pod's address, in its Node's /24.
pub(crate) fn pod_ip(pod: &Pod) -> Ipv4Addr {
    address([10, 128, 0, 0], (u32::from(pod.node) << 8) + u32::from(pod.host))
}

/// Scattered over 65,536 addresses of the ServiceCIDR 10.96.0.0/12. The odd factor makes each address unique.
pub(crate) fn cluster_ip(service: u32) -> Ipv4Addr {
    address([10, 96, 4, 0], (service.wrapping_mul(40_503) + 20) % 65_536)
}

/// An address of the load balancer, in the range for benchmarks (RFC 2544).
pub(crate) fn balancer_ip(service: u32) -> Ipv4Addr {
    address([198, 18, 0, 0], service + 1)
}

fn address(base: [u8; 4], offset: u32) -> Ipv4Addr {
    Ipv4Addr::from_bits(Ipv4Addr::from(base).to_bits() + offset)
}
