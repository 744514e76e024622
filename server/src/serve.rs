//! `kubehop serve`: choose the cluster, listen, serve until told to stop.

mod bad_input;
mod choose;

use std::future::Future;
use std::io::Write as _;

use axum::Router;
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use tokio_util::task::AbortOnDropHandle;
use words::{Language, Words};

use crate::cli::ServeArgs;
use crate::contexts::Contexts;
use crate::http::{self, Front, Hosts, Shared};
use crate::listen::{self, Limits};
use crate::live::Options;
use crate::metrics::Metrics;
pub use bad_input::BadInput;
pub use choose::Chosen;
pub(crate) use choose::choose;

/// Why the server did not start, or stopped.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The arguments cannot be used.
    #[error("{0}")]
    BadInput(BadInput),
    /// A listener failed.
    #[error("serving failed: {0}")]
    Io(#[from] std::io::Error),
}

impl ServeError {
    /// The message in this language.
    pub fn text(&self, words: &Words) -> String {
        match self {
            Self::BadInput(input) => input.text(words),
            Self::Io(error) => words.serve_failed(error.to_string()),
        }
    }
}

/// Serves until `stop` ends, then lets the open streams end.
///
/// # Errors
///
/// See [`ServeError`].
pub async fn serve(args: ServeArgs, stop: impl Future<Output = ()>) -> Result<(), ServeError> {
    if args.sandbox_api.is_some() && args.cluster.sandbox.is_none() {
        return Err(ServeError::BadInput(BadInput::SandboxApiWithoutSandbox));
    }
    let proxy = args.proxy.flags().map_err(|error| ServeError::BadInput(BadInput::Settings(error)))?;
    if let Some(remark) = args.proxy.remark(Language::English.words()) {
        tracing::warn!("{remark}");
    }
    let chosen = choose(&args.cluster)?;
    let listener = bind("--listen", &args.listen.listen).await?;
    let health = match &args.listen.health_listen {
        Some(address) => Some(bind("--health-listen", address).await?),
        None => None,
    };
    let address = listener.local_addr()?;
    if !address.ip().is_loopback() {
        tracing::warn!(
            http.address = %address,
            "listening beyond this machine: whoever reaches this address sees the cluster's network, and nobody is asked who they are"
        );
    }
    // A scenario may change by itself for as long as this server runs.
    let _changes = chosen.sandbox.clone().map(|sandbox| AbortOnDropHandle::new(tokio::spawn(sandbox.churn())));
    let sandbox_api = match (&args.sandbox_api, chosen.sandbox) {
        (Some(address), Some(sandbox)) => Some((bind_loopback(address).await?, sandbox)),
        _ => None,
    };

    let shutdown = CancellationToken::new();
    let metrics = Metrics::default();
    let options =
        Options { namespaces: args.cluster.namespaces, proxy, metrics: metrics.clone(), ..Options::default() };
    let contexts = Contexts::new(chosen.clusters, options);
    // Opened at once, so that the terminal shows its errors too.
    drop(contexts.open(None));

    let front = Front {
        hosts: Hosts::of(address.ip(), &args.listen.allowed_hosts).embedded_in(&args.listen.embedders),
        base_path: args.listen.base_path.clone(),
        health_apart: health.is_some(),
    };
    let mut limits = args.listen.limits();
    let files = listen::raise_limit_of_files();
    // Connections are refused before files run out: whoever holds one is still served then.
    let most =
        listen::connections_of_files(files) / (1 + usize::from(health.is_some()) + usize::from(sandbox_api.is_some()));
    if most < limits.all {
        tracing::warn!(
            process.open_files = files,
            "at most {most} connections, because of the limit of open files: raise it with ulimit -n"
        );
        limits.all = most;
    }
    let shared = Shared { front, ..Shared::new(contexts.clone(), shutdown.clone()) };
    let mut listeners = JoinSet::new();
    if let Some((listener, sandbox)) = sandbox_api {
        say(&format!("kubehop: sandbox API on http://{}", listener.local_addr()?))?;
        let hosts = Hosts::of(listener.local_addr()?.ip(), &args.listen.allowed_hosts);
        let router = http::guarded(sandbox.router(), hosts);
        listeners.spawn(listen::serve(listener, router, limits, metrics.clone(), shutdown.clone()));
    }
    if let Some(listener) = health {
        say(&format!("kubehop: health on http://{}", listener.local_addr()?))?;
        let router = http::health_router(shared.clone());
        listeners.spawn(on_own_thread(listener, router, limits, metrics.clone(), shutdown.clone())?);
    }
    listeners.spawn(listen::serve(listener, http::router(shared), limits, metrics.clone(), shutdown.clone()));
    say(&format!("kubehop: listening on http://{address}"))?;

    stop.await;
    tracing::info!(sse.clients = contexts.users(), "stopping: open streams end now");
    shutdown.cancel();
    listeners.join_all().await;
    contexts.close();
    Ok(())
}

/// Serves on a thread of its own, which answers whatever the other threads do. The returned future ends when that thread does.
fn on_own_thread(
    listener: TcpListener,
    router: Router,
    limits: Limits,
    metrics: Metrics,
    shutdown: CancellationToken,
) -> std::io::Result<impl Future<Output = ()> + Send> {
    let listener = listener.into_std()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let (ended, end) = tokio::sync::oneshot::channel::<()>();
    std::thread::Builder::new().name("health".to_owned()).spawn(move || {
        let _ended = ended;
        runtime.block_on(async {
            match TcpListener::from_std(listener) {
                Ok(listener) => listen::serve(listener, router, limits, metrics, shutdown).await,
                Err(error) => tracing::error!("health cannot be served: {error}"),
            }
        });
        runtime.shutdown_background();
    })?;
    Ok(async {
        // Nothing is sent: the end of the thread closes the channel.
        let _ = end.await;
    })
}

async fn bind(flag: &'static str, address: &str) -> Result<TcpListener, ServeError> {
    TcpListener::bind(address).await.map_err(|error| {
        let (kind, error) = (error.kind(), error.to_string());
        ServeError::BadInput(BadInput::CannotListen { flag, address: address.to_owned(), kind, error })
    })
}

/// The sandbox's API lets everybody write, so it may listen on loopback only.
async fn bind_loopback(address: &str) -> Result<TcpListener, ServeError> {
    let listener = bind("--sandbox-api", address).await?;
    if !listener.local_addr()?.ip().is_loopback() {
        return Err(ServeError::BadInput(BadInput::SandboxApiBeyondLoopback(address.to_owned())));
    }
    Ok(listener)
}

/// Prints a line on stdout; scripts wait for it.
fn say(line: &str) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}")?;
    out.flush()
}
