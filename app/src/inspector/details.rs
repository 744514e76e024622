//! What the server tells of the selected object and the page does not know: its manifest, and what has changed lately.

use std::rc::Rc;

use leptos::prelude::*;
use topology::socket::Socket;

use super::changes::Told;
use super::manifest::Manifest;
use crate::browser::Refetch;
use crate::conn::{Call, Failure, HistoryCall, ManifestCall};
use crate::live::Live;
use crate::url::PageUrl;

/// What the server says about an object.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Said {
    /// Nothing was asked, or there is no answer yet.
    #[default]
    Nothing,
    /// Its manifest.
    Manifest(Manifest),
    /// Its recent changes, newest first.
    Changes(Vec<Told>),
    /// Why there is no answer.
    Wrong(Failure),
}

/// The answers about the selected object; they follow the selection and the object.
#[derive(Clone, Copy)]
pub struct Details {
    /// [`Said::Manifest`].
    pub manifest: RwSignal<Said>,
    /// [`Said::Changes`].
    pub changes: RwSignal<Said>,
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
            manifest: answered(manifest, own, |manifest| Said::Manifest(manifest.into())),
            changes: answered(history, behind, |changes| Said::Changes(changes.into_iter().map(Told::from).collect())),
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
    read: fn(C::Answer) -> Said,
) -> RwSignal<Said> {
    let said = RwSignal::new(Said::Nothing);
    Effect::new(move |before: Option<Option<Rc<Refetch<C>>>>| {
        again.track();
        let (before, call) = (before.flatten(), call.get());
        if let Some(before) = before.as_ref().filter(|before| Some(before.call()) == call.as_ref()) {
            before.again();
            return Some(Rc::clone(before));
        }
        drop(before);
        said.set(Said::Nothing);
        let report = move |answer: Result<C::Answer, Failure>| {
            let now = answer.map_or_else(Said::Wrong, read);
            if said.with_untracked(|said| *said != now) {
                said.set(now);
            }
        };
        Some(Refetch::start(call?, report))
    });
    said
}
