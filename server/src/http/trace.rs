use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use http::{HeaderName, header};
use serde::Deserialize;
use topology::resolve::Cluster;
use topology::trace::Trace;

use super::{FIRST_SYNC, Problem, Shared};
use crate::trace::Question;

#[derive(Deserialize)]
pub(super) struct TraceQuery {
    context: Option<String>,
    from: Option<String>,
    to: Option<String>,
    node: Option<String>,
}

/// `GET /api/v1/trace`: where a packet goes. A broken path is an answer like any other.
pub(super) async fn trace(
    State(shared): State<Shared>,
    query: Result<Query<TraceQuery>, QueryRejection>,
) -> Result<([(HeaderName, &'static str); 1], Json<Trace>), Problem> {
    let Query(query) =
        query.map_err(|rejection| Problem::bad_request(format!("the query does not parse: {rejection}")))?;
    let needed = |name: &str, text: Option<String>| {
        let text = text.filter(|text| !text.is_empty());
        text.ok_or_else(|| Problem::bad_request(format!("{name} is missing: /api/v1/trace?from=SRC&to=DST[&node=N]")))
    };
    let (from, to) = (needed("from", query.from)?, needed("to", query.to)?);
    let question = Question::parse(["from", "to"], &from, &to, query.node.as_deref()).map_err(Problem::bad_request)?;
    let context = query.context.filter(|name| !name.is_empty());
    let lease = shared.contexts.open(context.as_deref())?;
    lease.settled(FIRST_SYNC).await;
    let trace = lease.with_view(|view| {
        let cluster = Cluster { index: view.index, coverage: view.coverage, settings: view.settings };
        question.answer(cluster, ["from", "node"])
    });
    trace.map(|trace| ([(header::CACHE_CONTROL, "no-store")], Json(trace))).map_err(Problem::bad_request)
}
