//! Lenient decoding: a value of the wrong type counts as absent.
//!
//! A watch can receive objects that the API server has not validated (an aggregated API, a custom admission, an old object in etcd). A wrong
//! value must neither stop the watch nor hide the rest of its object. So every field of the partial types is decoded by one of these
//! functions. They accept any JSON, keep a value of the right type, skip any other value, and fail only on broken JSON.
//!
//! In a file that a person provides, a wrong type is a mistake that the person can correct, and an answer that ignored it would mislead.
//! Within [`strictly`] the same functions fail on wrong types. Null counts as absent in both modes.

mod shape;

use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, SeqAccess};
use serde::{Deserialize, Deserializer};

use crate::cluster::facts::Labels;
use shape::{Expect, Shape};

use shape::Scalar;
pub(super) use shape::strictly;

/// A string, or `None`.
pub(super) fn string<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    match Scalar::deserialize(deserializer)? {
        Scalar::Text(text) => Ok(Some(text)),
        other => other.is_not("a string"),
    }
}

/// A string, or `None`, as an item of a list or a map.
struct OptionalString(Option<String>);

impl<'de> Deserialize<'de> for OptionalString {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        string(deserializer).map(Self)
    }
}

/// A boolean, or `None`.
pub(super) fn boolean<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<bool>, D::Error> {
    match Scalar::deserialize(deserializer)? {
        Scalar::Bool(value) => Ok(Some(value)),
        other => other.is_not("true or false"),
    }
}

/// A port number from 0 to 65535, or `None`. Other 32-bit numbers are valid JSON for the API, but give `None`.
pub(super) fn port_number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u16>, D::Error> {
    match Scalar::deserialize(deserializer)? {
        Scalar::Int(number) if i32::try_from(number).is_ok() => Ok(u16::try_from(number).ok()),
        other => other.is_not("a 32-bit integer"),
    }
}

/// A port number or a port name, like Kubernetes' type with the same name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum IntOrString {
    /// A number. It need not be a valid port.
    Int(i32),
    /// A name. It can be empty.
    String(String),
}

/// A number or a name, or `None`.
pub(super) fn int_or_string<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<IntOrString>, D::Error> {
    match Scalar::deserialize(deserializer)? {
        Scalar::Text(name) => Ok(Some(IntOrString::String(name))),
        Scalar::Int(number) if let Ok(number) = i32::try_from(number) => Ok(Some(IntOrString::Int(number))),
        other => other.is_not("a 32-bit integer or a string"),
    }
}

/// A map of strings. Entries with other values are skipped.
pub(super) fn string_map<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Labels, D::Error> {
    struct StringMap;
    impl<'de> Shape<'de> for StringMap {
        type Value = Labels;
        const EXPECTED: &'static str = "an object";

        fn map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut strings = Labels::new();
            while let Some(key) = map.next_key()? {
                if let OptionalString(Some(value)) = map.next_value()? {
                    strings.insert(key, value);
                }
            }
            Ok(strings)
        }
    }
    deserializer.deserialize_any(Expect(StringMap))
}

/// A list of strings. Other items are skipped.
pub(super) fn strings<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    struct Strings;
    impl<'de> Shape<'de> for Strings {
        type Value = Vec<String>;
        const EXPECTED: &'static str = "a list";

        fn seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
            let mut strings = Vec::new();
            while let Some(OptionalString(string)) = seq.next_element()? {
                strings.extend(string);
            }
            Ok(strings)
        }
    }
    deserializer.deserialize_any(Expect(Strings))
}

/// An object, or its default. Its own fields must be lenient too.
pub(super) fn object_or_default<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(
    deserializer: D,
) -> Result<T, D::Error> {
    Ok(optional_object(deserializer)?.unwrap_or_default())
}

/// An object, or `None`. Its own fields must be lenient too.
pub(super) fn optional_object<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    deserializer.deserialize_any(Expect(Object(PhantomData)))
}

/// A list of objects. Other items are skipped.
pub(super) fn objects<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
    struct Objects<T>(PhantomData<T>);
    impl<'de, T: Deserialize<'de>> Shape<'de> for Objects<T> {
        type Value = Vec<T>;
        const EXPECTED: &'static str = "a list";

        fn seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
            let mut objects = Vec::new();
            while let Some(object) = seq.next_element_seed(Expect(Object(PhantomData)))? {
                objects.extend(object);
            }
            Ok(objects)
        }
    }
    deserializer.deserialize_any(Expect(Objects(PhantomData)))
}

/// Expects one object.
struct Object<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Shape<'de> for Object<T> {
    type Value = Option<T>;
    const EXPECTED: &'static str = "an object";

    fn map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        T::deserialize(MapAccessDeserializer::new(map)).map(Some)
    }
}
