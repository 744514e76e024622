use axum::Json;
use axum::extract::State;
use topology::wire::ContextSummary;

use super::Shared;

/// `GET /api/v1/contexts`.
pub(super) async fn list(State(shared): State<Shared>) -> Json<Vec<ContextSummary>> {
    Json(shared.contexts.summaries())
}
