//! The active filters as chips that can be removed, and the number of groups that are left.

use leptos::prelude::*;
use topology::find::filter::Filter;
use topology::picture::{Arrangement, Look, SceneCounts};

use crate::icons::Icon;
use crate::text::text;
use crate::url::PageUrl;

/// The chips: the text of each, its parameter, and the parameter's value after the chip is removed.
fn chips(look: &Look) -> Vec<(String, &'static str, String)> {
    let words = text();
    let terms = |filter: &Filter, name: &'static str, field: String| {
        let left = |n| filter.without(n).to_string();
        filter
            .chips()
            .into_iter()
            .enumerate()
            .map(|(n, term)| (words.find_chip(&field, term), name, left(n)))
            .collect::<Vec<_>>()
    };
    let mut all = terms(&look.find, "find", words.find_find());
    all.extend(terms(&look.hide, "hide", words.find_hide()));
    all.extend(look.troubled.then(|| (words.find_problems_only(), "problems", String::new())));
    let by_node = look.arrangement == Arrangement::Node;
    all.extend(by_node.then(|| (words.find_by_node(), "by", String::new())));
    all
}

/// The strip of chips; hidden while no filter is active.
#[component]
pub fn Chips(
    /// The page's address.
    url: PageUrl,
    /// The look of the picture, with its filters.
    look: Signal<Look>,
    /// The number of groups that are drawn, and of all.
    shown: Signal<SceneCounts>,
    /// The problem of a filter, as text.
    wrong: Signal<Option<String>>,
) -> AnyView {
    let (words, big) = (text(), crate::url::is_big());
    let all = Memo::new(move |_| look.with(chips));
    let chip = move |(label, name, left): (String, &'static str, String)| {
        let remove = words.find_remove(&label);
        view! {
            <li class="chip-button">
                <span>{label}</span>
                <button type="button" class="plain-button" aria-label=remove on:click=move |_| url.go(&[(name, &left)])><Icon name="i-close" size=12/></button>
            </li>
        }
    };
    let count = move || {
        let SceneCounts { drawn, all, .. } = shown.get();
        if all == 0 && big && url.peek("namespaces").is_empty() {
            words.find_open_first()
        } else if look.read().arrangement == Arrangement::Node {
            words.find_showing_nodes(drawn, all)
        } else {
            words.find_showing(drawn, all)
        }
    };
    view! {
        <div class="chips" hidden=move || all.read().is_empty() && wrong.read().is_none()>
            <ul aria-label=words.find_filters()>{move || all.get().into_iter().map(chip).collect_view()}</ul>
            <p role="status">{count}</p>
            <p class="t-wrong" role="alert">{move || wrong.get()}</p>
        </div>
    }
    .into_any()
}
