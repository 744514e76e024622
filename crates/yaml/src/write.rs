//! Writes objects as YAML for people, in the style of kubectl.

use std::net::Ipv4Addr;

use serde::{Serialize, Serializer};
use serde_json::Value;
use serde_saphyr::DoubleQuoted;

/// Why an object could not be written; no object of the API is known to cause it.
#[derive(Debug, thiserror::Error)]
#[error("cannot be written as YAML: {0}")]
pub struct WriteError(#[from] serde_saphyr::SerializeError);

/// An object as YAML, as kubectl prints it: keys in alphabetic order, lists not indented, texts of several lines as block scalars.
/// Strings that a reader of YAML 1.1 or 1.2 may take for another type (`yes`, `8080`, `1:30`) are quoted. Keys are quoted by the rules of
/// YAML 1.2 only, because the writer has no option for them.
///
/// # Errors
///
/// The writer's error.
pub fn write(object: &Value) -> Result<String, WriteError> {
    let options = serde_saphyr::ser_options! {
        // A long line stays one line: folding would move its contents to other lines.
        folded_wrap_chars: usize::MAX,
        // `KubectlStyle` adds the quotes that YAML 1.1 needs.
        yaml_12: true,
        no_lang_directive: true,
    };
    Ok(serde_saphyr::to_string_with_options(&KubectlStyle(object), options)?)
}

/// A value in kubectl's style.
struct KubectlStyle<'v>(&'v Value);

impl Serialize for KubectlStyle<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::String(text) => KubectlString(text).serialize(serializer),
            Value::Array(items) => serializer.collect_seq(items.iter().map(KubectlStyle)),
            Value::Object(fields) => {
                serializer.collect_map(fields.iter().map(|(field, value)| (field, KubectlStyle(value))))
            }
            value => value.serialize(serializer),
        }
    }
}

/// A string in kubectl's style.
struct KubectlString<'t>(&'t str);

impl Serialize for KubectlString<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if !self.0.contains('\n') && is_ambiguous(self.0) {
            DoubleQuoted(self.0).serialize(serializer)
        } else {
            serializer.serialize_str(self.0)
        }
    }
}

/// Whether a reader of YAML 1.1 may take the text for another type than a string. The writer decides, except for an IPv4 address, which
/// the writer treats as a number, but readers do not.
fn is_ambiguous(text: &str) -> bool {
    let quoted = || serde_saphyr::to_string(&text).is_ok_and(|written| written.starts_with(['"', '\'']));
    text.parse::<Ipv4Addr>().is_err() && quoted()
}
