//! The steps of one path: its ports, the packet's headers, kube-proxy's rules.

use leptos::prelude::*;
use topology::cluster::settings::ProxyMode;
use topology::graph::socket::SocketKind;
use topology::path::answer::{Arrival, EntryKind, Evaluation};
use topology::path::rules::walk::walk;

use super::section::Section;
use crate::text::{Words, text};

/// Maximum number of rules shown.
const RULES: usize = 24;

/// A port of the chain of ports.
#[derive(Debug, PartialEq, Eq)]
struct Link {
    number: String,
    name: String,
    /// What it is, in a sentence for a newcomer.
    sentence: String,
    /// Whether the path ends before this port.
    beyond: bool,
}

/// The chain nodePort → port → targetPort → containerPort, without the ports that do not apply.
fn chain(evaluation: &Evaluation, words: &Words) -> Vec<Link> {
    let Some(entry) = &evaluation.entry else { return Vec::new() };
    let stopped = !evaluation.outcome.delivered();
    let mut links = Vec::new();
    let mut link = |number: String, name, sentence, beyond| links.push(Link { number, name, sentence, beyond });
    let sentence = |kind| words.socket_sentence(kind);
    let destination_port = evaluation.to.as_ref().and_then(|to| to.port);
    match (entry.kind, destination_port) {
        (EntryKind::NodePort, Some(port)) => {
            link(port.to_string(), words.inspector_node_port(), sentence(SocketKind::NodePort), false)
        }
        (EntryKind::HostPort, Some(port)) => {
            link(port.to_string(), words.inspector_host_port(), sentence(SocketKind::HostPort), false)
        }
        _ => {}
    }
    if let Some(port) = entry.port {
        link(port.to_string(), words.inspector_port(), sentence(SocketKind::Port), false);
    }
    if let Some(target) = &entry.target_port {
        link(target.to_string(), words.inspector_target_port(), words.inspector_target_port_sentence(), stopped);
    }
    match evaluation.endpoints.first() {
        Some(hop) if hop.container_port.is_some() => {
            link(hop.port.to_string(), words.inspector_container_port(), sentence(SocketKind::ContainerPort), false)
        }
        Some(hop) if hop.pod.is_some() => {
            link(hop.port.to_string(), words.inspector_not_declared(), sentence(SocketKind::ContainerPort), false)
        }
        None if stopped => {
            link("–".to_owned(), words.inspector_container_port(), sentence(SocketKind::ContainerPort), true)
        }
        _ => {}
    }
    links
}

/// The chain of ports.
#[component]
pub(super) fn Ports(evaluation: Evaluation) -> AnyView {
    let words = text();
    let links = chain(&evaluation, words);
    let class = if evaluation.outcome.delivered() { "ports" } else { "ports bad" };
    (links.len() > 1)
        .then(|| {
            let links = links
                .into_iter()
                .map(|link| {
                    let class = if link.beyond { "beyond" } else { "" };
                    view! { <li class=class title=link.sentence><b>{link.number}</b><span>{link.name}</span></li> }
                })
                .collect_view();
            let service = evaluation.entry.as_ref().and_then(|entry| entry.service.as_ref());
            let aside = service.map(ToString::to_string).unwrap_or_default();
            view! {
                <Section heading=words.inspector_four_ports_heading() aside>
                    <ol class=class aria-label=words.inspector_four_ports()>{links}</ol>
                </Section>
            }
        })
        .into_any()
}

/// The packet's steps, with its header after each step. Changed header fields are highlighted.
#[component]
pub(super) fn Hops(evaluation: Evaluation, mode: ProxyMode) -> AnyView {
    let words = text();
    let mode = mode.as_str();
    let aside = match evaluation.nodes.as_slice() {
        [] => String::new(),
        [node] => words.inspector_rules_of(node, mode),
        many => words.inspector_rules_of_many(many.len(), mode),
    };
    let fails = !evaluation.outcome.delivered() || evaluation.arrival() == Arrival::Never;
    let class = if fails { "hops bad" } else { "hops" };
    let hops = &evaluation.hops;
    let header = |name: String, now: String, is_new: bool| {
        let class = if is_new { "new" } else { "" };
        view! {
            <dt>{name}</dt>
            <dd class=class>{now}</dd>
        }
    };
    (!hops.is_empty())
        .then(|| {
            let steps = hops
                .iter()
                .enumerate()
                .map(|(n, hop)| {
                    let before = n.checked_sub(1).and_then(|n| hops.get(n));
                    let source = hop.src.as_ref().map(|src| {
                        let is_new = before.is_some_and(|before| before.src.as_ref() != Some(src));
                        header(words.hop_source(), words.header_source(src), is_new)
                    });
                    let is_new = before.is_some_and(|before| before.dst != hop.dst);
                    view! {
                        <li>
                            <b>{words.hop_step(hop)}</b>
                            <dl class="header">
                                {source}
                                {header(words.hop_destination(), words.header_destination(&hop.dst), is_new)}
                            </dl>
                        </li>
                    }
                })
                .collect_view();
            view! { <Section heading=words.inspector_packet() aside><ol class=class>{steps}</ol></Section> }
        })
        .into_any()
}

/// kube-proxy's rules in the order in which the packet meets them, each with its action.
#[component]
pub(super) fn Rules(evaluation: Evaluation, mode: ProxyMode) -> AnyView {
    let words = text();
    let steps = walk(&evaluation, mode.backend());
    let all = steps.len();
    (all > 0)
        .then(|| {
            let steps = steps.into_iter().take(RULES).map(|step| {
                let nested = format!("nested-{}", step.depth.min(4));
                view! { <li><code class=nested>{step.name}</code><span>{words.rule_action(&step.does)}</span></li> }
            });
            let steps = steps.collect_view();
            let more = (all > RULES).then(|| view! { <p class="muted">{words.inspector_and_more(all - RULES)}</p> });
            view! { <Section heading=words.inspector_rules()><ol class="rules">{steps}</ol>{more}</Section> }
        })
        .into_any()
}
