//! IP addresses, one type for each role, so that a Node IP is never taken for a Pod IP.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr};

use serde::{Deserialize, Serialize};

macro_rules! ip_role {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
        #[serde(transparent)]
        pub struct $name(pub IpAddr);

        impl $name {
            /// Parses the text of an address as Kubernetes does; see [`parse_ip`].
            pub fn parse(text: &str) -> Option<Self> {
                parse_ip(text).map(Self)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

ip_role!(
    /// An address of a Node's own interface, from `status.addresses`.
    NodeIp
);
ip_role!(
    /// An address of a Pod, from `status.podIPs`. A hostNetwork Pod's is its Node's.
    PodIp
);
ip_role!(
    /// A virtual address of a Service, from `spec.clusterIPs`: owned by no device.
    ClusterIp
);
ip_role!(
    /// One of `spec.externalIPs` of a Service.
    ExternalIp
);
ip_role!(
    /// An address from `status.loadBalancer.ingress` with ipMode VIP.
    LoadBalancerIp
);

/// Parses an IP address as kube-proxy does: octets with leading zeros are decimal
/// (`172.30.0.041` is `172.30.0.41`, reference §1.2). Anything else unparseable is `None`.
pub fn parse_ip(text: &str) -> Option<IpAddr> {
    if let Ok(ip) = text.parse() {
        return Some(ip);
    }
    let mut octets = [0u8; 4];
    let mut parts = text.split('.');
    for octet in &mut octets {
        let part = parts.next()?;
        if part.is_empty() || !part.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        *octet = part
            .trim_start_matches('0')
            .parse()
            .or_else(|e| if part.bytes().all(|b| b == b'0') { Ok(0) } else { Err(e) })
            .ok()?;
    }
    parts.next().is_none().then(|| IpAddr::V4(Ipv4Addr::from(octets)))
}

/// `IP:port`, an IPv6 address in brackets: the canonical text of an address with a port.
pub fn ip_port(ip: IpAddr, port: u16) -> String {
    std::net::SocketAddr::new(ip, port).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leading_zeros_are_decimal_as_in_kube_proxy() {
        for (text, expected) in [
            ("172.30.0.041", Some("172.30.0.41")),
            ("10.0.1.001", Some("10.0.1.1")),
            ("10.0.000.1", Some("10.0.0.1")),
            ("fd00::1", Some("fd00::1")),
            ("10.0.1", None),
            ("10.0.1.256", None),
            ("10.0.1.1.1", None),
            ("xxx.xxx.xx.xxx", None),
            ("", None),
        ] {
            assert_eq!(parse_ip(text).map(|ip| ip.to_string()).as_deref(), expected, "{text}");
        }
    }
}
