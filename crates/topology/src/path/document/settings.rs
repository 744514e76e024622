use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::cluster::settings::{Effective, ProxyMode, Setting, SettingSource};
use crate::path::answer::AssumedSettings;

/// The settings of kube-proxy that an answer assumes.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SettingsDocument {
    /// The backend.
    pub proxy_mode: ProxyMode,
    /// The source of that setting.
    pub source: SettingSource,
    /// All settings with their effective values.
    pub effective: BTreeMap<Setting, Effective>,
}

impl SettingsDocument {
    pub(super) fn new(settings: &AssumedSettings) -> Self {
        let effective = Setting::ALL.map(|setting| (setting, settings.all.effective(setting)));
        Self { proxy_mode: settings.proxy_mode, source: settings.source, effective: effective.into() }
    }
}
