//! Kubeconfigs: where they are, what they name, and what is wrong with them.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use kube::Config;
use kube::config::{Kubeconfig, KubeconfigError};
use parking_lot::Mutex;
use tokio::time::Instant;
use topology::wire::AccessProblem;

use super::off_thread::{Hangs, OffThread};
use super::proxy;
use super::reason::{chain, reason};

/// Minimum time between two readings of the names.
const NAMES_INTERVAL: Duration = Duration::from_millis(500);

/// The names in a kubeconfig.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ContextNames {
    /// The contexts, in the file's order.
    pub(crate) contexts: Vec<String>,
    /// The file's current context.
    pub(crate) current: Option<String>,
}

/// A kubeconfig: one named file, or the files that `KUBECONFIG` or `~/.kube/config` names.
///
/// It is read on threads of its own: a file may be a pipe, or on a file system that does not answer.
#[derive(Clone, Debug, Default)]
pub struct KubeconfigFile {
    path: Option<PathBuf>,
    threads: OffThread,
    names: Arc<Names>,
}

/// The names as they were last read.
#[derive(Debug, Default)]
struct Names {
    last: Mutex<Option<Arc<ContextNames>>>,
    /// When they were last read, or tried to be.
    tried: Mutex<Option<Instant>>,
    /// Whether they are being read.
    reading: AtomicBool,
}

impl KubeconfigFile {
    /// The file given on the command line.
    pub fn explicit(path: PathBuf) -> Self {
        Self { path: Some(path), ..Self::default() }
    }

    /// The same file with another time limit for reading it.
    pub fn with_time_limit(self, limit: Duration) -> Self {
        Self { threads: OffThread::within(limit), ..self }
    }

    /// The default kubeconfig, if any of its files exists.
    pub fn default_if_present() -> Option<Self> {
        let file = Self::default();
        file.paths().iter().any(|path| path.exists()).then_some(file)
    }

    /// Reads the configuration of a context, or of the file's current one, and the bytes that it is made of.
    pub(super) async fn config(&self, context: Option<String>) -> Result<(Config, Vec<u8>), AccessProblem> {
        let file = self.clone();
        let read = move || {
            let stamp = file.stamp_here();
            let mut kubeconfig = file.read_here()?;
            kubeconfig.current_context = context.or(kubeconfig.current_context);
            let known = context_names(&kubeconfig);
            only_files(&files(&kubeconfig))?;
            let named = proxy::named(&kubeconfig);
            let mut config = Config::try_from(kubeconfig).map_err(|error| file.problem(&error, known))?;
            proxy::choose(&mut config, named, |name| std::env::var(name).ok());
            Ok((config, stamp))
        };
        self.off_thread(read).await?
    }

    /// The bytes of the kubeconfig's files and of the files that they name: equal bytes give an equal configuration.
    pub(super) async fn stamp(&self) -> Result<Vec<u8>, AccessProblem> {
        let file = self.clone();
        self.off_thread(move || file.stamp_here()).await
    }

    pub(super) fn threads(&self) -> &OffThread {
        &self.threads
    }

    /// The names as they were last read. They are read anew meanwhile, unless that was just done: nobody waits for a file.
    pub(crate) fn names(&self) -> Option<Arc<ContextNames>> {
        let is_due = self.names.tried.lock().is_none_or(|tried| tried.elapsed() >= NAMES_INTERVAL);
        if is_due && !self.names.reading.swap(true, Ordering::SeqCst) {
            let file = self.clone();
            let read = move || {
                // The context that is opened says what is wrong.
                let _ = file.read_here();
                file.names.reading.store(false, Ordering::SeqCst);
            };
            if std::thread::Builder::new().name("kubeconfig".to_owned()).spawn(read).is_err() {
                self.names.reading.store(false, Ordering::SeqCst);
            }
        }
        self.names.last.lock().clone()
    }

    /// The names, for a file that perhaps nobody has read yet. This waits for them, up to the time limit.
    pub(crate) fn first_names(&self) -> Option<Arc<ContextNames>> {
        if self.names.tried.lock().is_none() {
            let file = self.clone();
            let (done, read) = std::sync::mpsc::channel();
            let thread = std::thread::Builder::new().name("kubeconfig".to_owned());
            if thread.spawn(move || done.send(file.read_here().is_ok())).is_ok() {
                // Without an answer the names are not known, as they are with an error.
                let _ = read.recv_timeout(self.threads.limit());
            }
        }
        self.names.last.lock().clone()
    }

    async fn off_thread<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, AccessProblem> {
        let hangs = |Hangs { seconds }| AccessProblem::FileHangs { file: self.name(), seconds };
        self.threads.run(work).await.map_err(hangs)
    }

    fn read_here(&self) -> Result<Kubeconfig, AccessProblem> {
        *self.names.tried.lock() = Some(Instant::now());
        only_files(&self.paths())?;
        let read = match &self.path {
            Some(path) => Kubeconfig::read_from(path),
            None => Kubeconfig::read(),
        };
        let kubeconfig = read.map_err(|error| self.problem(&error, Vec::new()))?;
        let (contexts, current) = (context_names(&kubeconfig), kubeconfig.current_context.clone());
        *self.names.last.lock() = Some(Arc::new(ContextNames { contexts, current }));
        Ok(kubeconfig)
    }

    /// The kubeconfig's name in messages.
    pub fn name(&self) -> String {
        let names: Vec<String> = self.paths().iter().map(|path| path.display().to_string()).collect();
        names.join(":")
    }

    /// The problem of an unreadable kubeconfig; `known` are the names of its contexts.
    fn problem(&self, error: &KubeconfigError, known: Vec<String>) -> AccessProblem {
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
        if let Some(path) = &self.path {
            return vec![path.clone()];
        }
        let named = std::env::var_os("KUBECONFIG").unwrap_or_default();
        let named: Vec<PathBuf> = std::env::split_paths(&named).filter(|path| !path.as_os_str().is_empty()).collect();
        if !named.is_empty() {
            return named;
        }
        std::env::home_dir().map(|home| home.join(Path::new(".kube/config"))).into_iter().collect()
    }

    fn stamp_here(&self) -> Vec<u8> {
        let named = self.read_here().map(|kubeconfig| files(&kubeconfig)).unwrap_or_default();
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
    paths.filter(|path| path.is_file()).flat_map(|path| std::fs::read(path).unwrap_or_default()).collect()
}

/// Refuses pipes and devices: to open one may take for ever, and what was read of it is gone when it is read anew.
fn only_files(paths: &[PathBuf]) -> Result<(), AccessProblem> {
    let is_other = |path: &&PathBuf| path.metadata().is_ok_and(|data| !data.is_file() && !data.is_dir());
    match paths.iter().find(is_other) {
        None => Ok(()),
        Some(path) => Err(AccessProblem::KubeconfigUnreadable {
            file: path.display().to_string(),
            reason: "it is a pipe or a device, not a file".to_owned(),
        }),
    }
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
            let said = english(&KubeconfigFile::explicit(path).read_here().unwrap_err());
            assert!(said.contains(says), "{text}: {said}");
            assert!(!["s3cr", "et\"", "53837"].iter().any(|part| said.contains(part)), "{text}: {said}");
        }
        std::fs::remove_dir_all(folder).unwrap();
    }
}
