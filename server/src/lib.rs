//! kubehop's server: watches a cluster and serves its network as a live picture.
//!
//! Data flows one way:
//!
//! * [`connect`] makes a client that can only read;
//! * `watch` lists and watches, and decodes objects into facts ([`topology::decode`]);
//! * [`live`] owns a context's index and state, and turns facts into changes;
//! * [`log`] shares the changes in one order, encoded once for every client ([`topology::log`]);
//! * `manifest` makes an object readable that somebody wants to see;
//! * [`http`] serves snapshots, event streams and the page, [`listen`] takes the connections.
//!
//! Beside that, [`doctor`] looks for what is in the way, and [`trace`] answers one question, of a cluster or of the files that [`dump`] reads; [`proxy`] knows kube-proxy's settings.
//!
//! [`metrics`] counts for Prometheus. [`contexts`] knows which contexts there are, and connects them while somebody uses them. [`serve`] puts it all together
//! for the command line ([`cli`]); [`site`] has the files that the browser loads.

pub mod cli;
pub mod connect;
pub mod contexts;
pub mod doctor;
pub mod dump;
pub mod http;
pub mod listen;
pub mod live;
pub mod log;
mod manifest;
pub mod metrics;
pub mod proxy;
pub mod serve;
pub mod site;
pub mod trace;
pub(crate) mod watch;

pub use watch::from_event;
