//! Counts ready endpoints and Pods. Nothing else in the workspace counts them.

use std::collections::BTreeMap;

use crate::cluster::facts::{EndpointFact, PodFact, ServiceFact};
use crate::cluster::index::Index;
use crate::path::no_endpoint::is_read;

/// Number of endpoints or Pods, and number of ready ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Readiness {
    /// Number of ready endpoints or Pods.
    pub ready: usize,
    /// Number of ready endpoints that no packet can reach, because kube-proxy does not take them for any port of the Service. They are not
    /// counted as ready.
    pub unread: usize,
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
    /// None is ready for the Service, and kube-proxy does not take at least one.
    Unread,
    /// None is ready, and none is terminating.
    None,
    /// Some are ready, and at least one is not ready and not terminating.
    Partial,
}

impl Readiness {
    /// The class of this readiness.
    pub fn ready(self) -> Ready {
        match self {
            Self { total: 0, .. } => Ready::Nothing,
            Self { ready, total, .. } if ready == total => Ready::All,
            Self { ready: 0, unread: 1.., .. } => Ready::Unread,
            Self { ready, terminating, total, .. } if ready + terminating == total => Ready::Ending,
            Self { ready: 0, terminating: 0, .. } => Ready::None,
            Self { .. } => Ready::Partial,
        }
    }

    /// Number of endpoints or Pods that are neither ready nor terminating.
    pub fn not_ready(self) -> usize {
        self.total.saturating_sub(self.ready + self.terminating + self.unread)
    }

    /// Counts endpoints, each with whether kube-proxy or DNS takes those of its slice. Repeated endpoints count each time.
    pub(crate) fn of_endpoints<'a>(endpoints: impl Iterator<Item = (&'a EndpointFact, bool)>) -> Self {
        let mut readiness = Self::default();
        endpoints.for_each(|(endpoint, read)| readiness.add_endpoint(endpoint, read));
        readiness
    }

    /// Counts the endpoints of a Service as [`Self::of_each`] does.
    pub(crate) fn of_service(index: &Index, service: &ServiceFact) -> Self {
        let of_slice = |slice| {
            let read = is_read(service, slice);
            index.endpoints_in(&slice.key()).map(move |endpoint| (endpoint, read))
        };
        Self::of_each(index.slices_of(&service.key()).flat_map(of_slice))
    }

    /// Counts each Pod of the endpoints once, and each address of an endpoint without a Pod once: its first endpoint that is taken, or else
    /// its first.
    pub(crate) fn of_each<'a>(endpoints: impl Iterator<Item = (&'a EndpointFact, bool)>) -> Self {
        let mut first: BTreeMap<(&str, &str), (&EndpointFact, bool)> = BTreeMap::new();
        for (endpoint, read) in endpoints {
            let known = first.entry(backing_id(endpoint)).or_insert((endpoint, read));
            if read && !known.1 {
                *known = (endpoint, read);
            }
        }
        Self::of_endpoints(first.into_values())
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

    fn add_endpoint(&mut self, endpoint: &EndpointFact, read: bool) {
        let state = EndpointState::of_endpoint(endpoint);
        self.total += 1;
        self.ready += usize::from(state == EndpointState::Ready && read);
        self.unread += usize::from(state == EndpointState::Ready && !read);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::key::ObjectKey;
    use crate::testing::{NOT_READY, READY, change_slice, cluster, endpoint, slice};

    fn of(index: &Index) -> Readiness {
        Readiness::of_service(index, index.service(&ObjectKey::new("ns1", "svc1")).unwrap())
    }

    #[test]
    fn an_endpoint_that_kube_proxy_does_not_take_is_not_ready_for_its_service() {
        let mut index = cluster();
        assert_eq!(of(&index), Readiness { ready: 2, total: 2, ..Readiness::default() });
        change_slice(&mut index, |slice| slice.headless = true);
        assert_eq!(of(&index), Readiness { unread: 2, total: 2, ..Readiness::default() });
        assert_eq!(of(&index).ready(), Ready::Unread);
        assert_eq!(of(&index).not_ready(), 0);
    }

    #[test]
    fn a_pod_counts_by_the_slice_that_is_taken() {
        let mut index = cluster();
        change_slice(&mut index, |slice| slice.headless = true);
        let crate::cluster::index::Object::Slice(mut own, mut endpoints) =
            slice(vec![endpoint("a1", "n1", "10.0.1.1", READY), endpoint("a3", "n3", "10.0.3.1", NOT_READY)])
        else {
            panic!("a slice");
        };
        own.name = "svc1-y".into();
        endpoints.iter_mut().for_each(|endpoint| endpoint.slice = "svc1-y".into());
        index.apply(crate::cluster::index::Object::Slice(own, endpoints));
        let readiness = of(&index);
        assert_eq!(readiness, Readiness { ready: 1, unread: 1, terminating: 0, total: 3 });
        assert_eq!((readiness.ready(), readiness.not_ready()), (Ready::Partial, 1));
    }
}
