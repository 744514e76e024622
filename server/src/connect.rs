//! Connecting to a cluster: from a kubeconfig, from a Pod's service account, or to the sandbox.
//!
//! Every client that is made here refuses all methods but GET (design §1.4).

mod denied;
mod read_only;
#[cfg(test)]
mod tests;
mod truncated;
mod watch_failure;
mod watchdog;

use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use kube::client::ClientBuilder;
use kube::config::{KubeConfigOptions, Kubeconfig, KubeconfigError};
use kube::{Client, Config};
use topology::cluster::kinds::Kind;
use topology::wire::AccessProblem;
use words::Language;

pub(crate) use denied::{DeniedRequest, Rule};
pub use read_only::{MethodNotAllowed, ReadOnly, ReadOnlyLayer};
pub use watch_failure::WatchFailure;
pub use watchdog::{Busy, Watchdog, WatchdogLayer};

/// Time limit for setting up a connection; after it the server counts as unreachable.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// A problem in English, for logs and for the status' key `error`.
pub(crate) fn english(problem: &AccessProblem) -> String {
    Language::English.words().access_problem(problem)
}

/// How a context is reached.
#[derive(Clone)]
pub enum Target {
    /// A context of a kubeconfig.
    Kubeconfig {
        /// The kubeconfig, read anew at each connect.
        file: KubeconfigFile,
        /// The context's name; `None` is the file's current one.
        context: Option<String>,
    },
    /// The service account of the Pod that this process runs in.
    InCluster,
    /// An existing client: of the sandbox, or of a test.
    Fixed {
        /// The client.
        client: Client,
        /// The server's name in messages.
        server: String,
    },
}

/// A client and the name of its server.
#[derive(Clone)]
pub struct Connection {
    /// The client; it can only read.
    pub client: Client,
    /// The API server's address.
    pub server: String,
    /// The bytes of the configuration when it was read; other bytes lead to a new client.
    stamp: Vec<u8>,
}

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connection").field("server", &self.server).finish_non_exhaustive()
    }
}

impl Connection {
    /// The API version in which this server is asked for a kind.
    pub(crate) fn version(&self, kind: Kind) -> &'static str {
        kind.api().version()
    }
}

impl Target {
    /// Reads the configuration and makes a client. This sends no request to the server yet.
    ///
    /// # Errors
    ///
    /// The configuration cannot be read or used. The next call reads it again.
    pub async fn connect(&self) -> Result<Connection, AccessProblem> {
        match self {
            Self::Fixed { client, server } => {
                Ok(Connection { client: client.clone(), server: server.clone(), stamp: Vec::new() })
            }
            Self::InCluster => {
                let config = Config::incluster()
                    .map_err(|error| AccessProblem::NoServiceAccount { reason: error.to_string() })?;
                client_of(config, service_account())
            }
            Self::Kubeconfig { file, context } => {
                let stamp = file.stamp();
                let kubeconfig = file.read()?;
                let options = KubeConfigOptions { context: context.clone(), ..KubeConfigOptions::default() };
                let known = context_names(&kubeconfig);
                let config = Config::from_custom_kubeconfig(kubeconfig, &options)
                    .await
                    .map_err(|error| file.problem(&error, known))?;
                client_of(config, stamp)
            }
        }
    }

    /// Whether the configuration has changed since this connection was made.
    pub fn changed_since(&self, connection: &Connection) -> bool {
        match self {
            Self::Kubeconfig { file, .. } => file.stamp() != connection.stamp,
            Self::InCluster => service_account() != connection.stamp,
            Self::Fixed { .. } => false,
        }
    }

    /// Whether a new client can help when this one fails: not for a fixed client.
    pub fn can_reconnect(&self) -> bool {
        !matches!(self, Self::Fixed { .. })
    }
}

fn client_of(mut config: Config, stamp: Vec<u8>) -> Result<Connection, AccessProblem> {
    let server = config.cluster_url.to_string().trim_end_matches('/').to_owned();
    config.connect_timeout = Some(CONNECT_TIMEOUT);
    // The watches have their own back-off, and report an error at once.
    config.default_retry = false;
    let builder = ClientBuilder::try_from(config)
        .map_err(|error| AccessProblem::NoClient { server: server.clone(), reason: watch_failure::chain(&error) })?;
    Ok(Connection { client: builder.with_layer(&WatchdogLayer).with_layer(&ReadOnlyLayer).build(), server, stamp })
}

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
    fn problem(&self, error: &KubeconfigError, known: Vec<String>) -> AccessProblem {
        let file = self.name();
        match error {
            KubeconfigError::ReadConfig(source, _) => {
                AccessProblem::KubeconfigUnreadable { file, reason: source.to_string() }
            }
            KubeconfigError::Parse(source) => {
                // The lines below the first one quote the file, which can show a credential.
                let report = source.to_string();
                let reason = report.lines().next().unwrap_or_default().to_owned();
                AccessProblem::KubeconfigInvalid { file, reason }
            }
            KubeconfigError::CurrentContextNotSet => AccessProblem::NoCurrentContext { file },
            KubeconfigError::LoadContext(name) => AccessProblem::NoSuchContext { file, context: name.clone(), known },
            other => AccessProblem::KubeconfigIncomplete { file, reason: watch_failure::chain(other) },
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
    fn stamp(&self) -> Vec<u8> {
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

/// The files that the kubelet mounts for the service account, and replaces while the Pod runs. kube reads the token again once a minute;
/// this covers a server that refuses the token earlier.
fn service_account() -> Vec<u8> {
    const FOLDER: &str = "/var/run/secrets/kubernetes.io/serviceaccount";
    bytes(["token", "ca.crt"].map(|file| Path::new(FOLDER).join(file)).into_iter())
}

fn bytes(paths: impl Iterator<Item = PathBuf>) -> Vec<u8> {
    paths.flat_map(|path| std::fs::read(path).unwrap_or_default()).collect()
}

/// The names of a kubeconfig's contexts, in the file's order.
pub fn context_names(kubeconfig: &Kubeconfig) -> Vec<String> {
    kubeconfig.contexts.iter().map(|context| context.name.clone()).collect()
}
