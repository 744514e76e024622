//! kubehop's domain: what a cluster's network is, and where a packet goes in it.
//!
//! Plain synchronous Rust with no IO, compiled for the server, the command line and the browser. Its folders are the steps that data passes:
//!
//! * [`decode`]: from Kubernetes objects in JSON to facts;
//! * [`cluster`]: what is known of a cluster: facts by key, how much is known, kube-proxy's settings;
//! * [`history`]: recent changes of objects, in Kubernetes' words;
//! * [`path`]: where a packet goes, and why;
//! * [`graph`]: what stands behind what, without a pixel;
//! * [`find`]: what a reader's text finds, hides, and may become;
//! * [`picture`]: the graph as it is drawn, laid out in lanes;
//! * [`wire`]: what travels between server and browser.
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
