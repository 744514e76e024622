//! The table of kinds. Code that is the same for every kind is generated from its entries.
//!
//! To add a kind:
//!
//! 1. add its entry to the table below;
//! 2. add its fact to [`crate::cluster::facts`];
//! 3. add its decoder to [`crate::decode`];
//! 4. add its rule to the roles in `deploy/` (a test of the server prints the rule that is missing).
//!
//! Rows, lookups by key, the wire format, watches, permissions, `kubehop doctor`, metrics and file reading then support the kind. The code
//! does not compile until the parts that depend on the kind are added: its lookups (`index::links`), the differences of its states
//! (`history::differences`), its place in the picture, and its name on the page.

mod resource;
#[cfg(test)]
mod tests;

use std::fmt;

pub use resource::{ApiResource, GroupResource};

/// Calls a macro with the table. A module that needs code for each kind defines a macro that takes the table and passes its name to this
/// macro. So this module depends on none of the others.
///
/// The order of the entries is the order in which kinds are listed from the API server, and their sort order.
///
/// Columns of an entry:
///
/// * the doc comment and the name: those of the variant of [`Kind`];
/// * `fact`: the type of its rows, in [`crate::cluster::facts`];
/// * `one`, `all`: the methods of [`crate::cluster::index::Index`] that return the row of a key, and all rows;
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
            /// networking.k8s.io/v1 ServiceCIDR, cluster-scoped; since Kubernetes 1.33, before as v1beta1 with the same fields.
            ServiceCIDR {
                fact: ServiceCidrFact, one: service_cidr, all: service_cidrs,
                decoder: PartialServiceCidr,
                api: {
                    group: "networking.k8s.io", versions: &["v1", "v1beta1"], plural: "servicecidrs", namespaced: false,
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
            /// discovery.k8s.io/v1 EndpointSlice, without its endpoints; before Kubernetes 1.21 as v1beta1.
            EndpointSlice {
                fact: SliceFact, one: slice, all: slices,
                decoder: PartialSlice,
                api: {
                    group: "discovery.k8s.io", versions: &["v1", "v1beta1"], plural: "endpointslices", namespaced: true,
                    optional: false, has_manifest: true, expected_in_files: true,
                },
            }
            /// One endpoint of an EndpointSlice. It is a separate row, so that a change of readiness changes one row only.
            Endpoint {
                fact: EndpointFact, one: endpoint, all: endpoints,
                part_of: EndpointSlice,
            }
            /// core/v1 Endpoints. kube-proxy does not read it.
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

/// The source of a kind's rows.
enum RowSource {
    /// Objects of the kind are listed and watched.
    Api(&'static ApiResource),
    /// Objects of another kind contain them.
    PartOf(Kind),
}

/// Expands to the first of two token trees. The second one makes a repetition depend on an optional column.
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

            /// The kind's name in a manifest.
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
    /// The kind whose watch delivers rows of this kind. For an endpoint this is its slice.
    pub fn watched(self) -> Self {
        match self.source() {
            RowSource::Api(_) => self,
            RowSource::PartOf(whole) => whole,
        }
    }

    /// The kinds of further rows in an object of this kind: an EndpointSlice contains endpoints.
    pub fn parts(self) -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(move |part| *part != self && part.watched() == self)
    }

    /// The API resource of the kind, or of the kind whose objects contain it.
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

    /// The kind with this name; `None` if kubehop has no such rows.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }

    /// The kind of the objects with this name and API group, in a version that kubehop does not read: `discovery.k8s.io/v1alpha1`.
    pub fn of_other_version(api_version: &str, kind: &str) -> Option<Self> {
        let group = api_version.split_once('/').map_or("", |(group, _)| group);
        let own = Self::WATCHED.into_iter().find(|own| own.as_str() == kind && own.api().group == group)?;
        (!own.api().has_api_version(api_version)).then_some(own)
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
