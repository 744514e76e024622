//! The API as a client sees it: requests into the router, no sockets.

mod bad_input;
mod client;
mod overview;
mod paging;
mod watching;
mod writing;
