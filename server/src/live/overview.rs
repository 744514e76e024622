//! The overview of a big cluster: what each namespace has, and what is wrong there, in figures.
//!
//! The figures travel in the rows of the Namespaces, which every client follows, at most once a second (design §3). A cluster that a page
//! can hold as a whole has none: its page counts by itself.

use std::collections::{BTreeMap, BTreeSet};

use topology::cluster::change::Change;
use topology::cluster::facts::{NamespaceCounts, NamespaceFact};
use topology::cluster::index::{Index, Object};
use topology::cluster::key::{EndpointKey, Kind, ObjectKey};
use topology::cluster::row::Row;
use topology::cluster::view::Cluster;
use topology::graph::trouble;
use topology::graph::{Severity, namespace_counts};

/// More Pods than this are too many for a page to hold (design §3).
const BIG: usize = 2_000;

/// What is known of the namespaces, and what of it must be looked at again.
#[derive(Debug, Default)]
pub(super) struct Overview {
    kept: bool,
    counts: BTreeMap<String, NamespaceCounts>,
    /// How bad each Service is; those that are fine are not in it.
    troubles: BTreeMap<ObjectKey, Severity>,
    services: BTreeSet<ObjectKey>,
    namespaces: BTreeSet<String>,
    /// Whether all Services must be looked at: what every one depends on has changed.
    all: bool,
}

/// What has changed since the last one.
#[derive(Debug, Default)]
pub(super) struct Recount {
    starts: bool,
    troubles: Vec<(ObjectKey, Option<Severity>)>,
    /// Services and Pods of each namespace that has changed.
    sizes: Vec<(String, NamespaceCounts)>,
}

impl Recount {
    pub(super) fn is_empty(&self) -> bool {
        !self.starts && self.troubles.is_empty() && self.sizes.is_empty()
    }
}

impl Overview {
    pub(super) fn is_kept(&self) -> bool {
        self.kept
    }

    /// A Namespace as it is stored: the API server knows nothing of the figures.
    pub(super) fn kept(&self, object: Object) -> Object {
        match object {
            Object::Row(Row::Namespace(fact)) => {
                let counts = self.counts.get(&fact.name).copied();
                Object::Row(Row::Namespace(NamespaceFact { counts, ..fact }))
            }
            other => other,
        }
    }

    /// Notes what these changes, which are in the index already, have to do with.
    pub(super) fn note(&mut self, changes: &[Change], index: &Index) {
        if !self.kept {
            return;
        }
        for change in changes {
            let (kind, key) = change.target();
            if kind == Kind::Node {
                self.all = true;
            }
            if !kind.namespaced() {
                continue;
            }
            self.namespaces.insert(key.namespace.clone());
            match kind {
                Kind::Service => drop(self.services.insert(key)),
                Kind::EndpointSlice | Kind::Endpoint => {
                    let slice = if kind == Kind::Endpoint { EndpointKey::of_row(&key).slice() } else { key };
                    match index.slice(&slice).and_then(|slice| slice.service_key()) {
                        Some(service) => drop(self.services.insert(service)),
                        // A slice that is gone names its Service no more.
                        None => self.services.extend(services(index, &slice.namespace)),
                    }
                }
                _ => {}
            }
        }
    }

    /// Looks at what has changed. The first time, once the cluster is found to be big, at everything.
    pub(super) fn recount(&self, cluster: Cluster<'_>) -> Recount {
        let index = cluster.index;
        let starts = !self.kept;
        if starts && index.count(Kind::Pod) <= BIG {
            return Recount::default();
        }
        let of = |key: ObjectKey| {
            let trouble = index.service(&key).and_then(|service| trouble::of_service(cluster, service));
            (key, trouble.map(|trouble| trouble.severity()))
        };
        let known = |(key, severity): &(ObjectKey, Option<Severity>)| self.troubles.get(key).copied() != *severity;
        let all = starts || self.all;
        let services: Box<dyn Iterator<Item = ObjectKey>> = match all {
            true => Box::new(index.services().map(|service| service.key())),
            false => Box::new(self.services.iter().cloned()),
        };
        let namespaces: BTreeSet<String> = match starts {
            true => index
                .services()
                .map(|own| own.namespace.clone())
                .chain(index.pods().map(|own| own.namespace.clone()))
                .collect(),
            false => self.namespaces.clone(),
        };
        let sizes = namespaces.into_iter().map(|name| (name.clone(), namespace_counts(index, &name))).collect();
        Recount { starts, troubles: services.map(of).filter(known).collect(), sizes }
    }

    /// Takes what was counted; returns the Namespaces whose figures it changes.
    pub(super) fn put(&mut self, recount: Recount, index: &Index) -> Vec<Object> {
        self.kept = true;
        self.all = false;
        self.services.clear();
        self.namespaces.clear();
        let mut touched = BTreeSet::new();
        for (key, severity) in recount.troubles {
            touched.insert(key.namespace.clone());
            match severity {
                Some(severity) => drop(self.troubles.insert(key, severity)),
                None => drop(self.troubles.remove(&key)),
            }
        }
        for (name, size) in recount.sizes {
            let counts = self.counts.entry(name.clone()).or_default();
            (counts.services, counts.pods) = (size.services, size.pods);
            touched.insert(name);
        }
        let mut objects = Vec::new();
        for name in touched {
            let own = self.troubles.range(ObjectKey::new(&name, "")..).take_while(|(key, _)| key.namespace == name);
            let counts = self.counts.entry(name.clone()).or_default();
            (counts.errors, counts.warnings) = trouble::tally(own.map(|(_, severity)| *severity));
            let counts = Some(*counts);
            if let Some(fact) = index.namespace(&ObjectKey::cluster(&name)) {
                objects.push(Object::Row(Row::Namespace(NamespaceFact { counts, ..fact.clone() })));
            }
        }
        objects
    }
}

fn services(index: &Index, namespace: &str) -> Vec<ObjectKey> {
    index.rows(Kind::Service, namespace).map(Row::key).collect()
}
