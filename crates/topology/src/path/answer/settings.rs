//! Which settings of kube-proxy an answer assumes.

use crate::cluster::settings::{ProxyMode, Setting, Settings, Source};

/// Which settings of kube-proxy the answer assumes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssumedSettings {
    /// The backend.
    pub proxy_mode: ProxyMode,
    /// Where that is known from.
    pub source: Source,
    /// All of them.
    pub all: Settings,
}

impl From<&Settings> for AssumedSettings {
    fn from(settings: &Settings) -> Self {
        Self { proxy_mode: settings.proxy_mode, source: settings.source_of(Setting::ProxyMode), all: settings.clone() }
    }
}
