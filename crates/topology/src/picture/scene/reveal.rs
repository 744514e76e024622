//! Unfolds the groups that contain the selected socket.

use std::collections::BTreeSet;
use std::net::IpAddr;

use super::{Dirty, Scene};
use crate::cluster::index::Index;
use crate::cluster::key::Kind;
use crate::cluster::view::Cluster;
use crate::graph::socket::{Socket, address};
use crate::graph::{Affected, UnitKey, units_of};
use crate::picture::look::Arrangement;

impl Scene {
    /// Unfolds the groups that contain `socket`, and folds the groups that were revealed before.
    pub fn reveal(&mut self, cluster: Cluster<'_>, socket: Option<&Socket>) -> Dirty {
        let now: BTreeSet<UnitKey> = socket.map(|socket| units_of(cluster.index, socket)).unwrap_or_default();
        let asked = socket.and_then(|socket| asked_node(cluster.index, socket));
        let asks_for_pod =
            socket.is_some_and(|socket| socket.object_kind != Kind::Service && socket.object_kind != Kind::Node);
        let same = asked == self.asked && asks_for_pod == self.asks_for_pod;
        let changed = |key: &&UnitKey| now.contains(*key) != self.revealed.contains(*key) || !same;
        let all = now.union(&self.revealed).filter(changed);
        let units: BTreeSet<UnitKey> = all.filter(|key| self.groups.contains_key(*key)).cloned().collect();
        let moved = !units.is_empty();
        (self.revealed, self.asked, self.asks_for_pod) = (now, asked, asks_for_pod);
        self.redraw(cluster, Affected { units, ..Affected::default() }, moved)
    }

    /// The first group, in the picture's order, that draws `socket`.
    pub fn group_of(&self, index: &Index, socket: &Socket) -> Option<&UnitKey> {
        let mut units = units_of(index, socket);
        if socket.object_kind == Kind::Service && self.look.arrangement == Arrangement::Node {
            units.extend(self.graph.nodes_of_service(index, &socket.object));
        }
        units.iter().find_map(|key| {
            let (key, group) = self.groups.get_key_value(key).filter(|(key, _)| self.is_drawn(key))?;
            group.sockets().any(|own| own == socket).then_some(key)
        })
    }
}

/// An address of the Node that a socket is about: the one that has its address, or that of its Pod.
fn asked_node(index: &Index, socket: &Socket) -> Option<IpAddr> {
    let (ip, ..) = address(&socket.address)?;
    let of_node = index.node_with_ip(ip).map(|_| ip);
    of_node.or_else(|| index.node(index.node_name_at(ip)?)?.first_ip().map(|ip| ip.0))
}
