//! The credentials that a plugin fetches, in a client that runs for longer than they are valid.

use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderValue, Request, header};
use jiff::{SignedDuration, Timestamp};
use kube::Config;
use kube::config::ExecConfig;
use parking_lot::RwLock;
use tokio_util::task::AbortOnDropHandle;
use topology::wire::AccessProblem;
use tower::{Layer, Service};

use super::plugin::{self, Fetched, PluginError};

/// Interval at which the clock is compared with the end of a token: a machine may have slept.
const CHECK_INTERVAL: Duration = Duration::from_secs(10);
/// How long before its end a token is replaced.
const BEFORE_END: SignedDuration = SignedDuration::from_secs(60);

/// Runs the plugin of a configuration, if it has one, and puts what it fetched in its place. A token that expires is not put there: it is in the
/// layer, which replaces it in time.
pub(super) async fn fetch(config: &mut Config, server: &str) -> Result<Option<TokenLayer>, AccessProblem> {
    let Some(exec) = plugin::of(&config.auth_info).cloned() else { return Ok(None) };
    let fetched = plugin::fetch(&exec).await.map_err(|error| error.problem(server, &exec))?;
    let own = &mut config.auth_info;
    own.exec = None;
    let expires = fetched.expires();
    if let (Some(certificate), Some(key)) = (fetched.client_certificate_data, fetched.client_key_data) {
        own.client_certificate_data = Some(STANDARD.encode(certificate));
        own.client_key_data = Some(STANDARD.encode(key).into());
        return Ok(None);
    }
    match (fetched.token, expires) {
        (Some(token), Some(expires)) => {
            let invalid = || PluginError::Failed("its token cannot be a header".to_owned()).problem(server, &exec);
            let header = bearer(&token).ok_or_else(invalid)?;
            Ok(Some(TokenLayer::new(exec, header, expires)))
        }
        (token, _) => {
            own.token = token.map(Into::into);
            Ok(None)
        }
    }
}

fn bearer(token: &str) -> Option<HeaderValue> {
    let mut header = HeaderValue::try_from(format!("Bearer {}", token.trim())).ok()?;
    header.set_sensitive(true);
    Some(header)
}

/// A layer that adds a token to each request, and has it replaced before it expires.
#[derive(Clone)]
pub(super) struct TokenLayer {
    header: Arc<RwLock<HeaderValue>>,
    _renewing: Arc<AbortOnDropHandle<()>>,
}

impl TokenLayer {
    fn new(exec: ExecConfig, header: HeaderValue, expires: Timestamp) -> Self {
        let header = Arc::new(RwLock::new(header));
        let renewing = tokio::spawn(renew(exec, header.clone(), expires));
        Self { header, _renewing: Arc::new(AbortOnDropHandle::new(renewing)) }
    }
}

/// Replaces the token again and again. While that fails the old one is sent: the server then refuses it, and a new client tells why.
async fn renew(exec: ExecConfig, header: Arc<RwLock<HeaderValue>>, mut expires: Timestamp) {
    loop {
        tokio::time::sleep(CHECK_INTERVAL).await;
        if Timestamp::now() + BEFORE_END < expires {
            continue;
        }
        let Ok(fetched) = plugin::fetch(&exec).await else { continue };
        let end = fetched.expires();
        let Fetched { token: Some(token), .. } = fetched else { continue };
        if let Some(new) = bearer(&token) {
            *header.write() = new;
            // A token without an end is the last one.
            let Some(end) = end else { return };
            expires = end;
        }
    }
}

impl<S> Layer<S> for TokenLayer {
    type Service = Token<S>;

    fn layer(&self, inner: S) -> Token<S> {
        Token { inner, layer: self.clone() }
    }
}

/// See [`TokenLayer`].
pub(super) struct Token<S> {
    inner: S,
    layer: TokenLayer,
}

impl<S: Service<Request<B>>, B> Service<Request<B>> for Token<S> {
    type Response = S::Response;
    type Error = S::Error;
    type Future = S::Future;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, mut request: Request<B>) -> S::Future {
        request.headers_mut().insert(header::AUTHORIZATION, self.layer.header.read().clone());
        self.inner.call(request)
    }
}
