use std::fmt;

/// How the Kubernetes API serves a kind.
#[derive(Debug, PartialEq, Eq)]
pub struct ApiResource {
    /// The API group; empty for the core group.
    pub group: &'static str,
    /// The versions that the decoder reads, the preferred one first. Objects in files can have any of them.
    pub versions: &'static [&'static str],
    /// The plural name, as in paths and roles.
    pub plural: &'static str,
    /// Whether objects live in a namespace.
    pub namespaced: bool,
    /// Whether a cluster can lack the kind. If so, a cluster without it has no such objects; for other kinds that is an error.
    pub optional: bool,
    /// Whether the manifest of an object may be shown. True only for kinds without secrets.
    pub has_manifest: bool,
    /// Whether files that describe a cluster should contain objects of the kind. The reader gets a message if they contain none.
    pub expected_in_files: bool,
}

impl ApiResource {
    /// The version in requests to the API server: the preferred one.
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

    /// Whether a text is the `apiVersion` of one of its versions: `v1`, `discovery.k8s.io/v1`.
    pub(super) fn has_api_version(&self, api_version: &str) -> bool {
        let version = match self.group {
            "" => Some(api_version),
            group => api_version.strip_prefix(group).and_then(|rest| rest.strip_prefix('/')),
        };
        version.is_some_and(|version| self.versions.contains(&version))
    }
}

/// A resource of an API group, to which a role grants access. Displayed as `pods`, `endpointslices.discovery.k8s.io`.
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
