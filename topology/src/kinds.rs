//! The table of kinds: one entry a kind, from which everything follows that holds for all kinds alike.
//!
//! To add a kind:
//!
//! 1. add its entry to the table below;
//! 2. add its fact to [`crate::facts`];
//! 3. add its decoder to [`crate::decode`];
//! 4. add its rule to the roles in `deploy/` (a test of the server prints the rule that is missing).
//!
//! Rows, lookups by key, the wire format, watches, permissions, `kubehop doctor`, metrics and the reading of files then know it.
//! The compiler asks for what depends on the meaning of the kind: what its rows are found by (`index::links`), which differences between
//! two states are told (`history::differences`), what the picture does with it, what it is called on the page.

use std::fmt;

/// Calls a macro with the table. A module that needs something for each kind writes a macro that takes the table, and calls this with
/// its name; so each module makes its own part, and this module needs none of them.
///
/// The order of the entries is the order in which kinds are listed from the API server and sorted everywhere.
///
/// Columns of an entry:
///
/// * the doc comment and the name: those of the variant of [`Kind`];
/// * `fact`: the type of its rows, in [`crate::facts`];
/// * `one`, `all`: the methods of [`crate::index::Index`] that return the row of a key, and all rows;
/// * `decoder`: the partial type that is decoded from JSON, in [`crate::decode`];
/// * `api`: an [`ApiResource`];
/// * `part_of`, in place of `decoder` and `api`: the kind whose objects bring rows of this kind.
macro_rules! with_kinds {
    ($consumer:ident) => {
        $consumer! {
            /// core/v1 Node, cluster-scoped.
            Node {
                fact: NodeFact, one: node_by_key, all: nodes,
                decoder: PartialNode,
                api: {
                    group: "", versions: &["v1"], plural: "nodes", namespaced: false,
                    optional: false, has_manifest: true, expected_in_files: true,
                },
            }
            /// core/v1 Namespace, cluster-scoped.
            Namespace {
                fact: NamespaceFact, one: namespace, all: namespaces,
                decoder: PartialNamespace,
                api: {
                    group: "", versions: &["v1"], plural: "namespaces", namespaced: false,
                    optional: false, has_manifest: false, expected_in_files: false,
                },
            }
            /// networking.k8s.io/v1 ServiceCIDR, cluster-scoped; since Kubernetes 1.33.
            ServiceCIDR {
                fact: ServiceCidrFact, one: service_cidr, all: service_cidrs,
                decoder: PartialServiceCidr,
                api: {
                    group: "networking.k8s.io", versions: &["v1"], plural: "servicecidrs", namespaced: false,
                    optional: true, has_manifest: false, expected_in_files: false,
                },
            }
            /// core/v1 Service.
            Service {
                fact: ServiceFact, one: service, all: services,
                decoder: PartialService,
                api: {
                    group: "", versions: &["v1"], plural: "services", namespaced: true,
                    optional: false, has_manifest: true, expected_in_files: true,
                },
            }
            /// discovery.k8s.io/v1 EndpointSlice, without its endpoints.
            EndpointSlice {
                fact: SliceFact, one: slice, all: slices,
                decoder: PartialSlice,
                api: {
                    group: "discovery.k8s.io", versions: &["v1"], plural: "endpointslices", namespaced: true,
                    optional: false, has_manifest: true, expected_in_files: true,
                },
            }
            /// One endpoint of an EndpointSlice: a row of its own, so that a readiness flip costs one row.
            Endpoint {
                fact: EndpointFact, one: endpoint, all: endpoints,
                part_of: EndpointSlice,
            }
            /// core/v1 Endpoints: evidence only, kube-proxy never reads it.
            Endpoints {
                fact: EndpointsFact, one: endpoints_object, all: endpoints_objects,
                decoder: PartialEndpoints,
                api: {
                    group: "", versions: &["v1"], plural: "endpoints", namespaced: true,
                    optional: false, has_manifest: true, expected_in_files: false,
                },
            }
            /// core/v1 Pod.
            Pod {
                fact: PodFact, one: pod, all: pods,
                decoder: PartialPod,
                api: {
                    group: "", versions: &["v1"], plural: "pods", namespaced: true,
                    optional: false, has_manifest: true, expected_in_files: false,
                },
            }
        }
    };
}
pub(crate) use with_kinds;

/// How the Kubernetes API serves a kind.
#[derive(Debug, PartialEq, Eq)]
pub struct ApiResource {
    /// The API group; empty for the core group.
    pub group: &'static str,
    /// The versions that the decoder reads, the preferred one first. None of them may hold what another one lacks of a fact.
    pub versions: &'static [&'static str],
    /// The plural name, as in paths and roles.
    pub plural: &'static str,
    /// Whether objects live in a namespace.
    pub namespaced: bool,
    /// Whether a cluster may lack the kind: then it is absent, and there is none of it. Otherwise its absence is an error.
    pub optional: bool,
    /// Whether the manifest of an object may be shown. Only of kinds that hold no secrets.
    pub has_manifest: bool,
    /// Whether files that are to be a cluster are expected to have objects of the kind, so that a reader is told if they have none.
    pub expected_in_files: bool,
}

impl ApiResource {
    /// The version that is asked for.
    pub fn version(&self) -> &'static str {
        self.versions.first().copied().unwrap_or_default()
    }

    /// The resource as a role names it.
    pub fn group_resource(&self) -> GroupResource {
        GroupResource { group: self.group, resource: self.plural }
    }

    /// The path of the objects in a namespace; all of them, if the kind has no namespaces or none is given.
    pub fn path(&self, version: &str, namespace: &str) -> String {
        let Self { group, plural, namespaced, .. } = self;
        let root = if group.is_empty() { format!("/api/{version}") } else { format!("/apis/{group}/{version}") };
        match namespace {
            namespace if *namespaced && !namespace.is_empty() => format!("{root}/namespaces/{namespace}/{plural}"),
            _ => format!("{root}/{plural}"),
        }
    }

    /// Whether this is the `apiVersion` of one of its versions: `v1`, `discovery.k8s.io/v1`.
    fn has_api_version(&self, api_version: &str) -> bool {
        let version = match self.group {
            "" => Some(api_version),
            group => api_version.strip_prefix(group).and_then(|rest| rest.strip_prefix('/')),
        };
        version.is_some_and(|version| self.versions.contains(&version))
    }
}

/// What a role grants access to: a resource of an API group. Written `pods`, `endpointslices.discovery.k8s.io`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GroupResource {
    /// The API group; empty for the core group.
    pub group: &'static str,
    /// The plural name.
    pub resource: &'static str,
}

impl fmt::Display for GroupResource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.resource)?;
        if self.group.is_empty() { Ok(()) } else { write!(f, ".{}", self.group) }
    }
}

/// Where rows of a kind come from.
enum RowSource {
    /// Objects of the kind are listed and watched.
    Api(&'static ApiResource),
    /// Objects of another kind bring them.
    PartOf(Kind),
}

/// The first of two token trees: what a kind with the second has.
macro_rules! first {
    ($first:tt $second:tt) => {
        $first
    };
}

macro_rules! kind {
    ($(
        $(#[$doc:meta])*
        $kind:ident {
            fact: $fact:ident, one: $one:ident, all: $all:ident,
            $(decoder: $decoder:ident, api: { $($column:ident: $value:expr),* $(,)? },)?
            $(part_of: $whole:ident,)?
        }
    )*) => {
        /// A kind of row.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Deserialize, serde::Serialize)]
        pub enum Kind {
            $($(#[$doc])* $kind,)*
        }

        impl Kind {
            /// Every kind.
            pub const ALL: [Self; [$(Self::$kind),*].len()] = [$(Self::$kind),*];

            /// The kinds that are listed and watched, in that order.
            pub const WATCHED: [Self; [$($(first!(() $decoder),)?)*].len()] =
                [$($(first!((Self::$kind) $decoder),)?)*];

            /// The kind's name, as in a manifest.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$kind => stringify!($kind),)*
                }
            }

            fn source(self) -> RowSource {
                match self {
                    $(
                        $(Self::$kind => RowSource::Api(&ApiResource { $($column: $value),* }),)?
                        $(Self::$kind => RowSource::PartOf(Self::$whole),)?
                    )*
                }
            }
        }
    };
}
with_kinds!(kind);

impl Kind {
    /// The kind whose watch brings rows of this kind: an endpoint comes with its slice.
    pub fn watched(self) -> Self {
        match self.source() {
            RowSource::Api(_) => self,
            RowSource::PartOf(whole) => whole,
        }
    }

    /// The kinds of the other rows that an object of this kind brings: an EndpointSlice brings its endpoints.
    pub fn parts(self) -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(move |part| *part != self && part.watched() == self)
    }

    /// How the API serves the kind; of a part, how it serves the objects that bring it.
    pub fn api(self) -> &'static ApiResource {
        match self.source() {
            RowSource::Api(api) => api,
            RowSource::PartOf(whole) => whole.api(),
        }
    }

    /// Whether objects of this kind live in a namespace.
    pub fn namespaced(self) -> bool {
        self.api().namespaced
    }

    /// Whether the manifest of an object of this kind may be shown.
    pub fn has_manifest(self) -> bool {
        self.watched() == self && self.api().has_manifest
    }

    /// The kind of this name; `None` if kubehop has no such rows.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }

    /// The kind of the objects with this `apiVersion` and `kind`; `None` if kubehop does not read them.
    pub fn of_object(api_version: &str, kind: &str) -> Option<Self> {
        Self::WATCHED.into_iter().find(|own| own.as_str() == kind && own.api().has_api_version(api_version))
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_watched_or_part_of_one_that_is() {
        for kind in Kind::ALL {
            assert!(Kind::WATCHED.contains(&kind.watched()), "{kind}");
            assert_eq!(kind.watched() == kind, Kind::WATCHED.contains(&kind), "{kind}");
            assert_eq!(Kind::parse(kind.as_str()), Some(kind));
        }
        assert_eq!(Kind::EndpointSlice.parts().collect::<Vec<_>>(), [Kind::Endpoint]);
        assert_eq!(Kind::Pod.parts().count(), 0);
        assert!(Kind::EndpointSlice.has_manifest() && !Kind::Endpoint.has_manifest());
    }

    #[test]
    fn every_watched_kind_has_a_version_and_a_resource_of_its_own() {
        let mut resources: Vec<GroupResource> = Kind::WATCHED.iter().map(|kind| kind.api().group_resource()).collect();
        resources.sort();
        resources.dedup();
        assert_eq!(resources.len(), Kind::WATCHED.len());
        for kind in Kind::WATCHED {
            assert!(!kind.api().version().is_empty(), "{kind}");
        }
    }

    #[test]
    fn paths_are_those_of_the_api() {
        let path = |kind: Kind, namespace| kind.api().path(kind.api().version(), namespace);
        assert_eq!(path(Kind::Pod, ""), "/api/v1/pods");
        assert_eq!(path(Kind::Pod, "shop"), "/api/v1/namespaces/shop/pods");
        assert_eq!(path(Kind::Node, "shop"), "/api/v1/nodes");
        assert_eq!(path(Kind::EndpointSlice, "shop"), "/apis/discovery.k8s.io/v1/namespaces/shop/endpointslices");
        assert_eq!(Kind::EndpointSlice.api().group_resource().to_string(), "endpointslices.discovery.k8s.io");
        assert_eq!(Kind::Pod.api().group_resource().to_string(), "pods");
    }

    #[test]
    fn an_object_is_of_a_kind_by_group_version_and_name() {
        assert_eq!(Kind::of_object("v1", "Service"), Some(Kind::Service));
        assert_eq!(Kind::of_object("discovery.k8s.io/v1", "EndpointSlice"), Some(Kind::EndpointSlice));
        for (api_version, kind) in [
            ("serving.knative.dev/v1", "Service"),
            ("v1", "EndpointSlice"),
            ("discovery.k8s.io/v1beta1", "EndpointSlice"),
            ("/v1", "Pod"),
            ("v1", "Endpoint"),
            ("v1", "Secret"),
            ("", "Pod"),
        ] {
            assert_eq!(Kind::of_object(api_version, kind), None, "{api_version} {kind}");
        }
    }
}
