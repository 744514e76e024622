//! Texts of what is offered while a reader types.

use topology::ask::What;

use crate::Words;

impl Words {
    /// What a text that is offered stands for.
    pub fn choice_kind(&self, what: What) -> String {
        match what {
            What::Outside => self.ask_client_outside(),
            What::Pod => self.ask_pod(),
            What::Node => self.ask_node_process(),
            What::Localhost => self.ask_node_loopback(),
            What::Socket(kind) => self.socket_name(kind),
        }
    }
}
