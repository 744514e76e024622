//! Texts of what is offered while a reader types, and of what cannot be read of it.

use topology::find::completion::CompletionKind;
use topology::find::filter::{FilterError, Problem};

use crate::Words;

impl Words {
    /// What a text that is offered stands for.
    pub fn choice_kind(&self, kind: CompletionKind) -> String {
        match kind {
            CompletionKind::Outside => self.ask_client_outside(),
            CompletionKind::Pod => self.ask_pod(),
            CompletionKind::Node => self.ask_node_process(),
            CompletionKind::Localhost => self.ask_node_loopback(),
            CompletionKind::Socket(socket) => self.socket_name(socket),
        }
    }

    /// What cannot be read of a filter, and what would be right.
    pub fn filter_error(&self, error: &FilterError) -> String {
        let word = &error.word;
        match error.problem {
            Problem::Key => self.filter_unknown_key(word),
            Problem::Kind => self.filter_unknown_kind(word),
            Problem::Type => self.filter_unknown_type(word),
            Problem::State => self.filter_unknown_state(word),
            Problem::Port => self.filter_no_port(word),
            Problem::Ip => self.filter_no_ip(word),
            Problem::Label => self.filter_no_label(word),
            Problem::NoValue => self.filter_no_value(word),
            Problem::NoTerm => self.filter_no_term(word),
            Problem::Quote => self.filter_open_quote(word),
        }
    }
}
