//! kubehop's server: watches a cluster and serves its network as a live picture.
//!
//! The data flow:
//!
//! * [`connect`] makes a client that can only read;
//! * `watch` lists and watches, and decodes objects into facts ([`topology::decode`]);
//! * [`live`] owns a context's index and state, and turns facts into changes;
//! * [`log`] shares the changes in one order, encoded once for every client ([`topology::wire::log`]);
//! * `manifest` turns one object into readable YAML;
//! * [`http`] serves snapshots, event streams and the page, [`listen`] takes the connections.
//!
//! [`doctor`] finds what keeps kubehop from working; [`trace`] answers one [`question`], or many, about a cluster or about the files that
//! [`dump`] reads; [`proxy`] holds kube-proxy's settings, and [`printable`] keeps a terminal safe from names.
//!
//! [`work`] runs what takes long on other threads than those that serve.
//!
//! [`metrics`] counts for Prometheus. [`contexts`] lists the contexts, and connects them while they are in use. [`serve`] starts
//! everything for the command line ([`cli`]); `http::site` holds the files that the browser loads.

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
pub mod printable;
pub mod proxy;
pub mod question;
pub mod serve;
pub mod trace;
pub(crate) mod watch;
pub mod work;

pub use watch::from_event;
