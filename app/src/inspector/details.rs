//! Requests for data of the selected object that the page does not have: its manifest and its recent changes.

use std::rc::Rc;

use leptos::prelude::*;
use topology::graph::socket::Socket;

use super::answer::DetailAnswer;
use crate::browser::Refetch;
use crate::conn::{Call, Failure, HistoryCall, ManifestCall};
use crate::live::Live;
use crate::url::PageUrl;

/// The server's answers about the selected object. They are requested again when the selection or the object changes.
#[derive(Clone, Copy)]
pub struct Details {
    /// The object's manifest: [`DetailAnswer::Manifest`].
    pub manifest: RwSignal<DetailAnswer>,
    /// The object's recent changes: [`DetailAnswer::Changes`].
    pub changes: RwSignal<DetailAnswer>,
}

impl Details {
    /// Requests the data of the socket's object, while a socket is selected.
    pub fn follow(live: Live, url: PageUrl, socket: Memo<Option<Socket>>) -> Self {
        let (object_revision, behind_revision) =
            live.model.with_value(|model| (model.watched.object_revision, model.watched.behind_revision));
        Effect::new(move |_| {
            let object = socket.get().map(|socket| (socket.object_kind, socket.object));
            live.model.update_value(|model| model.watched.set(object));
        });
        // No object of an API server has a name with another letter, so no request is sent for such a name.
        let named = move || socket.get().filter(|socket| socket.object.name.bytes().all(is_name_letter));
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
            manifest: request(manifest, object_revision, DetailAnswer::Manifest),
            changes: request(history, behind_revision, DetailAnswer::Changes),
        }
    }
}

/// Whether an object's name can have this letter.
fn is_name_letter(letter: u8) -> bool {
    letter.is_ascii_alphanumeric() || b"-._:".contains(&letter)
}

/// Sends a request and returns its answer. The request is sent again when `revision` changes.
fn request<C: Call + Clone + PartialEq + Send + Sync + 'static>(
    call: Memo<Option<C>>,
    revision: RwSignal<u64>,
    read: fn(C::Answer) -> DetailAnswer,
) -> RwSignal<DetailAnswer> {
    let shown = RwSignal::new(DetailAnswer::Nothing);
    Effect::new(move |before: Option<Option<Rc<Refetch<C>>>>| {
        revision.track();
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
