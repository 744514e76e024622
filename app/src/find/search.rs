//! The search by a name, an address, a port, a label, or a part of one. The chosen hit is selected.

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use topology::graph::socket::Selection;

use super::hit::Hit;
use super::server_hits;
use crate::canvas::keys::focus_selected;
use crate::draw::glyph_of;
use crate::icons::Icon;
use crate::live::Live;
use crate::text::text;

/// The search field, and the hits below it.
#[component]
pub fn Search(
    /// The page's data.
    live: Live,
    /// The search field, which the key `/` focuses.
    field: NodeRef<html::Input>,
    /// Called with the chosen hit's selection.
    on_select: Callback<(Option<Selection>,)>,
) -> AnyView {
    let words = text();
    let url = crate::url::here();
    let typed = RwSignal::new(String::new());
    let active = RwSignal::new(0_usize);
    let open = RwSignal::new(false);
    let found = Memo::new(move |_| {
        let text = typed.get();
        live.model.with_value(|model| {
            model.revision.track();
            if text.trim().is_empty() { Vec::new() } else { model.search(&text) }
        })
    });
    let afar = server_hits::follow(live, typed);
    let hits = Memo::new(move |_| {
        let mut hits: Vec<Hit> = found.get().into_iter().map(Hit::from).collect();
        afar.with(|afar| {
            hits.extend(
                afar.iter()
                    .filter(|hit| hits.iter().all(|known| known.selection != hit.selection))
                    .cloned()
                    .collect::<Vec<_>>(),
            )
        });
        hits
    });
    let choose = move |n: usize| {
        let chosen = hits.with_untracked(|hits| hits.get(n).cloned());
        if let Some(hit) = chosen {
            open.set(false);
            if let Some(namespace) = &hit.opens {
                let names = url.with_namespace(namespace);
                url.go(&[("namespaces", &names)]);
            }
            let short = live.model.with_value(|model| model.selection_of(hit.selection));
            on_select.run((Some(short),));
            if let Some(field) = field.get_untracked() {
                // Fails only if the element is no longer in the document; then it has no focus.
                let _ = field.blur();
            }
            focus_selected();
        }
    };
    let keys = move |event: KeyboardEvent| {
        let count = hits.with_untracked(Vec::len);
        match event.key().as_str() {
            "ArrowDown" if count > 0 => active.update(|active| *active = (*active + 1) % count),
            "ArrowUp" if count > 0 => active.update(|active| *active = (*active + count - 1) % count),
            "Enter" => choose(active.get_untracked()),
            "Escape" => {
                open.set(false);
                typed.set(String::new());
                if let Some(field) = field.get_untracked() {
                    let _ = field.blur();
                }
            }
            _ => return,
        }
        event.prevent_default();
    };
    let shown = move || open.get() && !typed.read().trim().is_empty();
    let option = move |(n, one): (usize, Hit)| {
        view! {
            <li role="option" id=format!("found-{n}") aria-selected=move || if active.get() == n { "true" } else { "false" }
                on:mousedown=move |event| { event.prevent_default(); choose(n) }>
                <Icon name=glyph_of(one.selection.kind).trim_start_matches('#')/>
                <b class="mono">{one.label}</b>
                <span>{one.detail}</span>
            </li>
        }
    };
    let options = move || hits.get().into_iter().enumerate().map(option).collect_view();
    let none = move || (shown() && hits.read().is_empty()).then_some(words.find_nothing());
    view! {
        <div class="search">
            <Icon name="i-search"/>
            <input type="search" placeholder=words.find_search() aria-label=words.find_search_label() role="combobox" aria-autocomplete="list"
                aria-expanded=move || if shown() { "true" } else { "false" } aria-controls="found" autocomplete="off" spellcheck="false"
                aria-activedescendant=move || (shown() && !hits.read().is_empty()).then(|| format!("found-{}", active.get())) node_ref=field prop:value=move || typed.get()
                on:input=move |event| { typed.set(event_target_value(&event)); active.set(0); open.set(true) }
                on:focus=move |_| open.set(true) on:blur=move |_| open.set(false) on:keydown=keys/>
            <kbd aria-hidden="true">"/"</kbd>
            <div class="pop found" hidden=move || !shown()>
                <ul role="listbox" id="found" aria-label=words.find_search_label()>{options}</ul>
                <p class="muted">{none}</p>
            </div>
        </div>
    }
    .into_any()
}
