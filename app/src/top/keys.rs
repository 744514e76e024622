//! Keys of the top bar. The keys of the picture are in `canvas::gesture` and `canvas::keys`.

use leptos::prelude::*;

use super::problems;
use crate::browser::on_window;
use crate::canvas::keys::is_typing;
use crate::url::{self, View};

/// Listens for keys on the whole page.
pub(super) fn listen(help: RwSignal<bool>, paused: RwSignal<bool>) {
    let here = url::here();
    on_window(leptos::ev::keydown, move |event| {
        let shortcut = event.ctrl_key() || event.meta_key() || event.alt_key() || event.repeat();
        if shortcut || is_typing(event.target()) {
            return;
        }
        match event.key().as_str() {
            "?" => help.set(true),
            "!" => {
                problems::open();
                // Otherwise a browser's quick search can take the key.
                event.prevent_default();
            }
            "g" => url::show(here, View::Graph),
            "t" => url::show(here, View::Table),
            "p" => paused.update(|paused| *paused = !*paused),
            _ => {}
        }
    });
}
