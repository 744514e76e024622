//! Compares two states of a row field by field, with Kubernetes' field names.
//!
//! Only fields of a row are compared. The message of a condition is not compared, because it repeats the condition.

mod facts;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::fmt::Display;

use crate::cluster::facts::Labels;
use crate::cluster::kinds::with_kinds;
use crate::cluster::row::Row;

/// Maximum length of a value's or field's text, in characters. A longer text is cut and ends in `…`. This bounds the size of a history.
const LONGEST: usize = 200;

/// One difference between two states of an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldChange {
    /// The last name of the field in the manifest (`ready`, `nodePort`, `podIPs`). A field of a Service's named port has the port's name before
    /// it (`ports[http].nodePort`). `None` if the whole object was created or deleted.
    pub field: Option<Cow<'static, str>>,
    /// The previous value as text; `None` if it was unset. For a map, only the entries that differ: `app=web`.
    pub from: Option<String>,
    /// The new value as text; `None` if it is unset. For a whole object `created` or `deleted`.
    pub to: Option<String>,
}

impl FieldChange {
    fn whole(to: &str) -> Self {
        Self { field: None, from: None, to: Some(to.to_owned()) }
    }
}

/// Compares two states of a fact. Every kind's fact implements it.
trait Compare {
    /// Adds the differences between two states.
    fn compare(old: &Self, new: &Self, found: &mut FieldChanges);
}

macro_rules! compare_rows {
    ($($(#[$doc:meta])* $kind:ident { fact: $fact:ident, $($rest:tt)* })*) => {
        fn compare_rows(old: &Row, new: &Row, found: &mut FieldChanges) {
            match (old, new) {
                $((Row::$kind(old), Row::$kind(new)) => crate::cluster::facts::$fact::compare(old, new, found),)*
                // The kind of a row never changes.
                _ => {}
            }
        }
    };
}
with_kinds!(compare_rows);

/// The differences between two states of a row. A created or deleted row is one change, whatever its fields are.
pub fn differences(old: Option<&Row>, new: Option<&Row>) -> Vec<FieldChange> {
    match (old, new) {
        (None, None) => Vec::new(),
        (None, Some(_)) => vec![FieldChange::whole("created")],
        (Some(_), None) => vec![FieldChange::whole("deleted")],
        (Some(old), Some(new)) => {
            let mut found = FieldChanges(Vec::new());
            compare_rows(old, new, &mut found);
            found.0
        }
    }
}

/// The differences found so far.
struct FieldChanges(Vec<FieldChange>);

impl FieldChanges {
    fn value<T: PartialEq + Display + ?Sized>(&mut self, field: impl Into<Cow<'static, str>>, old: &T, new: &T) {
        if old != new {
            self.text(field, Some(old.to_string()), Some(new.to_string()));
        }
    }

    fn option<T: PartialEq + Display>(
        &mut self,
        field: impl Into<Cow<'static, str>>,
        old: &Option<T>,
        new: &Option<T>,
    ) {
        if old != new {
            self.text(field, old.as_ref().map(T::to_string), new.as_ref().map(T::to_string));
        }
    }

    fn list<T: PartialEq + Display>(&mut self, field: &'static str, old: &[T], new: &[T]) {
        if old != new {
            self.text(field, joined(old), joined(new));
        }
    }

    /// Adds only the entries that differ.
    fn map(&mut self, field: &'static str, old: &Labels, new: &Labels) {
        if old == new {
            return;
        }
        let only = |own: &Labels, other: &Labels| {
            let own = own.iter().filter(|(key, value)| other.get(*key) != Some(value));
            joined(&own.map(|(key, value)| format!("{key}={value}")).collect::<Vec<_>>())
        };
        self.text(field, only(old, new), only(new, old));
    }

    /// Adds a change from one text to another. Empty texts are unset fields. Equal texts are no change, because lists can differ in values that
    /// their texts do not show.
    fn text(&mut self, field: impl Into<Cow<'static, str>>, old: Option<String>, new: Option<String>) {
        let short = |text: Option<String>| text.filter(|text| !text.is_empty()).map(shortened);
        if old != new {
            let field = match field.into() {
                // An owned field contains the name of a port, which can be long.
                Cow::Owned(field) => Cow::Owned(shortened(field)),
                field @ Cow::Borrowed(_) => field,
            };
            self.0.push(FieldChange { field: Some(field), from: short(old), to: short(new) });
        }
    }
}

fn shortened(text: String) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

fn joined<T: Display>(items: &[T]) -> Option<String> {
    (!items.is_empty()).then(|| items.iter().map(T::to_string).collect::<Vec<_>>().join(", "))
}
