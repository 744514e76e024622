//! Lists of names and sequences of sentences.

use crate::Words;

impl Words {
    /// Names as a list: `a, b`.
    pub fn list<Name: AsRef<str>>(&self, names: &[Name]) -> String {
        joined(names, &self.list_separator())
    }

    /// Names as alternatives: `a, b or c`.
    pub fn alternatives<Name: AsRef<str>>(&self, names: &[Name]) -> String {
        match names {
            [first @ .., last] if !first.is_empty() => self.list_alternatives(self.list(first), last),
            names => self.list(names),
        }
    }

    /// Sentences in sequence. In Chinese there is no space between them.
    pub fn sentences<Sentence: AsRef<str>>(&self, sentences: &[Sentence]) -> String {
        joined(sentences, &self.sentence_separator())
    }
}

fn joined<Part: AsRef<str>>(parts: &[Part], separator: &str) -> String {
    let mut text = String::new();
    for part in parts {
        if !text.is_empty() {
            text.push_str(separator);
        }
        text.push_str(part.as_ref());
    }
    text
}
