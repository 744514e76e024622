use serde::{Serialize, Serializer};

use super::{Setting, Source};
use crate::json::{Named, Read, Reader, Wrong, fill};

/// Where each setting is known from. On the wire an object, without those that are defaults.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sources([Source; Setting::ALL.len()]);

impl Sources {
    /// Where a setting is known from.
    pub fn of(&self, setting: Setting) -> Source {
        self.0[setting as usize]
    }

    /// A setting is known from here.
    pub fn set(&mut self, setting: Setting, source: Source) {
        self.0[setting as usize] = source;
    }
}

impl Serialize for Sources {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let all = Setting::ALL.into_iter().map(|setting| (setting, self.of(setting)));
        serializer.collect_map(all.filter(|(_, source)| *source != Source::Default))
    }
}

impl Read for Sources {
    fn read(from: &mut Reader<'_>) -> Result<Self, Wrong> {
        let mut sources = Self::default();
        from.object(&mut |from, name| {
            let setting = Setting::named(name).ok_or_else(|| Wrong::unknown(name))?;
            fill(&mut sources.0[setting as usize], from)
        })?;
        Ok(sources)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_has_a_source_of_its_own() {
        for (n, setting) in Setting::ALL.into_iter().enumerate() {
            assert_eq!(setting as usize, n);
        }
    }
}
