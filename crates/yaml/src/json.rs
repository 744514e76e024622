//! Reads JSON texts. An object with a repeated key is an error, as in YAML: a reader could take either value.

use std::cell::RefCell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::{ManifestError, PathStep, path_text, repeated_key};

/// The values of a text, one after the other.
pub(super) fn documents(text: &str, source_name: &str) -> Result<Vec<Value>, ManifestError> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let mut documents = Vec::new();
    // Only white space is left at the end.
    while deserializer.end().is_err() {
        let repeated = RefCell::default();
        let value = UniqueKeys(&repeated).deserialize(&mut deserializer).map_err(|error| {
            let mut path: Vec<PathStep> = repeated.take();
            path.reverse();
            let key = match path.last() {
                Some(PathStep::Field(key)) => Some(key.clone()),
                _ => None,
            };
            ManifestError {
                source_name: source_name.to_owned(),
                document: Some(documents.len() + 1),
                line: u64::try_from(error.line()).ok(),
                column: u64::try_from(error.column()).ok(),
                field: Some(path_text(&path)).filter(|field| !field.is_empty()),
                message: key.map_or_else(|| error.to_string(), |key| repeated_key(&key)),
            }
        })?;
        documents.push(value);
    }
    Ok(documents)
}

/// Reads a value without repeated keys. If one is repeated, the path of it is left here, the innermost step first.
#[derive(Clone, Copy)]
struct UniqueKeys<'r>(&'r RefCell<Vec<PathStep>>);

impl UniqueKeys<'_> {
    /// Adds a step to the path of a repeated key, if that is what went wrong inside.
    fn within<T, E>(self, result: Result<T, E>, step: impl FnOnce() -> PathStep) -> Result<T, E> {
        let mut path = self.0.borrow_mut();
        if result.is_err() && !path.is_empty() {
            path.push(step());
        }
        result
    }
}

impl<'de> DeserializeSeed<'de> for UniqueKeys<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for UniqueKeys<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = self.within(seq.next_element_seed(self), || PathStep::Item(items.len()))? {
            items.push(item);
        }
        Ok(items.into())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut fields = Map::new();
        while let Some(key) = map.next_key::<String>()? {
            if fields.contains_key(&key) {
                self.0.borrow_mut().push(PathStep::Field(key));
                return Err(A::Error::custom("a repeated key"));
            }
            let value = self.within(map.next_value_seed(self), || PathStep::Field(key.clone()))?;
            fields.insert(key, value);
        }
        Ok(fields.into())
    }
}
