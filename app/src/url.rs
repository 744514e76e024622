//! The page's URL: what is shown and selected is in its query, so that a reload or a copied link shows the same.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};
use leptos_router::location::Url;
use topology::socket::Selection;

use crate::conn::Query;

/// What of the cluster the URL asks for.
pub fn query() -> Memo<Query> {
    let map = use_query_map();
    Memo::new(move |_| {
        let map = map.read();
        let namespaces = map.get_str("namespaces").unwrap_or_default();
        Query {
            context: map.get("context").filter(|name| !name.is_empty()),
            namespaces: namespaces
                .split(',')
                .map(str::trim)
                .filter(|name| !name.is_empty())
                .map(str::to_owned)
                .collect(),
        }
    })
}

/// What the URL selects; a text that is no selection selects nothing.
pub fn selection() -> Memo<Option<Selection>> {
    let map = use_query_map();
    Memo::new(move |_| map.read().get_str("select").and_then(Selection::parse))
}

/// Puts a selection into the URL, or takes it out; the rest of the query stays. Back undoes it.
pub fn selector() -> impl Fn(Option<&Selection>) + Clone + 'static {
    let (map, navigate) = (use_query_map(), use_navigate());
    move |selection| {
        let before = map.get_untracked();
        let mut pairs: Vec<String> = before
            .into_iter()
            .filter(|(name, _)| name != "select")
            .map(|(name, value)| format!("{}={}", Url::escape(&name), Url::escape(&value)))
            .collect();
        pairs.extend(selection.map(|selection| format!("select={}", Url::escape(&selection.to_string()))));
        let query = if pairs.is_empty() { "/".to_owned() } else { format!("/?{}", pairs.join("&")) };
        navigate(&query, NavigateOptions { scroll: false, ..NavigateOptions::default() });
    }
}
