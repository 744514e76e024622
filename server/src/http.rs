//! HTTP: every route of the server, in one table.

mod base_path;
mod contexts;
mod events;
mod headers;
mod health;
mod history;
mod hosts;
mod language;
mod limits;
mod metrics;
mod object;
mod openapi;
mod page;
mod picture;
mod problem;
mod query;
mod search;
mod site;
mod snapshot;
mod trace;
mod yielding;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::middleware;
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get};
use http::{Method, StatusCode};
use tokio_util::sync::CancellationToken;
use tower::Layer as _;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;

use crate::contexts::Contexts;
use crate::work::WorkPool;
pub use base_path::BasePath;
pub use hosts::{Hosts, allowed_host};
pub use problem::{Detail, Problem};

/// How long a first answer waits for the first lists.
const FIRST_SYNC: Duration = Duration::from_secs(2);

/// What the handlers share.
#[derive(Clone)]
pub struct Shared {
    /// The contexts.
    pub contexts: Arc<Contexts>,
    /// Cancelled when the server shuts down: every stream ends.
    pub shutdown: CancellationToken,
    /// How it is reached.
    pub front: Front,
    /// The places of long work.
    pub work: WorkPool,
}

/// How the server is reached: by default on loopback, at the root, and with its health among the other paths.
#[derive(Clone, Debug, Default)]
pub struct Front {
    /// The names that it answers to.
    pub hosts: Hosts,
    /// Where it is on its origin.
    pub base_path: BasePath,
    /// Whether health and metrics have a listener of their own.
    pub health_apart: bool,
}

impl Shared {
    /// Serves these contexts.
    pub fn new(contexts: Arc<Contexts>, shutdown: CancellationToken) -> Self {
        // The page is rendered on tokio. Another call than the first one changes nothing and says so, which does no harm.
        let _ = any_spawner::Executor::init_tokio();
        Self { contexts, shutdown, front: Front::default(), work: WorkPool::default() }
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
fn streams() -> [(&'static str, MethodRouter<Shared>); 1] {
    [("/api/v1/events", get(events::events))]
}

/// The routes that say nothing of a cluster, which may have a listener of their own.
fn health() -> [(&'static str, MethodRouter<Shared>); 3] {
    [("/livez", get(health::alive)), ("/readyz", get(health::ready)), ("/metrics", get(health::metrics))]
}

/// Every path that has a route. What else there is are the site's files.
pub fn paths() -> Vec<&'static str> {
    documents().into_iter().chain(streams()).chain(health()).map(|(path, _)| path).collect()
}

fn add(router: Router<Shared>, (path, methods): (&str, MethodRouter<Shared>)) -> Router<Shared> {
    router.route(path, methods)
}

/// The server's routes, behind everything that keeps others away from them.
pub fn router(shared: Shared) -> Router {
    let front = shared.front.clone();
    let compressed = documents().into_iter().fold(Router::new(), add);
    // The site's files, in the fallback, are compressed already.
    let compressed = compressed.layer(CompressionLayer::new().quality(CompressionLevel::Fastest));
    let compressed = compressed.layer(middleware::map_response(yielding::in_turns));
    let here = if front.health_apart { Vec::new() } else { health().into() };
    let routes = streams().into_iter().chain(here).fold(compressed, add);
    let routes = routes
        .fallback(other)
        .method_not_allowed_fallback(method_not_allowed)
        .layer(middleware::from_fn(limits::limit));
    // A layer runs after the route is chosen, so what changes the path is around all routes.
    let routes = middleware::from_fn_with_state(front.base_path, base_path::strip).layer(routes.with_state(shared));
    Router::new()
        .fallback_service(routes)
        .layer(middleware::from_fn_with_state(front.hosts, hosts::guard))
        .layer(middleware::map_response(headers::secure))
        .layer(middleware::from_fn(problem::in_language))
}

/// The routes of a listener for health and metrics only. Whoever asks knows it by any name, and learns nothing of a cluster.
pub fn health_router(shared: Shared) -> Router {
    let nothing = async || Problem::new(StatusCode::NOT_FOUND, Detail::OnlyHealth);
    health()
        .into_iter()
        .fold(Router::new(), add)
        .fallback(nothing)
        .method_not_allowed_fallback(method_not_allowed)
        .layer(middleware::from_fn(limits::limit))
        .layer(middleware::map_response(headers::secure))
        .layer(middleware::from_fn(problem::in_language))
        .with_state(shared)
}

/// What no route takes: a file of the site, or nothing.
async fn other(request: Request) -> Response {
    let path = request.uri().path();
    if path == "/api" || path.starts_with("/api/") {
        return Problem::new(StatusCode::NOT_FOUND, Detail::NoApiPath(path.to_owned())).into_response();
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return method_not_allowed().await;
    }
    let (parts, _) = request.into_parts();
    site::serve(parts.uri, parts.headers).await
}

async fn method_not_allowed() -> Response {
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, Detail::OnlyGet).into_response()
}

/// A router that answers only requests which name this server and come from its own pages, as the page's does.
pub fn guarded(router: Router, hosts: Hosts) -> Router {
    router.layer(middleware::from_fn_with_state(hosts, hosts::guard))
}
