//! The scenarios that come with the program.

use crate::{LoadError, Sandbox};

/// The scenario that an empty name means.
pub(crate) const DEFAULT: &str = "overview";

/// The names of the scenarios.
pub const SCENARIOS: [&str; 2] = [DEFAULT, "empty"];

const OVERVIEW: &str = include_str!("../scenarios/overview.yaml");

pub(crate) fn open(name: &str) -> Result<Sandbox, LoadError> {
    match name {
        "" | DEFAULT => Sandbox::load(OVERVIEW, "scenario overview"),
        "empty" => Ok(Sandbox::empty()),
        _ => Err(LoadError {
            source_name: name.to_owned(),
            document: None,
            line: None,
            column: None,
            field: None,
            message: format!("no such scenario; there are: {}", SCENARIOS.join(", ")),
        }),
    }
}
