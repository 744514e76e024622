//! Reading objects from text: YAML or JSON, several documents, `List` kinds.

#[cfg(test)]
mod tests;

use std::fmt;

use serde_json::{Map, Value};
use serde_saphyr::{Options, Spanned};

use crate::object::check_metadata;
use crate::resources;
use crate::store::{Origin, Store};

/// Why a text could not be loaded, and where in it.
#[derive(Clone, Debug, PartialEq)]
pub struct LoadError {
    /// What was read: a file, or the name of a scenario.
    pub source_name: String,
    /// Which document of it, from 1; documents without content do not count.
    pub document: Option<usize>,
    /// The line, from 1; of a bad field it is the line where its document begins.
    pub line: Option<u64>,
    /// The column, from 1.
    pub column: Option<u64>,
    /// The field at fault, as a path: `items[2].metadata.name`.
    pub field: Option<String>,
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for LoadError {
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

impl std::error::Error for LoadError {}

/// One document and where it begins.
struct Document {
    number: usize,
    line: Option<u64>,
    value: Value,
}

/// Creates every object of a text. The history begins after them.
pub(crate) fn load(store: &Store, text: &str, source_name: &str) -> Result<(), LoadError> {
    for Document { number, line, value } in documents(text, source_name)? {
        let mut objects = Vec::new();
        let loaded = flatten(value, String::new(), None, &mut objects)
            .and_then(|()| objects.into_iter().try_for_each(|(path, object)| create(store, &path, object)));
        loaded.map_err(|(field, message)| LoadError {
            source_name: source_name.to_owned(),
            document: Some(number),
            line,
            column: None,
            field: Some(field).filter(|field| !field.is_empty()),
            message,
        })?;
    }
    store.compact();
    Ok(())
}

type FieldError = (String, String);

/// Collects the objects of a document: itself, or the items of the list that it is.
fn flatten(
    value: Value,
    path: String,
    item_type: Option<(&str, &str)>,
    out: &mut Vec<(String, Map<String, Value>)>,
) -> Result<(), FieldError> {
    let Value::Object(mut object) = value else { return Err((path, "expected an object".to_owned())) };
    // The items of a typed list, as the API answers it, say neither kind nor apiVersion.
    if let Some((kind, api_version)) = item_type {
        object.entry("kind").or_insert_with(|| kind.into());
        object.entry("apiVersion").or_insert_with(|| api_version.into());
    }
    let text = |field: &str| match object.get(field) {
        Some(Value::String(text)) if !text.is_empty() => Ok(text.clone()),
        Some(_) => Err((join(&path, field), "must be a string that is not empty".to_owned())),
        None => Err((join(&path, field), "is required".to_owned())),
    };
    let (api_version, kind) = (text("apiVersion")?, text("kind")?);
    let Some(item_kind) = kind.strip_suffix("List").filter(|_| object.contains_key("items")) else {
        out.push((path, object));
        return Ok(());
    };
    let item_type = (!item_kind.is_empty()).then_some((item_kind, api_version.as_str()));
    match object.remove("items") {
        Some(Value::Array(items)) => items
            .into_iter()
            .enumerate()
            .try_for_each(|(place, item)| flatten(item, join(&path, &format!("items[{place}]")), item_type, out)),
        Some(Value::Null) => Ok(()),
        _ => Err((join(&path, "items"), "must be a list".to_owned())),
    }
}

fn create(store: &Store, path: &str, object: Map<String, Value>) -> Result<(), FieldError> {
    let text = |field: &str| object.get(field).and_then(Value::as_str).unwrap_or_default().to_owned();
    let (api_version, kind) = (text("apiVersion"), text("kind"));
    check_metadata(&object).map_err(|(field, why)| (join(path, &field), why.to_owned()))?;
    let metadata = |field: &str| object.get("metadata")?.get(field)?.as_str().filter(|text| !text.is_empty());
    if metadata("name").is_none() && metadata("generateName").is_none() {
        return Err((join(path, "metadata.name"), "is required".to_owned()));
    }
    let Some(resource) = resources::by_kind(&api_version, &kind) else {
        tracing::warn!(
            k8s.kind = kind,
            k8s.api_version = api_version,
            "left out an object: the sandbox has no such kind"
        );
        return Ok(());
    };
    let namespace = metadata("namespace").unwrap_or("default").to_owned();
    store.create_in(resource, &namespace, object, Origin::File).map_err(|status| (path.to_owned(), status.message))?;
    Ok(())
}

fn join(path: &str, field: &str) -> String {
    if path.is_empty() { field.to_owned() } else { format!("{path}.{field}") }
}

fn documents(text: &str, source_name: &str) -> Result<Vec<Document>, LoadError> {
    // JSON is YAML, but its own parser is faster and says more.
    if text.trim_start().starts_with('{') {
        let parsed = json_documents(text, source_name);
        if parsed.is_ok() || source_name.ends_with(".json") {
            return parsed;
        }
    }
    yaml_documents(text, source_name)
}

fn json_documents(text: &str, source_name: &str) -> Result<Vec<Document>, LoadError> {
    let values = serde_json::Deserializer::from_str(text).into_iter::<Value>().zip(1..);
    let document = |(parsed, number): (Result<Value, serde_json::Error>, usize)| match parsed {
        Ok(value) => Ok(Document { number, line: None, value }),
        Err(error) => Err(LoadError {
            source_name: source_name.to_owned(),
            document: Some(number),
            line: u64::try_from(error.line()).ok(),
            column: u64::try_from(error.column()).ok(),
            field: None,
            message: error.to_string(),
        }),
    };
    values.map(document).collect()
}

fn yaml_documents(text: &str, source_name: &str) -> Result<Vec<Document>, LoadError> {
    let mut reader = text.as_bytes();
    let values = serde_saphyr::read_with_options::<_, Spanned<Value>>(&mut reader, yaml_options()).zip(1..);
    let document = |(parsed, number): (Result<Spanned<Value>, serde_saphyr::Error>, usize)| match parsed {
        Ok(spanned) => Ok(Document { number, line: Some(spanned.referenced.line()), value: spanned.value }),
        Err(error) => Err(LoadError {
            source_name: source_name.to_owned(),
            document: Some(number),
            line: error.location().map(|location| location.line()),
            column: error.location().map(|location| location.column()),
            field: None,
            message: error.to_string(),
        }),
    };
    values.map(document).collect()
}

/// One YAML object: the body of a request.
pub(crate) fn yaml_object(bytes: &[u8]) -> Result<Value, serde_saphyr::Error> {
    serde_saphyr::from_slice_with_options(bytes, yaml_options())
}

fn yaml_options() -> Options {
    serde_saphyr::options! {
        // A dump of a large cluster is one document of millions of nodes. Depth and aliases stay limited.
        budget: serde_saphyr::budget! {
            max_reader_input_bytes: None,
            max_events: usize::MAX,
            max_nodes: usize::MAX,
            max_documents: usize::MAX,
            max_total_scalar_bytes: usize::MAX,
        },
        // `defaultMode: 0644`, as kubectl reads it.
        legacy_octal_numbers: true,
        with_snippet: false,
    }
}
