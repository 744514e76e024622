//! Tables of the inspector: endpoints, Nodes, destinations, and the ways to a socket.

use std::sync::Arc;

use leptos::prelude::*;
use topology::graph::socket::{Socket, SocketKind};
use topology::path::answer::{DnsAnswer, EndpointList, Evaluation, Reason};
use topology::picture::{Light, UnusedEndpoint};

use super::section::Section;
use super::verdict::destinations;
use crate::icons::Icon;
use crate::text::{share, text};
use crate::tone::Tone;

/// Maximum number of rows shown of a table.
const ROWS: usize = 20;

#[component]
fn More(all: usize) -> AnyView {
    let words = text();
    (all > ROWS).then(|| view! { <p class="muted">{words.inspector_and_more(all - ROWS)}</p> }).into_any()
}

#[component]
fn OutcomeCell(text: String, tone: Tone) -> AnyView {
    let class = format!("outcome {}", tone.class());
    view! { <span class=class><Icon name=tone.icon()/>{text}</span> }.into_any()
}

/// The DNS answer.
#[component]
pub(super) fn Names(dns: DnsAnswer) -> AnyView {
    let words = text();
    let all = dns.records.len();
    let rows = dns.records.into_iter().take(ROWS).map(|record| {
        view! { <tr><td class="muted">{record.record_type.as_str()}</td><td><span class="mono">{record.value}</span></td></tr> }
    });
    let rows = rows.collect_view();
    view! {
        <Section heading=words.inspector_dns_answer() aside=dns.rcode.to_string()>
            <table class="rows"><tbody>{rows}</tbody></table>
            <More all/>
        </Section>
    }
    .into_any()
}

/// The endpoints that the packet may reach, each with its share of new connections.
#[component]
pub(super) fn Endpoints(endpoints: EndpointList, unused: Vec<UnusedEndpoint>) -> AnyView {
    let slice = endpoints.first().and_then(|hop| hop.slice.as_ref()).map(|slice| slice.name.clone());
    (endpoints.len() + unused.len() > 0)
        .then(|| {
            let rows = endpoint_rows(&endpoints, unused);
            view! { <Section heading=text().inspector_endpoints() aside=slice.unwrap_or_default()>{rows}</Section> }
        })
        .into_any()
}

/// The table of endpoints that get packets, followed by unused endpoints; nothing if there are none.
pub(crate) fn endpoint_rows(endpoints: &EndpointList, unused: Vec<UnusedEndpoint>) -> AnyView {
    let words = text();
    let all = endpoints.len();
    let rows = endpoints.iter().take(ROWS).cloned().map(|hop| {
        let address = hop.address();
        let pod = hop.pod.map(|pod| pod.name).unwrap_or_default();
        let container = hop.container.map(|name| words.inspector_in_container(&name)).unwrap_or_default();
        view! {
            <tr>
                <td><span class="path-ink">{share(hop.probability)}</span></td>
                <td><span class="mono">{address}</span><div class="muted">{pod}</div><div class="muted">{container}</div></td>
                <td>{hop.node.unwrap_or_default()}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let all_unused = unused.len();
    let unused = unused.into_iter().take(ROWS.saturating_sub(all)).map(|unused| {
        let address = unused.address();
        let pod = unused.pod.map(|pod| pod.name).unwrap_or_default();
        let why = match (unused.left_out, unused.because) {
            (Some(rule), _) => words.left_out(rule),
            (None, None) => words.endpoint_state(unused.state),
            (None, Some(because)) => words.inspector_out_because(words.endpoint_state(unused.state), because),
        };
        view! {
            <tr>
                <td><span class="tone-warn">{words.inspector_out()}</span></td>
                <td><span class="mono">{address}</span><div class="muted">{pod}</div><div class="tone-warn">{why}</div></td>
                <td>{unused.node.unwrap_or_default()}</td>
            </tr>
        }
    });
    let unused = unused.collect_view();
    let all = all + all_unused;
    if all == 0 {
        return ().into_any();
    }
    view! {
        <table class="rows">
            <thead><tr><th scope="col">{words.inspector_share()}</th><th scope="col">{words.inspector_address()}</th><th scope="col">{words.inspector_node()}</th></tr></thead>
            <tbody>{rows}{unused}</tbody>
        </table>
        <More all/>
    }
    .into_any()
}

/// The evaluations by Node, if they differ; or the alternatives of one evaluation, if it is not known which one applies; or what iptables' rules
/// would do, if kube-proxy's are not evaluated.
#[component]
pub(crate) fn ByNode(evaluations: Vec<Evaluation>) -> AnyView {
    let words = text();
    let is_by_iptables = |each: &Evaluation| matches!(each.because, Reason::ProxyModeNotEvaluated { .. });
    if !evaluations.is_empty() && evaluations.iter().all(is_by_iptables) {
        let by_iptables = evaluations.into_iter().flat_map(|each| each.alternatives).collect();
        return outcome_rows(words.inspector_by_iptables(), by_iptables);
    }
    let alternatives = evaluations.first().map(|first| first.alternatives.clone()).unwrap_or_default();
    let (heading, rows) = match (evaluations.len(), alternatives.len()) {
        (0 | 1, 0) => return ().into_any(),
        (0 | 1, _) => (words.inspector_either(), alternatives),
        _ => (words.inspector_by_node(), evaluations),
    };
    outcome_rows(heading, rows)
}

/// The outcome of each evaluation, with its Nodes.
fn outcome_rows(heading: String, rows: Vec<Evaluation>) -> AnyView {
    let words = text();
    let all = rows.len();
    let rows = rows
        .into_iter()
        .take(ROWS)
        .map(|evaluation| {
            let mut nodes = evaluation.nodes.iter().take(3).cloned().collect::<Vec<_>>().join(", ");
            if evaluation.nodes.len() > 3 {
                nodes.push(' ');
                nodes.push_str(&words.inspector_and_more(evaluation.nodes.len() - 3));
            }
            view! {
                <tr>
                    <td>{nodes}</td>
                    <td><OutcomeCell text=words.outcome_and_arrival_short(evaluation.outcome, evaluation.arrival()) tone=Tone::of(&evaluation)/></td>
                    <td class="right">{evaluation.endpoints.len()}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <Section heading>
            <table class="rows">
                <thead>
                    <tr>
                        <th scope="col">{words.inspector_node()}</th>
                        <th scope="col">{words.inspector_outcome()}</th>
                        <th scope="col" class="right">{words.inspector_endpoint_count()}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            <More all/>
        </Section>
    }
    .into_any()
}

/// The table of several destinations: the ports of a Cluster IP, or the Pods of a headless Service.
#[component]
pub(crate) fn Destinations(evaluations: Vec<Evaluation>) -> AnyView {
    let words = text();
    let groups = destinations(&evaluations);
    let all = groups.len();
    let rows = groups
        .into_iter()
        .take(ROWS)
        .filter_map(|group| {
            let to = group.first()?.to.as_ref()?;
            let port = to.port.map(|port| format!(":{port}")).unwrap_or_default();
            let address = if to.ip.is_ipv6() { format!("[{}]{port}", to.ip) } else { format!("{}{port}", to.ip) };
            let short = |evaluation: &&Evaluation| {
                let text = words.outcome_and_arrival_short(evaluation.outcome, evaluation.arrival());
                (text, Tone::of(evaluation))
            };
            let mut outcomes: Vec<_> = group.iter().map(short).collect();
            outcomes.dedup();
            let outcomes = outcomes.into_iter().map(|(text, tone)| view! { <OutcomeCell text tone/> }).collect_view();
            Some(view! {
                <tr>
                    <td><span class="mono">{address}</span>" "<span class="muted">{to.protocol.as_str()}</span></td>
                    <td>{outcomes}</td>
                </tr>
            })
        })
        .collect_view();
    view! {
        <Section heading=words.inspector_destinations()>
            <table class="rows">
                <thead><tr><th scope="col">{words.inspector_destination()}</th><th scope="col">{words.inspector_outcome()}</th></tr></thead>
                <tbody>{rows}</tbody>
            </table>
            <More all/>
        </Section>
    }
    .into_any()
}

/// The sockets that lead to an endpoint, a Pod or a container; for a Node IP, the ports that are open on it.
#[component]
pub(crate) fn ReachedBy(light: Arc<Light>, socket: Socket) -> AnyView {
    let words = text();
    let heading = match socket.kind {
        SocketKind::NodeIp => words.inspector_opened_on_node(),
        SocketKind::Endpoint | SocketKind::PodIp | SocketKind::ContainerPort | SocketKind::External => {
            words.inspector_reached_by()
        }
        _ => return ().into_any(),
    };
    let entry = |kind: SocketKind| {
        !matches!(
            kind,
            SocketKind::NodeIp
                | SocketKind::Endpoint
                | SocketKind::PodIp
                | SocketKind::ContainerPort
                | SocketKind::External
        )
    };
    let entries: Vec<Socket> = light.on_path.iter().filter(|other| entry(other.kind)).cloned().collect();
    let all = entries.len();
    if all == 0 {
        let mut services: Vec<String> =
            light.unused.iter().filter_map(|unused| Some(format!("Service {}", unused.service.as_ref()?))).collect();
        services.dedup();
        let none = match services.as_slice() {
            [] => words.inspector_reached_by_none(),
            some => words.inspector_would_reach(words.list(some)),
        };
        let none = view! { <p class="muted">{none}</p> };
        return view! { <Section heading>{none}</Section> }.into_any();
    }
    let rows = entries
        .into_iter()
        .take(ROWS)
        .map(|entry| {
            view! {
                <tr>
                    <td><span class="mono">{entry.address}</span><div class="muted">{entry.object.to_string()}</div></td>
                    <td class="right muted">{words.socket_name(entry.kind)}</td>
                </tr>
            }
        })
        .collect_view();
    let table = view! { <table class="rows"><tbody>{rows}</tbody></table> };
    view! { <Section heading>{table}<More all/></Section> }.into_any()
}
