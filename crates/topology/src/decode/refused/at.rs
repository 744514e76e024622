//! A place in an object, and the refused values that are found there.

use serde_json::{Map, Value};

use super::RefusedValue;
use crate::graph::manifest::Step;
use crate::path::answer::WrongValue;

/// The most characters of a value that are shown.
const SHOWN: usize = 100;

/// A place in an object. It has a value or none. The path is made of the parents only when it is needed.
pub(super) struct At<'p, 'v> {
    parent: Option<(&'p At<'p, 'v>, StepRef)>,
    fields: Option<&'v Map<String, Value>>,
    value: Option<&'v Value>,
}

#[derive(Clone, Copy)]
enum StepRef {
    Field(&'static str),
    Item(usize),
}

impl<'p, 'v> At<'p, 'v> {
    /// The object itself.
    pub(super) fn root(object: &'v Map<String, Value>) -> Self {
        Self { parent: None, fields: Some(object), value: None }
    }

    /// A field of the object at this place. Null counts as absent.
    pub(super) fn field(&'p self, name: &'static str) -> Self {
        let value = self.fields.and_then(|fields| fields.get(name)).filter(|value| !value.is_null());
        Self::inside(self, StepRef::Field(name), value)
    }

    fn inside(parent: &'p Self, step: StepRef, value: Option<&'v Value>) -> Self {
        Self { parent: Some((parent, step)), fields: value.and_then(Value::as_object), value }
    }

    /// The items of the list at this place.
    pub(super) fn items(&'p self) -> impl Iterator<Item = Self> {
        let items = self.value.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        items.iter().enumerate().map(|(n, value)| Self::inside(self, StepRef::Item(n), Some(value)))
    }

    pub(super) fn is_absent(&self) -> bool {
        self.value.is_none()
    }

    pub(super) fn text(&self) -> Option<&'v str> {
        self.value.and_then(Value::as_str)
    }

    pub(super) fn int(&self) -> Option<i64> {
        self.value.and_then(Value::as_i64)
    }

    /// Refuses a text that is not as it should be.
    pub(super) fn check(&self, refused: &mut Refused, why: WrongValue, is_right: impl FnOnce(&str) -> bool) {
        if self.text().is_some_and(|text| !is_right(text)) {
            refused.add(self, why);
        }
    }

    /// Refuses a number that is not as it should be.
    pub(super) fn check_int(&self, refused: &mut Refused, why: WrongValue, is_right: impl FnOnce(i64) -> bool) {
        if self.int().is_some_and(|number| !is_right(number)) {
            refused.add(self, why);
        }
    }

    /// Refuses a text that is not empty and none of these.
    pub(super) fn one_of(&self, refused: &mut Refused, values: &[&str]) {
        self.check(refused, WrongValue::NoSuchValue, |text| text.is_empty() || values.contains(&text));
    }

    fn path(&self) -> Vec<Step> {
        let Some((parent, step)) = self.parent else { return Vec::new() };
        let mut path = parent.path();
        path.push(match step {
            StepRef::Field(name) => Step::Field(name.to_owned()),
            StepRef::Item(n) => Step::Item(n),
        });
        path
    }

    /// The value as text, cut if it is long.
    fn shown(&self) -> Option<String> {
        let value = self.value?;
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let cut = text.char_indices().nth(SHOWN).map(|(at, _)| format!("{}…", &text[..at]));
        Some(cut.unwrap_or(text))
    }
}

/// The refused values of an object.
#[derive(Default)]
pub(super) struct Refused(Vec<RefusedValue>);

impl Refused {
    pub(super) fn add(&mut self, at: &At<'_, '_>, why: WrongValue) {
        self.0.push(RefusedValue { path: at.path(), value: at.shown(), why });
    }

    pub(super) fn into_values(self) -> Vec<RefusedValue> {
        self.0
    }
}
