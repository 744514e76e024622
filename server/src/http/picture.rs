use std::hash::{DefaultHasher, Hash, Hasher};

use app::source::ContextView;
use app::still::{PictureParams, Theme, svg};
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, RawQuery, State};
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, StatusCode, header};
use serde::Deserialize;
use topology::graph::socket::Selection;
use topology::wire::log::ScopeFilter;
use topology::wire::{self, Cursor};
use words::Language;

use super::query::{ContextQuery, given};
use super::{Detail, FIRST_SYNC, Problem, Shared};
use crate::live::Live;
use crate::work::{NotDone, Wanted};

/// The parameters of the page's query that select what is lit and how it is drawn.
#[derive(Deserialize)]
pub(super) struct PictureQuery {
    select: Option<String>,
    from: Option<String>,
    to: Option<String>,
    lang: Option<String>,
    theme: Option<String>,
}

/// `GET /graph.svg`: the picture of the page's first response as a document of its own.
pub(super) async fn picture(
    State(shared): State<Shared>,
    context: ContextQuery,
    query: Result<Query<PictureQuery>, QueryRejection>,
    RawQuery(raw): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let Query(query) =
        query.map_err(|rejection| Problem::bad_request(Detail::QueryDoesNotParse(rejection.to_string())))?;
    let select = match given(query.select) {
        None => None,
        Some(text) => {
            Some(Selection::parse(&text).ok_or_else(|| Problem::bad_request(Detail::NoSelection("select", text)))?)
        }
    };
    let theme = match given(query.theme) {
        None => Theme::default(),
        Some(text) => Theme::parse(&text)
            .ok_or_else(|| Problem::bad_request(Detail::NoChoice("theme", text, ["light", "dark"])))?,
    };
    let lease = shared.contexts.open(context.context.as_deref())?;
    lease.settled(FIRST_SYNC).await;
    let params = PictureParams {
        context: context.context.unwrap_or_else(|| shared.contexts.current()),
        namespaces: match context.filter {
            ScopeFilter::All => Vec::new(),
            ScopeFilter::Namespaces(names) => names.into_iter().collect(),
        },
        query: raw.unwrap_or_default(),
        overview: lease.live().is_big(),
        select,
        from: trimmed(query.from),
        to: trimmed(query.to),
        language: query.lang.as_deref().and_then(Language::of_tag).unwrap_or_default(),
        theme,
        at: jiff::Timestamp::now().strftime("%F %T UTC").to_string(),
    };
    shared.work.run(move |wanted| draw(lease.live(), &params, &headers, wanted)).await?
}

fn trimmed(text: Option<String>) -> String {
    text.map(|text| text.trim().to_owned()).unwrap_or_default()
}

/// The picture, unless the client has it.
fn draw(
    live: &Live,
    params: &PictureParams,
    headers: &HeaderMap,
    wanted: &Wanted,
) -> Result<Result<Response, Problem>, NotDone> {
    let tag = live.with_view(|view| tag(live, view, &params.query));
    let cached = [(header::CACHE_CONTROL, "private, max-age=5".to_owned()), (header::ETAG, tag.clone())];
    if known(headers, &tag) {
        return Ok(Ok((StatusCode::NOT_MODIFIED, cached).into_response()));
    }
    wanted.check()?;
    let document = match svg(live, params) {
        Ok(document) => document,
        Err(problem) => return Ok(Err(Problem::bad_request(Detail::Picture(problem)))),
    };
    let kind = [
        (header::CONTENT_TYPE, "image/svg+xml"),
        // The picture runs nothing and fetches nothing, so its policy allows nothing.
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        ),
    ];
    Ok(Ok((cached, kind, document).into_response()))
}

/// The ETag: it changes with the rows, the state and the query, but not with the time that the picture shows. It is weak because of that
/// time.
fn tag(live: &Live, view: ContextView<'_>, query: &str) -> String {
    let Cursor { epoch, seq } = live.log().cursor(view.seq);
    let mut hasher = DefaultHasher::new();
    query.hash(&mut hasher);
    wire::encode(view.status).hash(&mut hasher);
    format!("W/\"{epoch:08x}-{seq}-{:016x}\"", hasher.finish())
}

/// Whether the client has this version (RFC 9110 §13.1.2: a weak comparison).
fn known(headers: &HeaderMap, tag: &str) -> bool {
    let opaque = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    let lists = headers.get_all(header::IF_NONE_MATCH).into_iter().filter_map(|list| list.to_str().ok());
    lists.flat_map(|list| list.split(',')).any(|one| one.trim() == "*" || opaque(one) == opaque(tag))
}
