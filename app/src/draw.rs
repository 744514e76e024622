//! Drawing: a pure function from the scene and the lit answer to SVG. The server draws the first picture with it, the browser all later
//! ones. This module handles no events: the canvas does, by `data-socket`.

mod card;
mod endpoint;
mod entry;
mod group;
mod label;
mod line;
mod list;
mod nodes;
mod service;
#[cfg(all(test, feature = "ssr"))]
mod tests;
mod wire;

pub use group::GroupView;
pub use label::glyph_of;
pub(crate) use label::label_of;
pub(crate) use list::{forget_followers, list};
pub use nodes::{NamespaceHead, NodesView, OffNodesHead};
pub use wire::is_on_path;

use std::sync::Arc;

use leptos::prelude::*;
use topology::graph::EndpointState;
use topology::graph::socket::Socket;
use topology::picture::Light;

/// The answer that is lit; `None` while nothing is selected.
pub type Lit = Signal<Option<Arc<Light>>>;

/// The `data-state` of a socket: its readiness, and its state in the lit answer.
pub(crate) fn state_of(light: Option<&Light>, socket: &Socket, readiness: Option<EndpointState>) -> String {
    let mut states: Vec<&str> = readiness.and_then(EndpointState::word).into_iter().collect();
    if let Some(light) = light.filter(|light| light.selected.is_some()) {
        let on_path = light.on_path.contains(socket);
        if light.selected.as_ref() == Some(socket) {
            states.push("selected");
        }
        states.push(if on_path { "on-path" } else { "dimmed" });
        if on_path && light.stopped() {
            states.push("broken");
        }
    }
    states.join(" ")
}

/// The class of a card that is not a socket: lit if one of its members is lit, else dimmed while a path is lit.
fn plate_class(light: Option<&Light>, members: &[Socket]) -> &'static str {
    match light.filter(|light| light.selected.is_some()) {
        None => "plate",
        Some(light) if members.iter().any(|socket| light.on_path.contains(socket)) => {
            if light.stopped() {
                "plate lit broken"
            } else {
                "plate lit"
            }
        }
        Some(_) => "plate dim",
    }
}

/// Whether the answer has a selected socket, so that its path is drawn.
pub fn is_lit(light: Option<&Light>) -> bool {
    light.is_some_and(|light| light.selected.is_some())
}
