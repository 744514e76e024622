//! kubehop's domain: the network of a cluster, and the path of a packet in it.
//!
//! Synchronous Rust without IO, compiled for the server, the command line and the browser. Its folders are the steps of the data flow:
//!
//! * [`decode`] decodes Kubernetes objects in JSON to facts;
//! * [`cluster`] has the known facts of a cluster: rows by key, coverage, kube-proxy's settings;
//! * [`history`] records recent changes of objects;
//! * [`path`] resolves the path of a packet, with the reason;
//! * [`graph`] builds units of objects, their parts and their links, without geometry;
//! * [`find`] has search, filters and completions;
//! * [`picture`] lays out the graph in lanes;
//! * [`wire`] has the messages between server and browser.
//!
//! Rules are cited as `reference §N` (service networking as kube-proxy 1.37 applies it).

pub mod cluster;
pub mod decode;
pub mod find;
pub mod graph;
pub mod history;
pub mod path;
pub mod picture;
#[cfg(test)]
mod testing;
pub mod wire;
