//! Every text of kubehop, in English and Simplified Chinese: the page, the command line and the API take theirs here.
//!
//! The texts stand in `texts/LANGUAGE/*.ftl` ([Fluent](https://projectfluent.org)). The build makes a typed function of [`Words`] of each:
//! a text that is missing in a language, or has other arguments there, fails the tests; a misspelled one does not compile.
//! Kubernetes' own terms (nodePort, EndpointSlice, Cluster IP) are the same in every language, and are never capitalised.
//!
//! Texts of an enum of `topology` are methods of [`Words`] too, in the module of that enum's folder: a variant without a text does not compile.
//!
//! `texts/LANGUAGE/server` has what only the server says: a browser does not load it.
//!
//! A reader loads one language. The server has both (the feature `embedded`); the page's module has none and loads the reader's.

mod access;
mod cluster;
mod error;
mod find;
mod graph;
mod hop;
mod language;
mod list;
mod path;
mod reason;
#[cfg(test)]
mod tests;
mod trace;
mod wire;

/// What the build makes of the texts.
#[expect(
    clippy::all,
    clippy::unwrap_used,
    dead_code,
    missing_docs,
    unused_imports,
    reason = "generated; a text has the arguments that its function gives it: the build has compared them"
)]
mod catalogue {
    include!(concat!(env!("OUT_DIR"), "/catalogue.rs"));
}

/// The texts of one language.
pub use catalogue::L10nLanguage as Words;
pub use cluster::proxy_mode;
pub use language::Language;
