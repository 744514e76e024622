use std::collections::BTreeMap;
use std::net::IpAddr;
use std::str::FromStr;

use ipnet::IpNet;

use super::{Reader, Wrong};

/// What can be read from JSON.
pub trait Read: Sized {
    /// Takes the next value.
    ///
    /// # Errors
    ///
    /// The next value is not one of these.
    fn read(from: &mut Reader<'_>) -> Result<Self, Wrong>;
}

/// What has a text of its own on the wire.
pub trait Named: Sized {
    /// What has this text.
    fn named(text: &str) -> Option<Self>;
}

/// `object!(Fact { needs "port": port; has "name": name, … })` reads a `Fact`. All of its fields must be named: those that it
/// needs must be there, those that it has are their type's default if they are missing.
macro_rules! object {
    ($fact:ident { $(needs $($needed:literal: $need:ident),+;)? $(has $($name:literal: $field:ident),+ $(,)?)? }) => {
        impl $crate::json::Read for $fact {
            fn read(from: &mut $crate::json::Reader<'_>) -> Result<Self, $crate::json::Wrong> {
                $($(let mut $need = None;)+)?
                $($(let mut $field = Default::default();)+)?
                from.object(&mut |from, name| match name {
                    $($($needed => $crate::json::fill(&mut $need, from),)+)?
                    $($($name => $crate::json::fill(&mut $field, from),)+)?
                    _ => from.skip(),
                })?;
                $($(let $need = $need.ok_or_else(|| $crate::json::Wrong::missing($needed))?;)+)?
                Ok(Self { $($($need,)+)? $($($field,)+)? })
            }
        }
    };
}
pub(crate) use object;

/// `named!(Protocol { "TCP": Tcp, … })` reads a `Protocol` from its text.
macro_rules! named {
    ($of:ident { $($name:literal: $variant:ident),+ $(,)? }) => {
        impl $crate::json::Named for $of {
            fn named(text: &str) -> Option<Self> {
                Some(match text {
                    $($name => Self::$variant,)+
                    _ => return None,
                })
            }
        }

        impl $crate::json::Read for $of {
            fn read(from: &mut $crate::json::Reader<'_>) -> Result<Self, $crate::json::Wrong> {
                let text = from.text()?;
                $crate::json::Named::named(&text).ok_or_else(|| $crate::json::Wrong::unknown(&text))
            }
        }
    };
}
pub(crate) use named;

/// `wrapped!(NodeIp)` reads what is around a single value.
macro_rules! wrapped {
    ($of:ident) => {
        impl $crate::json::Read for $of {
            fn read(from: &mut $crate::json::Reader<'_>) -> Result<Self, $crate::json::Wrong> {
                $crate::json::Read::read(from).map(Self)
            }
        }
    };
}
pub(crate) use wrapped;

/// Puts the next value into its place. Never inlined: a field then costs a call.
#[inline(never)]
pub(crate) fn fill<T: Read>(place: &mut T, from: &mut Reader<'_>) -> Result<(), Wrong> {
    *place = T::read(from)?;
    Ok(())
}

/// Reads a text that is parsed.
pub(crate) fn parsed<T: FromStr>(from: &mut Reader<'_>, what: &str) -> Result<T, Wrong> {
    let text = from.text()?;
    text.parse().map_err(|_| Wrong::new(&["`", &text, "` is not ", what]))
}

impl Read for String {
    fn read(from: &mut Reader<'_>) -> Result<Self, Wrong> {
        from.text().map(Into::into)
    }
}

impl Named for String {
    fn named(text: &str) -> Option<Self> {
        Some(text.to_owned())
    }
}

impl Read for bool {
    fn read(from: &mut Reader<'_>) -> Result<Self, Wrong> {
        from.truth()
    }
}

impl Read for i64 {
    fn read(from: &mut Reader<'_>) -> Result<Self, Wrong> {
        from.integer()
    }
}

macro_rules! numbers {
    ($($number:ident)+) => {
        $(impl Read for $number {
            fn read(from: &mut Reader<'_>) -> Result<Self, Wrong> {
                let number = from.integer()?;
                Self::try_from(number).map_err(|_| Wrong::new(&["the number ", &number.to_string(), " is out of range"]))
            }
        })+
    };
}
numbers!(u16 u32 i32 usize);

impl Read for IpAddr {
    fn read(from: &mut Reader<'_>) -> Result<Self, Wrong> {
        parsed(from, "an IP address")
    }
}

impl Read for IpNet {
    fn read(from: &mut Reader<'_>) -> Result<Self, Wrong> {
        parsed(from, "a CIDR")
    }
}

impl<T: Read> Read for Option<T> {
    fn read(from: &mut Reader<'_>) -> Result<Self, Wrong> {
        if from.null()? { Ok(None) } else { T::read(from).map(Some) }
    }
}

impl<T: Read> Read for Box<T> {
    fn read(from: &mut Reader<'_>) -> Result<Self, Wrong> {
        T::read(from).map(Self::new)
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(from: &mut Reader<'_>) -> Result<Self, Wrong> {
        let mut items = Self::new();
        from.list(&mut |from| {
            items.push(T::read(from)?);
            Ok(())
        })?;
        Ok(items)
    }
}

impl<K: Named + Ord, V: Read> Read for BTreeMap<K, V> {
    fn read(from: &mut Reader<'_>) -> Result<Self, Wrong> {
        let mut entries = Self::new();
        from.object(&mut |from, name| {
            let name = K::named(name).ok_or_else(|| Wrong::unknown(name))?;
            entries.insert(name, V::read(from)?);
            Ok(())
        })?;
        Ok(entries)
    }
}

impl<A: Read, B: Read> Read for (A, B) {
    fn read(from: &mut Reader<'_>) -> Result<Self, Wrong> {
        let (mut a, mut b) = (None, None);
        items(from, &mut |from, at| match at {
            0 => fill(&mut a, from),
            1 => fill(&mut b, from),
            _ => Err(Wrong::new(&["expected no such item"])),
        })?;
        a.zip(b).ok_or_else(|| Wrong::new(&["expected 2 items"]))
    }
}

impl<A: Read, B: Read, C: Read> Read for (A, B, C) {
    fn read(from: &mut Reader<'_>) -> Result<Self, Wrong> {
        let (mut a, mut b, mut c) = (None, None, None);
        items(from, &mut |from, at| match at {
            0 => fill(&mut a, from),
            1 => fill(&mut b, from),
            2 => fill(&mut c, from),
            _ => Err(Wrong::new(&["expected no such item"])),
        })?;
        a.zip(b).zip(c).map(|((a, b), c)| (a, b, c)).ok_or_else(|| Wrong::new(&["expected 3 items"]))
    }
}

/// Takes a list: `item` takes each item, and is told which it is.
fn items(
    from: &mut Reader<'_>,
    item: &mut dyn FnMut(&mut Reader<'_>, usize) -> Result<(), Wrong>,
) -> Result<(), Wrong> {
    let mut at = 0;
    from.list(&mut |from| {
        at += 1;
        item(from, at - 1)
    })
}
