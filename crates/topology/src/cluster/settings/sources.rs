use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Setting, SettingSource};

/// The source of each setting. A setting without an entry has its default.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(transparent)]
pub struct SettingSources(BTreeMap<Setting, SettingSource>);

impl SettingSources {
    /// The source of a setting.
    pub fn of(&self, setting: Setting) -> SettingSource {
        self.0.get(&setting).copied().unwrap_or_default()
    }

    /// Sets the source of a setting.
    pub fn set(&mut self, setting: Setting, source: SettingSource) {
        match source {
            SettingSource::Default => drop(self.0.remove(&setting)),
            source => drop(self.0.insert(setting, source)),
        }
    }

    /// Whether any setting is from this source.
    pub fn any(&self, source: SettingSource) -> bool {
        self.0.values().any(|own| *own == source)
    }
}
