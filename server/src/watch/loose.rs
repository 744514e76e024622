//! Lenient decoding: a value of the wrong type is as good as absent.
//!
//! A watch reads what other people wrote, sometimes past an API server's validation (an aggregated API, a custom admission,
//! an old object in etcd). One odd value must neither stop the watch nor hide the rest of its object, so every field of
//! the partial types decodes through one of these functions. They read any JSON, keep what has the right type, skip the rest,
//! and fail on broken JSON only.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{DeserializeSeed, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

/// A JSON value, as far as it is one number, word or truth value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Scalar {
    /// `true` or `false`.
    Bool(bool),
    /// An integer.
    Int(i64),
    /// A string.
    Text(String),
    /// Anything else, null included.
    Other,
}

/// A string, or nothing.
pub(super) fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(match Scalar::deserialize(deserializer)? {
        Scalar::Text(text) => Some(text),
        _ => None,
    })
}

/// A truth value, or nothing.
pub(super) fn truth<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<bool>, D::Error> {
    Ok(match Scalar::deserialize(deserializer)? {
        Scalar::Bool(truth) => Some(truth),
        _ => None,
    })
}

/// A port number from 0 to 65535, or nothing.
pub(super) fn port<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u16>, D::Error> {
    Ok(match Scalar::deserialize(deserializer)? {
        Scalar::Int(number) => u16::try_from(number).ok(),
        _ => None,
    })
}

/// A map of strings without what is not a string.
pub(super) fn labels<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BTreeMap<String, String>, D::Error> {
    struct Labels;
    impl<'de> Shape<'de> for Labels {
        type Value = BTreeMap<String, String>;

        fn map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut labels = BTreeMap::new();
            while let Some(key) = map.next_key()? {
                if let Scalar::Text(value) = map.next_value()? {
                    labels.insert(key, value);
                }
            }
            Ok(labels)
        }
    }
    deserializer.deserialize_any(Expect(Labels))
}

/// A list of strings without what is not a string.
pub(super) fn texts<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    struct Texts;
    impl<'de> Shape<'de> for Texts {
        type Value = Vec<String>;

        fn seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
            let mut texts = Vec::new();
            while let Some(value) = seq.next_element()? {
                if let Scalar::Text(text) = value {
                    texts.push(text);
                }
            }
            Ok(texts)
        }
    }
    deserializer.deserialize_any(Expect(Texts))
}

/// An object, or its default. Its own fields have to be lenient too.
pub(super) fn object<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(deserializer: D) -> Result<T, D::Error> {
    Ok(maybe(deserializer)?.unwrap_or_default())
}

/// An object, or nothing. Its own fields have to be lenient too.
pub(super) fn maybe<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    deserializer.deserialize_any(Expect(Object(PhantomData)))
}

/// A list of objects without what is not an object.
pub(super) fn objects<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
    struct Objects<T>(PhantomData<T>);
    impl<'de, T: Deserialize<'de>> Shape<'de> for Objects<T> {
        type Value = Vec<T>;

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

struct Object<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Shape<'de> for Object<T> {
    type Value = Option<T>;

    fn map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        T::deserialize(MapAccessDeserializer::new(map)).map(Some)
    }
}

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AnyScalar;
        impl<'de> Shape<'de> for AnyScalar {
            type Value = Option<Scalar>;

            fn scalar(self, scalar: Scalar) -> Self::Value {
                Some(scalar)
            }
        }
        Ok(deserializer.deserialize_any(Expect(AnyScalar))?.unwrap_or(Self::Other))
    }
}

/// What a visitor makes of each JSON type; what it does not name becomes the default value.
trait Shape<'de>: Sized {
    type Value: Default;

    fn scalar(self, _: Scalar) -> Self::Value {
        Self::Value::default()
    }

    fn seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Self::Value::default())
    }

    fn map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Self::Value::default())
    }
}

struct Expect<S>(S);

impl<'de, S: Shape<'de>> DeserializeSeed<'de> for Expect<S> {
    type Value = S::Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<S::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de, S: Shape<'de>> Visitor<'de> for Expect<S> {
    type Value = S::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<S::Value, E> {
        Ok(self.0.scalar(Scalar::Bool(value)))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<S::Value, E> {
        Ok(self.0.scalar(Scalar::Int(value)))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<S::Value, E> {
        Ok(self.0.scalar(i64::try_from(value).map_or(Scalar::Other, Scalar::Int)))
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<S::Value, E> {
        Ok(self.0.scalar(Scalar::Other))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<S::Value, E> {
        Ok(self.0.scalar(Scalar::Text(value.to_owned())))
    }

    fn visit_string<E: Error>(self, value: String) -> Result<S::Value, E> {
        Ok(self.0.scalar(Scalar::Text(value)))
    }

    fn visit_none<E: Error>(self) -> Result<S::Value, E> {
        Ok(self.0.scalar(Scalar::Other))
    }

    fn visit_unit<E: Error>(self) -> Result<S::Value, E> {
        Ok(self.0.scalar(Scalar::Other))
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<S::Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<S::Value, A::Error> {
        self.0.seq(seq)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<S::Value, A::Error> {
        self.0.map(map)
    }
}
