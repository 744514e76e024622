//! Kubernetes objects in a text: YAML or JSON, several documents, `List` kinds as kubectl prints them, and lists of objects.
//!
//! [`Manifest::read`] returns each object with its position, and [`Manifest::error`] finds the position of a wrong field. It parses the
//! text a second time, so that positions cost nothing for a text without errors. [`write()`] writes an object, and [`lines`] finds the
//! lines of its fields.

mod json;
mod other_text;
mod position;
#[cfg(test)]
mod tests;
mod write;

use std::fmt;

use serde_json::{Map, Value};
use serde_saphyr::Options;

pub use other_text::OtherText;
pub use position::lines;
pub use write::{WriteError, write};

/// Why a text could not be loaded, with the position.
#[derive(Clone, Debug, PartialEq)]
pub struct ManifestError {
    /// The name of the source: a file, or a scenario.
    pub source_name: String,
    /// The number of the document, from 1; empty documents do not count.
    pub document: Option<usize>,
    /// The line, from 1; for a missing field the first line of the value that should contain it.
    pub line: Option<u64>,
    /// The column, from 1.
    pub column: Option<u64>,
    /// The path of the wrong field: `items[2].metadata.name`.
    pub field: Option<String>,
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for ManifestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.source_name)?;
        let number = |name: &str, number: Option<u64>| number.map(|n| format!(", {name} {n}")).unwrap_or_default();
        let document = self.document.and_then(|document| u64::try_from(document).ok());
        f.write_str(&number("document", document))?;
        f.write_str(&number("line", self.line))?;
        f.write_str(&number("column", self.column))?;
        let field = self.field.as_ref().map(|field| format!("{field}: ")).unwrap_or_default();
        write!(f, ": {field}{}", self.message)
    }
}

impl std::error::Error for ManifestError {}

/// A step of a path within a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathStep {
    /// A field of an object.
    Field(String),
    /// An item of a list.
    Item(usize),
}

impl From<&str> for PathStep {
    fn from(field: &str) -> Self {
        Self::Field(field.to_owned())
    }
}

/// The position of an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObjectPosition {
    /// The document, from 1.
    pub document: usize,
    /// The path of the object in the document: empty, or to an item of a list.
    path: Vec<PathStep>,
}

impl ObjectPosition {
    /// The path of a field of the object, in the document.
    fn within(&self, field: &[PathStep]) -> Vec<PathStep> {
        self.path.iter().chain(field).cloned().collect()
    }

    /// The text form of the path of a field of the object, in the document: `items[2].metadata.name`.
    pub fn field_text(&self, field: &[PathStep]) -> String {
        path_text(&self.within(field))
    }
}

/// An object and its position. It has an `apiVersion` and a `kind`.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundObject {
    /// Its position.
    pub place: ObjectPosition,
    /// The object.
    pub object: Map<String, Value>,
}

/// A text with objects.
#[derive(Clone, Copy, Debug)]
pub struct Manifest<'t> {
    source_name: &'t str,
    text: &'t str,
    json: bool,
}

impl<'t> Manifest<'t> {
    /// Reads all objects of a text.
    ///
    /// # Errors
    ///
    /// The text does not parse, or a document is neither an object nor a list of objects.
    pub fn read(text: &'t str, source_name: &'t str) -> Result<(Self, Vec<FoundObject>), ManifestError> {
        // JSON is YAML, but a JSON parser is faster and has better errors.
        let (json, documents) =
            match text.trim_start().starts_with(['{', '[']).then(|| json::documents(text, source_name)) {
                Some(Ok(documents)) => (true, documents),
                Some(Err(error)) if source_name.ends_with(".json") => return Err(error),
                _ => (false, yaml_documents(text, source_name)?),
            };
        let manifest = Self { source_name, text, json };
        let mut found = Vec::new();
        for (document, value) in (1..).zip(documents) {
            let place = ObjectPosition { document, path: Vec::new() };
            manifest.flatten(value, place, None, &mut found)?;
        }
        Ok((manifest, found))
    }

    /// An error about a field of an object; an empty path means the whole object.
    pub fn error(&self, place: &ObjectPosition, field: &[PathStep], message: impl Into<String>) -> ManifestError {
        let path = place.within(field);
        let at = position::of(self.text, self.json, place.document, &path);
        ManifestError {
            source_name: self.source_name.to_owned(),
            document: Some(place.document),
            line: at.map(|(line, _)| line),
            column: at.map(|(_, column)| column),
            field: Some(path_text(&path)).filter(|field| !field.is_empty()),
            message: message.into(),
        }
    }

    /// The positions, as line and column from 1, of fields of objects: of each the value, or the innermost existing value on its path.
    /// All of them take one more reading of the text.
    pub fn positions<'p>(
        &self,
        fields: impl IntoIterator<Item = (&'p ObjectPosition, &'p [PathStep])>,
    ) -> Vec<Option<(u64, u64)>> {
        let paths: Vec<(usize, Vec<PathStep>)> =
            fields.into_iter().map(|(place, field)| (place.document, place.within(field))).collect();
        position::of_all(self.text, self.json, &paths)
    }

    /// Collects the objects of a document: the document itself, or the items of its list.
    fn flatten(
        &self,
        value: Value,
        place: ObjectPosition,
        item_type: Option<(&str, &str)>,
        out: &mut Vec<FoundObject>,
    ) -> Result<(), ManifestError> {
        let mut object = match value {
            Value::Object(object) => object,
            // A list of objects, as `jq '.items'` prints it.
            Value::Array(items) if place.path.is_empty() => {
                return items.into_iter().enumerate().try_for_each(|(item, value)| {
                    let place = ObjectPosition { path: vec![PathStep::Item(item)], ..place };
                    self.flatten(value, place, None, out)
                });
            }
            _ => return Err(self.error(&place, &[], "expected an object")),
        };
        // The items of a typed list, as the API returns it, have neither kind nor apiVersion.
        if let Some((kind, api_version)) = item_type {
            object.entry("kind").or_insert_with(|| kind.into());
            object.entry("apiVersion").or_insert_with(|| api_version.into());
        }
        let text = |field: &str| match object.get(field) {
            Some(Value::String(text)) if !text.is_empty() => Ok(text.clone()),
            Some(_) => Err(self.error(&place, &[field.into()], "must be a string that is not empty")),
            None => Err(self.error(&place, &[field.into()], "is required")),
        };
        let (api_version, kind) = (text("apiVersion")?, text("kind")?);
        let Some(item_kind) = kind.strip_suffix("List").filter(|_| object.contains_key("items")) else {
            out.push(FoundObject { place, object });
            return Ok(());
        };
        let item_type = (!item_kind.is_empty()).then_some((item_kind, api_version.as_str()));
        match object.remove("items") {
            Some(Value::Array(items)) => items.into_iter().enumerate().try_for_each(|(item, value)| {
                let mut place = place.clone();
                place.path.extend(["items".into(), PathStep::Item(item)]);
                self.flatten(value, place, item_type, out)
            }),
            Some(Value::Null) => Ok(()),
            _ => Err(self.error(&place, &["items".into()], "must be a list")),
        }
    }
}

/// The text form of a path: `items[2].metadata.name`.
fn path_text(path: &[PathStep]) -> String {
    let mut text = String::new();
    for step in path {
        match step {
            PathStep::Field(field) if text.is_empty() => text.push_str(field),
            PathStep::Field(field) => text.extend([".", field]),
            PathStep::Item(item) => text.push_str(&format!("[{item}]")),
        }
    }
    text
}

fn yaml_documents(text: &str, source_name: &str) -> Result<Vec<Value>, ManifestError> {
    let mut reader = text.as_bytes();
    let values = serde_saphyr::read_with_options::<_, Value>(&mut reader, yaml_options()).zip(1..);
    let document = |(parsed, number): (Result<Value, serde_saphyr::Error>, usize)| {
        parsed.map_err(|error| ManifestError {
            source_name: source_name.to_owned(),
            document: Some(number),
            line: error.location().map(|location| location.line()),
            column: error.location().map(|location| location.column()),
            field: None,
            message: match &error {
                serde_saphyr::Error::DuplicateMappingKey { key: Some(key), .. } => repeated_key(key),
                error => error.to_string(),
            },
        })
    };
    values.map(document).collect()
}

/// What is wrong with an object that has a key twice.
fn repeated_key(key: &str) -> String {
    format!("the key `{key}` is there twice: leave one out")
}

/// Reads one YAML object: the body of a request.
///
/// # Errors
///
/// The bytes are not YAML, or expand to more values than the limits allow; the error is written for the sender.
pub fn read_object(bytes: &[u8]) -> Result<Value, String> {
    serde_saphyr::from_slice_with_options(bytes, yaml_options()).map_err(|error| error.to_string())
}

/// Maximum number of nodes from aliases: a few lines of aliases can expand to any number of nodes.
const ALIASED_NODES: usize = 50_000;

fn yaml_options() -> Options {
    serde_saphyr::options! {
        // A dump of a large cluster is one document of millions of nodes without aliases, so only aliases and depth are limited.
        budget: serde_saphyr::budget! {
            max_reader_input_bytes: None,
            max_events: usize::MAX,
            max_nodes: usize::MAX,
            max_documents: usize::MAX,
            max_total_scalar_bytes: usize::MAX,
            max_recorded_anchor_events: ALIASED_NODES,
        },
        alias_limits: serde_saphyr::alias_limits! { max_total_replayed_events: ALIASED_NODES },
        // Reads `defaultMode: 0644` as octal, as kubectl does.
        legacy_octal_numbers: true,
        with_snippet: false,
    }
}
