//! Decodes Kubernetes objects in JSON to facts. It has no IO, so that the server, the command line and a browser tab share it.
//!
//! Each watched kind has a partial type that reads only the fields that its fact keeps, so that a Pod's env, volumes and managedFields
//! are skipped while they are read. Decoding is lenient (see `lenient`): an object becomes a fact or nothing, never an error. The fact keeps
//! a wrong value if kube-proxy interprets it. Only [`from_file`] is strict.

mod condition;
mod decoder;
mod dispatch;
mod endpoints;
mod file;
mod left_out;
mod lenient;
mod metadata;
mod namespace;
mod node;
mod pod;
mod refused;
mod service;
mod service_cidr;
mod slice;
#[cfg(test)]
mod tests;
mod values;

pub use decoder::{Decoded, Decoder};
pub use dispatch::{DecoderVisitor, from_json, visit_decoder};
pub use file::{WrongField, from_file};
pub use left_out::{LeftOut, LeftOutReason};
pub use metadata::Metadata;
pub use namespace::PartialNamespace;
pub use refused::{RefusedValue, refused_values};
