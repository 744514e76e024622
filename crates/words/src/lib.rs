//! Every text of kubehop in English and Simplified Chinese, for the page, the command line and the API.
//!
//! The texts are in `texts/LANGUAGE/*.ftl` ([Fluent](https://projectfluent.org)). The build generates a typed method of [`Words`] for each
//! text. The tests fail if a language lacks a text or has other arguments; a misspelled name does not compile.
//! Kubernetes' own terms (nodePort, EndpointSlice, Cluster IP) are the same in every language, and are never capitalised.
//!
//! The texts of an enum of `topology` are methods of [`Words`] in the module of that enum's folder. A variant without a text does not compile.
//!
//! `texts/LANGUAGE/server` has the texts that only the server uses. A browser does not load them.
//!
//! The server contains both languages (feature `embedded`). The page's module contains none and loads the reader's language.

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

/// The code that the build generates from the texts.
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
pub use language::Language;
