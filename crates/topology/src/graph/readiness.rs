//! Counts ready endpoints and Pods. Nothing else in the workspace counts them.

use std::collections::BTreeSet;

use crate::cluster::facts::{EndpointFact, PodFact};
use crate::cluster::index::Index;
use crate::cluster::key::ObjectKey;

/// Number of endpoints or Pods, and number of ready ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Readiness {
    /// Number of ready endpoints or Pods.
    pub ready: usize,
    /// Number of terminating endpoints or Pods. A ready endpoint is not counted here; a ready Pod can be.
    pub terminating: usize,
    /// Number of all.
    pub total: usize,
}

/// The class of a [`Readiness`]. It decides shapes and colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ready {
    /// There are no endpoints or Pods.
    Nothing,
    /// All are ready.
    All,
    /// Those that are not ready are all terminating.
    Ending,
    /// At least one is not ready and not terminating.
    Partial,
}

impl Readiness {
    /// The class of this readiness.
    pub fn ready(self) -> Ready {
        match self {
            Self { total: 0, .. } => Ready::Nothing,
            Self { ready, total, .. } if ready == total => Ready::All,
            Self { ready, terminating, total } if ready + terminating == total => Ready::Ending,
            Self { .. } => Ready::Partial,
        }
    }

    /// Counts endpoints. Repeated endpoints count each time.
    pub(crate) fn of_endpoints<'a>(endpoints: impl Iterator<Item = &'a EndpointFact>) -> Self {
        let mut readiness = Self::default();
        endpoints.for_each(|endpoint| readiness.add_endpoint(endpoint));
        readiness
    }

    /// Counts the endpoints of a Service as [`Self::of_each`] does.
    pub(crate) fn of_service(index: &Index, service: &ObjectKey) -> Self {
        Self::of_each(index.endpoints_of(service))
    }

    /// Counts each Pod of the endpoints once, and each address of an endpoint without a Pod once.
    pub(crate) fn of_each<'a>(endpoints: impl Iterator<Item = &'a EndpointFact>) -> Self {
        let (mut readiness, mut seen) = (Self::default(), BTreeSet::new());
        endpoints
            .filter(|endpoint| seen.insert(backing_id(endpoint)))
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

/// Identifies the Pod or address of an endpoint: namespace and name of the Pod, or an empty text and the address.
pub(super) fn backing_id(endpoint: &EndpointFact) -> (&str, &str) {
    endpoint.pod_name().unwrap_or(("", &endpoint.address))
}

/// The readiness of one endpoint or Pod.
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
    /// The state of an endpoint as kube-proxy reads its conditions. A ready endpoint counts as ready even while it terminates.
    pub(crate) fn of_endpoint(endpoint: &EndpointFact) -> Self {
        match (endpoint.is_ready(), endpoint.is_terminating()) {
            (true, _) => Self::Ready,
            (false, true) => Self::Terminating,
            (false, false) => Self::NotReady,
        }
    }

    /// The state of a Pod. A Pod that is being deleted is terminating, whatever its condition Ready says.
    pub(crate) fn of_pod(pod: &PodFact) -> Self {
        match (pod.terminating, pod.ready) {
            (true, _) => Self::Terminating,
            (false, true) => Self::Ready,
            (false, false) => Self::NotReady,
        }
    }

    /// The value of `data-state`; `None` for ready.
    pub fn word(self) -> Option<&'static str> {
        match self {
            Self::Ready => None,
            Self::NotReady => Some("not-ready"),
            Self::Terminating => Some("terminating"),
        }
    }
}
