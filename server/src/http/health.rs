use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::{StatusCode, header};

use super::{Detail, Problem, Shared, metrics};

/// `GET /livez`.
pub(super) async fn alive() -> &'static str {
    "ok\n"
}

/// `GET /readyz`: the server is ready from when it listens until it is told to stop. A cluster that is down does not make it unready,
/// because the page then shows the error.
pub(super) async fn ready(State(shared): State<Shared>) -> Response {
    if shared.shutdown.is_cancelled() {
        return Problem::new(StatusCode::SERVICE_UNAVAILABLE, Detail::Stopping).into_response();
    }
    "ok\n".into_response()
}

/// `GET /metrics`, for Prometheus.
pub(super) async fn metrics(State(shared): State<Shared>) -> Result<Response, Problem> {
    // Beside the thread that answers /livez, because the figures of a context wait for who changes it.
    let encoded = tokio::task::spawn_blocking(move || metrics::encode(&shared.contexts)).await;
    let text = encoded.unwrap_or_else(|failed| std::panic::resume_unwind(failed.into_panic()));
    let text =
        text.map_err(|error| Problem::new(StatusCode::INTERNAL_SERVER_ERROR, Detail::Library(error.to_string())))?;
    let kind = [(header::CONTENT_TYPE, "application/openmetrics-text; version=1.0.0; charset=utf-8")];
    Ok((kind, text).into_response())
}
