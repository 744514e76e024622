//! The lit path as a Mermaid flowchart, from the client to the containers, for a wiki or a ticket.

#[cfg(test)]
mod tests;

use std::net::IpAddr;

use topology::cluster::key::ObjectKey;
use topology::graph::socket::SocketKind;
use topology::path::answer::{Entry, EntryKind, Evaluation, Reason};
use topology::path::document::reason;
use topology::picture::Light;

use crate::text::{Words, share};

/// Maximum number of Nodes with the same outcome that are named.
const NAMED_NODES: usize = 3;

/// The flowchart of the lit path. Equal boxes and arrows of several Nodes are drawn once.
pub fn flowchart(light: &Light, text: &Words) -> String {
    let mut chart = Chart { text, boxes: Vec::new(), arrows: Vec::new() };
    let source = chart.put(
        "",
        BoxSubject::Other,
        &[light.from.as_ref().map(|from| text.packet_source(from)).unwrap_or_default()],
    );
    for evaluation in &light.evaluations {
        // If the evaluations of the Nodes differ, each has its own arrows to the endpoints.
        let differ = light.evaluations.iter().filter(|other| other.to == evaluation.to).count() > 1;
        let nodes = if differ { some(&evaluation.nodes) } else { String::new() };
        chart.evaluation(source, evaluation, &nodes);
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
#[derive(PartialEq, Eq)]
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
    /// Boxes of different scopes are different boxes, even with equal lines.
    scope: String,
    subject: BoxSubject,
    lines: Vec<String>,
}

struct Chart<'a> {
    text: &'a Words,
    boxes: Vec<ChartBox>,
    /// The indexes of the arrow's two boxes, and the arrow with its label.
    arrows: Vec<(usize, usize, String)>,
}

impl Chart<'_> {
    /// Returns the index of the box with this scope and these lines, which is added if it is new.
    fn put(&mut self, scope: &str, subject: BoxSubject, lines: &[String]) -> usize {
        let lines: Vec<String> = lines.iter().filter(|line| !line.is_empty()).cloned().collect();
        let known = self.boxes.iter().position(|one| one.scope == scope && one.lines == lines);
        known.unwrap_or_else(|| {
            self.boxes.push(ChartBox { scope: scope.to_owned(), subject, lines });
            self.boxes.len() - 1
        })
    }

    fn arrow(&mut self, from: usize, to: usize, arrow: &str) {
        if !self.arrows.iter().any(|(a, b, _)| (*a, *b) == (from, to)) {
            self.arrows.push((from, to, arrow.to_owned()));
        }
    }

    fn evaluation(&mut self, source: usize, evaluation: &Evaluation, nodes: &str) {
        if matches!(evaluation.because, Reason::ProxyModeNotEvaluated { .. }) {
            let words = self.text.outcome_short(evaluation.outcome);
            let note = self.put(nodes, BoxSubject::Other, &[words, reason(evaluation, self.text)]);
            self.arrow(source, note, "-.-");
            return evaluation.alternatives.iter().for_each(|by_iptables| self.evaluation(source, by_iptables, nodes));
        }
        let mut last = source;
        if let Some(to) = &evaluation.to {
            let entered = evaluation.entry.as_ref().map(|entry| entry.kind);
            let kind = entered.map(|kind| self.text.socket_name(socket(kind))).unwrap_or_default();
            let at = if nodes.is_empty() { some(&evaluation.nodes) } else { nodes.to_owned() };
            let named = !at.is_empty() && (!nodes.is_empty() || entered == Some(EntryKind::NodePort));
            let kind = if named { self.text.inspector_on_node(kind, &at) } else { kind };
            let entry = self.put(nodes, BoxSubject::Other, &[to.to_string(), kind]);
            self.arrow(last, entry, "-->");
            last = entry;
        }
        if let Some(entry) = evaluation.entry.as_ref().filter(|entry| entry.service.is_some()) {
            let service = self.service(entry, nodes);
            self.arrow(last, service, "-->");
            last = service;
        }
        for alternative in &evaluation.alternatives {
            self.evaluation(last, alternative, nodes);
        }
        for hop in &evaluation.endpoints {
            let mut end = last;
            if evaluation.entry.as_ref().is_some_and(|entry| entry.service.is_some()) {
                end = self.put(nodes, BoxSubject::Endpoint(hop.ip, hop.port), &[hop.address()]);
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
                let scope = hop.pod.as_ref().map(ToString::to_string).unwrap_or_default();
                let container =
                    self.put(&scope, BoxSubject::Other, &[self.text.inspector_in_container(container), port]);
                self.arrow(pod, container, "-->");
            }
        }
        if !evaluation.arrives() && evaluation.alternatives.is_empty() {
            let words = self.text.outcome_and_arrival_short(evaluation.outcome, evaluation.arrival());
            let end = self.put(nodes, BoxSubject::Other, &[words, reason(evaluation, self.text)]);
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
        for unused in &light.unused {
            let Some(service) = &unused.service else { continue };
            let service = BoxSubject::Service(service.clone());
            let Some(service) = self.boxes.iter().position(|one| one.subject == service) else { continue };
            let used = self.boxes.iter().any(|one| match one.subject {
                BoxSubject::Endpoint(ip, port) => unused.is_at(ip, port),
                BoxSubject::Service(_) | BoxSubject::Other => false,
            });
            if !used {
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
