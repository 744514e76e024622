//! An answer for people: read in a terminal at night, pasted into a ticket. The verdict first, then one line a hop.

mod columns;

use std::fmt;

use app::tone::Tone;
use topology::cluster::index::Index;
use topology::cluster::settings::{DetectLocal, Setting, SettingSource};
use topology::path::answer::{
    Arrival, DnsAnswer, EndpointHop, EndpointList, Evaluation, EvaluationIndex, Hop, MOST_ENDPOINTS, Rcode, RuleChain,
    ShortenedLists, Trace,
};
use topology::path::document::{Sentences as _, reason};
use topology::path::question::Target;
use topology::picture::{UnusedEndpoint, UnusedEndpoints};
use words::Words;

use super::Question;
use crate::printable;
use columns::aligned;

/// How many of the endpoints that get no packets are listed.
const UNUSED: usize = 10;
/// How many endpoints are named beside the outcome; of more, the first one and a number.
const ENDS: usize = 3;

/// An answer as text.
pub(super) struct Shown<'a> {
    pub(super) trace: &'a Trace,
    pub(super) question: &'a Question,
    pub(super) index: &'a Index,
    /// The texts of the reader's language.
    pub(super) words: &'a Words,
    /// Whether to colour it.
    pub(super) colours: bool,
}

const GREEN: &str = "\x1b[1;32m";
const RED: &str = "\x1b[1;31m";
const YELLOW: &str = "\x1b[1;33m";
const DIM: &str = "\x1b[2m";
const RESET: &str = "\x1b[0m";

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { trace, .. } = self;
        if let Some(dns) = &trace.dns {
            self.dns(f, dns)?;
        }
        let mut lists = Listed {
            evaluations: &trace.evaluations,
            shortened: ShortenedLists::of(&trace.evaluations, MOST_ENDPOINTS),
            unused: UnusedEndpoints::new(self.index),
        };
        for (n, evaluation) in trace.evaluations.iter().enumerate() {
            if n > 0 || trace.dns.is_some() {
                writeln!(f)?;
            }
            self.evaluation(f, evaluation, &mut lists, Some((n, None)), "")?;
        }
        writeln!(f)?;
        for remark in &trace.remarks {
            self.coloured(f, "", YELLOW, &self.words.remark(remark), "")?;
        }
        self.dim(f, &self.source())?;
        self.dim(f, &self.assumptions())
    }
}

/// How the endpoints of the answer are listed.
struct Listed<'a> {
    evaluations: &'a [Evaluation],
    shortened: ShortenedLists,
    unused: UnusedEndpoints<'a>,
}

impl Listed<'_> {
    /// The evaluation that has listed the endpoints of the one at this place, if one has.
    fn earlier(&self, place: Option<EvaluationIndex>) -> Option<&Evaluation> {
        let (n, alternative) = place?;
        let earlier = &self.evaluations[self.shortened.same_as(n, alternative)?];
        alternative.map_or(Some(earlier), |k| earlier.alternatives.get(k))
    }
}

impl Shown<'_> {
    /// A line with controls as escapes: a name must not colour it, end it or clear the terminal.
    fn line(&self, f: &mut fmt::Formatter<'_>, line: fmt::Arguments<'_>) -> fmt::Result {
        writeln!(f, "{}", printable::line(&line.to_string()))
    }

    /// A line that begins with a text in a colour.
    fn coloured(
        &self,
        f: &mut fmt::Formatter<'_>,
        indent: &str,
        colour: &'static str,
        text: &str,
        rest: &str,
    ) -> fmt::Result {
        let (colour, reset) = if self.colours { (colour, RESET) } else { ("", "") };
        writeln!(f, "{indent}{colour}{}{reset}{}", printable::line(text), printable::line(rest))
    }

    fn dim(&self, f: &mut fmt::Formatter<'_>, line: &str) -> fmt::Result {
        self.coloured(f, "", DIM, line, "")
    }

    fn dns(&self, f: &mut fmt::Formatter<'_>, dns: &DnsAnswer) -> fmt::Result {
        let colour = if dns.rcode == Rcode::NoError { GREEN } else { RED };
        self.coloured(f, "", colour, &dns.rcode.to_string(), &format!("  {}", dns.query))?;
        let meaning = self.words.trace_rcode(dns.rcode).filter(|_| dns.remarks.is_empty());
        if let Some(meaning) = meaning {
            self.line(f, format_args!("  {meaning}"))?;
        }
        for remark in &dns.remarks {
            self.line(f, format_args!("  {}", self.words.remark(remark)))?;
        }
        let mut records = dns.records.iter();
        records.try_for_each(|record| self.line(f, format_args!("  {:<5}  {}", record.record_type, record.value)))
    }

    /// One evaluation. An alternative of an alternative has no place.
    fn evaluation(
        &self,
        f: &mut fmt::Formatter<'_>,
        evaluation: &Evaluation,
        lists: &mut Listed<'_>,
        place: Option<EvaluationIndex>,
        indent: &str,
    ) -> fmt::Result {
        let words = self.words;
        let colour = match Tone::of(evaluation) {
            Tone::Path => GREEN,
            Tone::Bad => RED,
            Tone::Warn | Tone::Quiet => YELLOW,
        };
        let to = evaluation.to.as_ref().map_or_else(|| self.target(), ToString::to_string);
        let ends = self.ends(&evaluation.endpoints);
        let arrow = if ends.is_empty() { "" } else { " → " };
        let arrival = match evaluation.arrival() {
            Arrival::Always => String::new(),
            other => format!("  {}", words.trace_arrival(words.outcome_and_arrival_short(evaluation.outcome, other))),
        };
        self.coloured(f, indent, colour, evaluation.outcome.as_str(), &format!("  {to}{arrow}{ends}{arrival}"))?;
        self.line(f, format_args!("{indent}  {}", words.trace_reason(evaluation.outcome, &reason(evaluation, words))))?;
        for remark in evaluation.remarks.iter().filter(|remark| !remark.is_in_reason()) {
            self.line(f, format_args!("{indent}  {}", words.trace_doubt(words.remark(remark))))?;
        }
        if !evaluation.nodes.is_empty() {
            self.line(f, format_args!("{indent}  {}", words.trace_decided_on(words.list(&evaluation.nodes))))?;
        }
        if let Some(entry) = &evaluation.entry {
            self.line(f, format_args!("{indent}  {}", words.trace_entered_by(words.trace_entry(entry))))?;
        }
        for line in aligned(evaluation.hops.iter().zip(1..).map(|(hop, n)| self.hop(n, hop))) {
            self.line(f, format_args!("{indent}  {line}"))?;
        }
        match lists.earlier(place) {
            Some(earlier) => self.changes(f, evaluation, earlier, indent)?,
            None => self.endpoints(f, evaluation, &mut lists.unused, indent)?,
        }
        if !evaluation.rules.is_empty() {
            self.line(f, format_args!("{indent}  {}", words.trace_rules(names(&evaluation.rules))))?;
        }
        for (n, alternative) in (1..).zip(&evaluation.alternatives) {
            self.line(f, format_args!("{indent}  {}", words.trace_alternative(evaluation, n)))?;
            let place = place.filter(|(_, alternative)| alternative.is_none()).map(|(group, _)| (group, Some(n - 1)));
            self.evaluation(f, alternative, lists, place, &format!("{indent}    "))?;
        }
        Ok(())
    }

    /// The endpoints that get packets, and the first of those that get none.
    fn endpoints(
        &self,
        f: &mut fmt::Formatter<'_>,
        evaluation: &Evaluation,
        unused: &mut UnusedEndpoints<'_>,
        indent: &str,
    ) -> fmt::Result {
        for endpoint in evaluation.endpoints.iter() {
            self.line(f, format_args!("{indent}  {}", self.endpoint(endpoint)))?;
        }
        let (first, more) = unused.of(evaluation, UNUSED);
        for endpoint in first {
            self.line(f, format_args!("{indent}    {}", self.unused(&endpoint)))?;
        }
        if more > 0 {
            let more = self.words.trace_unused_more(more);
            self.line(f, format_args!("{indent}    {}    {more}", self.words.trace_unused()))?;
        }
        Ok(())
    }

    /// The endpoints that differ from those of an earlier evaluation.
    fn changes(
        &self,
        f: &mut fmt::Formatter<'_>,
        evaluation: &Evaluation,
        earlier: &Evaluation,
        indent: &str,
    ) -> fmt::Result {
        let node = earlier.node.as_deref().unwrap_or_default();
        let changes = evaluation.endpoints.differences(&earlier.endpoints).unwrap_or_default();
        if changes.is_empty() {
            return self.line(f, format_args!("{indent}  {}", self.words.trace_same_as(node)));
        }
        self.line(f, format_args!("{indent}  {}", self.words.trace_same_as_but(node)))?;
        let mut changes = changes.into_iter();
        changes.try_for_each(|endpoint| self.line(f, format_args!("{indent}  {}", self.endpoint(endpoint))))
    }

    fn target(&self) -> String {
        match &self.question.to {
            Target::Name(question) => question.name.clone(),
            Target::Address(to) => to.ip.to_string(),
        }
    }

    fn ends(&self, endpoints: &EndpointList) -> String {
        match (endpoints.first(), endpoints.len()) {
            (Some(first), count) if count > ENDS => self.words.hop_one_of_more(first.address(), count - 1),
            _ => endpoints.iter().map(EndpointHop::address).collect::<Vec<_>>().join(&self.words.hop_or()),
        }
    }

    /// The columns of a step.
    fn hop(&self, number: usize, hop: &Hop) -> [String; 5] {
        let words = self.words;
        let source = hop.src.as_ref().map(|source| words.header_source(source));
        let header: Vec<String> = source.into_iter().chain([words.header_destination(&hop.dst)]).collect();
        [
            number.to_string(),
            words.trace_hop_at(&hop.at),
            words.trace_hop_by(hop),
            words.trace_hop_step(hop),
            header.join(" → "),
        ]
    }

    /// One place where the packet may end.
    fn endpoint(&self, endpoint: &EndpointHop) -> String {
        let words = self.words;
        let mut parts = vec![format!("{:>5.1} %  {}", endpoint.probability * 100.0, endpoint.address())];
        parts.push(words.trace_end(endpoint.pod.as_ref(), endpoint.node.as_deref()));
        parts.extend(endpoint.container.as_ref().map(|container| words.trace_container(container)));
        parts.extend(endpoint.masquerade.map(|masquerade| match masquerade {
            true => words.trace_sees_node(),
            false => words.trace_sees_client(),
        }));
        if endpoint.asymmetric_return {
            parts.push(words.trace_reply_misses());
        } else if endpoint.delivered == Some(false) {
            parts.push(words.trace_does_not_arrive());
        }
        parts.extend(endpoint.rule.clone());
        parts.join("  ")
    }

    /// One endpoint that gets none of the packets.
    fn unused(&self, endpoint: &UnusedEndpoint) -> String {
        let words = self.words;
        let end = words.trace_end(endpoint.pod.as_ref(), endpoint.node.as_deref());
        let state = words.trace_unused_state(endpoint);
        format!("{}    {}  {end}  {state}", words.trace_unused(), endpoint.address())
    }

    /// Where the packet comes from.
    fn source(&self) -> String {
        let from = &self.trace.from;
        let ip = from.ip.map(|ip| ip.to_string()).unwrap_or_default();
        let parts = [from.kind.as_str(), &from.pod_text(), &ip].map(str::to_owned);
        let source = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
        match &from.node {
            Some(node) => self.words.trace_from_on(source, node),
            None => self.words.trace_from(source),
        }
    }

    /// kube-proxy's settings: the backend, and whatever is not a default.
    fn assumptions(&self) -> String {
        let words = self.words;
        let settings = &self.trace.settings;
        let mode = settings.all.effective(Setting::ProxyMode).value;
        let cidr = settings.all.detect_local == DetectLocal::ClusterCIDR && settings.all.cluster_cidrs.is_empty();
        let rest = Setting::ALL.into_iter().filter(|setting| *setting != Setting::ProxyMode).filter_map(|setting| {
            let effective = settings.all.effective(setting);
            let name = setting.flag().trim_start_matches("--");
            let origin = words.trace_setting_origin(effective.source);
            (effective.source != SettingSource::Default).then(|| words.trace_setting(name, effective.value, origin))
        });
        let also = cidr.then(|| words.trace_no_cluster_cidr()).into_iter().chain(rest);
        also.fold(words.trace_assumes(mode, words.trace_setting_origin(settings.source)), |assumptions, next| {
            words.trace_also(assumptions, next)
        })
    }
}

fn names(chains: &[RuleChain]) -> String {
    chains.iter().map(|chain| chain.name.as_str()).collect::<Vec<_>>().join(" ")
}
