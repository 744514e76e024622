#[cfg(test)]
mod tests;

use std::fmt;
use std::io;

use sandbox::{SCALE_FORM, SCENARIOS, ScaleError, ScaleNumber, ScenarioError};
use words::{Language, Words};
use yaml::{ManifestError, OtherText};

use crate::dump::{NotText, manifest_error, other_text};
use crate::printable;
use crate::proxy::FlagError;

/// What was asked for on the command line and cannot be done.
#[derive(Clone, Debug, PartialEq)]
pub enum BadInput {
    /// `--sandbox-api` without `--sandbox`.
    SandboxApiWithoutSandbox,
    /// `--sandbox-api` beyond loopback, at this address.
    SandboxApiBeyondLoopback(String),
    /// An address cannot be listened on.
    CannotListen {
        /// The flag that names it.
        flag: &'static str,
        /// The flag's value.
        address: String,
        /// What sort of error it is.
        kind: io::ErrorKind,
        /// What the system says.
        error: String,
    },
    /// The kubeconfig does not have the context of `--context`.
    NoSuchContext {
        /// The context.
        context: String,
        /// The kubeconfig.
        file: String,
        /// The contexts that it has.
        known: Vec<String>,
    },
    /// The kubeconfig of `--kubeconfig` has contexts and no current one.
    NoCurrentContext {
        /// The kubeconfig.
        file: String,
        /// The contexts that it has.
        known: Vec<String>,
    },
    /// No cluster is configured; perhaps a context of one was named.
    NoCluster {
        /// The value of `--context`.
        context: Option<String>,
    },
    /// `--sandbox` names no scenario.
    NoScenario {
        /// The flag's value.
        value: String,
        /// What is wrong with it.
        error: Box<ScenarioError>,
    },
    /// The file of `--sandbox` does not parse, or lacks what every object has.
    InvalidSandboxFile {
        /// The flag's value.
        value: String,
        /// What the parser says, with the position.
        error: Box<ManifestError>,
        /// What the file is instead, if that is known.
        what: Option<OtherText>,
    },
    /// The bytes of the file of `--sandbox` are no text.
    SandboxFileNotText {
        /// The flag's value.
        value: String,
        /// What they are.
        what: NotText,
    },
    /// The file of `--sandbox` cannot be read.
    UnreadableSandboxFile {
        /// The flag's value.
        value: String,
        /// What the system says.
        error: String,
    },
    /// A flag about kube-proxy's settings.
    Settings(FlagError),
}

impl BadInput {
    /// What is wrong, and what to do about it.
    pub fn text(&self, words: &Words) -> String {
        match self {
            // It has a line for each way to choose a cluster.
            Self::NoCluster { .. } => self.raw_text(words),
            _ => printable::line(&self.raw_text(words)).into_owned(),
        }
    }

    /// The text with names as they are.
    fn raw_text(&self, words: &Words) -> String {
        match self {
            Self::SandboxApiWithoutSandbox => words.serve_sandbox_api_without_sandbox(),
            Self::SandboxApiBeyondLoopback(address) => words.serve_sandbox_api_on_loopback(address),
            Self::CannotListen { flag, address, kind, error } => match kind {
                io::ErrorKind::AddrInUse => words.serve_port_in_use(flag, address, error),
                io::ErrorKind::PermissionDenied => words.serve_port_not_permitted(flag, address, error),
                io::ErrorKind::AddrNotAvailable => words.serve_address_not_here(flag, address, error),
                _ => words.serve_no_address(flag, address, error),
            },
            Self::NoSuchContext { context, file, known } => {
                words.serve_no_such_context(context, file, words.list(known))
            }
            Self::NoCurrentContext { file, known } => words.serve_no_current_context(file, words.list(known)),
            Self::NoCluster { context: None } => words.serve_no_cluster(),
            Self::NoCluster { context: Some(context) } => {
                words.serve_no_cluster_for_context(context, words.serve_no_cluster())
            }
            Self::NoScenario { value, error } => {
                words.serve_no_scenario(value, words.error_in_parameter(value, scenario_error(error, words)))
            }
            Self::InvalidSandboxFile { value, what: Some(what), .. } => {
                words.serve_no_scenario(value, other_text(*what, words))
            }
            Self::InvalidSandboxFile { value, error, what: None } => {
                words.serve_no_scenario(value, manifest_error(error, words))
            }
            Self::SandboxFileNotText { value, what } => words.serve_no_scenario(value, what.text(words)),
            Self::UnreadableSandboxFile { value, error } => words.serve_no_sandbox_file(value, error),
            Self::Settings(error) => error.text(words),
        }
    }
}

/// In English.
impl fmt::Display for BadInput {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Language::English.words()))
    }
}

/// Why a name opens no scenario. What an object of a scenario lacks is in English.
fn scenario_error(error: &ScenarioError, words: &Words) -> String {
    match error {
        ScenarioError::NoSuchScenario => words.scenario_unknown(words.list(&SCENARIOS)),
        ScenarioError::Scale(error) => scale_error(error, words),
        ScenarioError::Manifest(error) => manifest_error(error, words),
        ScenarioError::Refused(status) => status.message.clone(),
    }
}

fn scale_error(error: &ScaleError, words: &Words) -> String {
    match error {
        ScaleError::NotThreeOrFour => words.scenario_scale_form(words.scenario_three_or_four(), SCALE_FORM),
        ScaleError::NoNumber { number, text, least, most } => {
            let wrong = words.scenario_no_number(scale_number(*number, words), text, *least, *most);
            words.scenario_scale_form(wrong, SCALE_FORM)
        }
        ScaleError::OutOfRange { number, text, least, most } => {
            words.scenario_out_of_range(scale_number(*number, words), text, *least, *most)
        }
        ScaleError::TooManyPods { pods, nodes, pods_per_node, most_pods, least_nodes } => {
            words.scenario_too_many_pods(*pods, *nodes, *pods_per_node, *most_pods, *least_nodes)
        }
    }
}

/// The number as the scenario's form calls it.
fn scale_number(number: ScaleNumber, words: &Words) -> String {
    match number {
        ScaleNumber::Nodes => "NODES".to_owned(),
        ScaleNumber::Pods => "PODS".to_owned(),
        ScaleNumber::Services => "SERVICES".to_owned(),
        ScaleNumber::Changes => words.scenario_changes(),
    }
}
