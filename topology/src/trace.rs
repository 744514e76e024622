//! The answer of the resolver, in the shape of design §4.2: every key is always present.

use std::fmt;
use std::net::IpAddr;

use serde::{Serialize, Serializer};

use crate::address::ip_port;
use crate::key::ObjectKey;
use crate::port::{Protocol, TargetPort};
use crate::settings::{ProxyMode, Setting, Settings, Source};

/// What happens to the packet; exactly one per evaluation (reference §0).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Outcome {
    /// DNAT to one of the endpoints.
    #[serde(rename = "EP")]
    Endpoints,
    /// Refused at once by kube-proxy.
    Reject,
    /// Discarded by kube-proxy: a time-out.
    Drop,
    /// kube-proxy has no rule; the packet keeps its destination.
    Unhandled,
    /// Delivered by the CNI's host-port mapping.
    #[serde(rename = "HOSTPORT")]
    HostPort,
    /// The destination is a Pod IP; nothing is translated.
    Direct,
    /// Two rules claim the same address, and the API does not tell which wins.
    Ambiguous,
    /// A NetworkPolicy stops it.
    PolicyDeny,
    /// What is known does not decide it.
    Unknown,
}

impl Outcome {
    /// Every outcome.
    pub const ALL: [Self; 9] = [
        Self::Endpoints,
        Self::Reject,
        Self::Drop,
        Self::Unhandled,
        Self::HostPort,
        Self::Direct,
        Self::Ambiguous,
        Self::PolicyDeny,
        Self::Unknown,
    ];

    /// As in JSON and in the reference.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Endpoints => "EP",
            Self::Reject => "REJECT",
            Self::Drop => "DROP",
            Self::Unhandled => "UNHANDLED",
            Self::HostPort => "HOSTPORT",
            Self::Direct => "DIRECT",
            Self::Ambiguous => "AMBIGUOUS",
            Self::PolicyDeny => "POLICY_DENY",
            Self::Unknown => "UNKNOWN",
        }
    }

    /// Whether the packet reaches a container, as far as the API tells.
    pub fn delivered(self) -> bool {
        matches!(self, Self::Endpoints | Self::HostPort | Self::Direct)
    }
}

/// A resolve's whole answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Trace {
    /// Where the packet comes from.
    pub from: From,
    /// Where it is sent; null when that is a name, each of whose addresses has evaluations of its own.
    pub to: Option<To>,
    /// The DNS answer, when the destination is a name; null also when that cannot be known.
    pub dns: Option<Dns>,
    /// The settings that the answer assumes.
    pub settings: AssumedSettings,
    /// One per group of Nodes that agree.
    pub evaluations: Vec<Evaluation>,
}

/// The source of a trace.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct From {
    /// `external`, `pod`, `pod-ip`, `node` or `localhost`.
    pub kind: &'static str,
    /// The Pod's namespace.
    pub namespace: Option<String>,
    /// The Pod's name.
    pub name: Option<String>,
    /// The address.
    pub ip: Option<IpAddr>,
    /// The Node that it is on.
    pub node: Option<String>,
}

/// A destination.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct To {
    /// The address.
    pub ip: IpAddr,
    /// The port.
    pub port: Option<u16>,
    /// `TCP`, `UDP`, `SCTP` or `ICMP`.
    pub protocol: &'static str,
}

/// As a destination is typed: `IP:port`, with `/udp` or `/sctp` if it is not TCP; `IP`; `IP/icmp`.
impl fmt::Display for To {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.port {
            Some(port) => f.write_str(&ip_port(self.ip, port))?,
            None => write!(f, "{}", self.ip)?,
        }
        if self.protocol == "TCP" { Ok(()) } else { write!(f, "/{}", self.protocol.to_ascii_lowercase()) }
    }
}

/// The answer of a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Dns {
    /// The name as asked.
    pub query: String,
    /// `NOERROR`, `NXDOMAIN` or `NODATA`.
    pub rcode: &'static str,
    /// The records.
    pub records: Vec<DnsRecord>,
}

/// One record of a DNS answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DnsRecord {
    /// `A`, `AAAA`, `CNAME`, `SRV` or `PTR`.
    #[serde(rename = "type")]
    pub record_type: &'static str,
    /// The value.
    pub value: String,
}

/// Which settings of kube-proxy the answer assumes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AssumedSettings {
    /// The backend.
    pub proxy_mode: ProxyMode,
    /// Where that is known from.
    pub source: Source,
    /// All of them; on the wire each as it is in effect.
    #[serde(rename = "effective", serialize_with = "effective")]
    pub all: Settings,
}

impl std::convert::From<&Settings> for AssumedSettings {
    fn from(settings: &Settings) -> Self {
        Self { proxy_mode: settings.proxy_mode, source: settings.source_of(Setting::ProxyMode), all: settings.clone() }
    }
}

/// The texts are made only where they are written, never in the browser.
fn effective<S: Serializer>(settings: &Settings, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(Setting::ALL.into_iter().map(|setting| (setting, settings.effective(setting))))
}

/// What happens on some Nodes that agree.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Evaluation {
    /// The first of the Nodes; null when no Node is known.
    pub node: Option<String>,
    /// The Nodes, sorted.
    pub nodes: Vec<String>,
    /// The destination.
    pub to: Option<To>,
    /// What happens.
    pub outcome: Outcome,
    /// What the packet enters the Service network by.
    pub entry: Option<Entry>,
    /// Where it may end, by numeric address and port.
    pub endpoints: Vec<EndpointHop>,
    /// Names of the per-service chains, in the order of traversal.
    pub rules: Vec<String>,
    /// The steps, for people.
    pub hops: Vec<Hop>,
    /// The evaluations of which one applies, when AMBIGUOUS.
    pub alternatives: Vec<Evaluation>,
    /// Why, in one plain sentence.
    pub reason: String,
    /// Ids of findings.
    pub findings: Vec<String>,
    /// Whether the Service's own rules mark the packet for masquerade, whatever becomes of the mark. Not on the wire.
    #[serde(skip)]
    pub marked: bool,
}

impl Evaluation {
    /// What is known before anything is decided: UNKNOWN, on this Node, if one is known.
    pub fn undecided(to: Option<To>, node: Option<&str>) -> Self {
        Self {
            node: node.map(str::to_owned),
            nodes: node.map(str::to_owned).into_iter().collect(),
            to,
            outcome: Outcome::Unknown,
            entry: None,
            endpoints: Vec::new(),
            rules: Vec::new(),
            hops: Vec::new(),
            alternatives: Vec::new(),
            reason: String::new(),
            findings: Vec::new(),
            marked: false,
        }
    }
}

/// How a packet enters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    /// Which address it was.
    pub kind: EntryKind,
    /// The Service, if one owns it.
    #[serde(serialize_with = "key_text")]
    pub service: Option<ObjectKey>,
    /// The Service port's name, empty if it has none.
    pub port_name: Option<String>,
    /// The Service's port.
    pub port: Option<u16>,
    /// The Service's targetPort.
    pub target_port: Option<TargetPort>,
    /// The Service's nodePort.
    pub node_port: Option<u16>,
}

/// Which kind of address a packet enters by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum EntryKind {
    /// A Cluster IP.
    #[serde(rename = "clusterIP")]
    ClusterIp,
    /// One of a Service's externalIPs.
    #[serde(rename = "externalIP")]
    ExternalIp,
    /// A load balancer IP.
    #[serde(rename = "loadBalancerIP")]
    LoadBalancerIp,
    /// A nodePort on a Node's address.
    NodePort,
    /// A hostPort on its Pod's Node.
    HostPort,
    /// A Pod's own address.
    #[serde(rename = "podIP")]
    PodIp,
}

/// One place where the packet may end.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct EndpointHop {
    /// The address.
    pub ip: IpAddr,
    /// The port.
    pub port: u16,
    /// The share of new connections.
    pub probability: f64,
    /// Whether the backend sees a Node's address in place of the client's; null where kube-proxy has no part in it.
    pub masquerade: Option<bool>,
    /// Whether the reply misses the Node that translated, so that the connection fails (reference §2.6).
    pub asymmetric_return: bool,
    /// The Pod.
    #[serde(serialize_with = "key_text")]
    pub pod: Option<ObjectKey>,
    /// The Node that it runs on.
    pub node: Option<String>,
    /// The container that declares the port.
    pub container: Option<String>,
    /// Its declaration.
    pub container_port: Option<DeclaredPort>,
    /// What NetworkPolicies say, null while they are not evaluated.
    pub policy: Option<&'static str>,
    /// The endpoint's own rule.
    pub rule: Option<String>,
    /// The slice that it comes from. Not on the wire.
    #[serde(skip)]
    pub slice: Option<ObjectKey>,
    /// The port's protocol. Not on the wire.
    #[serde(skip)]
    pub protocol: Protocol,
}

impl EndpointHop {
    /// `IP:port`.
    pub fn address(&self) -> String {
        ip_port(self.ip, self.port)
    }
}

/// A container's declaration of a port.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DeclaredPort {
    /// Its name, empty if it has none.
    pub name: String,
    /// Its number.
    pub number: u16,
}

/// One step of a packet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Hop {
    /// Where it happens: a Node, or `client`.
    pub at: String,
    /// Who does it.
    pub component: String,
    /// What is done.
    pub what: String,
    /// The source after it.
    pub src: String,
    /// The destination after it.
    pub dst: String,
}

fn key_text<S: Serializer>(key: &Option<ObjectKey>, serializer: S) -> Result<S::Ok, S::Error> {
    match key {
        Some(key) => serializer.collect_str(key),
        None => serializer.serialize_none(),
    }
}
