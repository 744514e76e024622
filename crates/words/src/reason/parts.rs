//! Parts of the sentences of reasons and remarks.

use topology::cluster::facts::Labels;
use topology::cluster::key::ObjectKey;
use topology::path::answer::NamedPort;

use crate::Words;

impl Words {
    /// A Pod with its state, and the number of others.
    pub(super) fn pods(&self, pod: &ObjectKey, state: Option<String>, more: usize) -> String {
        let pod = pod.to_string();
        let first = match state {
            Some(state) => self.remark_pod_in_state(pod, state),
            None => pod,
        };
        self.and_more(first, more)
    }

    /// The first of several, and the number of the others.
    pub(super) fn and_more(&self, first: String, more: usize) -> String {
        if more == 0 { first } else { self.remark_and_more(first, more) }
    }

    /// A Pod's phase, and why it is not ready.
    pub(super) fn phase(&self, phase: &str, why: Option<&str>) -> Option<String> {
        Some(why.map_or_else(|| phase.to_owned(), |why| self.remark_phase_because(phase, why)))
    }
}

/// Labels as in a selector: `app=web,tier=front`.
pub(super) fn terms(labels: &Labels) -> String {
    labels.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join(",")
}

/// The name of a port in quotes, with its protocol: `"dns"/udp`.
pub(super) fn quoted(port: &NamedPort) -> String {
    format!("\"{}\"{}", port.name, port.protocol.suffix())
}
