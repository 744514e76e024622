//! What only a browser has: the server's API by HTTP, event streams, timers, whether the tab is shown.
//!
//! Nothing here decides anything; [`crate::conn`] does, without IO.

mod connection;
mod fetch;
mod refetch;
mod stream;
mod timer;
mod transport;
mod visibility;

pub use connection::{Connection, open};
pub use fetch::{Fetch, fetch, fetch_text};
pub use refetch::Refetch;
pub use timer::Timeout;
