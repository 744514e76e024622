//! Finds selectors that match no Pod. They explain why an EndpointSlice is empty. No path depends on a selector (reference §0).

use crate::cluster::facts::{Labels, PodFact, ServiceFact};
use crate::cluster::index::Index;
use crate::cluster::key::Kind;
use crate::cluster::view::Cluster;

/// The selector of a Service without any endpoint, if no Pod of its namespace has all of its labels. `None` if a Pod has them, even one that
/// has ended, or if that is not known.
pub fn unmatched<'a>(cluster: Cluster<'_>, service: &'a ServiceFact) -> Option<&'a Labels> {
    let Cluster { index, coverage, .. } = cluster;
    let known = coverage.in_namespace(Kind::Pod, &service.namespace).complete();
    if !known || service.selector.is_empty() || index.endpoints_of(&service.key()).next().is_some() {
        return None;
    }
    selected(index, service).next().is_none().then_some(&service.selector)
}

/// The Pods that a Service's selector finds, also those that have ended. None without a selector.
pub fn selected<'a>(index: &'a Index, service: &'a ServiceFact) -> impl Iterator<Item = &'a PodFact> + use<'a> {
    let of_namespace = index.pods_in(&service.namespace);
    of_namespace.filter(|pod| !service.selector.is_empty() && pod.matches(&service.selector))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::coverage::{Coverage, Known};
    use crate::cluster::facts::EndpointFact;
    use crate::cluster::row::Row;
    use crate::cluster::settings::Settings;
    use crate::testing::{NOT_READY, endpoint, pod, put, service, slice};

    fn labels(app: &str) -> Labels {
        [("app".to_owned(), app.to_owned())].into()
    }

    /// The result for a cluster with one Pod that has this label, and with these endpoints.
    fn found(app: &str, ended: bool, endpoints: Vec<EndpointFact>, selector: &str, known: Known) -> Option<Labels> {
        let mut index = Index::default();
        let mut own = pod("a1", "n1", "10.0.1.1");
        own.labels = labels(app);
        if ended {
            own.phase = "Succeeded".into();
        }
        put(&mut index, Row::Pod(own));
        index.apply(slice(endpoints));
        let mut coverage = Coverage::complete();
        coverage.set(Kind::Pod, "", known);
        let mut service = service();
        service.selector = if selector.is_empty() { [].into() } else { labels(selector) };
        unmatched(Cluster { index: &index, coverage: &coverage, settings: &Settings::default() }, &service).cloned()
    }

    #[test]
    fn a_selector_is_blamed_only_where_no_pod_has_its_labels_and_that_is_known() {
        let none = Vec::new;
        assert_eq!(found("web", false, none(), "wbe", Known::Synced), Some(labels("wbe")));
        assert_eq!(found("web", true, none(), "web", Known::Synced), None, "a Pod that has ended has them");
        assert_eq!(found("web", false, none(), "web", Known::Synced), None, "a Pod has them");
        assert_eq!(found("web", false, none(), "wbe", Known::Forbidden), None, "not known");
        assert_eq!(found("web", false, none(), "", Known::Synced), None, "no selector");
        let late = vec![endpoint("a1", "n1", "10.0.1.1", NOT_READY)];
        assert_eq!(found("web", false, late, "wbe", Known::Synced), None, "it has an endpoint");
    }
}
