//! What a reader types to get somewhere: a name, `NAMESPACE/NAME`, an address, a port, a label, or a part of one.
//!
//! One pass over the rows. A row that does not match costs comparisons only: texts to compare with are written into one buffer, and a
//! socket is made once it is wanted.

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

/// What is looked through, the most telling first.
const KINDS: [Kind; 4] = [Kind::Service, Kind::Node, Kind::Pod, Kind::EndpointSlice];

/// Something that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// What is selected when it is chosen: one that [`crate::graph::find_socket`] finds.
    pub socket: Socket,
    /// By what it was found: a name or an address.
    pub label: String,
    /// The object, as in `Service default/nginx-service`.
    pub detail: String,
    /// 0: it is what was typed; 1: it begins so; 2: it contains it.
    pub rank: u8,
}

/// Up to `limit` things that the text may mean, best first; inside a rank Services, Nodes, Pods, endpoints, each by namespace and name.
///
/// A name means a Service's first port, a Pod's or a Node's address; a namespace's name, what is in it. `30001` and `:30001` are any
/// port of that number, `IP:PORT` and `NAME:PORT` the port there; a Node's address brings the ports that are open there.
pub fn search(index: &Index, text: &str, limit: usize) -> Vec<Found> {
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
