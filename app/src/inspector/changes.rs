//! What has changed lately on the selected object, and of a Service on what is behind it.

use leptos::prelude::*;
use topology::wire::ObjectChange;

use super::details::Said;
use crate::text::{clock, text};

/// So many changes are shown.
const SHOWN: usize = 8;

/// One change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// When, in milliseconds since the Unix epoch.
    pub at: i64,
    /// What changed, as `Endpoint web-x/10.0.0.1`; empty if it is the object that was asked about.
    pub object: String,
    /// The field; `None` if the object came or went.
    pub field: Option<String>,
    /// What it was.
    pub from: Option<String>,
    /// What it has become.
    pub to: Option<String>,
}

impl Told {
    /// `ready: true → false`.
    fn words(&self) -> String {
        let words = text();
        let value = |value: &Option<String>| value.clone().unwrap_or_else(|| words.details_unset());
        match (&self.field, self.to.as_deref()) {
            (Some(field), _) => words.details_change(field, value(&self.from), value(&self.to)),
            (None, Some("deleted")) => words.details_deleted(),
            (None, _) => words.details_created(),
        }
    }
}

impl From<ObjectChange> for Told {
    fn from(change: ObjectChange) -> Self {
        let ObjectChange { at, object, field, from, to } = change;
        Self { at, object: format!("{} {}", object.kind, object.name), field, from, to }
    }
}

/// The section, once there is an answer. `own` is the object that was asked about, as `Service web`.
pub(super) fn section(said: RwSignal<Said>, own: Memo<String>) -> AnyView {
    let words = text();
    let line = move |change: &Told| {
        let object = if *own.read() == change.object { String::new() } else { change.object.clone() };
        let time = clock(change.at);
        view! { <li><time>{time}</time><div><code>{change.words()}</code><div class="muted">{object}</div></div></li> }
            .into_any()
    };
    let lines = move || match &*said.read() {
        Said::Changes(all) => all.iter().take(SHOWN).map(line).collect_view().into_any(),
        _ => ().into_any(),
    };
    let rest = move || match &*said.read() {
        Said::Changes(all) if all.is_empty() => words.details_no_changes(),
        Said::Changes(all) if all.len() > SHOWN => words.inspector_and_more(all.len() - SHOWN),
        Said::Wrong(failure) => failure.text(words),
        _ => String::new(),
    };
    view! {
        <section class="sec" hidden=move || matches!(*said.read(), Said::Nothing)>
            <h2>{words.details_changes()}</h2>
            <ol class="changes">{lines}</ol>
            <p class="muted">{rest}</p>
        </section>
    }
    .into_any()
}
