//! The menu of namespaces: which of them the page holds.

use leptos::prelude::*;

use super::menu::{label, menu};
use crate::conn::Query;
use crate::live::Live;
use crate::text::text;
use crate::url;

/// With more namespaces than this there is a field to filter them.
const MANY: usize = 10;
/// More open ones than this are counted, not named.
const NAMED: usize = 3;

/// The menu. Every tick is a step that Back undoes.
pub(super) fn namespaces_menu(live: Live, query: Memo<Query>) -> AnyView {
    let (words, here) = (text(), url::here());
    let open = RwSignal::new(false);
    let filter = RwSignal::new(String::new());
    // A cluster that is too big for all at once is counted until some are opened.
    let whole = if query.get_untracked().overview { words.top_overview() } else { words.frame_all_namespaces() };
    // Made when the menu is opened, and then left alone: nothing moves while somebody chooses.
    let loaded = Memo::new(move |_| live.loaded.get());
    let list = Memo::new(move |_| {
        let (open, _) = (open.get(), loaded.get());
        let chosen = query.get_untracked().namespaces;
        if open { live.model.with_value(|model| model.namespaces(&chosen)) } else { Vec::new() }
    });
    let shown = whole.clone();
    let value = move || {
        live.model.with_value(|model| {
            let chosen = query.get().namespaces;
            match chosen.len() {
                0 => shown.clone(),
                n if n > NAMED => {
                    model.revision.track();
                    words.top_some_of(n, model.namespace_count().max(n))
                }
                _ => chosen.join(", "),
            }
        })
    };
    let toggle = move |name: &str| {
        let mut chosen = query.get_untracked().namespaces;
        let before = chosen.len();
        chosen.retain(|own| own != name);
        if chosen.len() == before {
            chosen.push(name.to_owned());
        }
        chosen.sort();
        here.go(&[("namespaces", &chosen.join(","))]);
    };
    let known = move || live.model.with_value(crate::model::Model::knows_namespaces);
    let line = move |(name, found): (String, bool)| {
        let missing = match (found, known()) {
            (true, _) => String::new(),
            (false, true) => words.top_not_in_cluster(),
            (false, false) => words.top_not_known(),
        };
        let (value, matched, ticked, changed) = (name.clone(), name.clone(), name.clone(), name.clone());
        let hidden = move || filter.with(|filter| !matched.contains(filter.as_str()));
        let checked = move || query.read().namespaces.contains(&ticked);
        view! {
            <li hidden=hidden>
                <label>
                    <input type="checkbox" name="namespace" value=value prop:checked=checked on:change=move |_| toggle(&changed)/>
                    <span class="name">{name}</span>
                    <span class="tone-warn">{missing}</span>
                </label>
            </li>
        }
        .into_any()
    };
    let panel = view! {
        <input type="search" class="filter" autocomplete="off" spellcheck="false" aria-label=words.top_filter_namespaces()
            placeholder=words.top_filter_namespaces() hidden=move || list.read().len() <= MANY
            prop:value=move || filter.get() on:input=move |event| filter.set(event_target_value(&event))/>
        <ul>
            <li>
                <label>
                    <input type="checkbox" name="namespace" value="" prop:checked=move || query.read().namespaces.is_empty()
                        on:change=move |event| {
                            here.go(&[("namespaces", "")]);
                            // It is unticked by choosing one, not by itself.
                            event_target::<web_sys::HtmlInputElement>(&event).set_checked(true);
                        }/>
                    <span class="name">{whole}</span>
                </label>
            </li>
            {move || list.get().into_iter().map(line).collect_view()}
        </ul>
    };
    menu("namespaces", label(words.frame_namespaces(), "namespaces", value), open, panel.into_any())
}
