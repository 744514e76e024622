//! What has changed: how two states of a row differ.

mod differences;

pub use differences::{FieldChange, differences};
