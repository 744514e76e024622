//! The reverse zones: the names of an address (CoreDNS's `kubernetes` plugin: `reverse.go`).

use std::net::{IpAddr, Ipv4Addr};

use super::entries::{Entry, host_label};
use super::records::{self, Records, ZoneAnswer, ZoneResult};
use crate::cluster::index::IpRole;
use crate::cluster::key::Kind;
use crate::cluster::view::Cluster;
use crate::path::answer::Reason;

const IPV4: &str = "in-addr.arpa";
const IPV6: &str = "ip6.arpa";
/// Number of labels of an IPv6 address, one for each hexadecimal digit.
const DIGITS: usize = 32;

/// The part of a name before its reverse zone; `None` if it is in none.
pub(super) fn within(name: &str) -> Option<&str> {
    records::within(name, IPV4).or_else(|| records::within(name, IPV6))
}

/// The name of an address in its reverse zone.
pub(super) fn name(ip: IpAddr) -> String {
    match ip.to_canonical() {
        IpAddr::V4(ip) => {
            let [a, b, c, d] = ip.octets();
            format!("{d}.{c}.{b}.{a}.{IPV4}")
        }
        IpAddr::V6(ip) => {
            let digits = format!("{:032x}", ip.to_bits());
            digits.chars().rev().map(|digit| format!("{digit}.")).chain([IPV6.to_owned()]).collect()
        }
    }
}

/// The address of a name in a reverse zone. CoreDNS ignores up to three labels before those of an IPv6 address.
pub(super) fn address(name: &str) -> Option<IpAddr> {
    if let Some(octets) = records::within(name, IPV4) {
        let octets: Vec<&str> = octets.split('.').rev().collect();
        return octets.join(".").parse::<Ipv4Addr>().ok().map(IpAddr::V4);
    }
    let labels: Vec<&str> = records::within(name, IPV6)?.split('.').rev().collect();
    let digits = labels.get(..DIGITS).filter(|_| labels.len() < DIGITS + 4)?.concat();
    if digits.len() != DIGITS || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    let bits = u128::from_str_radix(&digits, 16).ok()?;
    Some(IpAddr::V6(bits.into()).to_canonical())
}

/// The entries of a name that no address has: the plugin knows the names above Services and Pods in every zone.
pub(super) fn without_address(rest: &str) -> Option<Vec<Entry>> {
    matches!(rest, "" | "svc" | "pod").then(Vec::new)
}

/// The Service with this Cluster IP, or else all ready endpoints with this address, whether or not their Service exists.
pub(super) fn names(cluster: Cluster<'_>, ip: IpAddr) -> ZoneResult {
    let domain = &cluster.settings.cluster_domain;
    let index = cluster.index;
    let mut names: Vec<String> = index
        .services_with_ip(ip, IpRole::ClusterIp)
        .take(1)
        .map(|service| format!("{}.{domain}", service.dns_name()))
        .collect();
    if names.is_empty() {
        if !cluster.coverage.of(Kind::Service).complete() {
            return Err(Reason::ServiceOfAddressNotKnown { ip });
        }
        if !cluster.coverage.of(Kind::EndpointSlice).complete() {
            return Err(Reason::EndpointOfAddressNotKnown { ip });
        }
        // CoreDNS compares the address as it is written in the slice.
        let written = ip.to_string();
        let endpoints =
            index.endpoints_with_ip(ip).filter(|endpoint| endpoint.is_ready() && endpoint.address == written);
        names.extend(endpoints.filter_map(|endpoint| {
            let service = index.slice(&endpoint.slice_key())?.service_key()?;
            Some(format!("{}.{}.{}.svc.{domain}", host_label(endpoint), service.name, service.namespace))
        }));
    }
    Ok(if names.is_empty() {
        ZoneAnswer::Nothing
    } else {
        ZoneAnswer::Records(Records { names, ..Records::default() })
    })
}
