//! kubehop's page: rendered on the server, live in the browser.
//!
//! * [`model`] is the page's data: the same index as the server's, and a signal for each part of the picture;
//! * [`conn`] does all IO: one snapshot, one stream of changes;
//! * [`draw`] is a pure function from model and selection to SVG, for the server's first picture and for the live one;
//! * [`question`] is the reader's question, and its answer; [`resolver`] is the code that answers, a lazy part;
//! * `export` exports pictures, rows and texts;
//! * `still` is the picture as a self-contained SVG document, drawn on the server;
//! * `shell` is the document around the page, drawn on the server; `mount` makes it live in the browser;
//! * `browser` is the access to the browser's interfaces. Views call it from effects and event handlers, which never run on the server;
//! * the other modules are parts of the page. Every text comes from [`text`].

mod ask;
mod browser;
mod canvas;
pub mod conn;
mod draw;
mod export;
mod find;
#[cfg(feature = "ssr")]
mod first_paint;
mod freshness;
mod heads;
mod icons;
mod inspector;
mod legend;
mod live;
mod model;
#[cfg(feature = "browser")]
mod mount;
mod page;
mod problems;
mod question;
mod resolver;
mod server_answer;
#[cfg(feature = "ssr")]
mod shell;
pub mod source;
pub mod start;
#[cfg(feature = "ssr")]
pub mod still;
mod table;
#[cfg(test)]
mod testing;
pub mod text;
pub mod tone;
mod top;
pub mod url;

pub use page::Page;
#[cfg(feature = "ssr")]
pub use shell::shell;
