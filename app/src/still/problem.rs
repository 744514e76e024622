//! Why a picture is not drawn, as a value.

use topology::find::filter::FilterError;
use topology::graph::socket::Selection;

use crate::question::{Field, QuestionProblem};
use crate::text::Words;

/// Why a picture is not drawn: the problem of one of its parameters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PictureProblem {
    /// `find` or `hide` does not parse.
    Filter(FilterError),
    /// `from` or `to` does not parse, or names an object that does not exist.
    Question(Field, QuestionProblem),
    /// No socket matches `select`.
    NothingSelected(Selection),
}

impl PictureProblem {
    /// The problem as text, with the correct form.
    pub fn text(&self, words: &Words) -> String {
        match self {
            Self::Filter(error) => words.filter_wrong(words.filter_error(error)),
            Self::Question(Field::From, problem) => words.question_wrong_from(problem.text(words)),
            Self::Question(Field::To, problem) => words.question_wrong_to(problem.text(words)),
            Self::NothingSelected(selection) => words.question_nothing_selected(selection.to_string()),
        }
    }
}
