use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Setting, Source};

/// Where each setting is known from. A setting that is not in it has its default.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(transparent)]
pub struct Sources(BTreeMap<Setting, Source>);

impl Sources {
    /// Where a setting is known from.
    pub fn of(&self, setting: Setting) -> Source {
        self.0.get(&setting).copied().unwrap_or_default()
    }

    /// A setting is known from here.
    pub fn set(&mut self, setting: Setting, source: Source) {
        match source {
            Source::Default => drop(self.0.remove(&setting)),
            Source::Flag | Source::ConfigMap => drop(self.0.insert(setting, source)),
        }
    }
}
