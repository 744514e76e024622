//! The page's URL: what is shown and selected is in its query, so that a reload or a copied link shows the same.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};
use leptos_router::location::Url;
use topology::socket::Selection;

use crate::conn::Query;
use crate::question::Question;

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

/// What the URL asks; a `select` that is no selection selects nothing.
pub fn question() -> Memo<Question> {
    let map = use_query_map();
    Memo::new(move |_| {
        let map = map.read();
        let text = |name| map.get_str(name).map(str::trim).unwrap_or_default().to_owned();
        Question { select: map.get_str("select").and_then(Selection::parse), from: text("from"), to: text("to") }
    })
}

/// Puts a question into the URL in place of the one that is there; the rest of the query stays. Back undoes it.
pub fn asker() -> impl Fn(&Question) + Clone + 'static {
    let (map, navigate) = (use_query_map(), use_navigate());
    move |question| {
        let before = map.get_untracked();
        let mut pairs: Vec<String> = before
            .into_iter()
            .filter(|(name, _)| !["select", "from", "to"].contains(&&**name))
            .map(|(name, value)| format!("{}={}", Url::escape(&name), Url::escape(&value)))
            .collect();
        let select = question.select.as_ref().map(ToString::to_string).unwrap_or_default();
        let asked = [("from", &question.from), ("to", &question.to), ("select", &select)];
        let asked = asked.into_iter().filter(|(_, text)| !text.is_empty());
        pairs.extend(asked.map(|(name, text)| format!("{name}={}", Url::escape(text))));
        let query = if pairs.is_empty() { "/".to_owned() } else { format!("/?{}", pairs.join("&")) };
        navigate(&query, NavigateOptions { scroll: false, ..NavigateOptions::default() });
    }
}
