//! Objects by the Node that they are on, and the other way round.

use std::collections::{BTreeMap, BTreeSet};

use crate::cluster::key::ObjectKey;

/// Objects by the Node that they are on, and the other way round.
#[derive(Clone, Debug, Default)]
pub(super) struct ByNode {
    node_of: BTreeMap<ObjectKey, String>,
    on_node: BTreeMap<String, BTreeSet<ObjectKey>>,
}

impl ByNode {
    /// Puts an object on a Node, or on none; returns the Nodes that it was on and is on.
    pub(super) fn put(&mut self, key: &ObjectKey, node: Option<&str>) -> Vec<String> {
        let before = match node {
            Some(node) => self.node_of.insert(key.clone(), node.to_owned()),
            None => self.node_of.remove(key),
        };
        if let Some(keys) = before.as_ref().and_then(|before| self.on_node.get_mut(before)) {
            keys.remove(key);
        }
        if let Some(node) = node {
            match self.on_node.get_mut(node) {
                Some(keys) => drop(keys.insert(key.clone())),
                None => drop(self.on_node.insert(node.to_owned(), BTreeSet::from([key.clone()]))),
            }
        }
        before.into_iter().chain(node.map(str::to_owned)).collect()
    }

    /// The Node of an object.
    pub(super) fn node_of(&self, key: &ObjectKey) -> Option<&str> {
        self.node_of.get(key).map(String::as_str)
    }

    /// The objects on a Node, by their keys.
    pub(super) fn on(&self, node: &str) -> impl Iterator<Item = &ObjectKey> {
        self.on_node.get(node).into_iter().flatten()
    }
}
