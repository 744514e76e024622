//! What the reader asks: a socket of the picture or a typed destination, from wherever, as it stands in the URL.

use std::sync::Arc;

use topology::cluster::view::Cluster;
use topology::graph::socket::Selection;
use topology::path::answer::{Entry, EntryKind};
use topology::path::question::QuestionError;
use topology::path::question::short::{source_in, target_in};
use topology::path::trace::Unanswerable;
use topology::picture::{Asked, Light, light};

use crate::text::Words;

/// The URL's `select`, `from` and `to`. A destination that was typed comes before a selection.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Question {
    /// What is selected.
    pub select: Option<Selection>,
    /// The source as text; empty where none was given.
    pub from: String,
    /// The destination as text; empty where none was given.
    pub to: String,
}

/// One of the bar's fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// Where the packet comes from.
    From,
    /// Where it is sent.
    To,
}

/// What the page shows for a question.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// What lights up, if something was asked that can be answered.
    pub light: Option<Arc<Light>>,
    /// What is wrong with a field's text.
    pub wrong: Option<(Field, QuestionProblem)>,
}

/// Why a question has no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QuestionProblem {
    /// A text is no source, or no destination.
    Unreadable(QuestionError),
    /// What the texts name is not there.
    Unanswerable(Unanswerable),
}

impl QuestionProblem {
    /// What is wrong, and what would be right.
    pub fn text(&self, words: &Words) -> String {
        match self {
            Self::Unreadable(error) => words.question_error(error),
            Self::Unanswerable(unanswerable) => words.unanswerable(unanswerable),
        }
    }
}

impl Answer {
    fn wrong(field: Field, problem: QuestionProblem) -> Self {
        Self { light: None, wrong: Some((field, problem)) }
    }
}

impl Answer {
    /// Whether what is asked about belongs to objects that are known, so that only another claim could change the answer.
    pub fn is_claimed(&self, question: &Question) -> bool {
        let Some(light) = &self.light else { return self.wrong.is_none() };
        let known = |entry: &Entry| entry.service.is_some() || !matches!(entry.kind, EntryKind::NodePort);
        let claimed = light.evaluations.iter().all(|one| one.entry.as_ref().is_some_and(known));
        question.to.is_empty() || (claimed && !light.evaluations.is_empty())
    }
}

impl Question {
    /// Answers by the facts that the page has.
    pub fn answer(&self, cluster: Cluster<'_>) -> Answer {
        let from = match self.from.as_str() {
            "" => None,
            text => match source_in(cluster.index, text) {
                Ok(source) => Some(source),
                Err(error) => return Answer::wrong(Field::From, QuestionProblem::Unreadable(error)),
            },
        };
        let asked = match (self.to.as_str(), &self.select) {
            ("", None) => return Answer::default(),
            ("", Some(selection)) => Asked::Socket(selection.clone()),
            (text, _) => match target_in(cluster.index, text) {
                Ok(target) => Asked::Target(target),
                Err(error) => return Answer::wrong(Field::To, QuestionProblem::Unreadable(error)),
            },
        };
        match light(cluster, &asked, from.as_ref()) {
            Ok(light) => Answer { light: Some(Arc::new(light)), wrong: None },
            Err(unanswerable) => Answer::wrong(Field::From, QuestionProblem::Unanswerable(unanswerable)),
        }
    }
}
