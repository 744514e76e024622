//! Kubeconfigs: where they are, what they name, and what is wrong with them.

use std::path::{Path, PathBuf};

use kube::config::{Kubeconfig, KubeconfigError};
use topology::wire::AccessProblem;

use super::reason::{chain, reason};

/// A kubeconfig: one named file, or the files that `KUBECONFIG` or `~/.kube/config` names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KubeconfigFile(Option<PathBuf>);

impl KubeconfigFile {
    /// The file given on the command line.
    pub fn explicit(path: PathBuf) -> Self {
        Self(Some(path))
    }

    /// The default kubeconfig, if any of its files exists.
    pub fn default_if_present() -> Option<Self> {
        let file = Self(None);
        file.paths().iter().any(|path| path.exists()).then_some(file)
    }

    /// Reads and parses the kubeconfig.
    ///
    /// # Errors
    ///
    /// The file is missing or does not parse; the problem names the file.
    pub fn read(&self) -> Result<Kubeconfig, AccessProblem> {
        let read = match &self.0 {
            Some(path) => Kubeconfig::read_from(path),
            None => Kubeconfig::read(),
        };
        read.map_err(|error| self.problem(&error, Vec::new()))
    }

    /// The kubeconfig's name in messages.
    pub fn name(&self) -> String {
        let names: Vec<String> = self.paths().iter().map(|path| path.display().to_string()).collect();
        names.join(":")
    }

    /// The problem of an unreadable kubeconfig; `known` are the names of its contexts.
    pub(super) fn problem(&self, error: &KubeconfigError, known: Vec<String>) -> AccessProblem {
        let file = self.name();
        match error {
            KubeconfigError::ReadConfig(source, _) => {
                AccessProblem::KubeconfigUnreadable { file, reason: reason(&source.to_string()) }
            }
            KubeconfigError::Parse(source) => {
                let reason = without_values(&source.to_string());
                AccessProblem::KubeconfigInvalid { file, reason }
            }
            KubeconfigError::CurrentContextNotSet => AccessProblem::NoCurrentContext { file },
            KubeconfigError::LoadContext(name) => AccessProblem::NoSuchContext { file, context: name.clone(), known },
            other => AccessProblem::KubeconfigIncomplete { file, reason: chain(other) },
        }
    }

    fn paths(&self) -> Vec<PathBuf> {
        if let Some(path) = &self.0 {
            return vec![path.clone()];
        }
        let named = std::env::var_os("KUBECONFIG").unwrap_or_default();
        let named: Vec<PathBuf> = std::env::split_paths(&named).filter(|path| !path.as_os_str().is_empty()).collect();
        if !named.is_empty() {
            return named;
        }
        std::env::home_dir().map(|home| home.join(Path::new(".kube/config"))).into_iter().collect()
    }

    /// The bytes of the kubeconfig's files and of the files that they name: equal bytes give an equal configuration.
    pub(super) fn stamp(&self) -> Vec<u8> {
        let named = self.read().map(|kubeconfig| files(&kubeconfig)).unwrap_or_default();
        bytes(self.paths().into_iter().chain(named))
    }
}

/// The files of certificates, keys and tokens that a kubeconfig names: they are replaced without a change of the kubeconfig itself.
fn files(kubeconfig: &Kubeconfig) -> Vec<PathBuf> {
    let authorities =
        kubeconfig.clusters.iter().filter_map(|named| named.cluster.as_ref()?.certificate_authority.as_ref());
    let users = kubeconfig.auth_infos.iter().filter_map(|named| named.auth_info.as_ref());
    let credentials = users.flat_map(|user| [&user.client_certificate, &user.client_key, &user.token_file]).flatten();
    authorities.chain(credentials).map(PathBuf::from).collect()
}

pub(super) fn bytes(paths: impl Iterator<Item = PathBuf>) -> Vec<u8> {
    paths.flat_map(|path| std::fs::read(path).unwrap_or_default()).collect()
}

/// The names of a kubeconfig's contexts, in the file's order.
pub fn context_names(kubeconfig: &Kubeconfig) -> Vec<String> {
    kubeconfig.contexts.iter().map(|context| context.name.clone()).collect()
}

/// What a parser says, without what it quotes of the file, which can be a credential: the lines below the first one, and values of the wrong
/// type.
fn without_values(report: &str) -> String {
    let mut line = report.lines().next().unwrap_or_default().to_owned();
    if let (Some(first), Some(last)) = (line.find('"'), line.rfind('"'))
        && first < last
    {
        line.replace_range(first + 1..last, "…");
    }
    for kind in ["integer `", "floating point `"] {
        if let Some(at) = line.find(kind).map(|at| at + kind.len()) {
            let end = line[at..].find('`').map_or(line.len(), |end| at + end);
            line.replace_range(at..end, "…");
        }
    }
    reason(&line)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::connect::english;

    #[test]
    fn what_is_wrong_with_a_kubeconfig_is_said_without_what_is_in_it() {
        let folder = std::env::temp_dir().join(format!("kubehop-kubeconfig-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        for (at, (text, says)) in [
            ("users: [{name: u, user: {token: s3cret\n", "is not a valid kubeconfig"),
            ("users: [{name: u, user: \"s3cr\\\"et\"}]", "line 1"),
            ("users: [{name: u, user: {exec: s3cret}}]", "line 1"),
            ("users: [{name: u, user: {token: [s3cret]}}]", "line 1"),
            ("users: [{name: u, user: 53837}]", "line 1"),
            ("users: s3cret", "line 1"),
        ]
        .into_iter()
        .enumerate()
        {
            let path = folder.join(at.to_string());
            std::fs::write(&path, text).unwrap();
            let said = english(&KubeconfigFile::explicit(path).read().unwrap_err());
            assert!(said.contains(says), "{text}: {said}");
            assert!(!["s3cr", "et\"", "53837"].iter().any(|part| said.contains(part)), "{text}: {said}");
        }
        std::fs::remove_dir_all(folder).unwrap();
    }
}
