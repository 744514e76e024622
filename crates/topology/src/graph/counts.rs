//! Counts the objects of a namespace.

use crate::cluster::facts::NamespaceCounts;
use crate::cluster::index::Index;
use crate::cluster::key::Kind;
use crate::cluster::row::Row;

/// Number of Services and Pods of a namespace. Errors and warnings are not counted.
pub fn namespace_counts(index: &Index, namespace: &str) -> NamespaceCounts {
    let pods = index.rows(Kind::Pod, namespace).filter(|row| matches!(row, Row::Pod(pod) if !pod.ended())).count();
    NamespaceCounts { services: index.rows(Kind::Service, namespace).count(), pods, ..NamespaceCounts::default() }
}
