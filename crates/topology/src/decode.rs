//! From Kubernetes objects in JSON to facts. Without IO, so that the server, the command line and a browser tab decode alike.
//!
//! Each watched kind has a partial type that reads only the fields that its fact keeps, so that a Pod's env, volumes and managedFields
//! are skipped while they are read. Decoding is lenient (see `lenient`): whatever an object says, it becomes a fact or nothing, never an
//! error. Where a wrong value means something to kube-proxy, the fact keeps it. Only [`from_file`] is strict.

mod condition;
mod decoder;
mod dispatch;
mod endpoints;
mod file;
mod lenient;
mod metadata;
mod namespace;
mod node;
mod pod;
mod service;
mod service_cidr;
mod slice;
#[cfg(test)]
mod tests;
mod values;

pub use decoder::{Decoded, Decoder};
pub use dispatch::{DecoderVisitor, from_json, visit_decoder};
pub use file::{WrongField, from_file};
pub use metadata::Metadata;
pub use namespace::PartialNamespace;
