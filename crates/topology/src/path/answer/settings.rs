//! The settings of kube-proxy that an answer assumes.

use crate::cluster::settings::{ProxyMode, Setting, SettingSource, Settings};

/// The settings of kube-proxy that an answer assumes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssumedSettings {
    /// The backend.
    pub proxy_mode: ProxyMode,
    /// The source of that setting.
    pub source: SettingSource,
    /// All settings.
    pub all: Settings,
}

impl From<&Settings> for AssumedSettings {
    fn from(settings: &Settings) -> Self {
        Self { proxy_mode: settings.proxy_mode, source: settings.source_of(Setting::ProxyMode), all: settings.clone() }
    }
}
