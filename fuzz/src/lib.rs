//! Fuzz targets: one function for each decoder and each route. It takes any bytes, and panics if kubehop handles them wrongly.
//!
//! `cargo test` runs the targets over `corpus/`, over mutations of it, and over generated inputs of the right form. `make fuzz` runs the
//! same functions under libFuzzer; an input that fails there is added to the corpus, and is a test from then on.

mod address_bar;
mod cluster;
mod files;
mod filter;
mod markup;
mod names;
mod question;
mod request;
mod search;
mod selection;
mod settings;
mod stream;
mod watched;
mod wire;

pub use address_bar::address_bar;
pub use files::files;
pub use filter::filter;
pub use names::names;
pub use question::question;
pub use request::request;
pub use search::search;
pub use selection::selection;
pub use settings::settings;
pub use stream::stream;
pub use watched::watched;
pub use wire::wire;

/// A target: the name of its corpus folder, and its function.
pub type Target = (&'static str, fn(&[u8]));

/// Every target.
pub const TARGETS: [Target; 12] = [
    ("watched", watched),
    ("files", files),
    ("wire", wire),
    ("question", question),
    ("filter", filter),
    ("search", search),
    ("settings", settings),
    ("selection", selection),
    ("names", names),
    ("stream", stream),
    ("address_bar", address_bar),
    ("request", request),
];

/// Bytes that are not UTF-8 are no input of a text decoder: its callers refuse them.
fn text(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes).ok()
}
