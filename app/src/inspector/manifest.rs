//! The manifest of the selected object: the lines responsible for the socket, and all lines on demand.

use leptos::html;
use leptos::prelude::*;
use topology::wire::ObjectManifest;
use wasm_bindgen::JsCast;
use web_sys::{HtmlDivElement, HtmlElement};

use super::answer::DetailAnswer;
use crate::export::CopyButton;
use crate::text::text;

/// Number of lines shown before and after a responsible line.
const AROUND: usize = 3;
/// Number of lines shown if no line is responsible.
const FIRST: usize = 8;

/// Consecutive lines that are all responsible, or all not.
#[derive(Debug, PartialEq, Eq)]
struct Run {
    /// The number of the first line, from 1.
    first: usize,
    lines: Vec<String>,
    responsible: bool,
    /// Whether lines before this run are left out.
    gap: bool,
}

/// The lines to show, in as few runs as possible, because a manifest may have thousands of lines.
fn runs(yaml: &str, responsible: &[usize], all: bool) -> Vec<Run> {
    let near = |line: usize| responsible.iter().any(|number| number.abs_diff(line) <= AROUND);
    let shown = |line: usize| all || near(line) || (responsible.is_empty() && line <= FIRST);
    let mut runs: Vec<Run> = Vec::new();
    for (number, line) in (1..).zip(yaml.lines()).filter(|(number, _)| shown(*number)) {
        let is_responsible = responsible.binary_search(&number).is_ok();
        let next = runs.last().map_or(1, |run| run.first + run.lines.len());
        match runs.last_mut().filter(|run| next == number && run.responsible == is_responsible) {
            Some(run) => run.lines.push(line.to_owned()),
            None => runs.push(Run {
                first: number,
                lines: vec![line.to_owned()],
                responsible: is_responsible,
                gap: next != number,
            }),
        }
    }
    runs
}

fn drawn(run: Run) -> AnyView {
    let numbers: Vec<String> = (run.first..).take(run.lines.len()).map(|number| number.to_string()).collect();
    let class = match (run.responsible, run.gap) {
        (true, false) => "run on",
        (true, true) => "run on gap",
        (false, true) => "run gap",
        (false, false) => "run",
    };
    view! { <div class=class><span aria-hidden="true">{numbers.join("\n")}</span><code>{run.lines.join("\n")}</code></div> }
        .into_any()
}

/// The object's kind and name, for example `Service default/nginx-service`.
fn object_name(manifest: &ObjectManifest) -> String {
    let ObjectManifest { kind, namespace, name, .. } = manifest;
    match namespace {
        Some(namespace) => format!("{kind} {namespace}/{name}"),
        None => format!("{kind} {name}"),
    }
}

/// The section; hidden until there is an answer.
pub(super) fn section(answer: RwSignal<DetailAnswer>) -> AnyView {
    let words = text();
    let all = RwSignal::new(false);
    let lines = NodeRef::<html::Div>::new();
    // The manifest of a newly selected object is folded.
    let object = Memo::new(move |_| match &*answer.read() {
        DetailAnswer::Manifest(manifest) => Some(object_name(manifest)),
        _ => None,
    });
    Effect::new(move |_| {
        object.track();
        all.set(false);
    });
    Effect::new(move |_| {
        if let (true, Some(lines)) = (all.get(), lines.get_untracked()) {
            // The lines are in the document in the next frame.
            request_animation_frame(move || scroll_to_responsible(&lines));
        }
    });
    let body = move || match &*answer.read() {
        DetailAnswer::Manifest(manifest) => {
            runs(&manifest.yaml, &manifest.lines, all.get()).into_iter().map(drawn).collect_view().into_any()
        }
        _ => ().into_any(),
    };
    let wrong = move || match &*answer.read() {
        DetailAnswer::Failed(failure) => Some(words.details_manifest_trouble(failure.text(words))),
        _ => None,
    };
    let hidden = move || matches!(*answer.read(), DetailAnswer::Nothing | DetailAnswer::Changes(_));
    let yaml = move || match &*answer.read() {
        DetailAnswer::Manifest(manifest) => manifest.yaml.clone(),
        _ => String::new(),
    };
    view! {
        <section class="sec manifest" hidden=hidden>
            <h2>{words.details_manifest()}<span class="aside">{move || object.get()}</span></h2>
            <p class="muted" hidden=move || wrong().is_none()>{wrong}</p>
            <div hidden=move || object.read().is_none()>
                <div class="yaml" class:all=move || all.get() tabindex="0" role="group" aria-label=words.details_manifest() node_ref=lines>{body}</div>
                <div class="tools">
                    <button type="button" class="quiet" aria-expanded=move || if all.get() { "true" } else { "false" }
                        on:click=move |_| all.update(|all| *all = !*all)>
                        {move || if all.get() { words.details_show_less() } else { words.details_show_all() }}
                    </button>
                    <CopyButton label=words.details_copy_manifest() what=Callback::new(move |()| yaml())/>
                </div>
            </div>
        </section>
    }
    .into_any()
}

/// Scrolls the box so that the first responsible line is in its middle; the page itself does not scroll.
fn scroll_to_responsible(lines: &HtmlDivElement) {
    let found = lines.query_selector(".on").ok().flatten();
    if let Some(first) = found.and_then(|run| run.dyn_into::<HtmlElement>().ok()) {
        lines.set_scroll_top(first.offset_top() - lines.client_height() / 2);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(lines: &[usize], all: bool) -> Vec<(usize, usize, bool, bool)> {
        let yaml: String = (1..=20).map(|n| format!("line{n}: {n}\n")).collect();
        runs(&yaml, lines, all).iter().map(|run| (run.first, run.lines.len(), run.responsible, run.gap)).collect()
    }

    #[test]
    fn the_responsible_lines_are_shown_with_three_around_them() {
        assert_eq!(shown(&[9, 10], false), [(6, 3, false, true), (9, 2, true, false), (11, 3, false, false)]);
        assert_eq!(
            shown(&[1, 12], false),
            [
                (1, 1, true, false),
                (2, 3, false, false),
                (9, 3, false, true),
                (12, 1, true, false),
                (13, 3, false, false)
            ]
        );
        assert_eq!(shown(&[], false), [(1, 8, false, false)]);
    }

    #[test]
    fn all_lines_are_shown_on_demand() {
        assert_eq!(shown(&[9, 10], true), [(1, 8, false, false), (9, 2, true, false), (11, 10, false, false)]);
    }
}
