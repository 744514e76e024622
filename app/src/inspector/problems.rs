//! The inspector without a selection: the problems, and the namespaces of a big cluster.

use leptos::prelude::*;
use topology::cluster::facts::NamespaceCounts;
use topology::graph::{Severity, UnitKey};

use crate::draw::list;
use crate::icons::Icon;
use crate::live::Live;
use crate::problems::{self, ProblemOrder, icon, more, problem_list};
use crate::text::text;
use crate::url::{PageUrl, names};

/// Maximum number of problems that are listed.
const SHOWN: usize = 20;
/// Maximum number of namespaces that are listed.
const NAMESPACES: usize = 50;

/// The problems by cause. A click asks the question that fails.
pub(super) fn problems(live: Live, ask: Callback<(UnitKey,)>) -> AnyView {
    let words = text();
    let all = problems::follow(live);
    let pills = move || {
        let pill =
            |n: usize, class: &'static str, label: String| (n > 0).then(|| view! { <span class=class>{label}</span> });
        let (errors, warnings) = problems::counts(&all.read());
        let bad = pill(errors, "pill bad", words.problems_errors(errors));
        (bad, pill(warnings, "pill warn", words.problems_warnings(warnings)))
    };
    view! {
        <section class="sec" hidden=move || all.read().is_empty()>
            <h2>{words.problems_heading()} {pills}</h2>
            {problem_list(live, all, Signal::stored(ProblemOrder::Cause), SHOWN, ask)}
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
