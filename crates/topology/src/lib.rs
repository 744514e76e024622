//! kubehop's domain: what a cluster's network is, and where a packet goes in it.
//!
//! Plain synchronous Rust with no IO, compiled for the server, the CLI and the browser:
//!
//! * [`kinds`]: the table of kinds, from which everything follows that holds for all kinds alike;
//! * [`facts`]: reduced rows of the objects that kube-proxy, or a reader, looks at;
//! * [`decode`]: from Kubernetes objects in JSON to facts;
//! * [`index`]: all rows of a context, with lookups by IP, by service port, by namespace;
//! * [`coverage`]: what of a cluster is known at the moment;
//! * [`view`]: a cluster as it is known at one moment;
//! * [`path`]: where a packet goes, and why;
//! * [`find`]: what a half-typed text may become;
//! * [`graph`]: what stands behind what, without a pixel;
//! * [`picture`]: the graph as it is drawn, laid out in lanes;
//! * [`manifest`]: which fields of an object are responsible for a socket;
//! * [`log`]: the ordered changes of a context as encoded frames, for a while;
//! * [`history`]: recent changes of objects, in Kubernetes' words;
//! * [`wire`]: what travels between server and browser.
//!
//! Rules are cited as `reference §N` (service networking as kube-proxy 1.37 applies it).

pub mod address;
pub mod coverage;
pub mod decode;
pub mod facts;
pub mod filter;
pub mod find;
pub mod graph;
pub mod history;
pub mod host_port;
pub mod index;
pub mod key;
pub mod kinds;
pub mod log;
pub mod manifest;
pub mod name;
pub mod path;
pub mod picture;
pub mod port;
pub mod row;
pub mod search;
pub mod selector;
pub mod settings;
pub mod socket;
#[cfg(test)]
mod testing;
pub mod view;
pub mod wire;
