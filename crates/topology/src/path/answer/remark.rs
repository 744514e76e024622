//! Remarks about an outcome, in addition to its reason.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use super::entry::EntryKind;
use super::outcome::Outcome;
use super::wrong_value::WrongValue;
use crate::cluster::facts::Labels;
use crate::cluster::key::ObjectKey;
use crate::cluster::settings::{Setting, SettingSource};

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
    /// The replies of these endpoints do not pass the Node that has translated the packet: `endpoints` of `of`.
    RepliesMissNode { endpoints: usize, of: usize },
    /// A headless Service translates nothing: the packet keeps `port`, and the Service's own endpoints listen on `endpoint_port`.
    HeadlessPortNotTranslated { service: ObjectKey, port: u16, endpoint_port: u16 },
    /// No container declares the port of these endpoints: `endpoints` of `of`. `pod` is the first of their Pods.
    PortNotDeclared { pod: ObjectKey, port: u16, endpoints: usize, of: usize },
    /// These endpoints name a Pod that does not exist: `endpoints` of `of`. `pod` is the first of the names.
    PodMissing { pod: ObjectKey, endpoints: usize, of: usize },
    /// A Pod reaches itself through a Service, which needs the CNI's hairpin mode. `of` is the number of endpoints.
    HairpinNeedsCni { ip: IpAddr, of: usize },
    /// NetworkPolicies for Pods of this namespace exist, and they are not evaluated.
    PoliciesNotEvaluated { namespace: String, policies: usize },
    /// The verdict depends on a setting of kube-proxy that has this value by assumption, or by omission in a configuration that was read. With
    /// the value `other` the outcome is `outcome`, and `arrives` is whether packets and their replies arrive.
    SettingDecides {
        setting: Setting,
        value: String,
        source: SettingSource,
        other: String,
        outcome: Outcome,
        arrives: bool,
    },

    // About the files that the answer is made of.
    /// A value in a file that the API server would refuse. `value` is null if the field has none.
    ValueRefused {
        file: String,
        document: usize,
        line: Option<u64>,
        column: Option<u64>,
        field: String,
        value: Option<String>,
        why: WrongValue,
    },
    /// More values that the API server would refuse are not listed.
    MoreValuesRefused { count: usize },
    /// The files are manifests that no cluster has run: Services have no Cluster IP, or workloads have no Pods. `services` are the first
    /// few of the `service_count` Services without a Cluster IP.
    NotApplied { services: Vec<ObjectKey>, service_count: usize, workloads: usize },
}

impl Remark {
    /// Whether the remark is part of the evaluation's `reason`. The others are doubts about a packet that is delivered, or about what is assumed.
    pub fn is_in_reason(&self) -> bool {
        match self {
            Self::ExternalIpAssumed { .. }
            | Self::SelectorMatchesNoPod { .. }
            | Self::EndpointIsServiceAddress { .. }
            | Self::NotRouted { .. }
            | Self::RepliesMissNode { .. }
            | Self::HeadlessPortNotTranslated { .. } => true,
            Self::PortNotDeclared { .. }
            | Self::PodMissing { .. }
            | Self::HairpinNeedsCni { .. }
            | Self::PoliciesNotEvaluated { .. }
            | Self::SettingDecides { .. }
            | Self::ValueRefused { .. }
            | Self::MoreValuesRefused { .. }
            | Self::NotApplied { .. } => false,
        }
    }
}
