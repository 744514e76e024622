//! The Kubernetes REST API over a [`Store`]: the table of routes.

mod body;
mod cursor;
mod discovery;
mod list;
mod query;
mod response;
mod target;
mod watch;
mod write;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http::Method;

use crate::status::Status;
use crate::store::Store;

/// Maximum size of a request's body, as in a real API server.
const BODY_LIMIT_BYTES: usize = 3 * 1024 * 1024;

/// The routes of the whole API. Objects of all resources share two routes; `target` parses the rest of their paths.
pub(crate) fn router(store: Store) -> Router {
    let objects = || get(list::read).post(write::create).put(write::replace).patch(write::patch).delete(write::delete);
    Router::new()
        .route("/livez", get(discovery::healthy))
        .route("/readyz", get(discovery::healthy))
        .route("/healthz", get(discovery::healthy))
        .route("/version", get(discovery::version))
        .route("/api", get(discovery::core_versions))
        .route("/apis", get(discovery::groups))
        .route("/api/{version}", get(discovery::core_resources))
        .route("/apis/{group}", get(discovery::group))
        .route("/apis/{group}/{version}", get(discovery::resources))
        .route("/api/{version}/{*path}", objects())
        .route("/apis/{group}/{version}/{*path}", objects())
        .fallback(async || Status::no_such_path())
        .method_not_allowed_fallback(async || Status::method_not_allowed())
        .layer(DefaultBodyLimit::max(BODY_LIMIT_BYTES))
        .with_state(store)
}

/// The same API for readers: it accepts only GET, on any path.
pub(crate) fn read_router(store: Store) -> Router {
    router(store).layer(middleware::from_fn(only_get))
}

async fn only_get(request: Request, next: Next) -> Response {
    if request.method() == Method::GET { next.run(request).await } else { Status::method_not_allowed().into_response() }
}
