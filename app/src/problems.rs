//! The list of problems: what is wrong in the open namespaces. Each row is the question that fails, on a Node where it fails.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use leptos::prelude::*;
use topology::graph::trouble::{TroubleCause, tally};
use topology::graph::{Severity, Trouble, UnitKey, UnitKind};

use crate::draw::list;
use crate::icons::Icon;
use crate::live::Live;
use crate::text::{Words, text};

/// How the list is arranged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ProblemOrder {
    /// Problems with the same cause together, errors first, then those with most objects.
    #[default]
    Cause,
    /// By namespace and name.
    Object,
    /// By the Node on which packets are dropped; what fails everywhere is last.
    Node,
}

/// A problem with the group that has it.
pub type Problem = (UnitKey, Trouble);

/// Problems in the picture's order.
pub type Problems = Vec<Problem>;

/// One line of the list.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Line {
    Heading { severity: Severity, text: String, count: usize },
    Problem { key: UnitKey, trouble: Trouble, several: bool, below: String },
}

/// The problems of the open namespaces.
pub fn follow(live: Live) -> Memo<Problems> {
    Memo::new(move |_| {
        live.model.with_value(|model| {
            model.revision.track();
            model.problems()
        })
    })
}

/// The shape and the colour of a severity.
pub fn icon(severity: Severity) -> (&'static str, &'static str) {
    match severity {
        Severity::Error => ("i-error", "tone-bad"),
        Severity::Warning => ("i-warning", "tone-warn"),
    }
}

/// Number of different causes.
pub fn causes(all: &Problems) -> usize {
    by_cause(all).len()
}

/// The list. `ask` is called with the group of a chosen problem; `shown` limits the number of problems.
pub fn problem_list(
    live: Live,
    all: Memo<Problems>,
    order: Signal<ProblemOrder>,
    shown: usize,
    ask: Callback<(UnitKey,)>,
) -> AnyView {
    let words = text();
    // Lines that do not change keep their elements.
    let line = move |line: Line| match line {
        Line::Heading { severity, text, count } => {
            let (icon, tone) = icon(severity);
            view! { <li class="cause"><span class=tone><Icon name=icon/></span><b>{text}</b><span class="muted">{count}</span></li> }.into_any()
        }
        Line::Problem { key, trouble, several, .. } => {
            let (icon, tone) = icon(trouble.severity());
            let unit = key.to_string();
            let (namespace, name) = name(&key, several);
            view! {
                <li>
                    <button type="button" class="problem" data-problem=unit title=words.trouble_text(&trouble) on:click=move |_| ask.run((key.clone(),))>
                        <span class=tone><Icon name=icon/></span>
                        <span class="of">{namespace}<b>{name}</b></span>
                        <span class=format!("says {tone}")>{words.trouble_verdict(&trouble)}</span>
                    </button>
                </li>
            }
            .into_any()
        }
    };
    let lines = move || {
        let nodes_of = |(key, trouble): &Problem| live.model.with_value(|model| model.troubled_nodes(key, trouble));
        lines(&all.read(), order.get(), shown, nodes_of, words)
    };
    view! {
        <ul class="problems">{list(lines, line)}</ul>
        <p class="muted">{move || more(all.read().len(), shown)}</p>
    }
    .into_any()
}

/// The remark that a list shows only the first rows, if it does.
pub fn more(count: usize, shown: usize) -> Option<String> {
    count.checked_sub(shown).filter(|more| *more > 0).map(|more| text().inspector_and_more(more))
}

/// The namespace, if several are listed, and the name.
fn name(key: &UnitKey, several: bool) -> (String, String) {
    let object = &key.object;
    match key.kind {
        UnitKind::Pods => (String::new(), object.namespace.clone()),
        UnitKind::Service | UnitKind::HostPorts if several => (format!("{}/", object.namespace), object.name.clone()),
        _ => (String::new(), object.name.clone()),
    }
}

fn by_cause(all: &Problems) -> BTreeMap<TroubleCause, Vec<&Problem>> {
    let mut causes: BTreeMap<TroubleCause, Vec<&Problem>> = BTreeMap::new();
    for one in all {
        causes.entry(one.1.cause()).or_default().push(one);
    }
    causes
}

/// The lines of the list. `nodes_of` names the Nodes on which a problem is; none if it is on every Node.
fn lines(
    all: &Problems,
    order: ProblemOrder,
    shown: usize,
    nodes_of: impl Fn(&Problem) -> BTreeSet<String>,
    words: &Words,
) -> Vec<Line> {
    let several =
        all.first().is_some_and(|(first, ..)| all.iter().any(|(key, ..)| key.namespace() != first.namespace()));
    let row = |(key, trouble): &Problem, below: &str| Line::Problem {
        key: key.clone(),
        trouble: trouble.clone(),
        several,
        below: below.to_owned(),
    };
    let group = |text: String, own: Vec<&Problem>| {
        let severity = own.iter().map(|(_, trouble)| trouble.severity()).max().unwrap_or(Severity::Warning);
        let heading = Line::Heading { severity, count: own.len(), text: text.clone() };
        std::iter::once(heading).chain(own.into_iter().map(move |one| row(one, &text))).collect::<Vec<_>>()
    };
    let all_lines: Vec<Line> = match order {
        ProblemOrder::Cause => {
            let mut causes: Vec<_> = by_cause(all).into_iter().collect();
            let worst = |own: &[&Problem]| own.iter().map(|(_, trouble)| trouble.severity()).max();
            causes.sort_by_key(|(cause, own)| (Reverse((worst(own), own.len())), *cause));
            causes.into_iter().flat_map(|(cause, own)| group(words.trouble_heading(cause), own)).collect()
        }
        ProblemOrder::Object => {
            let mut sorted: Vec<_> = all.iter().collect();
            sorted.sort_by(|(one, ..), (other, ..)| one.cmp(other));
            sorted.into_iter().map(|one| row(one, "")).collect()
        }
        ProblemOrder::Node => {
            let mut nodes: BTreeMap<String, Vec<&Problem>> = BTreeMap::new();
            let mut everywhere = Vec::new();
            for one in all {
                let names = nodes_of(one);
                if names.is_empty() {
                    everywhere.push(one);
                }
                names.into_iter().for_each(|name| nodes.entry(name).or_default().push(one));
            }
            let rest = (!everywhere.is_empty()).then(|| group(words.problems_on_every_node(), everywhere));
            nodes.into_iter().map(|(node, own)| group(node, own)).chain(rest).flatten().collect()
        }
    };
    let mut left = shown;
    let mut within = |line: &Line| match line {
        Line::Heading { .. } => left > 0,
        Line::Problem { .. } => left.checked_sub(1).map(|less| left = less).is_some(),
    };
    all_lines.into_iter().filter(|line| within(line)).collect()
}

/// Number of errors and of warnings.
pub fn counts(all: &Problems) -> (usize, usize) {
    tally(all.iter().map(|(_, trouble)| trouble.severity()))
}

#[cfg(test)]
mod tests {
    use topology::cluster::key::ObjectKey;
    use topology::graph::Readiness;
    use topology::path::no_endpoint::NoEndpointCause;

    use super::*;
    use crate::text::Language;

    fn problems() -> Problems {
        let service = |namespace: &str, name: &str| UnitKey::service(ObjectKey::new(namespace, name));
        let refused = || Trouble::Refused { all: true, cause: NoEndpointCause::EmptySlice };
        let dropped = Trouble::Dropped { nodes: vec!["n2".into(), "n3".into()], on: 2, of: 3 };
        let not_ready = Trouble::NotReady {
            readiness: Readiness { ready: 1, total: 2, ..Readiness::default() },
            because: Some("probe failed".into()),
        };
        vec![
            (service("shop", "web"), not_ready),
            (service("shop", "db"), refused()),
            (service("data", "local"), dropped),
            (service("data", "cart"), refused()),
        ]
    }

    fn texts(order: ProblemOrder, shown: usize) -> Vec<String> {
        let nodes_of = |(_, trouble): &Problem| match trouble {
            Trouble::NotReady { .. } => BTreeSet::from(["n1".to_owned()]),
            Trouble::Dropped { nodes, .. } => nodes.iter().cloned().collect(),
            _ => BTreeSet::new(),
        };
        let text = |line: Line| match line {
            Line::Heading { text, count, .. } => format!("{text} ({count})"),
            Line::Problem { key, several, .. } => {
                let (namespace, name) = name(&key, several);
                format!("- {namespace}{name}")
            }
        };
        lines(&problems(), order, shown, nodes_of, Language::English.words()).into_iter().map(text).collect()
    }

    #[test]
    fn problems_are_arranged_by_cause_object_and_node() {
        assert_eq!(
            texts(ProblemOrder::Cause, 9),
            [
                "Refused: slice is empty (2)",
                "- shop/db",
                "- data/cart",
                "No endpoint on the Node (1)",
                "- data/local",
                "Endpoints not ready (1)",
                "- shop/web"
            ]
        );
        assert_eq!(texts(ProblemOrder::Object, 9), ["- data/cart", "- data/local", "- shop/db", "- shop/web"]);
        assert_eq!(
            texts(ProblemOrder::Node, 9),
            [
                "n1 (1)",
                "- shop/web",
                "n2 (1)",
                "- data/local",
                "n3 (1)",
                "- data/local",
                "on every Node (2)",
                "- shop/db",
                "- data/cart"
            ]
        );
        assert_eq!(texts(ProblemOrder::Cause, 2), ["Refused: slice is empty (2)", "- shop/db", "- data/cart"]);
        assert_eq!((counts(&problems()), causes(&problems())), ((2, 2), 3));
    }
}
