//! The built-in scenarios.

use crate::scale::{self, Scale};
use crate::store::Store;
use crate::{ManifestError, Sandbox};

/// The scenario of an empty name.
pub(crate) const DEFAULT: &str = "overview";

/// The names of the scenarios, and the form of those that take numbers.
pub const SCENARIOS: [&str; 3] = [DEFAULT, "empty", scale::FORM];

const OVERVIEW: &str = include_str!("../scenarios/overview.yaml");

pub(crate) fn open(name: &str) -> Result<Sandbox, ManifestError> {
    let error = |message: String| ManifestError {
        source_name: name.to_owned(),
        document: None,
        line: None,
        column: None,
        field: None,
        message,
    };
    match name {
        "" | DEFAULT => return Sandbox::load(OVERVIEW, "scenario overview"),
        "empty" => return Ok(Sandbox::empty()),
        _ => {}
    }
    let numbers = match name.strip_prefix("scale") {
        Some("") => "",
        rest => rest
            .and_then(|rest| rest.strip_prefix(':'))
            .ok_or_else(|| error(format!("no such scenario; there are: {}", SCENARIOS.join(", "))))?,
    };
    let scale = Scale::parse(numbers).map_err(error)?;
    let store = Store::new();
    let churn = scale::fill(&store, scale).map_err(|status| error(status.message))?;
    Ok(Sandbox::changing(store, churn))
}
