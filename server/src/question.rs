//! A question as texts, and its answer as text: for the command line and the API.

mod error;
mod text;

use topology::cluster::index::Index;
use topology::cluster::view::Cluster;
use topology::path::answer::Trace;
use topology::path::question::{Source, Target};
use topology::path::trace::{Unanswerable, trace};
use words::Words;

pub use error::AskError;

/// One question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// From where.
    pub from: Source,
    /// To where.
    pub to: Target,
    /// On which Node only.
    pub node: Option<String>,
}

impl Question {
    /// Reads the texts. `names` are what the texts are called in errors: flags, or parameters.
    ///
    /// # Errors
    ///
    /// A text is none that it can be.
    pub fn parse(names: [&'static str; 2], from: &str, to: &str, node: Option<&str>) -> Result<Self, AskError> {
        let wrong = |parameter, text: &str| {
            let text = text.to_owned();
            move |error| AskError::Text { parameter, text, error }
        };
        Ok(Self {
            from: from.parse().map_err(wrong(names[0], from))?,
            to: to.parse().map_err(wrong(names[1], to))?,
            node: node.filter(|node| !node.is_empty()).map(str::to_owned),
        })
    }

    /// Answers. `names` are what source and Node are called in errors.
    ///
    /// # Errors
    ///
    /// The source or the Node does not exist.
    pub fn answer(&self, cluster: Cluster<'_>, names: [&'static str; 2]) -> Result<Trace, AskError> {
        trace(cluster, &self.from, &self.to, self.node.as_deref()).map_err(|unanswerable| {
            let parameter = match &unanswerable {
                Unanswerable::NoSourcePod { .. } | Unanswerable::NoSourceNode { .. } => names[0],
                Unanswerable::NoNode { .. } => names[1],
            };
            AskError::Unanswerable { parameter, unanswerable }
        })
    }

    /// The answer as `kubehop trace` prints it, without colours; of the index that it was made of.
    pub fn shown(&self, trace: &Trace, index: &Index, words: &Words) -> String {
        text::Shown { trace, question: self, index, words, colours: false }.to_string()
    }

    /// [`Self::shown`] with the colours of a terminal.
    pub fn shown_in_colours(&self, trace: &Trace, index: &Index, words: &Words) -> String {
        text::Shown { trace, question: self, index, words, colours: true }.to_string()
    }
}
