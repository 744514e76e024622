//! Listening: accepts connections, limits their number, and ends them.

mod files;
mod slots;

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::metrics::Metrics;
pub(crate) use files::{connections as connections_of_files, raise_limit as raise_limit_of_files};
use slots::ConnectionSlots;
pub use slots::Limits;

/// Time limit for open connections to end after the server was told to stop.
const DRAIN_TIMEOUT: Duration = Duration::from_secs(3);
/// Time limit for the head of a request; after it the connection ends. It also ends an idle connection.
const HEAD_TIMEOUT: Duration = Duration::from_secs(20);
/// Maximum size of a request's head, in bytes; a larger one is answered with 431.
const MAX_HEAD_BYTES: usize = 32 * 1024;
/// Time limit for a client that reads nothing of what it is sent; after it the client counts as gone.
#[cfg(target_os = "linux")]
const STALLED: Duration = Duration::from_secs(60);
/// Maximum number of unsent bytes that the kernel buffers for a connection. By default the kernel buffers megabytes for a client that
/// does not read, which would be a queue of outdated data per client.
#[cfg(target_os = "linux")]
const UNSENT: u32 = 128 * 1024;
/// Pause after a failed accept, which mostly means that too many files are open.
const ACCEPT_RETRY_DELAY: Duration = Duration::from_millis(500);

/// Serves until the token is cancelled; then waits for open connections, at most for the drain timeout.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    limits: Limits,
    metrics: Metrics,
    shutdown: CancellationToken,
) {
    let slots = ConnectionSlots::new(limits);
    let connections = TaskTracker::new();
    // Connections that are still open when this future ends are cut.
    let cut = CancellationToken::new();
    let _cut = cut.clone().drop_guard();
    loop {
        let (stream, peer) = tokio::select! {
            () = shutdown.cancelled() => break,
            accepted = accept(&listener) => accepted,
        };
        let Some(slot) = slots.take(peer.ip()) else {
            tracing::debug!(client.address = %peer, "too many connections: one is refused");
            metrics.refused();
            refuse(stream);
            continue;
        };
        let one = connection(stream, router.clone(), shutdown.clone());
        let (cut, counted) = (cut.clone(), metrics.connection());
        connections.spawn(async move {
            let _held = (slot, counted);
            tokio::select! {
                () = cut.cancelled() => {}
                () = one => {}
            }
        });
    }
    drop(listener);
    connections.close();
    if tokio::time::timeout(DRAIN_TIMEOUT, connections.wait()).await.is_err() {
        tracing::warn!("some connections did not end in time and are cut");
    }
}

async fn accept(listener: &TcpListener) -> (TcpStream, SocketAddr) {
    loop {
        match listener.accept().await {
            Ok(accepted) => return accepted,
            // The client closed the connection before it was accepted.
            Err(error) if error.kind() == std::io::ErrorKind::ConnectionAborted => {}
            Err(error) => {
                tracing::warn!("a connection cannot be taken: {error}");
                tokio::time::sleep(ACCEPT_RETRY_DELAY).await;
            }
        }
    }
}

async fn connection(stream: TcpStream, router: Router, shutdown: CancellationToken) {
    // These options do not fail on an open socket. Without them a connection sends and ends later, or takes more memory.
    let _ = stream.set_nodelay(true);
    #[cfg(target_os = "linux")]
    {
        let socket = socket2::SockRef::from(&stream);
        let _ = socket.set_tcp_user_timeout(Some(STALLED));
        let _ = socket.set_tcp_notsent_lowat(UNSENT);
    }
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD_TIMEOUT).max_header_size(MAX_HEAD_BYTES);
    let mut connection = std::pin::pin!(http.serve_connection(TokioIo::new(stream), TowerToHyperService::new(router)));
    // The result is of no interest: the client went away or sent an invalid request.
    tokio::select! {
        _ = connection.as_mut() => {}
        () = shutdown.cancelled() => {
            connection.as_mut().graceful_shutdown();
            let _ = connection.await;
        }
    }
}

/// Sends the reason, as far as the client reads it before the connection ends.
fn refuse(stream: TcpStream) {
    const BODY: &str = "{\"type\":\"about:blank\",\"title\":\"Service Unavailable\",\"status\":503,\
                        \"detail\":\"too many connections: see --max-connections and --max-connections-per-client\"}";
    let answer = format!(
        "HTTP/1.1 503 Service Unavailable\r\ncontent-type: application/problem+json\r\ncontent-length: {}\r\n\
         retry-after: 5\r\nconnection: close\r\n\r\n{BODY}",
        BODY.len()
    );
    let _ = stream.try_write(answer.as_bytes());
}
