//! Bad input: one function for each decoder and each route, which takes any bytes and panics if kubehop is wrong about them.
//!
//! `cargo test` runs them over `corpus/`, over what is made of it, and over inputs of the right sort. `make fuzz` runs the same
//! functions under libFuzzer, which finds what nobody thought of: that goes into the corpus, and is a test from then on.

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

/// A target, as the folder of its corpus is called, and its body.
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

/// What is not UTF-8 is none of the inputs of a decoder of texts: whoever hands it one has refused that before.
fn text(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes).ok()
}
