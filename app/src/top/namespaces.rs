//! The menu of namespaces: it chooses the namespaces that the page holds.

use leptos::prelude::*;

use super::menu::{label, menu};
use crate::conn::Query;
use crate::live::Live;
use crate::text::text;
use crate::url;

/// Maximum number of namespaces that are listed without a field to filter them.
const MAX_WITHOUT_FILTER: usize = 10;
/// Maximum number of open namespaces that the label names; more are counted.
const MAX_NAMED: usize = 3;

/// The menu. Back undoes every tick.
pub(super) fn namespaces_menu(live: Live, query: Memo<Query>) -> AnyView {
    let (words, here) = (text(), url::here());
    let open = RwSignal::new(false);
    let filter = RwSignal::new(String::new());
    // A cluster that is too big to be held shows counts until namespaces are opened.
    let whole = if query.get_untracked().overview { words.top_overview() } else { words.frame_all_namespaces() };
    // The list is made when the menu is opened and does not change while it is open, so that no row moves.
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
                n if n > MAX_NAMED => {
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
        chosen.retain(|other| other != name);
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
            placeholder=words.top_filter_namespaces() hidden=move || list.read().len() <= MAX_WITHOUT_FILTER
            prop:value=move || filter.get() on:input=move |event| filter.set(event_target_value(&event))/>
        <ul>
            <li>
                <label>
                    <input type="checkbox" name="namespace" value="" prop:checked=move || query.read().namespaces.is_empty()
                        on:change=move |event| {
                            here.go(&[("namespaces", "")]);
                            // Ticking a namespace unticks this box; a click on the box itself does not.
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
