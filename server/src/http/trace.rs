use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use http::header;
use serde::Deserialize;
use tokio::time::Instant;
use topology::cluster::view::Cluster;
use topology::path::document::TraceDocument;
use words::Language;

use super::query::given;
use super::{Detail, FIRST_SYNC, Problem, Shared};
use crate::question::{AskError, Question};
use crate::work::Wanted;

#[derive(Deserialize)]
pub(super) struct TraceQuery {
    context: Option<String>,
    from: Option<String>,
    to: Option<String>,
    node: Option<String>,
    output: Option<String>,
    lang: Option<String>,
}

/// `GET /api/v1/trace`: where a packet goes. A broken path is an answer like any other.
pub(super) async fn trace(
    State(shared): State<Shared>,
    query: Result<Query<TraceQuery>, QueryRejection>,
) -> Result<Response, Problem> {
    let Query(query) =
        query.map_err(|rejection| Problem::bad_request(Detail::QueryDoesNotParse(rejection.to_string())))?;
    let needed = |name: &'static str, text: Option<String>| {
        let text = text.filter(|text| !text.is_empty());
        text.ok_or_else(|| Problem::bad_request(Detail::Missing(name, "/api/v1/trace?from=SRC&to=DST[&node=N]")))
    };
    let (from, to) = (needed("from", query.from)?, needed("to", query.to)?);
    // An answer is English unless another language is asked for.
    let words = query.lang.as_deref().and_then(Language::of_tag).unwrap_or_default().words();
    let wrong = |error: AskError| Problem::bad_request(Detail::Question(error));
    let question = Question::parse(["from", "to"], &from, &to, query.node.as_deref()).map_err(wrong)?;
    let as_text = match given(query.output).as_deref() {
        None | Some("json") => false,
        Some("text") => true,
        Some(other) => {
            return Err(Problem::bad_request(Detail::NoChoice("output", other.to_owned(), ["json", "text"])));
        }
    };
    let context = query.context.filter(|name| !name.is_empty());
    let lease = shared.contexts.open(context.as_deref())?;
    lease.settled(FIRST_SYNC).await;
    let metrics = shared.contexts.metrics().clone();
    let answer = move |wanted: &Wanted| {
        let began = Instant::now();
        let answer = lease.with_view(|view| {
            let cluster = Cluster { index: view.index, coverage: view.coverage, settings: view.settings };
            let trace = match question.answer(cluster, ["from", "node"]) {
                Ok(trace) => trace,
                Err(error) => return Ok(Err(error)),
            };
            wanted.check()?;
            // The text also names what the trace left out, so it is written while the index is at hand.
            Ok(Ok(match as_text {
                true => question.shown(&trace, view.index, words).into_response(),
                false => Json(TraceDocument::new(&trace, words)).into_response(),
            }))
        });
        metrics.traced(began.elapsed());
        answer
    };
    let answer = shared.work.run(answer).await?.map_err(wrong)?;
    Ok(([(header::CACHE_CONTROL, "no-store")], answer).into_response())
}
