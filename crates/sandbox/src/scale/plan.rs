//! The contents of the cluster as numbers: 16 bytes per Pod. Names and addresses are computed from the numbers.

pub(super) mod addresses;
pub(super) mod services;

use super::Scale;
use super::random::{Random, suffix, template_hash};
use services::{NodePorts, Service, assign_pods, service};

/// The seed of the random numbers; any number would do.
const SEED: u64 = 0x6b75_6265_686f_7000;

/// The whole cluster. The churn keeps it up to date.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(super) scale: Scale,
    /// About one per hundred Services.
    pub(super) namespaces: u32,
    pub(super) services: Vec<Service>,
    /// The Pods of the first Service, those of the second, … and those without a Service.
    pub(super) pods: Vec<Pod>,
}

/// One Pod.
#[derive(Clone, Debug)]
pub(super) struct Pod {
    /// Its Service; `None` for an agent.
    pub(super) service: Option<u32>,
    pub(super) node: u16,
    /// The last byte of its address.
    pub(super) host: u8,
    pub(super) health: Health,
    /// Its number among all Pods that its Service has had.
    pub(super) number: u32,
}

/// The state of a Pod.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Health {
    Ready,
    /// Its container fails its readiness probe.
    Unready,
    /// Its container crashes repeatedly; the churn does not change it.
    Crashing,
    /// It is being deleted, and still serves.
    Terminating,
    /// Its Node is not Ready.
    Lost,
    /// Another writer has deleted it.
    Gone,
}

impl Health {
    /// Whether the Pod's Ready condition is True.
    pub(super) fn ready(self) -> bool {
        matches!(self, Self::Ready | Self::Terminating)
    }
}

/// Maximum number of endpoints in a slice (`--max-endpoints-per-slice`).
pub(super) const MAX_ENDPOINTS_PER_SLICE: usize = 100;

impl Plan {
    pub(super) fn new(scale: Scale) -> Self {
        let mut random = Random::new(SEED);
        let mut ports = NodePorts::default();
        let mut services: Vec<Service> = (0..scale.services).map(|index| service(index, &mut ports)).collect();
        // Three percent of the Pods are agents, which no Service selects.
        let agents = if scale.pods < 10 { 0 } else { scale.pods.div_ceil(33) };
        assign_pods(scale.pods - agents, &mut services, &mut random);

        let mut nodes: Vec<u16> = (0..scale.nodes).filter_map(|node| u16::try_from(node).ok()).collect();
        random.shuffle(&mut nodes);
        let owner = (0_u32..)
            .zip(&services)
            .flat_map(|(index, service)| (0_u32..).take(service.pods.len()).map(move |number| (Some(index), number)));
        let owners = owner.chain((0..).map(|number| (None, number))).take(scale.pods as usize);
        let pods = owners.enumerate().map(|(index, (service, number))| {
            // The Pods are distributed over all Nodes cyclically; each round uses the next address.
            let node = nodes[index % nodes.len()];
            let host = u8::try_from(2 + index / nodes.len()).unwrap_or(u8::MAX);
            let health = match index {
                _ if !is_ready(node.into()) => Health::Lost,
                _ if service.is_none() => Health::Ready,
                _ if index % 500 == 77 => Health::Terminating,
                _ if index % 67 == 13 => Health::Crashing,
                _ => Health::Ready,
            };
            Pod { service, node, host, health, number }
        });
        let pods = pods.collect();
        let namespaces = scale.services.div_ceil(100).max(scale.services.min(5)).max(1);
        Self { scale, namespaces, services, pods }
    }

    /// The namespace of a Service: consecutive Services have the same one.
    pub(super) fn namespace_of(&self, service: u32) -> u32 {
        // At most 20,000 times 200, which fits into u32.
        service * self.namespaces / self.scale.services.max(1)
    }

    /// `cart-api`: unique in its namespace.
    pub(super) fn service_name(&self, service: u32) -> String {
        const WHAT: [&str; 24] = [
            "cart", "checkout", "catalog", "search", "orders", "billing", "users", "sessions", "media", "reviews",
            "stock", "shipping", "pricing", "coupons", "mail", "audit", "reports", "geo", "ads", "feeds", "chat",
            "tax", "fraud", "loyalty",
        ];
        // The last two letters differ, so that swapping them changes the name.
        const ROLE: [&str; 8] = ["api", "web", "worker", "cache", "db", "queue", "admin", "proxy"];
        let first = self.first_service(self.namespace_of(service));
        let place = (service - first) as usize;
        let (round, place) = (place / (WHAT.len() * ROLE.len()), place % (WHAT.len() * ROLE.len()));
        // Every name occurs once before a name is repeated, and consecutive names differ in both halves.
        let name = format!("{}-{}", WHAT[place % WHAT.len()], ROLE[(place + place / WHAT.len()) % ROLE.len()]);
        if round == 0 { name } else { format!("{name}-{}", round + 1) }
    }

    /// The first Service of a namespace.
    fn first_service(&self, namespace: u32) -> u32 {
        (namespace * self.scale.services).div_ceil(self.namespaces)
    }

    /// The namespace of a Pod.
    pub(super) fn namespace(&self, pod: &Pod) -> String {
        namespace_name(pod.service.map_or(pod.number % self.namespaces, |service| self.namespace_of(service)))
    }

    /// The label `app` of a Pod, and the first part of its name.
    pub(super) fn app(&self, pod: &Pod) -> String {
        pod.service.map_or_else(|| "agent".to_owned(), |service| self.service_name(service))
    }

    /// The Pod's name without its last five letters, `cart-api-6d4cf56db6-`, and the label pod-template-hash.
    pub(super) fn prefix(&self, pod: &Pod) -> (String, String) {
        let hash = template_hash(seed(pod));
        (format!("{}-{hash}-", self.app(pod)), hash)
    }

    pub(super) fn pod_name(&self, pod: &Pod) -> String {
        format!("{}{}", self.prefix(pod).0, suffix(seed(pod), pod.number))
    }

    /// The hostPort of some agents; no Node has two of them.
    pub(super) fn host_port(&self, pod: &Pod) -> Option<u16> {
        // Consecutive agents are on different Nodes, as long as there are more Nodes than agents.
        let has_one = pod.service.is_none() && pod.number.is_multiple_of(8) && pod.number < self.scale.nodes;
        has_one.then_some(19_100)
    }

    /// The name of a Service's `number`th slice.
    pub(super) fn slice_name(&self, service: u32, number: u32) -> String {
        format!("{}-{}", self.service_name(service), suffix(!u64::from(service), number))
    }
}

fn seed(pod: &Pod) -> u64 {
    pod.service.map_or(SEED, |service| SEED ^ u64::from(service + 1))
}

/// `team-001`.
pub(super) fn namespace_name(namespace: u32) -> String {
    format!("team-{:03}", namespace + 1)
}

/// `node-0001`.
pub(super) fn node_name(node: u32) -> String {
    format!("node-{:04}", node + 1)
}

/// One of three zones.
pub(super) fn zone(node: u32) -> &'static str {
    ["zone-a", "zone-b", "zone-c"][node as usize % 3]
}

/// Whether a Node is Ready: all but a few are.
pub(super) fn is_ready(node: u32) -> bool {
    node % 400 != 37
}
