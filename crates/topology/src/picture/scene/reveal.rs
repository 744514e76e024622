//! Unfolds the groups that contain the selected socket.

use std::collections::BTreeSet;

use super::{Dirty, Scene};
use crate::cluster::index::Index;
use crate::cluster::key::Kind;
use crate::cluster::view::Cluster;
use crate::graph::socket::Socket;
use crate::graph::{Affected, UnitKey, units_of};
use crate::picture::look::Arrangement;

impl Scene {
    /// Shows every member of the groups that contain `socket`, and folds the groups that were revealed before.
    pub fn reveal(&mut self, cluster: Cluster<'_>, socket: Option<&Socket>) -> Dirty {
        let now: BTreeSet<UnitKey> = socket.map(|socket| units_of(cluster.index, socket)).unwrap_or_default();
        let changed = now.symmetric_difference(&self.revealed);
        let units: BTreeSet<UnitKey> = changed.filter(|key| self.groups.contains_key(*key)).cloned().collect();
        let moved = !units.is_empty();
        self.revealed = now;
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
