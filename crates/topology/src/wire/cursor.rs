//! Positions in a context's log.

use std::fmt;
use std::str::FromStr;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A position in a context's log: `<epoch>-<seq>`. The epoch is random per process and context.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cursor {
    /// The epoch of the log.
    pub epoch: u32,
    /// The number of the last frame at or before the position.
    pub seq: u64,
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08x}-{}", self.epoch, self.seq)
    }
}

/// A text that is not a cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotACursor;

impl fmt::Display for NotACursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a cursor: it looks like `0f3c9a21-42`")
    }
}

impl std::error::Error for NotACursor {}

impl FromStr for Cursor {
    type Err = NotACursor;

    fn from_str(text: &str) -> Result<Self, NotACursor> {
        let (epoch, seq) = text.split_once('-').ok_or(NotACursor)?;
        if epoch.len() != 8 || !epoch.bytes().all(|b| b.is_ascii_hexdigit()) || !seq.bytes().all(|b| b.is_ascii_digit())
        {
            return Err(NotACursor);
        }
        Ok(Self {
            epoch: u32::from_str_radix(epoch, 16).map_err(|_| NotACursor)?,
            seq: seq.parse().map_err(|_| NotACursor)?,
        })
    }
}

impl Serialize for Cursor {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Cursor {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|error| D::Error::custom(format_args!("`{text}` is {error}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_survives_its_text_and_nothing_else_is_one() {
        let cursor = Cursor { epoch: 0x0f3c_9a21, seq: 42 };
        assert_eq!(cursor.to_string(), "0f3c9a21-42");
        assert_eq!("0f3c9a21-42".parse(), Ok(cursor));
        for text in ["", "-", "0f3c9a21", "0f3c9a21-", "0f3c9a21-x", "zzzzzzzz-1", "+f3c9a21-1", "0f3c9a21--1"] {
            assert!(text.parse::<Cursor>().is_err(), "{text}");
        }
    }
}
