//! Limits of the client for a server that no longer answers, and for one that asks to be called later.

use std::fmt;
use std::io;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, BodyDataStream, HttpBody};
use bytes::Bytes;
use futures::future::BoxFuture;
use futures::{FutureExt, Stream, StreamExt, stream};
use http::{Request, Response, StatusCode, header};
use tokio::time::{Instant, sleep_until, timeout};
use tower::{BoxError, Layer, Service};

use super::bounds::{self, TooLarge};
use super::truncated::reject_bad_lines;

/// Time limit for the head of a watch's response. An API server sends it at once.
const HEAD_TIMEOUT: Duration = Duration::from_secs(30);
/// Time limit for silence of a watch. An API server sends a bookmark about once a minute (apiserver `cacher.go`, `bookmarkFrequency`), so
/// after this time one is missing.
const SILENCE_TIMEOUT: Duration = Duration::from_secs(90);
/// Minimum time between the head of a watch's response and the next watch. Without it a server or a proxy that ends every watch at once
/// would be called without a pause.
const MIN_WATCH_DURATION: Duration = Duration::from_secs(1);
/// Maximum delay that is accepted from a server.
const MAX_RETRY_AFTER: Duration = Duration::from_secs(60);

/// The server is overloaded (429, or 503 with Retry-After).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Busy {
    /// The response's status.
    pub status: StatusCode,
    /// How long to wait before the next request.
    pub after: Duration,
}

impl fmt::Display for Busy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, to be asked again in {} s", self.status, self.after.as_secs())
    }
}

impl std::error::Error for Busy {}

/// A status that no API server answers a GET with: a redirection to a page for logging in, for example.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnexpectedStatus(pub StatusCode);

impl fmt::Display for UnexpectedStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "answered with {}", self.0)
    }
}

impl std::error::Error for UnexpectedStatus {}

/// A layer that ends a silent watch as if the server had ended it; the watch is then resumed at its resource version. Without it a
/// connection that is cut without a FIN or RST is noticed after five minutes.
#[derive(Clone, Copy, Debug, Default)]
pub struct WatchdogLayer;

impl<S> Layer<S> for WatchdogLayer {
    type Service = Watchdog<S>;

    fn layer(&self, inner: S) -> Watchdog<S> {
        Watchdog { inner }
    }
}

/// See [`WatchdogLayer`].
#[derive(Clone, Debug)]
pub struct Watchdog<S> {
    inner: S,
}

impl<S, A, B> Service<Request<A>> for Watchdog<S>
where
    S: Service<Request<A>, Response = Response<B>>,
    S::Future: Send + 'static,
    S::Error: Into<BoxError>,
    B: HttpBody<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
    type Response = Response<Body>;
    type Error = BoxError;
    type Future = BoxFuture<'static, Result<Response<Body>, BoxError>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.inner.poll_ready(cx).map_err(Into::into)
    }

    fn call(&mut self, request: Request<A>) -> Self::Future {
        let query = request.uri().query().unwrap_or_default();
        let watch = query.split('&').any(|parameter| parameter == "watch=true");
        let answer = self.inner.call(request);
        async move {
            let answer =
                if watch { timeout(HEAD_TIMEOUT, answer).await.map_err(|_| head_timed_out())? } else { answer.await };
            let response = answer.map_err(Into::into)?;
            if let Some(busy) = busy(&response) {
                return Err(busy.into());
            }
            let (head, body) = response.into_parts();
            let body = Body::new(body);
            let body = match (head.status, watch) {
                (status, _) if status.is_client_error() || status.is_server_error() => bounds::refusal(body),
                (status, _) if !status.is_success() => return Err(UnexpectedStatus(status).into()),
                (_, true) => Body::from_stream(reject_bad_lines(until_silent(body.into_data_stream()))),
                (_, false) => bounds::answer(body).map_err(|error: TooLarge| BoxError::from(error))?,
            };
            Ok(Response::from_parts(head, body))
        }
        .boxed()
    }
}

fn head_timed_out() -> io::Error {
    io::Error::new(io::ErrorKind::TimedOut, "a watch was not answered")
}

fn busy<B>(response: &Response<B>) -> Option<Busy> {
    let status = response.status();
    let retry_after = response.headers().get(header::RETRY_AFTER).and_then(|value| value.to_str().ok()?.parse().ok());
    let after = match (status, retry_after) {
        (StatusCode::TOO_MANY_REQUESTS, retry_after) => Duration::from_secs(retry_after.unwrap_or(1)),
        (StatusCode::SERVICE_UNAVAILABLE, Some(retry_after)) => Duration::from_secs(retry_after),
        _ => return None,
    };
    Some(Busy { status, after: after.min(MAX_RETRY_AFTER) })
}

fn until_silent(body: BodyDataStream) -> impl Stream<Item = Result<Bytes, axum::Error>> {
    stream::unfold((body, Instant::now()), async |(mut body, opened)| {
        match timeout(SILENCE_TIMEOUT, body.next()).await {
            Ok(Some(Ok(bytes))) => Some((Ok(bytes), (body, opened))),
            Ok(over) => {
                sleep_until(opened + MIN_WATCH_DURATION).await;
                over.map(|error| (error, (body, opened)))
            }
            Err(_) => {
                tracing::debug!("a watch said nothing for {} s and is opened anew", SILENCE_TIMEOUT.as_secs());
                None
            }
        }
    })
}
