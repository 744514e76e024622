//! How many endpoints or Pods are ready: the one place where they are counted.

use std::collections::BTreeSet;

use crate::cluster::facts::{EndpointFact, PodFact};
use crate::cluster::index::Index;
use crate::cluster::key::ObjectKey;

/// Number of endpoints or Pods, and how many of them are ready.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Readiness {
    /// Number of those that are ready.
    pub ready: usize,
    /// Number of those that are terminating. An endpoint that is ready is not counted here, a Pod may be.
    pub terminating: usize,
    /// Number of all.
    pub total: usize,
}

/// A [`Readiness`] in one word: shapes and colours follow it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ready {
    /// There is nothing to be ready.
    Nothing,
    /// All are ready.
    All,
    /// Those that are not ready are terminating.
    Ending,
    /// Some are ready, or none.
    Some,
}

impl Readiness {
    /// The readiness in one word.
    pub fn ready(self) -> Ready {
        match self {
            Self { total: 0, .. } => Ready::Nothing,
            Self { ready, total, .. } if ready == total => Ready::All,
            Self { ready, terminating, total } if ready + terminating == total => Ready::Ending,
            Self { .. } => Ready::Some,
        }
    }

    /// Counts endpoints, each as often as it is given.
    pub(crate) fn of_endpoints<'a>(endpoints: impl Iterator<Item = &'a EndpointFact>) -> Self {
        let mut readiness = Self::default();
        endpoints.for_each(|endpoint| readiness.add_endpoint(endpoint));
        readiness
    }

    /// Counts what is behind a Service.
    pub(crate) fn of_service(index: &Index, service: &ObjectKey) -> Self {
        Self::of_each(index.endpoints_of(service))
    }

    /// Counts what is behind endpoints: each Pod once, and each address that names no Pod once.
    pub(crate) fn of_each<'a>(endpoints: impl Iterator<Item = &'a EndpointFact>) -> Self {
        let (mut readiness, mut seen) = (Self::default(), BTreeSet::new());
        endpoints
            .filter(|endpoint| seen.insert(behind(endpoint)))
            .for_each(|endpoint| readiness.add_endpoint(endpoint));
        readiness
    }

    /// Counts Pods.
    pub(crate) fn of_pods<'a>(pods: impl Iterator<Item = &'a PodFact>) -> Self {
        let mut readiness = Self::default();
        for pod in pods {
            readiness.total += 1;
            readiness.ready += usize::from(pod.ready);
            readiness.terminating += usize::from(pod.terminating);
        }
        readiness
    }

    fn add_endpoint(&mut self, endpoint: &EndpointFact) {
        let state = EndpointState::of_endpoint(endpoint);
        self.total += 1;
        self.ready += usize::from(state == EndpointState::Ready);
        self.terminating += usize::from(state == EndpointState::Terminating);
    }
}

/// The Pod that an endpoint names, by namespace and name, else its address.
pub(super) fn behind(endpoint: &EndpointFact) -> (&str, &str) {
    endpoint.pod_name().unwrap_or(("", &endpoint.address))
}

/// The state of one endpoint or Pod.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EndpointState {
    /// Ready.
    Ready,
    /// Not ready.
    NotReady,
    /// Being deleted.
    Terminating,
}

impl EndpointState {
    /// The state of an endpoint, as kube-proxy reads its conditions: one that is ready counts as ready even while it terminates.
    pub(crate) fn of_endpoint(endpoint: &EndpointFact) -> Self {
        match (endpoint.is_ready(), endpoint.is_terminating()) {
            (true, _) => Self::Ready,
            (false, true) => Self::Terminating,
            (false, false) => Self::NotReady,
        }
    }

    /// The state of a Pod: one that is being deleted is terminating, whatever its condition Ready says.
    pub(crate) fn of_pod(pod: &PodFact) -> Self {
        match (pod.terminating, pod.ready) {
            (true, _) => Self::Terminating,
            (false, true) => Self::Ready,
            (false, false) => Self::NotReady,
        }
    }

    /// The word in `data-state`; `None` for ready.
    pub fn word(self) -> Option<&'static str> {
        match self {
            Self::Ready => None,
            Self::NotReady => Some("not-ready"),
            Self::Terminating => Some("terminating"),
        }
    }
}
