//! What is said of a verdict besides its reason.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use super::entry::EntryKind;
use crate::cluster::facts::Labels;
use crate::cluster::key::ObjectKey;

/// What is said besides. In JSON a `code` and the arguments; codes never change (design §4.2).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case", rename_all_fields = "camelCase")]
#[expect(missing_docs, reason = "each argument is named after what it is")]
pub enum Remark {
    /// The destination is a Node's ExternalIP, which is assumed to be an address of one of its interfaces.
    ExternalIpAssumed { node: String },
    /// No Pod has the labels of the Service's selector.
    SelectorMatchesNoPod { service: ObjectKey, selector: Labels },
    /// An endpoint's address is itself one of a Service, and kube-proxy translates once only.
    EndpointIsServiceAddress { ip: IpAddr, port: u16, service: ObjectKey },
    /// A client outside asks an address that nothing routes to the cluster by itself.
    NotRouted { address: EntryKind },
}

impl Remark {
    /// Whether it is a part of the evaluation's `reason`. A Pod IP is asked from outside where a network routes it, so that there is
    /// nothing to explain.
    pub fn is_in_reason(&self) -> bool {
        !matches!(self, Self::NotRouted { address: EntryKind::PodIp })
    }
}
