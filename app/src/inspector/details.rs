//! What the server tells of the selected object and the page does not know: its manifest, and what has changed lately.

use leptos::prelude::*;
#[cfg(feature = "browser")]
use topology::socket::Socket;

use super::changes::Told;
use super::manifest::Manifest;
use crate::live::Live;
use crate::url::PageUrl;

/// What the server says about an object.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(not(feature = "browser"), expect(dead_code, reason = "only the browser asks"))]
pub enum Said {
    /// Nothing was asked, or there is no answer yet.
    #[default]
    Nothing,
    /// Its manifest.
    Manifest(Manifest),
    /// Its recent changes, newest first.
    Changes(Vec<Told>),
    /// Why there is no answer, in the server's words.
    Wrong(String),
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
    #[cfg(feature = "browser")]
    pub fn follow(live: Live, url: PageUrl, socket: Memo<Option<Socket>>) -> Self {
        use super::{changes, manifest};

        let (own, behind) = live.model.with_value(|model| (model.watched.own, model.watched.behind));
        Effect::new(move |_| {
            let object = socket.get().map(|socket| (socket.object_kind, socket.object));
            live.model.update_value(|model| model.watched.set(object));
        });
        let ask = move |method, with_socket: bool| {
            Memo::new(move |_| {
                let socket = socket.get().filter(|socket| socket.object.name.bytes().all(in_a_name))?;
                Some(of_object(method, &url.get("context"), &socket, with_socket))
            })
        };
        Self {
            manifest: answered(ask("object", true), own, manifest::read),
            changes: answered(ask("history", false), behind, changes::read),
        }
    }

    /// Asks nothing.
    #[cfg(not(feature = "browser"))]
    pub fn follow<T>(_: Live, _: PageUrl, _: T) -> Self {
        Self { manifest: RwSignal::default(), changes: RwSignal::default() }
    }
}

/// Whether an object's name can have this letter: no API server has an object whose name has another, and none is asked for it.
#[cfg(feature = "browser")]
fn in_a_name(letter: u8) -> bool {
    letter.is_ascii_alphanumeric() || b"-._:".contains(&letter)
}

/// The address of a method about a socket's object.
#[cfg(feature = "browser")]
fn of_object(method: &str, context: &str, socket: &Socket, with_socket: bool) -> String {
    let selection = if with_socket { socket.selection().to_string() } else { String::new() };
    let object = &socket.object;
    crate::conn::method_url(
        method,
        &[
            ("context", context),
            ("kind", socket.object_kind.as_str()),
            ("namespace", &object.namespace),
            ("name", &object.name),
            ("socket", &selection),
        ],
    )
}

/// What is answered under an address, asked for again when `again` changes.
#[cfg(feature = "browser")]
fn answered(
    url: Memo<Option<String>>,
    again: RwSignal<u64>,
    read: fn(&wasm_bindgen::JsValue) -> Option<Said>,
) -> RwSignal<Said> {
    use std::rc::Rc;

    use super::refetch::Refetch;

    let said = RwSignal::new(Said::Nothing);
    Effect::new(move |before: Option<Option<Rc<Refetch>>>| {
        again.track();
        let (before, url) = (before.flatten(), url.get());
        if let Some(before) = before.as_ref().filter(|before| Some(before.url()) == url.as_deref()) {
            before.again();
            return Some(Rc::clone(before));
        }
        drop(before);
        said.set(Said::Nothing);
        let report = move |answer: Result<wasm_bindgen::JsValue, String>| {
            let now = match &answer {
                Ok(answer) => read(answer).unwrap_or_default(),
                Err(reason) => Said::Wrong(reason.clone()),
            };
            if said.with_untracked(|said| *said != now) {
                said.set(now);
            }
        };
        Some(Refetch::start(url?, Rc::new(report)))
    });
    said
}
