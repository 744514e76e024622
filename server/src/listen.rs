//! Listening: connections, how many of them there may be, and how they end.

mod places;

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
pub use places::Limits;
use places::Places;

/// How long open connections may take to end after the server was told to stop.
const DRAIN: Duration = Duration::from_secs(3);
/// The head of a request is complete within this time, or the connection ends. It also ends one that is kept open and not used.
const HEAD_TIMEOUT: Duration = Duration::from_secs(20);
/// The longest head, in bytes: more is answered 431.
const LONGEST_HEAD: usize = 32 * 1024;
/// A client that takes nothing of what it is sent for this long is gone, or might as well be.
#[cfg(target_os = "linux")]
const STALLED: Duration = Duration::from_secs(60);
/// So much may wait in the kernel for a connection to take it, in bytes, beside what is on its way. By itself the kernel keeps megabytes for
/// a client that does not read, which is a queue per client after all, and of what is old.
#[cfg(target_os = "linux")]
const UNSENT: u32 = 128 * 1024;
/// How long to wait when no connection can be taken, mostly because too many files are open.
const PAUSE: Duration = Duration::from_millis(500);

/// Serves until the token is cancelled; then waits for open connections, but not for long.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    limits: Limits,
    metrics: Metrics,
    shutdown: CancellationToken,
) {
    let places = Places::new(limits);
    let connections = TaskTracker::new();
    // What is still open when this future ends is cut.
    let cut = CancellationToken::new();
    let _cut = cut.clone().drop_guard();
    loop {
        let (stream, peer) = tokio::select! {
            () = shutdown.cancelled() => break,
            accepted = accept(&listener) => accepted,
        };
        let Some(place) = places.take(peer.ip()) else {
            tracing::debug!(client.address = %peer, "too many connections: one is refused");
            metrics.refused();
            refuse(stream);
            continue;
        };
        let one = connection(stream, router.clone(), shutdown.clone());
        let (cut, counted) = (cut.clone(), metrics.connection());
        connections.spawn(async move {
            let _held = (place, counted);
            tokio::select! {
                () = cut.cancelled() => {}
                () = one => {}
            }
        });
    }
    drop(listener);
    connections.close();
    if tokio::time::timeout(DRAIN, connections.wait()).await.is_err() {
        tracing::warn!("some connections did not end in time and are cut");
    }
}

async fn accept(listener: &TcpListener) -> (TcpStream, SocketAddr) {
    loop {
        match listener.accept().await {
            Ok(accepted) => return accepted,
            // It was gone before it was taken.
            Err(error) if error.kind() == std::io::ErrorKind::ConnectionAborted => {}
            Err(error) => {
                tracing::warn!("a connection cannot be taken: {error}");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}

async fn connection(stream: TcpStream, router: Router, shutdown: CancellationToken) {
    // None of them fails on a socket that is open; and without them a connection is slower to send and to end, or takes more memory.
    let _ = stream.set_nodelay(true);
    #[cfg(target_os = "linux")]
    {
        let socket = socket2::SockRef::from(&stream);
        let _ = socket.set_tcp_user_timeout(Some(STALLED));
        let _ = socket.set_tcp_notsent_lowat(UNSENT);
    }
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD_TIMEOUT).max_header_size(LONGEST_HEAD);
    let mut connection = std::pin::pin!(http.serve_connection(TokioIo::new(stream), TowerToHyperService::new(router)));
    // How it ends, a client that went away or sent nonsense, concerns nobody here.
    tokio::select! {
        _ = connection.as_mut() => {}
        () = shutdown.cancelled() => {
            connection.as_mut().graceful_shutdown();
            let _ = connection.await;
        }
    }
}

/// Says why, as far as the client listens before the connection ends.
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
