//! Lenient decoding: a value of the wrong type is as good as absent.
//!
//! A watch reads what other people wrote, sometimes past an API server's validation (an aggregated API, a custom admission,
//! an old object in etcd). One odd value must neither stop the watch nor hide the rest of its object, so every field of
//! the partial types decodes through one of these functions. They read any JSON, keep what has the right type, skip the rest,
//! and fail on broken JSON only.
//!
//! A file that a person gives is another matter: there a wrong type is a mistake that the person can mend, and an answer that passes
//! it over would mislead. [`strictly`] makes errors of wrong types, for the same partial types and by the same rules. Null is as
//! good as absent in both.

use std::cell::Cell;
use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{DeserializeSeed, Error, IgnoredAny, MapAccess, SeqAccess, Unexpected, Visitor};
use serde::{Deserialize, Deserializer};
use topology::facts;

/// A JSON value, as far as it is one number, word or truth value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Scalar {
    /// `true` or `false`.
    Bool(bool),
    /// An integer.
    Int(i64),
    /// A string.
    Text(String),
    /// A number that is no 64-bit integer.
    Number,
    /// A list or an object, where that is none of the expected things.
    Compound,
    /// Null.
    Null,
}

impl Scalar {
    fn is_not<T, E: Error>(&self, expected: &str) -> Result<Option<T>, E> {
        let found = match self {
            Self::Null => return Ok(None),
            Self::Bool(truth) => Unexpected::Bool(*truth),
            Self::Int(number) => Unexpected::Signed(*number),
            Self::Text(text) => Unexpected::Str(text),
            Self::Number => Unexpected::Other("number"),
            Self::Compound => Unexpected::Other("list or object"),
        };
        mismatch(found, expected)
    }
}

thread_local! {
    static STRICT: Cell<bool> = const { Cell::new(false) };
}

/// Runs a decoder, on this thread, with wrong types as errors.
pub(crate) fn strictly<T>(decode: impl FnOnce() -> T) -> T {
    struct Restore(bool);
    impl Drop for Restore {
        fn drop(&mut self) {
            STRICT.set(self.0);
        }
    }
    let _restore = Restore(STRICT.replace(true));
    decode()
}

/// A value of another type than expected: nothing, or an error.
fn mismatch<T: Default, E: Error>(found: Unexpected<'_>, expected: &str) -> Result<T, E> {
    if STRICT.get() { Err(E::invalid_type(found, &expected)) } else { Ok(T::default()) }
}

/// A string, or nothing.
pub(super) fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    match Scalar::deserialize(deserializer)? {
        Scalar::Text(text) => Ok(Some(text)),
        other => other.is_not("a string"),
    }
}

/// A string, or nothing, as an item of something.
struct Text(Option<String>);

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        text(deserializer).map(Self)
    }
}

/// A truth value, or nothing.
pub(super) fn truth<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<bool>, D::Error> {
    match Scalar::deserialize(deserializer)? {
        Scalar::Bool(truth) => Ok(Some(truth)),
        other => other.is_not("true or false"),
    }
}

/// A port number from 0 to 65535, or nothing. Another 32-bit number decodes in the API too, and is nothing.
pub(super) fn port<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u16>, D::Error> {
    match Scalar::deserialize(deserializer)? {
        Scalar::Int(number) if i32::try_from(number).is_ok() => Ok(u16::try_from(number).ok()),
        other => other.is_not("a 32-bit integer"),
    }
}

/// A port number or the name of a port, or nothing.
pub(super) fn port_or_name<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Scalar>, D::Error> {
    match Scalar::deserialize(deserializer)? {
        scalar @ Scalar::Text(_) => Ok(Some(scalar)),
        Scalar::Int(number) if i32::try_from(number).is_ok() => Ok(Some(Scalar::Int(number))),
        other => other.is_not("a 32-bit integer or a string"),
    }
}

/// A map of strings without what is not a string.
pub(super) fn labels<'de, D: Deserializer<'de>>(deserializer: D) -> Result<facts::Labels, D::Error> {
    struct Labels;
    impl<'de> Shape<'de> for Labels {
        type Value = facts::Labels;
        const EXPECTED: &'static str = "an object";

        fn map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut labels = facts::Labels::new();
            while let Some(key) = map.next_key()? {
                if let Text(Some(value)) = map.next_value()? {
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
        const EXPECTED: &'static str = "a list";

        fn seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
            let mut texts = Vec::new();
            while let Some(Text(text)) = seq.next_element()? {
                texts.extend(text);
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

struct Object<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Shape<'de> for Object<T> {
    type Value = Option<T>;
    const EXPECTED: &'static str = "an object";

    fn map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        T::deserialize(MapAccessDeserializer::new(map)).map(Some)
    }
}

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AnyScalar;
        impl<'de> Shape<'de> for AnyScalar {
            type Value = Option<Scalar>;
            const EXPECTED: &'static str = "a value";

            fn scalar<E: Error>(self, scalar: Scalar) -> Result<Self::Value, E> {
                Ok(Some(scalar))
            }

            fn seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Self::Value, A::Error> {
                skip_items(seq).map(|()| Some(Scalar::Compound))
            }

            fn map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                skip_fields(map).map(|()| Some(Scalar::Compound))
            }
        }
        Ok(deserializer.deserialize_any(Expect(AnyScalar))?.unwrap_or(Self::Null))
    }
}

fn skip_items<'de, A: SeqAccess<'de>>(mut seq: A) -> Result<(), A::Error> {
    while seq.next_element::<IgnoredAny>()?.is_some() {}
    Ok(())
}

fn skip_fields<'de, A: MapAccess<'de>>(mut map: A) -> Result<(), A::Error> {
    while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
    Ok(())
}

/// What a visitor makes of each JSON type; what it does not name is a mismatch.
trait Shape<'de>: Sized {
    type Value: Default;
    /// What it wants, for messages.
    const EXPECTED: &'static str;

    fn scalar<E: Error>(self, scalar: Scalar) -> Result<Self::Value, E> {
        scalar.is_not::<(), E>(Self::EXPECTED).map(|_| Self::Value::default())
    }

    fn seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Self::Value, A::Error> {
        skip_items(seq)?;
        mismatch(Unexpected::Seq, Self::EXPECTED)
    }

    fn map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        skip_fields(map)?;
        mismatch(Unexpected::Map, Self::EXPECTED)
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
        self.0.scalar(Scalar::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<S::Value, E> {
        self.0.scalar(Scalar::Int(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<S::Value, E> {
        self.0.scalar(i64::try_from(value).map_or(Scalar::Number, Scalar::Int))
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<S::Value, E> {
        self.0.scalar(Scalar::Number)
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<S::Value, E> {
        self.0.scalar(Scalar::Text(value.to_owned()))
    }

    fn visit_string<E: Error>(self, value: String) -> Result<S::Value, E> {
        self.0.scalar(Scalar::Text(value))
    }

    fn visit_none<E: Error>(self) -> Result<S::Value, E> {
        self.0.scalar(Scalar::Null)
    }

    fn visit_unit<E: Error>(self) -> Result<S::Value, E> {
        self.0.scalar(Scalar::Null)
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
