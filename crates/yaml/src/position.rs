//! The positions of values in a text: line and column, from 1.

use std::fmt;

use serde::de::{Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_saphyr::Spanned;

use super::{PathStep, yaml_options};

/// The lines, from 1 and in order, on which the values at these paths begin, in a YAML text of one document. A path without a value is
/// skipped. A text that does not parse gives no lines.
pub fn lines<'p>(text: &str, paths: impl IntoIterator<Item = &'p [PathStep]>) -> Vec<u64> {
    let mut reader = text.as_bytes();
    let mut documents = serde_saphyr::read_with_options::<_, Spanned<Node>>(&mut reader, yaml_options());
    let Some(Ok(root)) = documents.next() else { return Vec::new() };
    let at = |path: &[PathStep]| path.iter().try_fold(&root, |value, step| value.value.inner(step));
    let lines = paths.into_iter().filter_map(|path| at(path).map(|value| value.referenced.line()));
    let mut lines: Vec<u64> = lines.collect();
    lines.sort_unstable();
    lines.dedup();
    lines
}

/// The position of the value at a path of a document, or of the innermost existing value on that path.
pub(super) fn of(text: &str, json: bool, document: usize, path: &[PathStep]) -> Option<(u64, u64)> {
    let (text, lines, columns) = if json { json_document(text, document)? } else { (text, 0, 0) };
    let mut reader = text.as_bytes();
    let nth = if json { 0 } else { document - 1 };
    let root = serde_saphyr::read_with_options::<_, Spanned<Node>>(&mut reader, yaml_options()).nth(nth)?.ok()?;
    Some(moved(innermost(&root, path), lines, columns))
}

/// The positions of many values, given by their document and path. Each document is read once.
pub(super) fn of_all(text: &str, json: bool, paths: &[(usize, Vec<PathStep>)]) -> Vec<Option<(u64, u64)>> {
    let mut found = vec![None; paths.len()];
    let mut documents: Vec<usize> = paths.iter().map(|(document, _)| *document).collect();
    documents.sort_unstable();
    documents.dedup();
    let mut find = |document: usize, root: &Spanned<Node>, lines: u64, columns: u64| {
        for (found, (_, path)) in found.iter_mut().zip(paths).filter(|(_, (own, _))| *own == document) {
            *found = Some(moved(innermost(root, path), lines, columns));
        }
    };
    if json {
        for document in documents {
            let Some((text, lines, columns)) = json_document(text, document) else { continue };
            let mut reader = text.as_bytes();
            let root = serde_saphyr::read_with_options::<_, Spanned<Node>>(&mut reader, yaml_options()).next();
            if let Some(Ok(root)) = root {
                find(document, &root, lines, columns);
            }
        }
    } else {
        let mut reader = text.as_bytes();
        let roots = serde_saphyr::read_with_options::<_, Spanned<Node>>(&mut reader, yaml_options());
        for (document, root) in (1..).zip(roots) {
            if let (Ok(root), true) = (root, documents.contains(&document)) {
                find(document, &root, 0, 0);
            }
        }
    }
    found
}

/// The value at a path, or the innermost existing value on it.
fn innermost<'n>(root: &'n Spanned<Node>, path: &[PathStep]) -> &'n Spanned<Node> {
    let mut value = root;
    for step in path {
        match value.value.inner(step) {
            Some(inner) => value = inner,
            None => break,
        }
    }
    value
}

/// The position of a value of a document that begins after so many lines and columns.
fn moved(value: &Spanned<Node>, lines: u64, columns: u64) -> (u64, u64) {
    let (line, column) = (value.referenced.line(), value.referenced.column());
    // Only the first line of the document shares its line with the text before it.
    (line + lines, if line == 1 { column + columns } else { column })
}

/// The n-th JSON value of a text, and the number of lines and columns before it.
fn json_document(text: &str, document: usize) -> Option<(&str, u64, u64)> {
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<IgnoredAny>();
    for _ in 1..document {
        values.next()?.ok()?;
    }
    let (before, rest) = text.split_at_checked(values.byte_offset())?;
    let lines = before.matches('\n').count();
    let columns = before.rsplit('\n').next().map_or(0, |line| line.chars().count());
    Some((rest.get(..end_of_first(rest)?)?, lines as u64, columns as u64))
}

fn end_of_first(text: &str) -> Option<usize> {
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<IgnoredAny>();
    values.next()?.ok()?;
    Some(values.byte_offset())
}

/// The structure of a value, without its scalars.
enum Node {
    Leaf,
    List(Vec<Spanned<Node>>),
    Map(Vec<(String, Spanned<Node>)>),
}

impl Node {
    fn inner(&self, step: &PathStep) -> Option<&Spanned<Self>> {
        match (self, step) {
            (Self::Map(fields), PathStep::Field(name)) => {
                fields.iter().find(|(field, _)| field == name).map(|(_, value)| value)
            }
            (Self::List(items), PathStep::Item(item)) => items.get(*item),
            _ => None,
        }
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Shape;
        impl<'de> Visitor<'de> for Shape {
            type Value = Node;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("any value")
            }

            fn visit_bool<E: Error>(self, _: bool) -> Result<Node, E> {
                Ok(Node::Leaf)
            }

            fn visit_i64<E: Error>(self, _: i64) -> Result<Node, E> {
                Ok(Node::Leaf)
            }

            fn visit_u64<E: Error>(self, _: u64) -> Result<Node, E> {
                Ok(Node::Leaf)
            }

            fn visit_f64<E: Error>(self, _: f64) -> Result<Node, E> {
                Ok(Node::Leaf)
            }

            fn visit_str<E: Error>(self, _: &str) -> Result<Node, E> {
                Ok(Node::Leaf)
            }

            fn visit_unit<E: Error>(self) -> Result<Node, E> {
                Ok(Node::Leaf)
            }

            fn visit_none<E: Error>(self) -> Result<Node, E> {
                Ok(Node::Leaf)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Node, A::Error> {
                let mut items = Vec::new();
                while let Some(item) = seq.next_element()? {
                    items.push(item);
                }
                Ok(Node::List(items))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(Node::Map(fields))
            }
        }
        deserializer.deserialize_any(Shape)
    }
}
