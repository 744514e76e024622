use serde::de::Error;
use serde::ser::{Error as _, SerializeMap};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use super::Sentences;
use crate::path::answer::Remark;

/// A remark with its sentence. The JSON object has `code`, the arguments, and `text`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemarkDocument {
    /// The remark.
    pub remark: Remark,
    /// Its sentence.
    pub text: String,
}

impl RemarkDocument {
    /// The document of a remark.
    pub fn new(remark: &Remark, words: &impl Sentences) -> Self {
        Self { remark: remark.clone(), text: words.remark(remark) }
    }
}

/// The key of the code, which stands first, as in `because`.
const CODE: &str = "code";

/// The key of the sentence. No remark has an argument of this name.
const TEXT: &str = "text";

impl Serialize for RemarkDocument {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Value::Object(mut arguments) = serde_json::to_value(&self.remark).map_err(S::Error::custom)? else {
            return Err(S::Error::custom("a remark is an object"));
        };
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry(CODE, &arguments.remove(CODE))?;
        for (name, argument) in &arguments {
            map.serialize_entry(name, argument)?;
        }
        map.serialize_entry(TEXT, &self.text)?;
        map.end()
    }
}

impl<'de> Deserialize<'de> for RemarkDocument {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        let text = value[TEXT].as_str().ok_or_else(|| D::Error::missing_field(TEXT))?.to_owned();
        let remark = Remark::deserialize(value).map_err(D::Error::custom)?;
        Ok(Self { remark, text })
    }
}
