use super::UnknownContext;
use crate::connect::{ContextNames, KubeconfigFile, Target};

/// The source of the contexts.
#[derive(Clone)]
pub enum Clusters {
    /// A single context without a kubeconfig.
    One {
        /// Its name: `sandbox` or `in-cluster`.
        name: String,
        /// How the context is reached.
        target: Target,
    },
    /// The contexts of a kubeconfig.
    Kubeconfig {
        /// The file; it need not exist yet.
        file: KubeconfigFile,
        /// The name of the current context; `None` takes the file's own choice.
        context: Option<String>,
    },
}

/// The name of the current context while its kubeconfig cannot be read.
const PLACEHOLDER_NAME: &str = "kubeconfig";

/// The names of the contexts.
pub(super) struct Names {
    clusters: Clusters,
    names: Vec<String>,
    current: String,
    /// Whether the current context's name is only the placeholder.
    is_placeholder: bool,
}

impl std::fmt::Debug for Names {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Names").field("names", &self.names).field("current", &self.current).finish_non_exhaustive()
    }
}

impl Names {
    pub(super) fn new(clusters: Clusters) -> Self {
        let (current, is_placeholder) = match &clusters {
            Clusters::One { name, .. } => (name.clone(), false),
            Clusters::Kubeconfig { context, .. } => {
                (context.clone().unwrap_or_else(|| PLACEHOLDER_NAME.to_owned()), true)
            }
        };
        let mut names = Self { clusters, names: vec![current.clone()], current, is_placeholder };
        if let Clusters::Kubeconfig { file, .. } = &names.clusters
            && let Some(first) = file.first_names()
        {
            names.take(&first);
        }
        names
    }

    /// Takes the names that were last read. While the kubeconfig cannot be read, the names read before stay.
    pub(super) fn refresh(&mut self) {
        let Clusters::Kubeconfig { file, .. } = &self.clusters else { return };
        if let Some(last) = file.names() {
            self.take(&last);
        }
    }

    /// The current context is fixed when it is first read, so that `kubectl config use-context` does not change what open pages show.
    fn take(&mut self, read: &ContextNames) {
        let Clusters::Kubeconfig { context, .. } = &self.clusters else { return };
        if self.is_placeholder
            && let Some(current) = chosen(context.as_ref(), read)
        {
            self.current = current;
            self.is_placeholder = false;
        }
        self.names.clone_from(&read.contexts);
        if !self.names.contains(&self.current) {
            self.names.push(self.current.clone());
        }
    }

    pub(super) fn current(&self) -> String {
        self.current.clone()
    }

    pub(super) fn all(&self) -> &[String] {
        &self.names
    }

    pub(super) fn resolve(&self, name: Option<&str>) -> Result<String, UnknownContext> {
        let Some(name) = name else { return Ok(self.current()) };
        if self.names.iter().any(|known| known == name) {
            return Ok(name.to_owned());
        }
        Err(UnknownContext { name: name.to_owned(), known: self.names.clone() })
    }

    pub(super) fn target(&self, name: &str) -> Target {
        match &self.clusters {
            Clusters::One { target, .. } => target.clone(),
            // The placeholder names no context of the file, so the file's own choice is taken.
            Clusters::Kubeconfig { file, context } => {
                let stand_in = self.is_placeholder && name == self.current;
                let context = if stand_in { context.clone() } else { Some(name.to_owned()) };
                Target::Kubeconfig { file: file.clone(), context }
            }
        }
    }
}

/// The current context: the requested one, else the file's own choice, if the file has that context.
pub(crate) fn chosen(requested: Option<&String>, read: &ContextNames) -> Option<String> {
    let wanted = requested.or(read.current.as_ref())?;
    read.contexts.contains(wanted).then(|| wanted.clone())
}
