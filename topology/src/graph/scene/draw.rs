//! What one group looks like, what is wrong with it, and whether the reader wants to see it.

use super::{Look, Scene};
use crate::graph::group::{GroupKey, GroupKind};
use crate::graph::model::{Area, Arrangement, Detail, Group};
use crate::graph::service::{self, Limits};
use crate::graph::{line, nodes, pods};
use crate::health::{self, Trouble};
use crate::key::{Kind, ObjectKey};
use crate::resolve::Cluster;

impl Scene {
    /// What is wrong with a Service, or with a Pod that has hostPorts.
    pub(super) fn trouble(&self, cluster: Cluster<'_>, key: &GroupKey) -> Option<Trouble> {
        let index = cluster.index;
        match key.kind {
            _ if !self.holds(key.namespace()) => None,
            GroupKind::Service => health::of_service(cluster, index.service(&key.object)?),
            GroupKind::HostPorts => health::of_pod(index.pod(&key.object).filter(|pod| pods::has_host_ports(pod))?),
            GroupKind::Pods | GroupKind::Node => None,
        }
    }

    /// A group, if the picture's arrangement has it.
    pub(super) fn draw(&self, cluster: Cluster<'_>, key: &GroupKey, trouble: Option<Trouble>) -> Option<Group> {
        let fits = (key.kind == GroupKind::Node) == (self.look.arrangement == Arrangement::Node);
        let held = key.kind == GroupKind::Node || self.holds(key.namespace());
        if fits && held { self.make(cluster, key, trouble) } else { None }
    }

    pub(super) fn make(&self, cluster: Cluster<'_>, key: &GroupKey, trouble: Option<Trouble>) -> Option<Group> {
        let index = cluster.index;
        let open = self.open.contains(key) || self.revealed.contains(key);
        let limits = Limits::of(self.look.detail, open);
        let in_line = self.look.detail == Detail::Line && !open;
        let group = match key.kind {
            GroupKind::Service => {
                let fact = index.service(&key.object)?;
                if in_line {
                    return Some(line::service(index, fact, trouble));
                }
                let known = cluster.coverage.in_namespace(Kind::EndpointSlice, key.namespace()).complete();
                Group { trouble, ..service::group(index, fact, known, limits) }
            }
            GroupKind::HostPorts => {
                let pod = index.pod(&key.object).filter(|pod| pods::has_host_ports(pod))?;
                if in_line {
                    return Some(line::host_ports(index, pod));
                }
                Group { trouble, ..pods::host_port_group(index, pod) }
            }
            GroupKind::Pods => {
                let from = ObjectKey::new(key.namespace(), "");
                let own = self.others.range(&from..).take_while(|pod| pod.namespace == key.namespace());
                let others: Vec<ObjectKey> = own.cloned().collect();
                if others.is_empty() {
                    return None;
                }
                if in_line {
                    return Some(line::pods(index, String::new(), None, &others));
                }
                pods::other_pods_group(index, &others, limits)
            }
            GroupKind::Node => {
                let node = index.node(&key.object.name)?;
                let from = (node.name.clone(), ObjectKey::new("", ""));
                let own = self.on_node.range(&from..).take_while(|(name, _)| *name == node.name);
                let own: Vec<ObjectKey> =
                    own.map(|(_, pod)| pod.clone()).filter(|pod| self.pod_fits(cluster, pod)).collect();
                if in_line {
                    let card = nodes::card(node, Area::default());
                    return Some(line::pods(index, node.name.clone(), card.socket, &own));
                }
                nodes::group(index, node, &own, limits)
            }
        };
        Some(group)
    }

    /// Whether a Pod is drawn on its Node: by its own merits, not by those of its Services.
    fn pod_fits(&self, cluster: Cluster<'_>, pod: &ObjectKey) -> bool {
        let Look { find, hide, troubled, .. } = &self.look;
        let trouble = || cluster.index.pod(pod).and_then(health::of_pod);
        (find.is_empty() || find.holds_pod(cluster.index, pod))
            && (hide.is_empty() || !hide.holds_pod(cluster.index, pod))
            && (!troubled || trouble().is_some())
    }

    pub(super) fn fits(&self, cluster: Cluster<'_>, key: &GroupKey, group: &Group) -> bool {
        let Look { find, hide, troubled, .. } = &self.look;
        if key.kind == GroupKind::Node {
            let filtered = !find.is_empty() || *troubled;
            return !filtered || group.cards.len() > 1;
        }
        (find.is_empty() || find.holds(cluster.index, key))
            && (hide.is_empty() || !hide.holds(cluster.index, key))
            && (!troubled || group.trouble.is_some())
    }
}
