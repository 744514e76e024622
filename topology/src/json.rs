//! Reads the JSON that kubehop's server writes, straight into facts: what a browser does with each snapshot and each change.
//!
//! Serde's derived visitors do the same, but one parser for each type: they were a tenth of the page's module. This reader is
//! compiled once. What it reads is what the derived `Serialize` of the same types writes: their tests hold one against the other.
//! A field that is not known is skipped, so that an older page reads what a newer server sends. A field that is missing has its
//! default where one makes sense; else it is an error, as a wrong value is, and the error names the field.

mod fields;
mod reader;

use std::fmt;

pub use fields::{Named, Read};
pub(crate) use fields::{fill, named, object, parsed, wrapped};
pub use reader::Reader;

/// Reads a whole text.
///
/// # Errors
///
/// The text is not JSON, or not what is wanted.
pub fn read<T: Read>(text: &str) -> Result<T, Wrong> {
    let mut reader = Reader::new(text);
    let value = T::read(&mut reader)?;
    reader.end()?;
    Ok(value)
}

/// What is wrong with a text, and where in it. Boxed: so a result of what is read in place is one word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong(Box<Text>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Text {
    /// The path of the value, as in `rows[3].ports[0].port`.
    place: String,
    what: String,
}

impl Wrong {
    /// Something is wrong with the value that is being read: the parts of a text say what.
    #[cold]
    pub(crate) fn new(what: &[&str]) -> Self {
        Self(Box::new(Text { place: String::new(), what: what.concat() }))
    }

    /// A text that names nothing.
    #[cold]
    pub(crate) fn unknown(text: &str) -> Self {
        Self::new(&["`", text, "` is not known here"])
    }

    /// A field that must be there is not.
    #[cold]
    pub(crate) fn missing(field: &str) -> Self {
        Self::new(&["`", field, "` is missing"])
    }

    /// The error is in this field, or in this item, of what is being read.
    #[cold]
    fn within(mut self, place: &str) -> Self {
        let inner = &mut self.0.place;
        if !inner.is_empty() && !inner.starts_with('[') {
            inner.insert(0, '.');
        }
        inner.insert_str(0, place);
        self
    }
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Text { place, what } = &*self.0;
        f.write_str(place)?;
        f.write_str(if place.is_empty() { "" } else { ": " })?;
        f.write_str(what)
    }
}

impl std::error::Error for Wrong {}

#[cfg(test)]
mod tests;
