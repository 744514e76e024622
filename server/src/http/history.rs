use axum::Json;
use axum::extract::State;
use http::{HeaderName, header};
use topology::wire::ObjectChange;

use super::query::ObjectQuery;
use super::{FIRST_SYNC, Problem, Shared};

/// `GET /api/v1/history`: the recent changes of one object, newest first; empty for an unknown object.
pub(super) async fn history(
    State(shared): State<Shared>,
    query: ObjectQuery,
) -> Result<([(HeaderName, &'static str); 1], Json<Vec<ObjectChange>>), Problem> {
    let lease = shared.contexts.open(query.context.as_deref())?;
    lease.settled(FIRST_SYNC).await;
    let history = shared.work.run(move |_| Ok(lease.history(query.kind, &query.key))).await?;
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(history)))
}
