//! Parses texts of fields that have another type in a fact.

use ipnet::IpNet;

use crate::cluster::port::Protocol;

/// A port's protocol. TCP if it is unset, which is the API's default; `None` if the text is not a protocol.
pub(super) fn protocol(text: Option<&str>) -> Option<Protocol> {
    text.map_or(Some(Protocol::Tcp), Protocol::parse)
}

/// The valid CIDRs among the texts.
pub(super) fn cidrs(texts: &[String]) -> Vec<IpNet> {
    texts.iter().filter_map(|text| text.trim().parse().ok()).collect()
}
