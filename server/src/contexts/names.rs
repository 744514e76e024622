use kube::config::Kubeconfig;

use super::UnknownContext;
use crate::connect::{KubeconfigFile, Target, context_names};

/// Where contexts come from.
#[derive(Clone)]
pub enum Clusters {
    /// The one and only.
    One {
        /// Its name: `sandbox` or `in-cluster`.
        name: String,
        /// What it is reached by.
        target: Target,
    },
    /// Those of a kubeconfig.
    Kubeconfig {
        /// The file; it need not exist yet.
        file: KubeconfigFile,
        /// Which of its contexts is the current one here; `None` is the file's own choice.
        context: Option<String>,
    },
}

/// What the current context is called while its kubeconfig cannot be read.
const UNREAD: &str = "kubeconfig";

/// The names of the contexts.
pub(super) struct Names {
    clusters: Clusters,
    names: Vec<String>,
    current: String,
    /// Whether the current context's name is only a stand-in.
    unread: bool,
}

impl std::fmt::Debug for Names {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Names").field("names", &self.names).field("current", &self.current).finish_non_exhaustive()
    }
}

impl Names {
    pub(super) fn new(clusters: Clusters) -> Self {
        let (current, unread) = match &clusters {
            Clusters::One { name, .. } => (name.clone(), false),
            Clusters::Kubeconfig { context, .. } => (context.clone().unwrap_or_else(|| UNREAD.to_owned()), true),
        };
        let mut names = Self { clusters, names: vec![current.clone()], current, unread };
        names.refresh();
        names
    }

    /// Reads the kubeconfig anew. While it cannot be read, the names known so far stay.
    ///
    /// The current context is settled the first time: whoever runs `kubectl config use-context` does not thereby change what
    /// open pages show.
    pub(super) fn refresh(&mut self) {
        let Clusters::Kubeconfig { file, context } = &self.clusters else { return };
        let Ok(kubeconfig) = file.read() else { return };
        self.names = context_names(&kubeconfig);
        if self.unread
            && let Some(current) = chosen(context.as_ref(), &kubeconfig)
        {
            self.current = current;
            self.unread = false;
        }
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
            // A stand-in names no context of the file: its own choice is meant.
            Clusters::Kubeconfig { file, context } => {
                let stand_in = self.unread && name == self.current;
                let context = if stand_in { context.clone() } else { Some(name.to_owned()) };
                Target::Kubeconfig { file: file.clone(), context }
            }
        }
    }
}

/// The context that is current here: the one asked for, else the file's own choice, if it has that one.
pub(crate) fn chosen(asked: Option<&String>, kubeconfig: &Kubeconfig) -> Option<String> {
    let wanted = asked.or(kubeconfig.current_context.as_ref())?;
    kubeconfig.contexts.iter().any(|context| context.name == *wanted).then(|| wanted.clone())
}
