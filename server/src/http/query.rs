use std::collections::BTreeSet;

use axum::extract::{FromRequestParts, Query};
use http::request::Parts;
use serde::Deserialize;
use topology::wire::Cursor;

use super::Problem;
use crate::log::Filter;

/// The query of every path that reads a context.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ContextQuery {
    /// The context; `None` is the current one.
    pub context: Option<String>,
    /// The namespaces.
    pub filter: Filter,
    /// Where a stream resumes.
    pub since: Option<Cursor>,
}

#[derive(Deserialize)]
struct Raw {
    context: Option<String>,
    namespaces: Option<String>,
    since: Option<String>,
    overview: Option<String>,
}

impl<S: Send + Sync> FromRequestParts<S> for ContextQuery {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let Query(raw) = Query::<Raw>::from_request_parts(parts, state)
            .await
            .map_err(|rejection| Problem::bad_request(format!("the query does not parse: {rejection}")))?;
        let overview = match given(raw.overview).as_deref() {
            None | Some("false") => false,
            Some("true") => true,
            Some(other) => return Err(Problem::bad_request(format!("overview: `{other}` is neither true nor false"))),
        };
        let since = given(raw.since).map(|text| cursor("since", &text)).transpose()?;
        Ok(Self {
            context: given(raw.context),
            filter: filter(raw.namespaces.as_deref().unwrap_or_default(), overview)?,
            since,
        })
    }
}

/// An empty parameter is the same as none.
fn given(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.is_empty())
}

/// A cursor, from the parameter or header of this name.
pub(super) fn cursor(name: &str, text: &str) -> Result<Cursor, Problem> {
    text.parse().map_err(|error| Problem::bad_request(format!("{name} `{text}` is {error}")))
}

/// Without names: all namespaces, but for an overview none.
fn filter(text: &str, overview: bool) -> Result<Filter, Problem> {
    let names: BTreeSet<String> =
        text.split(',').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect();
    if let Some(wrong) = names.iter().find(|name| !is_namespace(name)) {
        return Err(Problem::bad_request(format!("namespaces: `{wrong}` cannot be a namespace's name")));
    }
    Ok(if names.is_empty() && !overview { Filter::All } else { Filter::Namespaces(names) })
}

/// Whether a namespace can have this name (an RFC 1123 label).
pub(crate) fn is_namespace(name: &str) -> bool {
    let inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=63).contains(&name.len()) && name.bytes().all(inner) && !name.starts_with('-') && !name.ends_with('-')
}
