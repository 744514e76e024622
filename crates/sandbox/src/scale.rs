//! The scenario `scale:NODES,PODS,SERVICES[,CHANGES]`: a changing cluster of any size that Kubernetes supports.
//!
//! The same numbers give the same cluster. It is planned as numbers ([`plan`]); [`objects`] makes the objects, which are stored as those
//! of a file are; [`churn`] changes the plan and the objects.

mod churn;
mod error;
mod objects;
mod plan;
mod random;
#[cfg(test)]
mod tests;

use std::ops::RangeInclusive;

pub(crate) use churn::Churn;
pub use error::{ScaleError, ScaleNumber};
use plan::Plan;

use crate::status::Status;
use crate::store::Store;

/// The form of the scenario's name.
pub const FORM: &str = "scale:NODES,PODS,SERVICES";

/// Maximum number of Pods on one Node: a /24 holds 253, and a replaced Pod takes a new address before its old one is free.
const PODS_PER_NODE: u32 = 250;

/// The numbers of the scenario. Twice the limits of Kubernetes (5,000 Nodes, 150,000 Pods, 10,000 Services) are allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Scale {
    pub(crate) nodes: u32,
    pub(crate) pods: u32,
    pub(crate) services: u32,
    /// Changes per second.
    pub(crate) changes: u32,
}

impl Scale {
    /// Parses the numbers: `5000,150000,10000`, and optionally the changes per second, whose default depends on the Pods.
    ///
    /// # Errors
    ///
    /// The numbers are not three or four, or one of them is wrong; the error names it and its allowed range.
    pub(crate) fn parse(text: &str) -> Result<Self, ScaleError> {
        let texts: Vec<&str> = text.split(',').map(str::trim).collect();
        let (&[nodes, pods, services], changes) = (match texts.split_at_checked(3) {
            Some((three, [])) => (three, None),
            Some((three, [changes])) => (three, Some(*changes)),
            _ => return Err(ScaleError::NotThreeOrFour),
        }) else {
            return Err(ScaleError::NotThreeOrFour);
        };
        let nodes = number(ScaleNumber::Nodes, nodes, 1..=10_000)?;
        let pods = number(ScaleNumber::Pods, pods, 0..=300_000)?;
        let services = number(ScaleNumber::Services, services, 0..=20_000)?;
        let changes = match changes {
            Some(changes) => number(ScaleNumber::Changes, changes, 0..=1000)?,
            None => (pods / 1000).clamp(2, 50),
        };
        let (most_pods, least_nodes) = (nodes * PODS_PER_NODE, pods.div_ceil(PODS_PER_NODE));
        if pods > most_pods {
            return Err(ScaleError::TooManyPods { pods, nodes, pods_per_node: PODS_PER_NODE, most_pods, least_nodes });
        }
        Ok(Self { nodes, pods, services, changes })
    }
}

fn number(number: ScaleNumber, text: &str, allowed: RangeInclusive<u32>) -> Result<u32, ScaleError> {
    let (least, most) = (*allowed.start(), *allowed.end());
    if text.is_empty() || !text.chars().all(|c| c.is_ascii_digit()) {
        return Err(ScaleError::NoNumber { number, text: text.to_owned(), least, most });
    }
    // A number with too many digits for its type is too large.
    let parsed = text.parse().ok().filter(|parsed| allowed.contains(parsed));
    parsed.ok_or_else(|| ScaleError::OutOfRange { number, text: text.to_owned(), least, most })
}

/// Fills a store with the cluster, and returns its further changes.
pub(crate) fn fill(store: &Store, scale: Scale) -> Result<Churn, Status> {
    // In a debug build the largest clusters take half a minute.
    let Scale { nodes, pods, services, changes } = scale;
    tracing::info!(nodes, pods, services, changes, "making the scenario");
    let plan = Plan::new(scale);
    objects::all(&plan).try_for_each(|object| store.restore(object))?;
    store.compact();
    Ok(Churn::new(plan))
}
