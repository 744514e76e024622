use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use http::{HeaderName, header};
use serde::{Deserialize, Serialize};
use topology::search::{Found, search};

use super::{FIRST_SYNC, Problem, Shared};

/// So many things are found at most.
const MOST: usize = 30;

#[derive(Deserialize)]
pub(super) struct SearchQuery {
    context: Option<String>,
    q: Option<String>,
}

/// Something that was found.
#[derive(Serialize)]
pub(super) struct Answer {
    /// What selects it, as in the page's `select=`.
    select: String,
    /// By what it was found.
    label: String,
    /// The object, as in `Service default/nginx-service`.
    detail: String,
    /// The object's namespace; null for a Node.
    namespace: Option<String>,
    /// 0: it is what was typed; 1: it begins so; 2: it contains it.
    rank: u8,
}

impl From<Found> for Answer {
    fn from(found: Found) -> Self {
        let Found { socket, label, detail, rank } = found;
        let namespace = Some(socket.object.namespace.clone()).filter(|name| !name.is_empty());
        Self { select: socket.selection().to_string(), label, detail, namespace, rank }
    }
}

/// `GET /api/v1/search`: names, addresses, ports and labels in all namespaces, for a page that does not hold them all.
pub(super) async fn search_all(
    State(shared): State<Shared>,
    query: Result<Query<SearchQuery>, QueryRejection>,
) -> Result<([(HeaderName, &'static str); 1], Json<Vec<Answer>>), Problem> {
    let Query(query) =
        query.map_err(|rejection| Problem::bad_request(format!("the query does not parse: {rejection}")))?;
    let text = query.q.filter(|text| !text.trim().is_empty());
    let text = text.ok_or_else(|| Problem::bad_request("q is missing: /api/v1/search?q=TEXT".to_owned()))?;
    let context = query.context.filter(|name| !name.is_empty());
    let lease = shared.contexts.open(context.as_deref())?;
    lease.settled(FIRST_SYNC).await;
    let found = lease.with_view(|view| search(view.index, &text, MOST));
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(found.into_iter().map(Answer::from).collect())))
}
