use std::sync::Arc;

use app::source::{FirstPaint, Source};
use app::start::Start;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, Request, State};
use axum::response::{IntoResponse, Response};
use http::header;
use leptos::nonce::use_nonce;
use leptos::prelude::{provide_context, use_context};
use leptos_axum::ResponseOptions;
use serde::Deserialize;

use super::{FIRST_SYNC, Problem, Shared, headers, language};

/// The parameters of the page's query that the server reads too.
#[derive(Default, Deserialize)]
pub(super) struct PageQuery {
    context: Option<String>,
    lang: Option<String>,
}

/// `GET /`: the app, rendered with the present data of the context.
pub(super) async fn page(
    State(shared): State<Shared>,
    query: Result<Query<PageQuery>, QueryRejection>,
    request: Request,
) -> Response {
    let PageQuery { context: name, lang } = query.map(|Query(query)| query).unwrap_or_default();
    let name = name.filter(|name| !name.is_empty());
    let context = match shared.contexts.open(name.as_deref()) {
        Ok(context) => context,
        Err(unknown) => {
            return Problem::from(unknown).into_response();
        }
    };
    context.settled(FIRST_SYNC).await;
    let source: Arc<dyn Source> = context.live().clone();
    let start = Start {
        query: request.uri().query().unwrap_or_default().to_owned(),
        context: shared.contexts.current(),
        overview: context.live().is_big(),
        language: language::choose(lang.as_deref(), request.headers()),
        ..Start::default()
    };
    let provide = move || {
        provide_context(FirstPaint(source.clone()));
        provide_context(start.clone());
        // Leptos makes a new nonce for each response.
        let policy = use_nonce().and_then(|nonce| headers::page_policy(&nonce));
        if let (Some(policy), Some(response)) = (policy, use_context::<ResponseOptions>()) {
            response.insert_header(header::CONTENT_SECURITY_POLICY, policy);
        }
    };
    let render = leptos_axum::render_app_async_with_context(provide, app::shell);
    // The picture is drawn while the page is rendered.
    let runtime = tokio::runtime::Handle::current();
    let mut response = match shared.work.run(move |_| Ok(runtime.block_on(render(request)))).await {
        Ok(response) => response,
        Err(not_done) => return Problem::from(not_done).into_response(),
    };
    response.headers_mut().insert(header::CACHE_CONTROL, http::HeaderValue::from_static("no-store"));
    response
}
