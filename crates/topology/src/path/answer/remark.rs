//! Remarks about an outcome, in addition to its reason.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use super::entry::EntryKind;
use crate::cluster::facts::Labels;
use crate::cluster::key::ObjectKey;

/// A remark. The JSON object has a `code` and the arguments; codes never change (design §4.2).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case", rename_all_fields = "camelCase")]
#[expect(missing_docs, reason = "each argument is named after what it is")]
pub enum Remark {
    /// The destination is a Node's ExternalIP, which is assumed to be an address of one of its interfaces.
    ExternalIpAssumed { node: String },
    /// No Pod has the labels of the Service's selector.
    SelectorMatchesNoPod { service: ObjectKey, selector: Labels },
    /// An endpoint's address is itself an address of a Service, and kube-proxy translates a packet only once.
    EndpointIsServiceAddress { ip: IpAddr, port: u16, service: ObjectKey },
    /// A client outside the cluster sends to an address that needs an extra route into the cluster.
    NotRouted { address: EntryKind },
}

impl Remark {
    /// Whether the remark is part of the evaluation's `reason`. A client that uses a Pod IP from outside has a network that routes it, so the
    /// remark about the route is not part of the reason there.
    pub fn is_in_reason(&self) -> bool {
        !matches!(self, Self::NotRouted { address: EntryKind::PodIp })
    }
}
