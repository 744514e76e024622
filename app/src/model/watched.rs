//! Revisions of the selected object: its details are requested again when its rows, or rows behind it, change.

use leptos::prelude::*;
use topology::cluster::index::Index;
use topology::cluster::key::{EndpointKey, Kind, ObjectKey};

/// The object whose details the inspector requests from the server.
#[derive(Default)]
pub struct Watched {
    of: Option<(Kind, ObjectKey)>,
    /// Counts up when the object itself changes.
    pub object_revision: RwSignal<u64>,
    /// Counts up when the object changes, or for a Service an object behind it.
    pub behind_revision: RwSignal<u64>,
}

impl Watched {
    /// Sets the object.
    pub fn set(&mut self, of: Option<(Kind, ObjectKey)>) {
        self.of = of;
    }

    /// Counts both revisions up, because any row may have changed.
    pub fn update_all(&self) {
        self.object_revision.update(|count| *count += 1);
        self.behind_revision.update(|count| *count += 1);
    }

    /// Counts the revisions up that these changed rows concern. `index` has the new rows.
    pub fn update(&self, index: &Index, changed: &[(Kind, ObjectKey)]) {
        let Some((kind, key)) = &self.of else { return };
        if changed.iter().any(|row| is_of(*kind, key, row)) {
            self.update_all();
        } else if *kind == Kind::Service && changed.iter().any(|row| is_behind(index, key, row)) {
            self.behind_revision.update(|count| *count += 1);
        }
    }
}

/// Whether a row belongs to this object. The endpoints of a slice are rows of their own.
fn is_of(kind: Kind, key: &ObjectKey, row: &(Kind, ObjectKey)) -> bool {
    row.0 == kind && row.1 == *key
        || kind == Kind::EndpointSlice && row.0 == Kind::Endpoint && EndpointKey::of_row(&row.1).slice() == *key
}

/// Whether a row is a slice, an endpoint or a Pod behind a Service. A deleted slice counts as behind any Service of its namespace.
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
        let is_own = |kind, name: &str, row: (Kind, &str)| {
            is_of(kind, &ObjectKey::new("a", name), &(row.0, ObjectKey::new("a", row.1)))
        };
        assert!(is_own(Kind::EndpointSlice, "svc-x", (Kind::Endpoint, "svc-x/10.0.0.1")));
        assert!(!is_own(Kind::EndpointSlice, "svc-x", (Kind::Endpoint, "svc-xy/10.0.0.1")));
        assert!(!is_own(Kind::Service, "svc", (Kind::EndpointSlice, "svc")));
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
