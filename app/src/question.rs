//! The reader's question, as in the URL: a selected socket or a typed destination, and a source.

use std::sync::Arc;

use topology::cluster::view::Cluster;
use topology::graph::find_socket;
use topology::graph::socket::Selection;
use topology::path::answer::{Entry, EntryKind};
use topology::path::question::QuestionError;
use topology::path::trace::Unanswerable;
use topology::picture::{HighlightQuestion, Light};

use crate::resolver::Resolver;
use crate::text::Words;

/// The URL's `select`, `from` and `to`. A typed destination comes before a selection.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Question {
    /// The selection.
    pub select: Option<Selection>,
    /// The source as text; empty if none is given.
    pub from: String,
    /// The destination as text; empty if none is given.
    pub to: String,
}

/// One of the bar's fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The source of the packet.
    From,
    /// The destination of the packet.
    To,
}

/// The answer to a question.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// The path to light; `None` without a question or with a problem.
    pub light: Option<Arc<Light>>,
    /// The problem of a field's text.
    pub wrong: Option<(Field, QuestionProblem)>,
}

/// Why a question has no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QuestionProblem {
    /// A text does not parse as a source or destination.
    Unreadable(QuestionError),
    /// An object that the texts name does not exist.
    Unanswerable(Unanswerable),
}

impl QuestionProblem {
    /// The problem as text, with the correct form.
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
    /// Whether the addresses of the question belong to known objects. Then only another object with the same address could change the answer.
    pub fn is_claimed(&self, question: &Question) -> bool {
        let Some(light) = &self.light else { return self.wrong.is_none() };
        let known = |entry: &Entry| entry.service.is_some() || !matches!(entry.kind, EntryKind::NodePort);
        let claimed = light.evaluations.iter().all(|one| one.entry.as_ref().is_some_and(known));
        question.to.is_empty() || (claimed && !light.evaluations.is_empty())
    }
}

impl Question {
    /// Answers the question for this cluster.
    pub fn answer(&self, cluster: Cluster<'_>, resolver: &Resolver) -> Answer {
        let from = match self.from.as_str() {
            "" => None,
            text => match (resolver.source_in)(cluster.index, text) {
                Ok(source) => Some(source),
                Err(error) => return self.wrong_from(cluster, QuestionProblem::Unreadable(error)),
            },
        };
        let asked = match (self.to.as_str(), &self.select) {
            ("", None) => return Answer::default(),
            ("", Some(selection)) => HighlightQuestion::Socket(selection.clone()),
            (text, _) => match (resolver.target_in)(cluster.index, text, from.as_ref()) {
                Ok(target) => HighlightQuestion::Target(target),
                Err(error) => return Answer::wrong(Field::To, QuestionProblem::Unreadable(error)),
            },
        };
        match (resolver.light)(cluster, &asked, from.as_ref()) {
            Ok(light) => Answer { light: Some(Arc::new(light)), wrong: None },
            Err(unanswerable) => self.wrong_from(cluster, QuestionProblem::Unanswerable(unanswerable)),
        }
    }

    /// The answer to a question with a wrong source: what was selected stays selected, and no path leads there.
    fn wrong_from(&self, cluster: Cluster<'_>, problem: QuestionProblem) -> Answer {
        let selection = self.select.as_ref().filter(|_| self.to.is_empty());
        let socket = selection.and_then(|selection| find_socket(cluster.index, selection));
        let light = socket.map(|socket| {
            let on_path = std::iter::once(socket.clone()).collect();
            Arc::new(Light { selected: Some(socket), on_path, ..Light::default() })
        });
        Answer { light, ..Answer::wrong(Field::From, problem) }
    }
}
