//! When what is told of an object must be asked for again: the model says which rows have changed.

use leptos::prelude::*;
use topology::cluster::index::Index;
use topology::cluster::key::{EndpointKey, Kind, ObjectKey};

/// The object that the inspector tells more about than the model knows.
#[derive(Default)]
pub struct Watched {
    of: Option<(Kind, ObjectKey)>,
    /// Counts up when the object itself has changed.
    pub own: RwSignal<u64>,
    /// Counts up when it has changed, or of a Service something behind it.
    pub behind: RwSignal<u64>,
}

impl Watched {
    /// From now on it is this object.
    pub fn set(&mut self, of: Option<(Kind, ObjectKey)>) {
        self.of = of;
    }

    /// Anything may have changed.
    pub fn all(&self) {
        self.own.update(|count| *count += 1);
        self.behind.update(|count| *count += 1);
    }

    /// These rows have changed; the index has them as they are now.
    pub fn note(&self, index: &Index, changed: &[(Kind, ObjectKey)]) {
        let Some((kind, key)) = &self.of else { return };
        if changed.iter().any(|row| is_of(*kind, key, row)) {
            self.all();
        } else if *kind == Kind::Service && changed.iter().any(|row| is_behind(index, key, row)) {
            self.behind.update(|count| *count += 1);
        }
    }
}

/// Whether a row is of this object: a slice's endpoints are rows of their own.
fn is_of(kind: Kind, key: &ObjectKey, row: &(Kind, ObjectKey)) -> bool {
    row.0 == kind && row.1 == *key
        || kind == Kind::EndpointSlice && row.0 == Kind::Endpoint && EndpointKey::of_row(&row.1).slice() == *key
}

/// Whether a row is of a slice, an endpoint or a Pod behind a Service. A slice that is gone may have been.
fn is_behind(index: &Index, service: &ObjectKey, (kind, key): &(Kind, ObjectKey)) -> bool {
    let leads_here =
        |slice: &ObjectKey| index.slice(slice).is_none_or(|slice| slice.service_key().as_ref() == Some(service));
    key.namespace == service.namespace
        && match kind {
            Kind::EndpointSlice => leads_here(key),
            Kind::Endpoint => leads_here(&EndpointKey::of_row(key).slice()),
            Kind::Pod => index.endpoints_of_pod(key).any(|endpoint| leads_here(&endpoint.slice_key())),
            _ => false,
        }
}

#[cfg(test)]
mod tests {
    use topology::cluster::change::Change;
    use topology::cluster::facts::{EndpointFact, SliceFact, TargetRef};
    use topology::cluster::row::Row;

    use super::*;

    fn index() -> Index {
        let mut index = Index::default();
        let slice = SliceFact {
            namespace: "a".into(),
            name: "svc-x".into(),
            service: Some("svc".into()),
            ..SliceFact::default()
        };
        let target = TargetRef { kind: "Pod".into(), namespace: "a".into(), name: "p".into() };
        let endpoint = EndpointFact {
            namespace: "a".into(),
            slice: "svc-x".into(),
            address: "10.0.0.1".into(),
            target: Some(target),
            ..EndpointFact::default()
        };
        index.merge(Change::Put(Row::EndpointSlice(slice)));
        index.merge(Change::Put(Row::Endpoint(endpoint)));
        index
    }

    #[test]
    fn what_is_told_is_asked_for_again_when_its_rows_change() {
        let index = index();
        let own = |kind, name: &str, row: (Kind, &str)| {
            is_of(kind, &ObjectKey::new("a", name), &(row.0, ObjectKey::new("a", row.1)))
        };
        assert!(own(Kind::EndpointSlice, "svc-x", (Kind::Endpoint, "svc-x/10.0.0.1")));
        assert!(!own(Kind::EndpointSlice, "svc-x", (Kind::Endpoint, "svc-xy/10.0.0.1")));
        assert!(!own(Kind::Service, "svc", (Kind::EndpointSlice, "svc")));
        for (kind, name, expected) in [
            (Kind::EndpointSlice, "svc-x", true),
            (Kind::Endpoint, "svc-x/10.0.0.9", true),
            (Kind::Pod, "p", true),
            (Kind::Pod, "q", false),
            (Kind::EndpointSlice, "gone", true),
            (Kind::Service, "other", false),
        ] {
            let found = is_behind(&index, &ObjectKey::new("a", "svc"), &(kind, ObjectKey::new("a", name)));
            assert_eq!(found, expected, "{kind} {name}");
        }
        assert!(!is_behind(&index, &ObjectKey::new("b", "svc"), &(Kind::EndpointSlice, ObjectKey::new("a", "svc-x"))));
    }
}
