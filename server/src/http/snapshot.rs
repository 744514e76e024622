use axum::body::Body;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures::stream;
use http::header;
use serde::Serialize;
use topology::wire::{self, Cursor, ScopeState};

use super::query::ContextQuery;
use super::{FIRST_SYNC, Problem, Shared};
use crate::live::ScopeSnapshot;
use crate::work::Wanted;

/// `GET /api/v1/snapshot`: the rows of some namespaces, and the cursors from which to follow them.
pub(super) async fn snapshot(State(shared): State<Shared>, query: ContextQuery) -> Result<Response, Problem> {
    let context = shared.contexts.open(query.context.as_deref())?;
    context.settled(FIRST_SYNC).await;
    let scopes = move |wanted: &Wanted| context.snapshot(&query.filter, || wanted.check());
    let body = body(shared.work.run(scopes).await?);
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")];
    Ok((headers, body).into_response())
}

#[derive(Serialize)]
struct Head<'a> {
    cursor: Cursor,
    scopes: &'a [ScopeState],
}

/// The document, put together from parts that are already encoded.
fn body(scopes: Vec<ScopeSnapshot>) -> Body {
    let (states, rows): (Vec<ScopeState>, Vec<Bytes>) =
        scopes.into_iter().map(|scope| (scope.state, scope.rows)).unzip();
    let cursor = states.iter().map(|state| state.cursor).min().unwrap_or_default();
    let head = wire::encode(&Head { cursor, scopes: &states });
    let head = head.strip_suffix('}').unwrap_or_default();
    let mut parts = vec![Bytes::from(format!("{head},\"rows\":["))];
    for rows in rows.into_iter().filter(|rows| !rows.is_empty()) {
        if parts.len() > 1 {
            parts.push(Bytes::from_static(b","));
        }
        parts.push(rows);
    }
    parts.push(Bytes::from_static(b"]}"));
    Body::from_stream(stream::iter(parts.into_iter().map(Ok::<Bytes, std::convert::Infallible>)))
}
