//! The possible endpoints of a packet, as a list that the evaluations of several Nodes share.

use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::net::IpAddr;
use std::ops::Index;
use std::sync::Arc;

use super::arrival::ArrivalCounts;
use super::endpoint::EndpointHop;

/// The possible endpoints of a packet, sorted by numeric address and port. Nodes whose rules choose among the same endpoints share one list;
/// each keeps only its own changes: endpoints with another masquerade or another way of their replies.
#[derive(Clone)]
pub struct EndpointList {
    shared: Arc<SharedEndpoints>,
    /// The endpoints that differ from those of the shared list, by position.
    changes: Vec<(usize, EndpointHop)>,
}

/// A list of endpoints with its sums.
#[derive(Default)]
pub(crate) struct SharedEndpoints {
    hops: Vec<EndpointHop>,
    sums: Sums,
}

/// Sums over a list. A change of one endpoint changes them without a look at the others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Sums {
    /// Number of endpoints that see a Node's address.
    masqueraded: usize,
    /// Number of endpoints that see the client's address.
    kept: usize,
    /// Number of endpoints whose replies miss the Node.
    asymmetric: usize,
    /// Numbers of endpoints by whether packets arrive there.
    arrivals: ArrivalCounts,
    /// A checksum that equal lists have in common.
    checksum: u64,
}

impl Sums {
    fn add(&mut self, position: usize, hop: &EndpointHop) {
        self.masqueraded += usize::from(hop.masquerade == Some(true));
        self.kept += usize::from(hop.masquerade == Some(false));
        self.asymmetric += usize::from(hop.asymmetric_return);
        self.arrivals.add(hop.arrives());
        self.checksum = self.checksum.wrapping_add(checksum(position, hop));
    }

    fn subtract(&mut self, position: usize, hop: &EndpointHop) {
        self.masqueraded -= usize::from(hop.masquerade == Some(true));
        self.kept -= usize::from(hop.masquerade == Some(false));
        self.asymmetric -= usize::from(hop.asymmetric_return);
        self.arrivals.subtract(hop.arrives());
        self.checksum = self.checksum.wrapping_sub(checksum(position, hop));
    }
}

fn checksum(position: usize, hop: &EndpointHop) -> u64 {
    let mut hasher = DefaultHasher::new();
    (position, hop.ip, hop.port, hop.masquerade, hop.asymmetric_return, hop.delivered).hash(&mut hasher);
    hasher.finish()
}

impl SharedEndpoints {
    /// A list. The endpoints are sorted by address and port.
    pub(crate) fn new(hops: Vec<EndpointHop>) -> Self {
        let mut sums = Sums::default();
        hops.iter().enumerate().for_each(|(position, hop)| sums.add(position, hop));
        Self { hops, sums }
    }

    /// The endpoints.
    pub(crate) fn hops(&self) -> &[EndpointHop] {
        &self.hops
    }
}

impl EndpointList {
    /// A shared list with changes, sorted by position.
    pub(crate) fn changed(shared: Arc<SharedEndpoints>, mut changes: Vec<(usize, EndpointHop)>) -> Self {
        changes.retain(|(position, hop)| shared.hops.get(*position).is_some_and(|own| own != hop));
        Self { shared, changes }
    }

    /// Number of endpoints.
    pub fn len(&self) -> usize {
        self.shared.hops.len()
    }

    /// Whether there is no endpoint.
    pub fn is_empty(&self) -> bool {
        self.shared.hops.is_empty()
    }

    /// The endpoint at a position.
    pub fn get(&self, position: usize) -> Option<&EndpointHop> {
        match self.changes.binary_search_by_key(&position, |(position, _)| *position) {
            Ok(at) => Some(&self.changes[at].1),
            Err(_) => self.shared.hops.get(position),
        }
    }

    /// The first endpoint.
    pub fn first(&self) -> Option<&EndpointHop> {
        self.get(0)
    }

    /// All endpoints.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &EndpointHop> + Clone {
        let mut changes = self.changes.iter().peekable();
        self.shared.hops.iter().enumerate().map(move |(position, own)| {
            changes.next_if(|(changed, _)| *changed == position).map_or(own, |(_, changed)| changed)
        })
    }

    /// The endpoints with this address.
    pub fn with_ip(&self, ip: IpAddr) -> impl Iterator<Item = &EndpointHop> {
        let first = self.shared.hops.partition_point(|hop| hop.ip < ip);
        (first..self.len()).map_while(move |position| self.get(position).filter(|hop| hop.ip == ip))
    }

    /// Whether an endpoint has this address and port.
    pub fn contains(&self, ip: IpAddr, port: u16) -> bool {
        self.shared.hops.binary_search_by_key(&(ip, port), |hop| (hop.ip, hop.port)).is_ok()
    }

    /// Numbers of endpoints by whether packets arrive there.
    pub fn arrivals(&self) -> ArrivalCounts {
        self.sums().arrivals
    }

    /// Number of endpoints whose replies miss the Node.
    pub(crate) fn asymmetric(&self) -> usize {
        self.sums().asymmetric
    }

    /// Whether both are changes of one list. They then have the same addresses, Pods and rules in the same order.
    pub fn shares_with(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.shared, &other.shared)
    }

    /// Whether both have the same addresses and ports.
    pub fn same_addresses(&self, other: &Self) -> bool {
        let address = |hop: &EndpointHop| (hop.ip, hop.port);
        self.shares_with(other) || self.shared.hops.iter().map(address).eq(other.shared.hops.iter().map(address))
    }

    /// The endpoints that differ from those of another list; `None` if the lists share nothing.
    pub fn differences<'a>(&'a self, other: &'a Self) -> Option<Vec<&'a EndpointHop>> {
        let changed = self.changes.iter().chain(&other.changes).map(|(position, _)| *position);
        self.shares_with(other).then(|| {
            let mut positions: Vec<usize> = changed.collect();
            positions.sort_unstable();
            positions.dedup();
            let differs = |position: &usize| self.get(*position) != other.get(*position);
            positions.into_iter().filter(differs).filter_map(|position| self.get(position)).collect()
        })
    }

    /// A number that equal lists have in common.
    pub(crate) fn checksum(&self) -> u64 {
        self.sums().checksum
    }

    /// The identity of the shared list, as long as the list exists.
    pub(crate) fn identity(&self) -> usize {
        Arc::as_ptr(&self.shared).addr()
    }

    /// The first endpoints that see a Node's address, or the client's, at most `most`; and the number of all of them.
    pub(crate) fn by_masquerade(&self, masquerade: bool, most: usize) -> (Vec<&EndpointHop>, usize) {
        let is_one = |hop: &&EndpointHop| hop.masquerade == Some(masquerade);
        let number = |sums: Sums| if masquerade { sums.masqueraded } else { sums.kept };
        let count = number(self.sums());
        let changed = || self.changes.iter().map(|(_, hop)| hop).filter(is_one);
        // If no endpoint of the shared list is one, the changes are all.
        let first = if number(self.shared.sums) == 0 {
            changed().take(most.min(count)).collect()
        } else {
            self.iter().filter(is_one).take(most.min(count)).collect()
        };
        (first, count)
    }

    fn sums(&self) -> Sums {
        let mut sums = self.shared.sums;
        for (position, hop) in &self.changes {
            sums.subtract(*position, &self.shared.hops[*position]);
            sums.add(*position, hop);
        }
        sums
    }
}

impl From<Vec<EndpointHop>> for EndpointList {
    /// A list that is shared with nobody. The endpoints are sorted by address and port.
    fn from(hops: Vec<EndpointHop>) -> Self {
        Self { shared: Arc::new(SharedEndpoints::new(hops)), changes: Vec::new() }
    }
}

impl Default for EndpointList {
    fn default() -> Self {
        Vec::new().into()
    }
}

impl PartialEq for EndpointList {
    fn eq(&self, other: &Self) -> bool {
        if self.shares_with(other) { self.changes == other.changes } else { self.iter().eq(other.iter()) }
    }
}

impl fmt::Debug for EndpointList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl Index<usize> for EndpointList {
    type Output = EndpointHop;

    fn index(&self, position: usize) -> &EndpointHop {
        self.get(position).expect("the position is in the list")
    }
}
