//! HTTP: every route of the server, in one table.

mod contexts;
mod events;
mod headers;
mod health;
mod history;
mod language;
mod object;
mod openapi;
mod page;
mod picture;
mod problem;
mod query;
mod search;
mod snapshot;
mod trace;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::middleware;
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get};
use http::{Method, StatusCode};
use leptos::prelude::LeptosOptions;
use tokio_util::sync::CancellationToken;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;

use crate::contexts::Contexts;
use crate::site;
pub use problem::Problem;
pub(crate) use query::is_namespace;

/// How long a first answer waits for the first lists.
const FIRST_SYNC: Duration = Duration::from_secs(2);

/// What the handlers share.
#[derive(Clone)]
pub struct Shared {
    /// The contexts.
    pub contexts: Arc<Contexts>,
    /// Cancelled when the server shuts down: every stream ends.
    pub shutdown: CancellationToken,
    /// Where the page finds its scripts.
    pub leptos: LeptosOptions,
}

impl Shared {
    /// Serves these contexts.
    pub fn new(contexts: Arc<Contexts>, shutdown: CancellationToken) -> Self {
        // The page is rendered on tokio. Another call than the first one changes nothing and says so, which does no harm.
        let _ = any_spawner::Executor::init_tokio();
        let leptos = LeptosOptions::builder().output_name("kubehop").site_pkg_dir("pkg").build();
        Self { contexts, shutdown, leptos }
    }
}

/// The routes whose answers are compressed.
fn documents() -> [(&'static str, MethodRouter<Shared>); 9] {
    [
        ("/", get(page::page)),
        ("/graph.svg", get(picture::picture)),
        ("/api/v1/contexts", get(contexts::list)),
        ("/api/v1/snapshot", get(snapshot::snapshot)),
        ("/api/v1/trace", get(trace::trace)),
        ("/api/v1/object", get(object::object)),
        ("/api/v1/history", get(history::history)),
        ("/api/v1/search", get(search::search_all)),
        ("/api/v1/openapi.json", get(openapi::document)),
    ]
}

/// The routes whose answers are not: an event stream must not wait in an encoder.
fn streams() -> [(&'static str, MethodRouter<Shared>); 3] {
    [("/api/v1/events", get(events::events)), ("/livez", get(health::alive)), ("/readyz", get(health::alive))]
}

/// The server's routes.
pub fn router(shared: Shared) -> Router {
    let add = |router: Router<Shared>, (path, methods)| router.route(path, methods);
    let compressed = documents().into_iter().fold(Router::new(), add);
    // The site's files, in the fallback, are compressed already.
    let compressed = compressed.layer(CompressionLayer::new().quality(CompressionLevel::Fastest));
    streams()
        .into_iter()
        .fold(compressed, add)
        .fallback(other)
        .method_not_allowed_fallback(method_not_allowed)
        .layer(middleware::map_response(headers::secure))
        .with_state(shared)
}

/// What no route takes: a file of the site, or nothing.
async fn other(request: Request) -> Response {
    let path = request.uri().path();
    if path == "/api" || path.starts_with("/api/") {
        return Problem::new(StatusCode::NOT_FOUND, format!("the API has no path {path}")).into_response();
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return method_not_allowed().await;
    }
    let (parts, _) = request.into_parts();
    site::serve(parts.uri, parts.headers).await
}

async fn method_not_allowed() -> Response {
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, "kubehop only reads: use GET".to_owned()).into_response()
}
