//! What is wrong with a question, and where it stands.

use std::fmt;

use topology::path::question::QuestionError;
use topology::path::trace::Unanswerable;
use words::{Language, Words};

/// Why a question cannot be answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AskError {
    /// The text of a flag or parameter is none that it can be.
    Text {
        /// The flag, or the parameter.
        parameter: &'static str,
        /// The text.
        text: String,
        /// What is wrong with it.
        error: QuestionError,
    },
    /// A flag or parameter names what does not exist.
    Unanswerable {
        /// The flag, or the parameter.
        parameter: &'static str,
        /// What does not exist.
        unanswerable: Unanswerable,
    },
    /// A line of a batch is no question.
    NoQuestion {
        /// The line.
        line: String,
    },
}

impl AskError {
    /// What is wrong, and what would be right.
    pub fn text(&self, words: &Words) -> String {
        match self {
            Self::Text { parameter, text, error } => words.error_in_text(parameter, text, words.question_error(error)),
            Self::Unanswerable { parameter, unanswerable } => {
                words.error_in_parameter(parameter, words.unanswerable(unanswerable))
            }
            Self::NoQuestion { line } => words.error_no_question(line),
        }
    }
}

/// In English.
impl fmt::Display for AskError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Language::English.words()))
    }
}

impl std::error::Error for AskError {}
