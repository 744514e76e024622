//! The built-in scenarios.

use crate::scale::{self, Scale, ScaleError};
use crate::store::Store;
use crate::{ManifestError, Sandbox, Status};

/// The scenario of an empty name.
pub(crate) const DEFAULT: &str = "overview";

/// The names of the scenarios, and the form of those that take numbers.
pub const SCENARIOS: [&str; 3] = [DEFAULT, "empty", scale::FORM];

const OVERVIEW: &str = include_str!("../scenarios/overview.yaml");

/// Why a name opens no scenario.
#[derive(Clone, Debug, PartialEq)]
pub enum ScenarioError {
    /// There is no scenario of this name; [`SCENARIOS`] lists all.
    NoSuchScenario,
    /// The numbers of `scale` are wrong.
    Scale(ScaleError),
    /// A built-in file does not load. A test loads every one of them.
    Manifest(ManifestError),
    /// The store refused an object of `scale`. Tests fill a store with clusters of many sizes.
    Refused(Status),
}

pub(crate) fn open(name: &str) -> Result<Sandbox, ScenarioError> {
    match name {
        "" | DEFAULT => return Sandbox::load(OVERVIEW, "scenario overview").map_err(ScenarioError::Manifest),
        "empty" => return Ok(Sandbox::empty()),
        _ => {}
    }
    let numbers = match name.strip_prefix("scale") {
        Some("") => "",
        rest => rest.and_then(|rest| rest.strip_prefix(':')).ok_or(ScenarioError::NoSuchScenario)?,
    };
    let scale = Scale::parse(numbers).map_err(ScenarioError::Scale)?;
    let store = Store::new();
    let churn = scale::fill(&store, scale).map_err(ScenarioError::Refused)?;
    Ok(Sandbox::changing(store, churn))
}
