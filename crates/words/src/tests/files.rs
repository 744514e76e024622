//! The files of texts, parsed as Fluent.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser::parse;

use crate::Language;

/// One message of a language.
#[derive(Debug, Default)]
pub struct Message {
    /// The names of its arguments.
    pub arguments: BTreeSet<String>,
    /// The texts of the message: one for each stretch between two arguments.
    pub texts: Vec<String>,
}

impl Message {
    /// The whole text, with a placeholder for each argument.
    pub fn written(&self) -> String {
        self.texts.join("{}")
    }

    fn read(&mut self, pattern: &Pattern<String>) {
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { value } => self.texts.push(value.clone()),
                PatternElement::Placeable { expression: Expression::Inline(inline) } => self.inline(inline),
                PatternElement::Placeable { expression: Expression::Select { selector, variants } } => {
                    self.inline(selector);
                    variants.iter().for_each(|variant| self.read(&variant.value));
                }
            }
        }
    }

    fn inline(&mut self, inline: &InlineExpression<String>) {
        match inline {
            InlineExpression::VariableReference { id } => {
                self.arguments.insert(id.name.clone());
            }
            InlineExpression::StringLiteral { value } => self.texts.push(value.clone()),
            other => panic!("a message has no {other:?}"),
        }
    }
}

/// The messages of a language by id.
pub fn messages(language: Language) -> BTreeMap<String, Message> {
    let mut messages = BTreeMap::new();
    for path in files(&root().join("crates/words/texts").join(language.code()), "ftl") {
        let resource = parse(fs::read_to_string(&path).unwrap()).expect("the texts are read");
        for entry in resource.body {
            let Entry::Message(entry) = entry else { continue };
            let mut message = Message::default();
            message.read(&entry.value.expect("a message has a value"));
            messages.insert(entry.id.name, message);
        }
    }
    messages
}

/// The root of the workspace.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Every file below a folder with this suffix.
pub fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        match entry.path() {
            path if path.is_dir() => found.extend(files(&path, ending)),
            path if path.extension().is_some_and(|own| own == ending) => found.push(path),
            _ => {}
        }
    }
    found
}
