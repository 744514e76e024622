//! The expected JSON type of a field, and the handling of values with another type.

use std::cell::Cell;
use std::fmt;

use serde::de::{DeserializeSeed, Error, IgnoredAny, MapAccess, SeqAccess, Unexpected, Visitor};
use serde::{Deserialize, Deserializer};

thread_local! {
    static STRICT: Cell<bool> = const { Cell::new(false) };
}

/// Runs a decoder on this thread with wrong types as errors.
///
/// The mode is a thread-local variable, because serde passes no context from a type to its fields.
pub(in crate::decode) fn strictly<T>(decode: impl FnOnce() -> T) -> T {
    struct Restore(bool);
    impl Drop for Restore {
        fn drop(&mut self) {
            STRICT.set(self.0);
        }
    }
    let _restore = Restore(STRICT.replace(true));
    decode()
}

/// The result for a value of another type than expected: the default, or an error in strict mode.
fn mismatch<T: Default, E: Error>(found: Unexpected<'_>, expected: &str) -> Result<T, E> {
    if STRICT.get() { Err(E::invalid_type(found, &expected)) } else { Ok(T::default()) }
}

/// A JSON value without its content if it is a list or an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Scalar {
    /// `true` or `false`.
    Bool(bool),
    /// An integer.
    Int(i64),
    /// A string.
    Text(String),
    /// A number that is not a 64-bit integer.
    Number,
    /// A list or an object.
    Compound,
    /// Null.
    Null,
}

impl Scalar {
    /// `None` for null; for any other value the result of [`mismatch`].
    pub(super) fn is_not<T, E: Error>(&self, expected: &str) -> Result<Option<T>, E> {
        let found = match self {
            Self::Null => return Ok(None),
            Self::Bool(value) => Unexpected::Bool(*value),
            Self::Int(number) => Unexpected::Signed(*number),
            Self::Text(text) => Unexpected::Str(text),
            Self::Number => Unexpected::Other("number"),
            Self::Compound => Unexpected::Other("list or object"),
        };
        mismatch(found, expected)
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

/// Converts a JSON value by its type. A type that an implementation does not handle is a mismatch.
pub(super) trait Shape<'de>: Sized {
    type Value: Default;
    /// The expected type, for error messages.
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

/// The visitor of a [`Shape`].
pub(super) struct Expect<S>(pub(super) S);

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
