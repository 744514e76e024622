//! A path as a Mermaid flowchart, for a wiki or a ticket: what is lit, from the client to the containers.

#[cfg(test)]
mod tests;

use topology::graph::EndpointState;
use topology::picture::Light;
use topology::socket::SocketKind;
use topology::trace::{Entry, EntryKind, Evaluation};

use crate::text::{Words, share};

/// So many Nodes that decide alike are named.
const NAMED_NODES: usize = 3;

/// The flowchart of what is lit; the same boxes and arrows once, whichever Nodes they are of.
pub fn flowchart(light: &Light, text: &Words) -> String {
    let mut chart = Chart { text, boxes: Vec::new(), arrows: Vec::new() };
    let from = &light.from;
    let name = from.namespace.iter().chain(&from.name).cloned().collect::<Vec<_>>().join("/");
    let ip = from.ip.map(|ip| ip.to_string()).unwrap_or_default();
    let node = from.node.as_deref().filter(|_| from.kind != "external");
    let source = chart.put("", &[text.packet_source(from.kind, &name, &ip, node)]);
    for evaluation in &light.evaluations {
        // Where Nodes differ, each has its own way to the endpoints.
        let differ = light.evaluations.iter().filter(|other| other.to == evaluation.to).count() > 1;
        let nodes = if differ { some(&evaluation.nodes) } else { String::new() };
        chart.evaluation(source, evaluation, &nodes);
    }
    chart.left_out(light);
    chart.written()
}

fn some(nodes: &[String]) -> String {
    let rest = if nodes.len() > NAMED_NODES { ", …" } else { "" };
    let named: Vec<&str> = nodes.iter().take(NAMED_NODES).map(String::as_str).collect();
    named.join(", ") + rest
}

struct Chart<'a> {
    text: &'a Words,
    /// What makes a box the same, and its lines.
    boxes: Vec<(String, Vec<String>)>,
    /// From, to, and the arrow with its label.
    arrows: Vec<(usize, usize, String)>,
}

impl Chart<'_> {
    /// The box with these lines; one of another `scope` is another.
    fn put(&mut self, scope: &str, lines: &[String]) -> usize {
        let lines: Vec<String> = lines.iter().filter(|line| !line.is_empty()).cloned().collect();
        let key = format!("{scope}\n{}", lines.join("\n"));
        self.boxes.iter().position(|(known, _)| *known == key).unwrap_or_else(|| {
            self.boxes.push((key, lines));
            self.boxes.len() - 1
        })
    }

    fn arrow(&mut self, from: usize, to: usize, arrow: &str) {
        if !self.arrows.iter().any(|(a, b, _)| (*a, *b) == (from, to)) {
            self.arrows.push((from, to, arrow.to_owned()));
        }
    }

    fn evaluation(&mut self, source: usize, evaluation: &Evaluation, nodes: &str) {
        let mut last = source;
        if let Some(to) = &evaluation.to {
            let kind = evaluation.entry.as_ref().map(|entry| self.text.socket_name(socket(entry.kind)));
            let kind = kind.unwrap_or_default();
            let at = if nodes.is_empty() { some(&evaluation.nodes) } else { nodes.to_owned() };
            let named = !at.is_empty() && (!nodes.is_empty() || kind == self.text.inspector_node_port());
            let kind = if named { self.text.inspector_on_node(kind, &at) } else { kind };
            let entry = self.put(nodes, &[to.to_string(), kind]);
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
                end = self.put(nodes, &[hop.address()]);
                self.arrow(last, end, &format!("-->|{}|", quoted(&[share(hop.probability)])));
            }
            let pod = match &hop.pod {
                Some(pod) => vec![format!("Pod {pod}"), hop.ip.to_string(), hop.node.clone().unwrap_or_default()],
                None => vec![hop.ip.to_string(), self.text.card_outside_unchecked()],
            };
            let pod = self.put("", &pod);
            self.arrow(end, pod, "-->");
            if let Some(container) = &hop.container {
                let port = format!("{} {}", self.text.inspector_container_port(), hop.port);
                // Containers of other Pods have the same name.
                let scope = hop.pod.as_ref().map(ToString::to_string).unwrap_or_default();
                let container = self.put(&scope, &[self.text.inspector_in_container(container), port]);
                self.arrow(pod, container, "-->");
            }
        }
        if !evaluation.outcome.delivered() && evaluation.alternatives.is_empty() {
            let words = self.text.outcome_short(evaluation.outcome);
            let end = self.put(nodes, &[words, evaluation.reason.clone()]);
            self.arrow(last, end, "--x");
        }
    }

    fn service(&mut self, entry: &Entry, scope: &str) -> usize {
        let words = self.text;
        let name = entry.service.as_ref().map(|service| format!("Service {service}")).unwrap_or_default();
        let port = entry.port.map(|port| format!("{} {port}", words.inspector_port())).unwrap_or_default();
        let target = entry.target_port.as_ref().map(|target| format!(" → {} {target}", words.inspector_target_port()));
        self.put(scope, &[name, port + &target.unwrap_or_default()])
    }

    /// What a Service on the path does not send to.
    fn left_out(&mut self, light: &Light) {
        for out in &light.out {
            let Some(name) = out.service.as_ref().map(|service| format!("Service {service}")) else { continue };
            let Some(service) = self.boxes.iter().position(|(_, lines)| lines.first() == Some(&name)) else { continue };
            let used = self.boxes.iter().any(|(_, lines)| *lines == [out.address.clone()]);
            if !used {
                let state = match out.state {
                    EndpointState::Ready => self.text.inspector_out_by_policy(),
                    state => self.text.endpoint_state(state),
                };
                let end = self.put("", &[out.address.clone(), state.to_owned()]);
                self.arrow(service, end, &format!("-.->|{}|", quoted(&[self.text.inspector_out()])));
            }
        }
    }

    fn written(&self) -> String {
        let mut chart = "flowchart LR\n".to_owned();
        for (n, (_, lines)) in self.boxes.iter().enumerate() {
            chart.push_str(&format!("  n{n}[{}]\n", quoted(lines)));
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

/// A label. Whatever Mermaid, Markdown or HTML would read becomes a character's number, so a name cannot be more than a name.
fn quoted(lines: &[String]) -> String {
    let mut label = "\"".to_owned();
    for (n, line) in lines.iter().enumerate() {
        label.push_str(if n > 0 { "<br/>" } else { "" });
        for letter in line.chars() {
            match letter {
                letter if letter.is_control() => label.push(' '),
                // English and Chinese; whatever else there is, is rare.
                '0'..='9' | 'a'..='z' | 'A'..='Z' | '\u{4e00}'..='\u{9fff}' => label.push(letter),
                letter if " .:/-,→…".contains(letter) => label.push(letter),
                letter => label.push_str(&format!("#{};", u32::from(letter))),
            }
        }
    }
    label.push('"');
    label
}
