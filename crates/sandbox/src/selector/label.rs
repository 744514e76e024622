//! Label selectors: `app=nginx,tier!=db,zone in (a,b),zone notin (c),canary,!legacy`.

use crate::object::Object;

/// One term of a label selector.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Requirement {
    key: String,
    operator: Operator,
}

#[derive(Clone, Debug, PartialEq)]
enum Operator {
    Exists,
    Missing,
    In(Vec<String>),
    NotIn(Vec<String>),
}

impl Requirement {
    pub(crate) fn matches(&self, object: &Object) -> bool {
        let value = object.label(&self.key);
        match &self.operator {
            Operator::Exists => value.is_some(),
            Operator::Missing => value.is_none(),
            Operator::In(values) => value.is_some_and(|value| values.iter().any(|v| v == value)),
            // An object without the label is in no set: `!=` and `notin` select it.
            Operator::NotIn(values) => value.is_none_or(|value| values.iter().all(|v| v != value)),
        }
    }
}

pub(crate) fn parse(text: &str) -> Result<Vec<Requirement>, String> {
    let mut requirements = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let end = term_end(rest);
        requirements.push(requirement(rest[..end].trim())?);
        rest = rest[end..].trim_start_matches(',').trim_start();
    }
    Ok(requirements)
}

/// The end of the first term: a comma inside the brackets of a set does not end it.
fn term_end(text: &str) -> usize {
    let mut inside = false;
    text.find(|letter| {
        inside = (inside || letter == '(') && letter != ')';
        letter == ',' && !inside
    })
    .unwrap_or(text.len())
}

fn requirement(term: &str) -> Result<Requirement, String> {
    let malformed = || format!("unable to parse requirement: {term:?}");
    let (key, operator) = if let Some(key) = term.strip_prefix('!') {
        (key, Operator::Missing)
    } else if let Some((key, value)) = term.split_once("!=") {
        (key, Operator::NotIn(vec![value.trim().to_owned()]))
    } else if let Some((key, value)) = term.split_once('=') {
        (key, Operator::In(vec![value.strip_prefix('=').unwrap_or(value).trim().to_owned()]))
    } else if let Some((head, values)) = term.split_once('(') {
        let values = values.strip_suffix(')').ok_or_else(malformed)?;
        let values: Vec<String> = values.split(',').map(|value| value.trim().to_owned()).collect();
        let mut words = head.split_whitespace();
        match (words.next(), words.next(), words.next()) {
            (Some(key), Some("in"), None) => (key, Operator::In(values)),
            (Some(key), Some("notin"), None) => (key, Operator::NotIn(values)),
            _ => return Err(malformed()),
        }
    } else {
        (term, Operator::Exists)
    };
    let key = key.trim();
    let values = match &operator {
        Operator::In(values) | Operator::NotIn(values) => values.as_slice(),
        Operator::Exists | Operator::Missing => &[],
    };
    let legal = |text: &str| text.chars().all(|c| c.is_ascii_alphanumeric() || "-_./".contains(c));
    if key.is_empty() || !legal(key) || !values.iter().all(|value| legal(value)) {
        return Err(malformed());
    }
    Ok(Requirement { key: key.to_owned(), operator })
}
