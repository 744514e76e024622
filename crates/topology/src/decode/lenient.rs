//! Lenient decoding: a value of the wrong type is as good as absent.
//!
//! A watch reads what other people wrote, sometimes past an API server's validation (an aggregated API, a custom admission, an old
//! object in etcd). One odd value must neither stop the watch nor hide the rest of its object, so every field of the partial types
//! decodes through one of these functions. They read any JSON, keep a value of the right type, skip any other, and fail on broken JSON
//! only.
//!
//! A file that a person gives is another matter: a wrong type is a mistake that the person can mend, and an answer that passed it over
//! would mislead. Within [`strictly`] the same functions fail on wrong types. Null is as good as absent in both.

mod shape;

use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, SeqAccess};
use serde::{Deserialize, Deserializer};

use crate::cluster::facts::Labels;
use shape::{Expect, Shape};

use shape::Scalar;
pub(super) use shape::strictly;

/// A string, or nothing.
pub(super) fn string<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    match Scalar::deserialize(deserializer)? {
        Scalar::Text(text) => Ok(Some(text)),
        other => other.is_not("a string"),
    }
}

/// A string, or nothing, as an item of something.
struct OptionalString(Option<String>);

impl<'de> Deserialize<'de> for OptionalString {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        string(deserializer).map(Self)
    }
}

/// A boolean, or nothing.
pub(super) fn boolean<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<bool>, D::Error> {
    match Scalar::deserialize(deserializer)? {
        Scalar::Bool(value) => Ok(Some(value)),
        other => other.is_not("true or false"),
    }
}

/// A port number from 0 to 65535, or nothing. Another 32-bit number decodes in the API too, and is nothing.
pub(super) fn port_number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u16>, D::Error> {
    match Scalar::deserialize(deserializer)? {
        Scalar::Int(number) if i32::try_from(number).is_ok() => Ok(u16::try_from(number).ok()),
        other => other.is_not("a 32-bit integer"),
    }
}

/// A port by its number or its name, as Kubernetes' type of the same name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum IntOrString {
    /// A number; not necessarily a port's.
    Int(i32),
    /// A name; it may be empty.
    String(String),
}

/// A number or a name, or nothing.
pub(super) fn int_or_string<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<IntOrString>, D::Error> {
    match Scalar::deserialize(deserializer)? {
        Scalar::Text(name) => Ok(Some(IntOrString::String(name))),
        Scalar::Int(number) if let Ok(number) = i32::try_from(number) => Ok(Some(IntOrString::Int(number))),
        other => other.is_not("a 32-bit integer or a string"),
    }
}

/// A map of strings, without the entries that are none.
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

/// A list of strings, without the items that are none.
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

/// An object, or nothing. Its own fields must be lenient too.
pub(super) fn optional_object<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    deserializer.deserialize_any(Expect(Object(PhantomData)))
}

/// A list of objects, without the items that are none.
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
