//! Field selectors: `status.phase=Running,metadata.name!=a`; `\` escapes a `,`, `=` or `\` in a value.

use crate::object::Object;
use crate::resources::Resource;

/// One term of a field selector.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Requirement {
    field: SelectorField,
    equal: bool,
    value: String,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum SelectorField {
    Name,
    Namespace,
    /// An index into the resource's selectable fields.
    Selectable(usize),
}

impl Requirement {
    pub(crate) fn name(name: &str) -> Self {
        Self { field: SelectorField::Name, equal: true, value: name.to_owned() }
    }

    pub(crate) fn matches(&self, object: &Object) -> bool {
        let actual = match self.field {
            SelectorField::Name => &*object.key.name,
            SelectorField::Namespace => &*object.key.namespace,
            SelectorField::Selectable(index) => object.field(index),
        };
        (actual == self.value) == self.equal
    }
}

pub(crate) fn parse(resource: &Resource, text: &str) -> Result<Vec<Requirement>, String> {
    terms(text).into_iter().filter(|term| !term.is_empty()).map(|term| requirement(resource, term)).collect()
}

fn requirement(resource: &Resource, term: &str) -> Result<Requirement, String> {
    let malformed = || format!("invalid selector: {term:?}; can't understand {term:?}");
    let at = term.find('=').ok_or_else(malformed)?;
    let (path, equal, rest) = match term[..at].strip_suffix('!') {
        Some(path) => (path, false, &term[at + 1..]),
        None => (&term[..at], true, term[at + 1..].strip_prefix('=').unwrap_or(&term[at + 1..])),
    };
    let value = unescape(rest).ok_or_else(malformed)?;
    let field = match path {
        "metadata.name" => SelectorField::Name,
        "metadata.namespace" if resource.namespaced => SelectorField::Namespace,
        _ => match resource.fields.iter().position(|field| *field == path) {
            Some(index) => SelectorField::Selectable(index),
            None => return Err(format!("field label not supported: {path}")),
        },
    };
    Ok(Requirement { field, equal, value })
}

/// Splits at the commas that are not escaped.
fn terms(text: &str) -> Vec<&str> {
    let (mut terms, mut start, mut escaped) = (Vec::new(), 0, false);
    for (at, letter) in text.char_indices() {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            ',' => {
                terms.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    terms.push(&text[start..]);
    terms
}

fn unescape(text: &str) -> Option<String> {
    let mut value = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => value.push(letters.next().filter(|next| matches!(next, '\\' | ',' | '='))?),
            '=' => return None,
            other => value.push(other),
        }
    }
    Some(value)
}
