use std::fmt;
use std::task::{Context, Poll};

use futures::future::{Either, Ready, ready};
use http::{Method, Request};
use tower::{BoxError, Layer, Service};

/// The error of a request whose method is not GET.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MethodNotAllowed(pub Method);

impl fmt::Display for MethodNotAllowed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "kubehop only reads clusters: a {} request was refused before it left", self.0)
    }
}

impl std::error::Error for MethodNotAllowed {}

/// A layer that makes a client unable to change anything: it puts [`ReadOnly`] around the client's service.
#[derive(Clone, Copy, Debug, Default)]
pub struct ReadOnlyLayer;

impl<S> Layer<S> for ReadOnlyLayer {
    type Service = ReadOnly<S>;

    fn layer(&self, inner: S) -> ReadOnly<S> {
        ReadOnly { inner }
    }
}

/// A service that refuses every method but GET.
#[derive(Clone, Debug)]
pub struct ReadOnly<S> {
    inner: S,
}

impl<S, B> Service<Request<B>> for ReadOnly<S>
where
    S: Service<Request<B>>,
    S::Error: Into<BoxError>,
{
    type Response = S::Response;
    type Error = BoxError;
    type Future =
        Either<futures::future::MapErr<S::Future, fn(S::Error) -> BoxError>, Ready<Result<S::Response, BoxError>>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.inner.poll_ready(cx).map_err(Into::into)
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        use futures::TryFutureExt as _;
        if request.method() == Method::GET {
            Either::Left(self.inner.call(request).map_err(Into::into as fn(S::Error) -> BoxError))
        } else {
            Either::Right(ready(Err(MethodNotAllowed(request.method().clone()).into())))
        }
    }
}
