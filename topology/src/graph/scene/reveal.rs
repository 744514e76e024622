//! The groups that a socket is in: they are unfolded while it is selected.

use std::collections::BTreeSet;

use super::{Dirty, Scene};
use crate::graph::group::GroupKey;
use crate::index::Index;
use crate::key::{Kind, ObjectKey};
use crate::resolve::Cluster;
use crate::socket::Socket;

impl Scene {
    /// Shows every member of the groups that a socket is in, and folds those of the last one again.
    pub fn reveal(&mut self, cluster: Cluster<'_>, socket: Option<&Socket>) -> Dirty {
        let now: BTreeSet<GroupKey> = socket.map(|socket| homes(cluster.index, socket)).unwrap_or_default();
        let changed = now.difference(&self.revealed).chain(self.revealed.difference(&now));
        let drawn = changed.filter(|key| self.groups.contains_key(*key)).cloned().collect();
        self.revealed = now;
        self.redraw(cluster, drawn, false)
    }
}

/// The groups that a socket is drawn in, or would be if they were not folded.
fn homes(index: &Index, socket: &Socket) -> BTreeSet<GroupKey> {
    let service_of = |slice: &ObjectKey| {
        let name = index.slice(slice).and_then(|slice| slice.service.as_ref());
        name.map(|name| GroupKey::service(ObjectKey::new(&slice.namespace, name)))
    };
    let node_of = |pod: &ObjectKey| index.pod(pod)?.node.as_deref().map(GroupKey::node);
    match socket.object_kind {
        Kind::Service => BTreeSet::from([GroupKey::service(socket.object.clone())]),
        Kind::EndpointSlice => service_of(&socket.object).into_iter().collect(),
        Kind::Pod => index
            .endpoints_of_pod(&socket.object)
            .filter_map(|endpoint| service_of(&endpoint.slice_key()))
            .chain([GroupKey::host_ports(socket.object.clone()), GroupKey::pods(&socket.object.namespace)])
            .chain(node_of(&socket.object))
            .collect(),
        Kind::Node => BTreeSet::from([GroupKey::node(&socket.object.name)]),
        _ => BTreeSet::new(),
    }
}
