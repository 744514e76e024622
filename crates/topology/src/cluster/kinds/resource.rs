use std::fmt;

/// How the Kubernetes API serves a kind.
#[derive(Debug, PartialEq, Eq)]
pub struct ApiResource {
    /// The API group; empty for the core group.
    pub group: &'static str,
    /// The versions that the decoder reads, the preferred one first. Objects in files may be of any of them.
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
    /// The version that the API server is asked for: the preferred one.
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
    pub(super) fn has_api_version(&self, api_version: &str) -> bool {
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
