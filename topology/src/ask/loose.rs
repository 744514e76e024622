//! What a person types into the page: the exact texts, and the shorter ones that can mean one thing only.

use std::net::IpAddr;

use super::{Target, Wrong, is_name};
use crate::index::Index;
use crate::key::ObjectKey;
use crate::resolve::Source;

/// Reads a source: one of the exact texts, an IP (a Pod's, a Node's, else a client outside), `NAMESPACE/POD`, or a Node's name.
///
/// # Errors
///
/// It is none of these.
pub fn source_in(index: &Index, text: &str) -> Result<Source, Wrong> {
    let text = text.trim();
    if let Ok(ip) = text.parse::<IpAddr>().map(|ip| ip.to_canonical()) {
        let node = index.node_with_ip(ip).map(|node| Source::Node(node.name.clone()));
        let pod = || index.pods_with_ip(ip).next().map(|pod| Source::Pod(pod.key()));
        return Ok(node.or_else(pod).unwrap_or(Source::External(ip)));
    }
    if index.node(text).is_some() {
        return Ok(Source::Node(text.to_owned()));
    }
    match text.split_once('/') {
        Some((namespace, name)) if is_name(namespace) && is_name(name) => {
            Ok(Source::Pod(ObjectKey::new(namespace, name)))
        }
        _ => text.parse(),
    }
}

/// Reads a destination: one of the exact texts, or a name without `dns:`.
///
/// # Errors
///
/// It is none of these.
pub fn target_in(text: &str) -> Result<Target, Wrong> {
    let text = text.trim();
    text.parse().or_else(|wrong: Wrong| {
        let host = text.split([':', '/', '?']).next().unwrap_or_default();
        let named = is_name(host.trim_end_matches('.')) && host.contains(|letter: char| letter.is_ascii_alphabetic());
        let is_url = text.contains("://");
        if named && !is_url { format!("dns:{text}").parse() } else { Err(wrong) }
    })
}
