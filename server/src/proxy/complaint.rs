//! What is wrong with the texts of settings, and where it stands.

use std::fmt;

use topology::cluster::settings::{Setting, SettingError};
use words::{Language, Words};

use super::{CONFIG_MAP, NAMESPACE};

/// A flag has a text that it cannot have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlagError {
    /// The setting that the flag is for.
    pub setting: Setting,
    /// What is wrong with the text.
    pub error: SettingError,
}

impl FlagError {
    /// What is wrong, and what would be right.
    pub fn text(&self, words: &Words) -> String {
        words.error_in_parameter(self.setting.flag(), words.setting_error(&self.error))
    }
}

/// In English.
impl fmt::Display for FlagError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Language::English.words()))
    }
}

impl std::error::Error for FlagError {}

/// What in kube-proxy's ConfigMap is wrong, and is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProxyComplaint {
    /// The configuration cannot be read; what the parser says.
    Unreadable(String),
    /// A field has a value that no setting has.
    WrongType {
        /// The field's path.
        path: String,
    },
    /// A field has a text that the setting cannot have.
    Wrong {
        /// The field's path.
        path: String,
        /// What is wrong with the text.
        error: SettingError,
    },
}

impl ProxyComplaint {
    /// What is wrong.
    pub fn text(&self, words: &Words) -> String {
        let map = format!("{NAMESPACE}/{CONFIG_MAP}");
        match self {
            Self::Unreadable(error) => words.setting_config_unreadable(error),
            Self::WrongType { path } => words.setting_config_wrong_type(map, path),
            Self::Wrong { path, error } => words.setting_config_wrong(map, path, words.setting_error(error)),
        }
    }
}

/// In English.
impl fmt::Display for ProxyComplaint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Language::English.words()))
    }
}
