use std::collections::BTreeSet;

use axum::extract::{FromRequestParts, Query};
use http::request::Parts;
use serde::Deserialize;
use topology::cluster::key::{Kind, ObjectKey};
use topology::cluster::name::is_namespace;
use topology::wire::log::ScopeFilter;
use topology::wire::{Cursor, NotACursor};

use super::{Detail, Problem};

/// The query of every path that reads a context.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ContextQuery {
    /// The context; `None` is the current one.
    pub context: Option<String>,
    /// The namespaces.
    pub filter: ScopeFilter,
    /// Where a stream resumes.
    pub since: Option<Cursor>,
    /// Whether a stream is kept alive by events rather than by comments.
    pub alive: bool,
}

#[derive(Deserialize)]
struct Raw {
    context: Option<String>,
    namespaces: Option<String>,
    since: Option<String>,
    overview: Option<String>,
    alive: Option<String>,
}

impl<S: Send + Sync> FromRequestParts<S> for ContextQuery {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let Query(raw) = Query::<Raw>::from_request_parts(parts, state)
            .await
            .map_err(|rejection| Problem::bad_request(Detail::QueryDoesNotParse(rejection.to_string())))?;
        let flag = |name: &'static str, text: Option<String>| match given(text).as_deref() {
            None | Some("false") => Ok(false),
            Some("true") => Ok(true),
            Some(other) => Err(Problem::bad_request(Detail::NoFlag(name, other.to_owned()))),
        };
        let (overview, alive) = (flag("overview", raw.overview)?, flag("alive", raw.alive)?);
        let since = given(raw.since).map(|text| cursor("since", &text)).transpose()?;
        Ok(Self {
            context: given(raw.context),
            filter: filter(raw.namespaces.as_deref().unwrap_or_default(), overview)?,
            since,
            alive,
        })
    }
}

/// The query of a path that is about one object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ObjectQuery {
    /// The context; `None` is the current one.
    pub context: Option<String>,
    /// The object's kind.
    pub kind: Kind,
    /// Its namespace and name.
    pub key: ObjectKey,
    /// The text of a socket, `SOCKET:ADDRESS[@OBJECT]`.
    pub socket: Option<String>,
}

#[derive(Deserialize)]
struct RawObject {
    context: Option<String>,
    kind: Option<String>,
    namespace: Option<String>,
    name: Option<String>,
    socket: Option<String>,
}

impl<S: Send + Sync> FromRequestParts<S> for ObjectQuery {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let Query(raw) = Query::<RawObject>::from_request_parts(parts, state)
            .await
            .map_err(|rejection| Problem::bad_request(Detail::QueryDoesNotParse(rejection.to_string())))?;
        let missing = |what| Problem::bad_request(Detail::Missing(what, "?kind=KIND&namespace=NS&name=NAME"));
        let kind = given(raw.kind).ok_or_else(|| missing("kind"))?;
        let kind = Kind::parse(&kind).ok_or_else(|| Problem::bad_request(Detail::NoKind(kind)))?;
        let name = given(raw.name).ok_or_else(|| missing("name"))?;
        let key = match (given(raw.namespace), kind.namespaced()) {
            (Some(namespace), true) if is_namespace(&namespace) => ObjectKey::new(namespace, name),
            (Some(wrong), true) => {
                return Err(Problem::bad_request(Detail::NoNamespace("namespace", wrong)));
            }
            (None, true) => return Err(missing("namespace")),
            (None, false) => ObjectKey::cluster(name),
            (Some(_), false) => return Err(Problem::bad_request(Detail::NotNamespaced(kind))),
        };
        Ok(Self { context: given(raw.context), kind, key, socket: given(raw.socket) })
    }
}

/// An empty parameter is the same as none.
pub(super) fn given(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.is_empty())
}

/// A cursor, from the parameter or header of this name.
pub(super) fn cursor(name: &'static str, text: &str) -> Result<Cursor, Problem> {
    text.parse().map_err(|NotACursor| Problem::bad_request(Detail::NoCursor(name, text.to_owned())))
}

/// Without names: all namespaces, but for an overview none.
fn filter(text: &str, overview: bool) -> Result<ScopeFilter, Problem> {
    let names: BTreeSet<String> =
        text.split(',').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect();
    if let Some(wrong) = names.iter().find(|name| !is_namespace(name)) {
        return Err(Problem::bad_request(Detail::NoNamespace("namespaces", wrong.clone())));
    }
    Ok(if names.is_empty() && !overview { ScopeFilter::All } else { ScopeFilter::Namespaces(names) })
}
