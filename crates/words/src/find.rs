//! Texts of completions and of filter errors.

use topology::find::completion::CompletionKind;
use topology::find::filter::{FilterError, FilterProblem};

use crate::Words;

impl Words {
    /// The kind of a completion.
    pub fn choice_kind(&self, kind: CompletionKind) -> String {
        match kind {
            CompletionKind::Outside => self.ask_client_outside(),
            CompletionKind::Pod => self.ask_pod(),
            CompletionKind::Node => self.ask_node_process(),
            CompletionKind::Localhost => self.ask_node_loopback(),
            CompletionKind::Socket(socket) => self.socket_name(socket),
        }
    }

    /// The error of a filter, with the valid form.
    pub fn filter_error(&self, error: &FilterError) -> String {
        let word = &error.word;
        match error.problem {
            FilterProblem::Key => self.filter_unknown_key(word),
            FilterProblem::Kind => self.filter_unknown_kind(word),
            FilterProblem::Type => self.filter_unknown_type(word),
            FilterProblem::State => self.filter_unknown_state(word),
            FilterProblem::Port => self.filter_no_port(word),
            FilterProblem::Ip => self.filter_no_ip(word),
            FilterProblem::Label => self.filter_no_label(word),
            FilterProblem::NoValue => self.filter_no_value(word),
            FilterProblem::NoTerm => self.filter_no_term(word),
            FilterProblem::Quote => self.filter_open_quote(word),
        }
    }
}
