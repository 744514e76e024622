//! The lit path as a Mermaid flowchart, from the client to the containers, for a wiki or a ticket.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use topology::cluster::key::ObjectKey;
use topology::graph::socket::SocketKind;
use topology::path::answer::{Entry, EntryKind, Evaluation, MOST_ENDPOINTS, Reason, ShortenedLists};
use topology::path::document::reason;
use topology::picture::Light;

use crate::text::{Words, share};

/// Maximum number of Nodes with the same outcome that are named.
const NAMED_NODES: usize = 3;

/// The flowchart of the lit path. Equal boxes and arrows of several Nodes are drawn once.
pub fn flowchart(light: &Light, text: &Words) -> String {
    flowchart_beyond(light, text, MOST_ENDPOINTS)
}

/// The flowchart in which Nodes that share a list of endpoints share their arrows, if they had more than `most` endpoints together.
fn flowchart_beyond(light: &Light, text: &Words, most: usize) -> String {
    let lists = ShortenedLists::of(&light.evaluations, most);
    let mut evaluations: BTreeMap<usize, (&Evaluation, Vec<String>)> = BTreeMap::new();
    for (n, evaluation) in light.evaluations.iter().enumerate() {
        // By a mode that is not evaluated, the endpoints are those of the first alternative.
        let earlier = lists.same_as(n, None).or(lists.same_as(n, Some(0)));
        let (_, nodes) = evaluations.entry(earlier.unwrap_or(n)).or_insert((evaluation, Vec::new()));
        nodes.extend(evaluation.nodes.iter().cloned());
    }
    let mut chart = Chart::new(text);
    let source = chart.put(
        "",
        BoxSubject::Other,
        &[light.from.as_ref().map(|from| text.packet_source(from)).unwrap_or_default()],
    );
    for (evaluation, nodes) in evaluations.values() {
        // If the evaluations of the Nodes differ, each has its own arrows to the endpoints.
        let differ = evaluations.values().filter(|(other, _)| other.to == evaluation.to).count() > 1;
        let scope = if differ { some(nodes) } else { String::new() };
        chart.evaluation(source, evaluation, nodes, &scope);
    }
    chart.unused(light);
    chart.written()
}

fn some(nodes: &[String]) -> String {
    let rest = if nodes.len() > NAMED_NODES { ", …" } else { "" };
    let named: Vec<&str> = nodes.iter().take(NAMED_NODES).map(String::as_str).collect();
    named.join(", ") + rest
}

/// The subject of a box.
enum BoxSubject {
    /// A Service.
    Service(ObjectKey),
    /// An endpoint of a Service, by address and port.
    Endpoint(IpAddr, u16),
    /// Another subject, which is never looked up.
    Other,
}

/// A box of the chart.
struct ChartBox {
    subject: BoxSubject,
    lines: Vec<String>,
}

struct Chart<'a> {
    text: &'a Words,
    boxes: Vec<ChartBox>,
    /// The indexes of the boxes, by scope and lines. Boxes of different scopes are different boxes, even with equal lines.
    by_lines: BTreeMap<(String, Vec<String>), usize>,
    /// The indexes of the arrow's two boxes, and the arrow with its label.
    arrows: Vec<(usize, usize, String)>,
    /// The indexes of the boxes that have an arrow.
    joined: BTreeSet<(usize, usize)>,
}

impl<'a> Chart<'a> {
    fn new(text: &'a Words) -> Self {
        Self { text, boxes: Vec::new(), by_lines: BTreeMap::new(), arrows: Vec::new(), joined: BTreeSet::new() }
    }

    /// Returns the index of the box with this scope and these lines, which is added if it is new.
    fn put(&mut self, scope: &str, subject: BoxSubject, lines: &[String]) -> usize {
        let lines: Vec<String> = lines.iter().filter(|line| !line.is_empty()).cloned().collect();
        let next = self.boxes.len();
        let index = *self.by_lines.entry((scope.to_owned(), lines.clone())).or_insert(next);
        if index == next {
            self.boxes.push(ChartBox { subject, lines });
        }
        index
    }

    fn arrow(&mut self, from: usize, to: usize, arrow: &str) {
        if self.joined.insert((from, to)) {
            self.arrows.push((from, to, arrow.to_owned()));
        }
    }

    /// Adds the path on these Nodes. `scope` names them if the path differs from that on other Nodes, and is empty otherwise.
    fn evaluation(&mut self, source: usize, evaluation: &Evaluation, nodes: &[String], scope: &str) {
        if matches!(evaluation.because, Reason::ProxyModeNotEvaluated { .. }) {
            let words = self.text.outcome_short(evaluation.outcome);
            let note = self.put(scope, BoxSubject::Other, &[words, reason(evaluation, self.text)]);
            self.arrow(source, note, "-.-");
            let by_iptables = evaluation.alternatives.iter();
            return by_iptables.for_each(|by_iptables| self.evaluation(source, by_iptables, nodes, scope));
        }
        let mut last = source;
        if let Some(to) = &evaluation.to {
            let entered = evaluation.entry.as_ref().map(|entry| entry.kind);
            let kind = entered.map(|kind| self.text.socket_name(socket(kind))).unwrap_or_default();
            let at = some(nodes);
            let named = !at.is_empty() && (!scope.is_empty() || entered == Some(EntryKind::NodePort));
            let kind = if named { self.text.inspector_on_node(kind, &at) } else { kind };
            let entry = self.put(scope, BoxSubject::Other, &[to.to_string(), kind]);
            self.arrow(last, entry, "-->");
            last = entry;
        }
        if let Some(entry) = evaluation.entry.as_ref().filter(|entry| entry.service.is_some()) {
            let service = self.service(entry, scope);
            self.arrow(last, service, "-->");
            last = service;
        }
        for alternative in &evaluation.alternatives {
            let at = if scope.is_empty() { &alternative.nodes } else { nodes };
            self.evaluation(last, alternative, at, scope);
        }
        for hop in evaluation.endpoints.iter() {
            let mut end = last;
            if evaluation.entry.as_ref().is_some_and(|entry| entry.service.is_some()) {
                end = self.put(scope, BoxSubject::Endpoint(hop.ip, hop.port), &[hop.address()]);
                self.arrow(last, end, &format!("-->|{}|", quoted(&[share(hop.probability)])));
            }
            let pod = match &hop.pod {
                Some(pod) => vec![format!("Pod {pod}"), hop.ip.to_string(), hop.node.clone().unwrap_or_default()],
                None => vec![hop.ip.to_string(), self.text.card_outside_unchecked()],
            };
            let pod = self.put("", BoxSubject::Other, &pod);
            self.arrow(end, pod, "-->");
            if let Some(container) = &hop.container {
                let port = format!("{} {}", self.text.inspector_container_port(), hop.port);
                // Containers of several Pods may have the same name.
                let pod_scope = hop.pod.as_ref().map(ToString::to_string).unwrap_or_default();
                let container =
                    self.put(&pod_scope, BoxSubject::Other, &[self.text.inspector_in_container(container), port]);
                self.arrow(pod, container, "-->");
            }
        }
        if !evaluation.arrives() && evaluation.alternatives.is_empty() {
            let words = self.text.outcome_and_arrival_short(evaluation.outcome, evaluation.arrival());
            let end = self.put(scope, BoxSubject::Other, &[words, reason(evaluation, self.text)]);
            self.arrow(last, end, "--x");
        }
    }

    fn service(&mut self, entry: &Entry, scope: &str) -> usize {
        let words = self.text;
        let name = entry.service.as_ref().map(|service| format!("Service {service}")).unwrap_or_default();
        let port = entry.port.map(|port| format!("{} {port}", words.inspector_port())).unwrap_or_default();
        let target = entry.target_port.as_ref().map(|target| format!(" → {} {target}", words.inspector_target_port()));
        let subject = entry.service.clone().map_or(BoxSubject::Other, BoxSubject::Service);
        self.put(scope, subject, &[name, port + &target.unwrap_or_default()])
    }

    /// Adds the endpoints that a Service on the path does not send to.
    fn unused(&mut self, light: &Light) {
        let mut services: BTreeMap<ObjectKey, usize> = BTreeMap::new();
        let mut used: BTreeSet<(IpAddr, u16)> = BTreeSet::new();
        for (n, one) in self.boxes.iter().enumerate() {
            match &one.subject {
                BoxSubject::Service(service) => drop(services.entry(service.clone()).or_insert(n)),
                BoxSubject::Endpoint(ip, port) => drop(used.insert((*ip, *port))),
                BoxSubject::Other => {}
            }
        }
        for unused in &light.unused {
            let Some(service) = unused.service.as_ref().and_then(|service| services.get(service)).copied() else {
                continue;
            };
            let (first, last) = unused.port.map_or((0, u16::MAX), |port| (port, port));
            if used.range((unused.ip, first)..=(unused.ip, last)).next().is_none() {
                let state = match unused.left_out {
                    Some(rule) => self.text.left_out(rule),
                    None => self.text.endpoint_state(unused.state),
                };
                let end = self.put("", BoxSubject::Other, &[unused.address(), state]);
                self.arrow(service, end, &format!("-.->|{}|", quoted(&[self.text.inspector_out()])));
            }
        }
    }

    fn written(&self) -> String {
        let mut chart = "flowchart LR\n".to_owned();
        for (n, one) in self.boxes.iter().enumerate() {
            chart.push_str(&format!("  n{n}[{}]\n", quoted(&one.lines)));
        }
        for (from, to, arrow) in &self.arrows {
            chart.push_str(&format!("  n{from} {arrow} n{to}\n"));
        }
        chart
    }
}

fn socket(kind: EntryKind) -> SocketKind {
    match kind {
        EntryKind::ClusterIp => SocketKind::ClusterIp,
        EntryKind::ExternalIp => SocketKind::ExternalIp,
        EntryKind::LoadBalancerIp => SocketKind::LoadBalancerIp,
        EntryKind::NodePort => SocketKind::NodePort,
        EntryKind::HostPort => SocketKind::HostPort,
        EntryKind::PodIp => SocketKind::PodIp,
    }
}

/// A quoted label. Characters that Mermaid, Markdown or HTML may interpret are written as character numbers, so that a name cannot
/// inject markup.
fn quoted(lines: &[String]) -> String {
    let mut label = "\"".to_owned();
    for (n, line) in lines.iter().enumerate() {
        label.push_str(if n > 0 { "<br/>" } else { "" });
        for letter in line.chars() {
            match letter {
                letter if letter.is_control() => label.push(' '),
                // Letters of English and Chinese texts; all other letters are rare.
                '0'..='9' | 'a'..='z' | 'A'..='Z' | '\u{4e00}'..='\u{9fff}' => label.push(letter),
                letter if " .:/-,→…".contains(letter) => label.push(letter),
                letter => label.push_str(&format!("#{};", u32::from(letter))),
            }
        }
    }
    label.push('"');
    label
}
