//! The verdict on a selection: a headline, a reason and details.

use topology::graph::socket::SocketKind;
use topology::path::answer::{Arrival, DnsAnswer, Evaluation, Outcome, Rcode, Reason, arrival_of};
use topology::picture::Light;

use crate::text::{PageText, Words};
use crate::tone::Tone;

/// Maximum number of remarks that are shown of several evaluations.
const SENTENCES: usize = 6;

/// A verdict as text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Verdict {
    /// Its colour and shape.
    pub(crate) tone: Tone,
    /// The headline.
    pub(crate) head: String,
    /// The reason, as a whole sentence.
    pub(crate) reason: Option<String>,
    /// Sentences below the reason.
    pub(crate) details: Vec<String>,
}

impl Verdict {
    fn of(outcome: Outcome, head: impl Into<String>) -> Self {
        Self { tone: Tone::of_outcome(outcome), head: head.into(), reason: None, details: Vec::new() }
    }

    /// Changes the tone where an endpoint is chosen for every packet, and packets or replies do not always arrive.
    fn toned_by_arrival(self, evaluations: &[Evaluation]) -> Self {
        let chosen = evaluations.iter().all(|evaluation| evaluation.outcome.delivered());
        if chosen { Self { tone: Tone::of_arrival(arrival_of(evaluations)), ..self } } else { self }
    }

    fn because(self, reason: String) -> Self {
        Self { reason: Some(reason), ..self }
    }

    fn with(mut self, details: impl IntoIterator<Item = String>) -> Self {
        self.details.extend(details);
        self
    }
}

/// The verdict; `None` if no packet was traced.
pub(crate) fn verdict(light: &Light, text: PageText) -> Option<Verdict> {
    let Some(first) = light.evaluations.first() else { return light.dns.as_ref().map(|dns| of_name(dns, text)) };
    Some(of_evaluations(light, first, text).toned_by_arrival(&light.evaluations))
}

fn of_evaluations(light: &Light, first: &Evaluation, text: PageText) -> Verdict {
    let words = text.words;
    let evaluations = &light.evaluations;
    let destinations = destinations(evaluations).len();
    if destinations > 1 {
        let dns =
            light.selected.as_ref().is_some_and(|socket| matches!(socket.kind, SocketKind::Dns | SocketKind::Port));
        let direct = evaluations.iter().all(|evaluation| evaluation.outcome == Outcome::Direct);
        return if dns && direct && arrival_of(evaluations) == Arrival::Always {
            Verdict::of(Outcome::Direct, words.outcome_dns_answers(destinations))
                .with([words.outcome_direct_sentence()])
                .with(remarks(evaluations, text))
        } else {
            let worst = evaluations.iter().map(|evaluation| evaluation.outcome).find(|outcome| !outcome.delivered());
            Verdict::of(worst.unwrap_or(first.outcome), words.outcome_several(destinations))
                .with(remarks(evaluations, text))
        };
    }
    let same = evaluations.iter().all(|other| other.outcome == first.outcome);
    if !same {
        return Verdict::of(Outcome::Ambiguous, words.outcome_differs()).with(remarks(evaluations, text));
    }
    one(first, evaluations, text)
}

/// The remarks of all evaluations as sentences, each once, up to a limit.
fn remarks(evaluations: &[Evaluation], PageText { language, words }: PageText) -> Vec<String> {
    let of = |evaluation| {
        words.whole_remarks(evaluation, language).into_iter().chain(words.whole_doubts(evaluation, language))
    };
    distinct(evaluations.iter().flat_map(of))
}

/// The doubts of all evaluations as sentences, each once, up to a limit.
fn doubts(evaluations: &[Evaluation], PageText { language, words }: PageText) -> Vec<String> {
    distinct(evaluations.iter().flat_map(|evaluation| words.whole_doubts(evaluation, language)))
}

fn distinct(sentences: impl Iterator<Item = String>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for sentence in sentences {
        if found.len() < SENTENCES && !found.contains(&sentence) {
            found.push(sentence);
        }
    }
    found
}

/// The verdict on a name without a port, or on a name that does not resolve.
fn of_name(dns: &DnsAnswer, PageText { language, words }: PageText) -> Verdict {
    if dns.rcode == Rcode::NoError {
        return Verdict::of(Outcome::Direct, words.inspector_name_resolves()).with([words.inspector_name_needs_port()]);
    }
    if let Some(remarks) = words.whole_remarks_of_name(dns, language) {
        return Verdict::of(Outcome::Reject, words.inspector_dns_no_address()).because(remarks);
    }
    Verdict::of(Outcome::Reject, words.dns_says(dns.rcode)).with([words.inspector_dns_detail()])
}

/// The verdict on one destination, with the same outcome on every Node.
fn one(first: &Evaluation, evaluations: &[Evaluation], text: PageText) -> Verdict {
    let PageText { language, words } = text;
    let outcome = first.outcome;
    let same_endpoints = evaluations.iter().all(|other| other.endpoints.same_addresses(&first.endpoints));
    let arrival = arrival_of(evaluations);
    let reason = || words.whole_reason(first, language);
    // A headline that says "delivered" gives the reason of an endpoint already.
    let remarks = || words.whole_remarks(first, language);
    let verdict = match outcome {
        Outcome::Endpoints | Outcome::HostPort | Outcome::Direct if arrival != Arrival::Always => {
            Verdict::of(outcome, not_arriving(arrival, words)).because(reason())
        }
        Outcome::Endpoints => {
            let head = match first.endpoints.len() {
                _ if !same_endpoints => words.outcome_delivered_by_node(),
                1 => words.outcome_delivered_to_only(),
                many => words.outcome_delivered_to(many),
            };
            Verdict { reason: remarks(), ..Verdict::of(outcome, head) }
        }
        Outcome::HostPort => Verdict { reason: remarks(), ..Verdict::of(outcome, words.outcome_host_port()) },
        Outcome::Direct => {
            let undeclared = matches!(first.because, Reason::PodPortNotDeclared { .. });
            let reason = if undeclared { Some(reason()) } else { remarks() };
            Verdict { reason, ..Verdict::of(outcome, words.outcome_direct()) }
        }
        Outcome::Reject => {
            Verdict::of(outcome, words.outcome_reject()).because(reason()).with([words.outcome_reject_detail()])
        }
        Outcome::Drop => {
            Verdict::of(outcome, words.outcome_drop()).because(reason()).with([words.outcome_drop_detail()])
        }
        Outcome::Unhandled => Verdict::of(outcome, words.outcome_unhandled()).because(reason()),
        Outcome::Ambiguous => Verdict::of(outcome, words.outcome_ambiguous()).because(reason()),
        Outcome::PolicyDeny => Verdict::of(outcome, words.outcome_policy_deny()).because(reason()),
        Outcome::Unknown => Verdict::of(outcome, words.outcome_unknown()).because(reason()),
    };
    verdict.with(doubts(evaluations, text))
}

/// The headline where an endpoint is chosen and not every connection works.
fn not_arriving(arrival: Arrival, words: &Words) -> String {
    match arrival {
        Arrival::Never => words.outcome_never(),
        Arrival::NotKnown => words.outcome_not_routed(),
        Arrival::Always | Arrival::Sometimes => words.outcome_sometimes(),
    }
}

/// The evaluations by destination, in their order.
pub(crate) fn destinations(evaluations: &[Evaluation]) -> Vec<Vec<&Evaluation>> {
    let mut groups: Vec<Vec<&Evaluation>> = Vec::new();
    for evaluation in evaluations {
        match groups.iter_mut().find(|group| group.first().is_some_and(|first| first.to == evaluation.to)) {
            Some(group) => group.push(evaluation),
            None => groups.push(vec![evaluation]),
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use topology::cluster::port::TransportProtocol;
    use topology::path::answer::TraceDestination;

    use super::*;
    use crate::testing::endpoint_hop;
    use crate::text::Language;

    fn evaluation(to: &str, node: &str, outcome: Outcome) -> Evaluation {
        let to = TraceDestination { ip: to.parse().unwrap(), port: Some(80), protocol: TransportProtocol::Tcp };
        Evaluation::new(outcome, Reason::ServicesNotKnown, Some(to), Some(node))
    }

    fn check(evaluations: Vec<Evaluation>, tone: &str, head: &str) {
        let found = verdict(
            &Light { evaluations, ..Light::default() },
            PageText::new(Language::English, Language::English.words()),
        )
        .unwrap();
        assert_eq!((found.tone.box_class(), found.head.as_str()), (tone, head));
    }

    #[test]
    fn the_headline_says_what_holds_for_every_node() {
        let eval = evaluation;
        check(vec![eval("10.0.0.1", "a", Outcome::Reject)], "bad", "REJECT: refused at once");
        check(vec![eval("10.0.0.1", "a", Outcome::Unknown)], "open", "Unknown: what is known does not decide it");
        let mixed = vec![eval("10.0.0.1", "a", Outcome::Drop), eval("10.0.0.1", "b", Outcome::Direct)];
        check(mixed, "warn", "It depends on the Node");
        let several = vec![eval("10.0.0.1", "a", Outcome::Direct), eval("10.0.0.2", "a", Outcome::Drop)];
        check(several, "bad", "2 destinations, each decided on its own");
    }

    #[test]
    fn a_verdict_says_delivered_only_where_packets_and_replies_arrive() {
        for (delivered, tone, head) in [
            (Some(true), "", "Delivered to the only usable endpoint"),
            (Some(false), "bad", "Not delivered: the connection fails"),
            (None, "warn", "Not reachable from outside, unless a route leads here"),
        ] {
            let found = Evaluation {
                endpoints: vec![endpoint_hop(delivered)].into(),
                ..evaluation("10.0.0.1", "a", Outcome::Endpoints)
            };
            check(vec![found], tone, head);
        }
        check(vec![evaluation("10.0.0.1", "a", Outcome::Reject)], "bad", "REJECT: refused at once");
    }

    #[test]
    fn the_resolvers_reason_becomes_a_sentence() {
        let found = verdict(
            &Light { evaluations: vec![evaluation("::1", "a", Outcome::Unknown)], ..Light::default() },
            PageText::new(Language::English, Language::English.words()),
        );
        assert_eq!(
            found.unwrap().reason.as_deref(),
            Some("No known Service has this address, and not all Services are known.")
        );
        assert_eq!(verdict(&Light::default(), PageText::new(Language::English, Language::English.words())), None);
    }
}
