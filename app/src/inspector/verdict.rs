//! The verdict on a selection: a headline, a reason and details.

use topology::graph::socket::SocketKind;
use topology::path::answer::{DnsAnswer, Evaluation, Outcome, Rcode};
use topology::picture::Light;

use crate::text::{PageText, Words};
use crate::tone::Tone;

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

    /// Changes the verdict to a warning if an endpoint is chosen and it is not known whether packets and replies arrive.
    fn warned_unless_arriving(self, evaluations: &[Evaluation]) -> Self {
        let chosen = evaluations.iter().all(|evaluation| evaluation.outcome.delivered());
        let warns = evaluations.iter().any(|evaluation| Tone::of(evaluation) == Tone::Warn);
        if chosen && warns { Self { tone: Tone::Warn, ..self } } else { self }
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
    let words = text.words;
    let Some(first) = light.evaluations.first() else { return light.dns.as_ref().map(|dns| of_name(dns, words)) };
    Some(of_evaluations(light, first, text).warned_unless_arriving(&light.evaluations))
}

fn of_evaluations(light: &Light, first: &Evaluation, text: PageText) -> Verdict {
    let words = text.words;
    let destinations = destinations(&light.evaluations).len();
    if destinations > 1 {
        let dns =
            light.selected.as_ref().is_some_and(|socket| matches!(socket.kind, SocketKind::Dns | SocketKind::Port));
        let direct = light.evaluations.iter().all(|evaluation| evaluation.outcome == Outcome::Direct);
        return if dns && direct {
            Verdict::of(Outcome::Direct, words.outcome_dns_answers(destinations))
                .with([words.outcome_direct_sentence()])
        } else {
            let worst =
                light.evaluations.iter().map(|evaluation| evaluation.outcome).find(|outcome| !outcome.delivered());
            Verdict::of(worst.unwrap_or(first.outcome), words.outcome_several(destinations))
        };
    }
    let same = light.evaluations.iter().all(|other| other.outcome == first.outcome);
    if !same {
        return Verdict::of(Outcome::Ambiguous, words.outcome_differs());
    }
    let same_endpoints = light.evaluations.iter().all(|other| addresses(other).eq(addresses(first)));
    one(first, same_endpoints, text)
}

/// The verdict on a name without a port, or on a name that does not resolve.
fn of_name(dns: &DnsAnswer, words: &Words) -> Verdict {
    if dns.rcode == Rcode::NoError {
        return Verdict::of(Outcome::Direct, words.inspector_name_resolves()).with([words.inspector_name_needs_port()]);
    }
    Verdict::of(Outcome::Reject, words.dns_says(dns.rcode)).with([words.inspector_dns_detail()])
}

fn one(evaluation: &Evaluation, same_endpoints: bool, PageText { language, words }: PageText) -> Verdict {
    let outcome = evaluation.outcome;
    let reason = || words.whole_reason(evaluation, language);
    match outcome {
        Outcome::Endpoints => {
            let head = match evaluation.endpoints.len() {
                _ if !same_endpoints => words.outcome_delivered_by_node(),
                1 => words.outcome_delivered_to_only(),
                many => words.outcome_delivered_to(many),
            };
            let asymmetric = evaluation.endpoints.iter().any(|hop| hop.asymmetric_return);
            // The headline already gives the reason.
            let remarks = words.whole_remarks(evaluation, language);
            Verdict { reason: remarks, ..Verdict::of(outcome, head) }
                .with(asymmetric.then(|| words.outcome_asymmetric()))
        }
        Outcome::HostPort => Verdict::of(outcome, words.outcome_host_port()),
        Outcome::Direct => Verdict::of(outcome, words.outcome_direct()),
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
    }
}

fn addresses(evaluation: &Evaluation) -> impl Iterator<Item = String> {
    evaluation.endpoints.iter().map(|hop| hop.address())
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
    use topology::path::answer::{Reason, TraceDestination};

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
    fn a_verdict_warns_where_an_endpoint_is_chosen_and_may_not_be_reached() {
        for (delivered, tone) in [(Some(true), ""), (Some(false), "warn"), (None, "warn")] {
            let found = Evaluation {
                endpoints: vec![endpoint_hop(delivered)],
                ..evaluation("10.0.0.1", "a", Outcome::Endpoints)
            };
            check(vec![found], tone, "Delivered to the only usable endpoint");
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
