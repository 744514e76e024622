//! All that only a browser has: the server's API by HTTP, event streams, timers, the window, its address, clipboard and storage.
//!
//! Nothing here decides anything; [`crate::conn`] does, without IO.
//!
//! The server compiles this too, so that no view has a part for the browser only. It calls none of it, because Leptos runs neither
//! effects nor event handlers on a server; and what is called while a view is made begins with [`window`], which is none there.
//! A view makes nothing of here but within an effect: a value of JavaScript must be dropped on the thread that made it, and the server
//! drops a view on any thread.

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
