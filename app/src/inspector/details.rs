//! What the server tells of the selected object and the page does not know: its manifest, and what has changed lately.

use std::rc::Rc;

use leptos::prelude::*;
use topology::graph::socket::Socket;

use super::answer::DetailAnswer;
use crate::browser::Refetch;
use crate::conn::{Call, Failure, HistoryCall, ManifestCall};
use crate::live::Live;
use crate::url::PageUrl;

/// The answers about the selected object; they follow the selection and the object.
#[derive(Clone, Copy)]
pub struct Details {
    /// [`DetailAnswer::Manifest`].
    pub manifest: RwSignal<DetailAnswer>,
    /// [`DetailAnswer::Changes`].
    pub changes: RwSignal<DetailAnswer>,
}

impl Details {
    /// Asks about the object of a socket, while there is one.
    pub fn follow(live: Live, url: PageUrl, socket: Memo<Option<Socket>>) -> Self {
        let (own, behind) = live.model.with_value(|model| (model.watched.own, model.watched.behind));
        Effect::new(move |_| {
            let object = socket.get().map(|socket| (socket.object_kind, socket.object));
            live.model.update_value(|model| model.watched.set(object));
        });
        // No API server has an object whose name has another letter, and none is asked for it.
        let named = move || socket.get().filter(|socket| socket.object.name.bytes().all(in_a_name));
        let manifest = Memo::new(move |_| {
            let socket = named()?;
            let (context, text) = (url.get("context"), socket.selection().to_string());
            Some(ManifestCall { context, kind: socket.object_kind, key: socket.object, socket: text })
        });
        let history = Memo::new(move |_| {
            let socket = named()?;
            Some(HistoryCall { context: url.get("context"), kind: socket.object_kind, key: socket.object })
        });
        Self {
            manifest: answered(manifest, own, DetailAnswer::Manifest),
            changes: answered(history, behind, DetailAnswer::Changes),
        }
    }
}

/// Whether an object's name can have this letter.
fn in_a_name(letter: u8) -> bool {
    letter.is_ascii_alphanumeric() || b"-._:".contains(&letter)
}

/// What is answered to a question, asked again when `again` changes.
fn answered<C: Call + Clone + PartialEq + Send + Sync + 'static>(
    call: Memo<Option<C>>,
    again: RwSignal<u64>,
    read: fn(C::Answer) -> DetailAnswer,
) -> RwSignal<DetailAnswer> {
    let shown = RwSignal::new(DetailAnswer::Nothing);
    Effect::new(move |before: Option<Option<Rc<Refetch<C>>>>| {
        again.track();
        let (before, call) = (before.flatten(), call.get());
        if let Some(before) = before.as_ref().filter(|before| Some(before.call()) == call.as_ref()) {
            before.again();
            return Some(Rc::clone(before));
        }
        drop(before);
        shown.set(DetailAnswer::Nothing);
        let report = move |answer: Result<C::Answer, Failure>| {
            let now = answer.map_or_else(DetailAnswer::Failed, read);
            if shown.with_untracked(|shown| *shown != now) {
                shown.set(now);
            }
        };
        Some(Refetch::start(call?, report))
    });
    shown
}
