//! The browser's interfaces: requests to the server's API, event streams, timers, the window, its address, clipboard and storage.
//!
//! These modules make no decisions; [`crate::conn`] does, without IO.
//!
//! They are compiled for the server too, so that no view has a part for the browser only. The server does not run them, because Leptos
//! runs neither effects nor event handlers there. Functions that are called while a view is made check [`window`], which is `None` on
//! the server. A view must create values of these modules within effects only: a JavaScript value must be dropped on the thread that
//! made it, and the server drops a view on any thread.

mod address;
mod clipboard;
mod connection;
mod download;
mod fetch;
mod refetch;
mod stream;
mod theme;
mod timer;
mod transport;
mod visibility;
pub mod window;

pub use address::{address_query, change_query, whole_address};
pub use clipboard::copy;
pub use connection::{Connection, open};
pub use download::png;
pub use fetch::{Fetch, fetch, fetch_text};
pub use refetch::Refetch;
pub use theme::{choose_theme, chosen_theme, is_dark};
pub use timer::Timeout;
pub use window::{matches_media, on_window};
