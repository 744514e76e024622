//! Connecting to a cluster: from a kubeconfig, from a Pod's service account, or to the sandbox.
//!
//! Every client that is made here refuses all methods but GET (design §1.4).

mod address;
mod bounds;
mod credentials;
mod denied;
mod kubeconfig;
mod off_thread;
mod plugin;
mod proxy;
mod read_only;
mod reason;
#[cfg(test)]
mod tests;
mod truncated;
mod watch_failure;
mod watchdog;

use std::fmt;
use std::path::Path;
use std::time::Duration;

use kube::client::ClientBuilder;
use kube::{Client, Config};
use tokio::runtime::Handle;
use topology::cluster::kinds::Kind;
use topology::wire::AccessProblem;
use tower::util::option_layer;
use words::Language;

use off_thread::{Hangs, OffThread};

pub use bounds::TooLarge;
pub(crate) use denied::{DeniedRequest, Rule};
pub(crate) use kubeconfig::ContextNames;
pub use kubeconfig::{KubeconfigFile, context_names};
pub use read_only::{MethodNotAllowed, ReadOnly, ReadOnlyLayer};
pub use watch_failure::WatchFailure;
pub use watchdog::{Busy, UnexpectedStatus, Watchdog, WatchdogLayer};

/// Time limit for setting up a connection; after it the server counts as unreachable.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// Where the kubelet mounts a Pod's service account.
const SERVICE_ACCOUNT: &str = "/var/run/secrets/kubernetes.io/serviceaccount";

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
                    .map_err(|error| AccessProblem::NoServiceAccount { reason: reason::chain(&error) })?;
                client_of(config, service_account(), &OffThread::default(), SERVICE_ACCOUNT.to_owned()).await
            }
            Self::Kubeconfig { file, context } => {
                let (config, stamp) = file.config(context.clone()).await?;
                client_of(config, stamp, file.threads(), file.name()).await
            }
        }
    }

    /// Whether the configuration has changed since this connection was made.
    pub async fn changed_since(&self, connection: &Connection) -> bool {
        match self {
            // A file that hangs has not changed.
            Self::Kubeconfig { file, .. } => file.stamp().await.is_ok_and(|stamp| stamp != connection.stamp),
            Self::InCluster => service_account() != connection.stamp,
            Self::Fixed { .. } => false,
        }
    }

    /// Whether a new client can help when this one fails: not for a fixed client.
    pub fn can_reconnect(&self) -> bool {
        !matches!(self, Self::Fixed { .. })
    }
}

/// Makes a client of a configuration, which is from this file. The plugin that it names runs first.
async fn client_of(
    mut config: Config,
    stamp: Vec<u8>,
    threads: &OffThread,
    file: String,
) -> Result<Connection, AccessProblem> {
    address::take_user_information(&mut config);
    let server = config.cluster_url.to_string().trim_end_matches('/').to_owned();
    proxy::check(&config, &server)?;
    let token = credentials::fetch(&mut config, &server).await?;
    config.connect_timeout = Some(CONNECT_TIMEOUT);
    // The watches have their own back-off, and report an error at once.
    config.default_retry = false;
    let runtime = Handle::current();
    let made = threads.run(move || {
        let _within = runtime.enter();
        ClientBuilder::try_from(config)
    });
    let builder = made
        .await
        .map_err(|Hangs { seconds }| AccessProblem::FileHangs { file, seconds })?
        .map_err(|error| AccessProblem::NoClient { server: server.clone(), reason: reason::chain(&error) })?;
    let client = builder.with_layer(&option_layer(token)).with_layer(&WatchdogLayer).with_layer(&ReadOnlyLayer).build();
    Ok(Connection { client, server, stamp })
}

/// The files that the kubelet mounts for the service account, and replaces while the Pod runs. kube reads the token again once a minute;
/// this covers a server that refuses the token earlier.
fn service_account() -> Vec<u8> {
    kubeconfig::bytes(["token", "ca.crt"].map(|file| Path::new(SERVICE_ACCOUNT).join(file)).into_iter())
}
