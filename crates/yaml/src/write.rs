//! Objects as YAML for people, in the style of kubectl.

use std::net::Ipv4Addr;

use serde::{Serialize, Serializer};
use serde_json::Value;
use serde_saphyr::DoubleQuoted;

/// Why an object could not be written; nothing that the API can hold is known to cause it.
#[derive(Debug, thiserror::Error)]
#[error("cannot be written as YAML: {0}")]
pub struct WriteError(#[from] serde_saphyr::SerializeError);

/// An object as YAML: keys in alphabetic order, as kubectl prints them, lists not indented, texts of several lines as such, and in
/// quotes whatever readers of YAML 1.1 or 1.2 would take for something else than a string (`yes`, `8080`, `1:30`). Of keys, only YAML
/// 1.2 decides: the writer lets nobody choose their quotes.
///
/// # Errors
///
/// The writer refuses.
pub fn write(object: &Value) -> Result<String, WriteError> {
    let options = serde_saphyr::ser_options! {
        // A long line stays one line: folding would move what is on it.
        folded_wrap_chars: usize::MAX,
        // What YAML 1.1 needs in quotes, `Printed` puts there.
        yaml_12: true,
        no_lang_directive: true,
    };
    Ok(serde_saphyr::to_string_with_options(&Printed(object), options)?)
}

/// A value as kubectl prints it.
struct Printed<'v>(&'v Value);

impl Serialize for Printed<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::String(text) => Text(text).serialize(serializer),
            Value::Array(items) => serializer.collect_seq(items.iter().map(Printed)),
            Value::Object(fields) => {
                serializer.collect_map(fields.iter().map(|(field, value)| (field, Printed(value))))
            }
            value => value.serialize(serializer),
        }
    }
}

/// A string.
struct Text<'t>(&'t str);

impl Serialize for Text<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if !self.0.contains('\n') && is_ambiguous(self.0) {
            DoubleQuoted(self.0).serialize(serializer)
        } else {
            serializer.serialize_str(self.0)
        }
    }
}

/// Whether a reader of YAML 1.1 may take it for something else than a string: by the writer's own word, except that to it an IPv4
/// address is a number with too many dots, which no reader takes it for.
fn is_ambiguous(text: &str) -> bool {
    let quoted = || serde_saphyr::to_string(&text).is_ok_and(|written| written.starts_with(['"', '\'']));
    text.parse::<Ipv4Addr>().is_err() && quoted()
}
