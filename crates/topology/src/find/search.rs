//! Finds objects by a name, `NAMESPACE/NAME`, an address, a port, a label, or a part of one.
//!
//! The search reads all rows once. A row that does not match needs no allocation: texts to compare with are written into one buffer, and
//! a socket is made only for a match.

mod endpoints;
mod hits;
mod pods;
mod query;
mod services;
#[cfg(test)]
mod tests;

use crate::cluster::index::Index;
use crate::cluster::key::Kind;
use crate::cluster::row::Row;
use crate::graph::socket::Socket;
use hits::Hits;
use query::Query;

/// The searched kinds, in the order of the results.
const KINDS: [Kind; 4] = [Kind::Service, Kind::Node, Kind::Pod, Kind::EndpointSlice];

/// One result of a search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchMatch {
    /// The socket to select. [`crate::graph::find_socket`] finds it.
    pub socket: Socket,
    /// The name or address that matched.
    pub label: String,
    /// The object as text: `Service default/nginx-service`.
    pub detail: String,
    /// 0: equals the typed text; 1: begins with it; 2: contains it.
    pub rank: u8,
}

/// At most `limit` matches of the text, best rank first; within a rank Services, Nodes, Pods, endpoints, each by namespace and name.
///
/// A name finds the first port of a Service, or the address of a Pod or a Node; a namespace's name finds its objects. `30001` and `:30001`
/// find all ports with that number, `IP:PORT` and `NAME:PORT` the port of that host. A Node's address also finds the ports open on it.
pub fn search(index: &Index, text: &str, limit: usize) -> Vec<SearchMatch> {
    let Some(mut query) = Query::read(index, text) else { return Vec::new() };
    let mut hits = Hits::new(limit);
    for row in KINDS.into_iter().flat_map(|kind| index.rows(kind, "")) {
        if hits.complete() {
            break;
        }
        match row {
            Row::Service(service) => services::service(&mut hits, &mut query, index, service),
            Row::Node(node) => pods::node(&mut hits, &mut query, node),
            Row::Pod(pod) if !pod.ended() => pods::pod(&mut hits, &mut query, index, pod),
            Row::EndpointSlice(slice) => endpoints::slice(&mut hits, &mut query, index, slice),
            _ => {}
        }
    }
    hits.found()
}
