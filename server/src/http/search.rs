use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use http::{HeaderName, header};
use serde::Deserialize;
use topology::find::search::{SearchMatch, search};
use topology::wire::SearchHit;

use super::{Detail, FIRST_SYNC, Problem, Shared};
use crate::work::Wanted;

/// Maximum number of results.
const MAX_RESULTS: usize = 30;

#[derive(Deserialize)]
pub(super) struct SearchQuery {
    context: Option<String>,
    q: Option<String>,
}

fn hit(found: SearchMatch) -> SearchHit {
    let SearchMatch { socket, label, detail, rank } = found;
    let namespace = Some(socket.object.namespace.clone()).filter(|name| !name.is_empty());
    SearchHit { select: socket.selection().to_string(), label, detail, namespace, rank }
}

/// `GET /api/v1/search`: finds names, addresses, ports and labels in all namespaces, for a page that does not hold all rows.
pub(super) async fn search_all(
    State(shared): State<Shared>,
    query: Result<Query<SearchQuery>, QueryRejection>,
) -> Result<([(HeaderName, &'static str); 1], Json<Vec<SearchHit>>), Problem> {
    let Query(query) =
        query.map_err(|rejection| Problem::bad_request(Detail::QueryDoesNotParse(rejection.to_string())))?;
    let text = query.q.filter(|text| !text.trim().is_empty());
    let text = text.ok_or_else(|| Problem::bad_request(Detail::Missing("q", "/api/v1/search?q=TEXT")))?;
    let context = query.context.filter(|name| !name.is_empty());
    let lease = shared.contexts.open(context.as_deref())?;
    lease.settled(FIRST_SYNC).await;
    let find = move |_: &Wanted| Ok(lease.with_view(|view| search(view.index, &text, MAX_RESULTS)));
    let found = shared.work.run(find).await?;
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(found.into_iter().map(hit).collect())))
}
