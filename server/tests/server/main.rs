//! The server against the sandbox's API, through its own routes.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod api;
mod binary;
mod contexts;
mod doctor;
mod faults;
mod front;
mod harness;
mod history;
mod hostile;
mod kinds;
mod kubeconfig;
mod load;
mod metrics;
mod misbehaving;
mod network;
mod object;
mod picture;
mod streams;
mod sync;
