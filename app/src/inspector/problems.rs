//! The inspector without a selection: the problems, and the namespaces of a big cluster.

use leptos::prelude::*;
use topology::cluster::facts::NamespaceCounts;
use topology::graph::trouble::tally;
use topology::graph::{Severity, Trouble, UnitKey, UnitKind};

use crate::draw::list;
use crate::icons::Icon;
use crate::live::Live;
use crate::text::text;
use crate::url::{PageUrl, names};

/// Maximum number of problems that are listed.
const SHOWN: usize = 20;
/// Maximum number of namespaces that are listed.
const NAMESPACES: usize = 50;

fn icon(severity: Severity) -> (&'static str, &'static str) {
    match severity {
        Severity::Error => ("i-error", "tone-bad"),
        Severity::Warning => ("i-warning", "tone-warn"),
    }
}

fn name(key: &UnitKey, several: bool) -> String {
    match key.kind {
        UnitKind::Pods | UnitKind::Node => key.object.to_string(),
        _ if several => key.object.to_string(),
        _ => key.object.name.clone(),
    }
}

/// The problems, the most severe first. A click selects the problem's group.
pub(super) fn problems(live: Live, select: Callback<UnitKey>) -> AnyView {
    let words = text();
    let all = Memo::new(move |_| {
        live.model.with_value(|model| {
            model.revision.track();
            model.troubles()
        })
    });
    // Rows whose values do not change keep their elements.
    let row = move |(key, trouble, several): (UnitKey, Trouble, bool)| {
        let (icon, tone) = icon(trouble.severity());
        let label = name(&key, several);
        view! {
            <li>
                <button type="button" on:click=move |_| select.run(key.clone())>
                    <span class=tone><Icon name=icon/></span>
                    <b>{label}</b>
                    <span class=format!("mono {tone}")>{words.trouble_short(&trouble)}</span>
                    <span class="sentence">{words.trouble_text(&trouble)}</span>
                </button>
            </li>
        }
        .into_any()
    };
    let rows = move || {
        let all = all.read();
        let several =
            all.first().is_some_and(|(first, _)| all.iter().any(|(key, _)| key.namespace() != first.namespace()));
        all.iter().take(SHOWN).map(|(key, trouble)| (key.clone(), trouble.clone(), several)).collect()
    };
    let pills = move || {
        let pill =
            |n: usize, class: &'static str, label: String| (n > 0).then(|| view! { <span class=class>{label}</span> });
        let (errors, warnings) = tally(all.read().iter().map(|(_, trouble)| trouble.severity()));
        let bad = pill(errors, "pill bad", words.problems_errors(errors));
        (bad, pill(warnings, "pill warn", words.problems_warnings(warnings)))
    };
    view! {
        <section class="sec" hidden=move || all.read().is_empty()>
            <h2>{words.problems_heading()} {pills}</h2>
            <ul class="problems">{list(rows, row)}</ul>
            <p class="muted">{move || more(all.read().len(), SHOWN)}</p>
        </section>
    }
    .into_any()
}

/// The namespaces of a cluster that is not held as a whole; a click on a name opens it.
pub(super) fn namespaces(live: Live, url: PageUrl) -> AnyView {
    let words = text();
    let all = Memo::new(move |_| {
        live.model.with_value(|model| {
            model.revision.track();
            model.counted_namespaces()
        })
    });
    let count = |n: usize, severity| {
        let (icon, tone) = icon(severity);
        (n > 0).then(|| view! { <span class=tone><Icon name=icon/>{n}</span> }.into_any())
    };
    let row = move |(name, open, counts): (String, bool, NamespaceCounts)| {
        let label = if open {
            view! { <b>{name}</b> }.into_any()
        } else {
            let label = name.clone();
            let add = move |_| {
                let mut held = names(&url.peek("namespaces"));
                held.push(name.clone());
                url.go(&[("namespaces", &held.join(","))]);
            };
            view! { <button type="button" class="link" on:click=add>{label}</button> }.into_any()
        };
        view! {
            <tr>
                <td>{label}</td>
                <td class="right">{counts.services}</td>
                <td class="right">{counts.pods}</td>
                <td class="right counts">{count(counts.errors, Severity::Error)}{count(counts.warnings, Severity::Warning)}</td>
            </tr>
        }
        .into_any()
    };
    let rows = move || all.read().iter().take(NAMESPACES).cloned().collect();
    let open = move || {
        let all = all.read();
        words.namespaces_open_of(all.iter().filter(|(_, open, _)| *open).count(), all.len())
    };
    view! {
        <section class="sec" hidden=move || all.read().is_empty()>
            <h2>{words.namespaces_heading()}<span class="aside">{open}</span></h2>
            <table class="rows namespaces">
                <thead>
                    <tr>
                        <th scope="col">{words.namespaces_namespace()}</th>
                        <th scope="col" class="right">{words.namespaces_services()}</th>
                        <th scope="col" class="right">{words.namespaces_pods()}</th>
                        <th scope="col" class="right">{words.problems_heading()}</th>
                    </tr>
                </thead>
                <tbody>{list(rows, row)}</tbody>
            </table>
            <p class="muted">{move || more(all.read().len(), NAMESPACES)}</p>
        </section>
    }
    .into_any()
}

/// The remark that the list shows only the first rows, if it does.
fn more(count: usize, shown: usize) -> Option<String> {
    count.checked_sub(shown).filter(|more| *more > 0).map(|more| text().inspector_and_more(more))
}
