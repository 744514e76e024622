//! What the client itself notices of a server that no longer answers, or that asks for patience.

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

use super::whole::whole;

/// How long the head of a watch's answer may take: an API server sends it at once.
const HEAD: Duration = Duration::from_secs(30);
/// How long a watch may say nothing. An API server sends a bookmark about once a minute (apiserver `cacher.go`, `bookmarkFrequency`), so one
/// is missing then.
const SILENCE: Duration = Duration::from_secs(90);
/// A watch that ends sooner than this after its head came is resumed no sooner: a server, or something on the way to it, that ends every watch
/// at once would be asked without a pause.
const SHORTEST: Duration = Duration::from_secs(1);
/// The longest wait that a server is believed.
const LONGEST: Duration = Duration::from_secs(60);

/// The server has too much to do (429, or 503 with Retry-After).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Busy {
    /// What it answered.
    pub status: StatusCode,
    /// When it wants to be asked again.
    pub after: Duration,
}

impl fmt::Display for Busy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, to be asked again in {} s", self.status, self.after.as_secs())
    }
}

impl std::error::Error for Busy {}

/// Ends a watch that has gone silent, as if the server had ended it: then it is resumed where it was. Without it a connection that
/// is cut without a word is noticed after five minutes.
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
            let answer = if watch { timeout(HEAD, answer).await.map_err(|_| no_head())? } else { answer.await };
            let response = answer.map_err(Into::into)?;
            if let Some(busy) = busy(&response) {
                return Err(busy.into());
            }
            // A refusal is read as a whole, and is no stream of events.
            let watch = watch && response.status().is_success();
            Ok(response.map(|body| {
                let body = Body::new(body);
                if watch { Body::from_stream(whole(until_silent(body.into_data_stream()))) } else { body }
            }))
        }
        .boxed()
    }
}

fn no_head() -> io::Error {
    io::Error::new(io::ErrorKind::TimedOut, "a watch was not answered")
}

fn busy<B>(response: &Response<B>) -> Option<Busy> {
    let status = response.status();
    let said = response.headers().get(header::RETRY_AFTER).and_then(|value| value.to_str().ok()?.parse().ok());
    let after = match (status, said) {
        (StatusCode::TOO_MANY_REQUESTS, said) => Duration::from_secs(said.unwrap_or(1)),
        (StatusCode::SERVICE_UNAVAILABLE, Some(said)) => Duration::from_secs(said),
        _ => return None,
    };
    Some(Busy { status, after: after.min(LONGEST) })
}

fn until_silent(body: BodyDataStream) -> impl Stream<Item = Result<Bytes, axum::Error>> {
    stream::unfold((body, Instant::now()), async |(mut body, opened)| match timeout(SILENCE, body.next()).await {
        Ok(Some(Ok(bytes))) => Some((Ok(bytes), (body, opened))),
        Ok(over) => {
            sleep_until(opened + SHORTEST).await;
            over.map(|error| (error, (body, opened)))
        }
        Err(_) => {
            tracing::debug!("a watch said nothing for {} s and is opened anew", SILENCE.as_secs());
            None
        }
    })
}
