//! Texts of fields that are not texts in a fact.

use ipnet::IpNet;

use crate::cluster::port::Protocol;

/// A port's protocol: TCP if it is unset, as the API defaults it; `None` if the text is no protocol.
pub(super) fn protocol(text: Option<&str>) -> Option<Protocol> {
    text.map_or(Some(Protocol::Tcp), Protocol::parse)
}

/// The texts that are CIDRs.
pub(super) fn cidrs(texts: &[String]) -> Vec<IpNet> {
    texts.iter().filter_map(|text| text.trim().parse().ok()).collect()
}
