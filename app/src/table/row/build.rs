//! From a group's cards and wires to rows.

use std::collections::BTreeSet;

use topology::facts::ServiceType;
use topology::graph::{Card, EndpointState, Group, Note, PortRow};
use topology::socket::{Socket, SocketKind};

use super::links::Links;
use super::{Item, Row, state};
use crate::text::Words;

const WAYS: usize = 0;
const PORT: usize = 1;
const TARGET: usize = 2;
const CONTAINER: usize = 3;
const ENDPOINTS: usize = 4;
const PODS: usize = 5;

/// The rows of a group.
pub(super) fn rows(group: &Group, text: &Words) -> Vec<Row> {
    let mut links = Links::of(group, text);
    let service = group.cards.iter().find(|card| matches!(card, Card::Service { .. }));
    let mut rows = match service {
        Some(card) => service_rows(card, group, &mut links, text),
        None => own_cards(group).filter_map(|card| pod_row(card, &mut links, text)).collect(),
    };
    if let Some(first) = rows.first_mut() {
        rest(first, group, &mut links, text);
    }
    for cell in rows.iter_mut().flat_map(|row| &mut row.cells) {
        let mut keys = BTreeSet::new();
        cell.retain(|item| keys.insert(item.key()));
    }
    rows
}

/// How many rows that are.
pub(super) fn count(group: &Group) -> usize {
    let ports = group.cards.iter().find_map(|card| match card {
        Card::Service { ports, .. } => Some(ports.len().max(1)),
        _ => None,
    });
    ports.unwrap_or_else(|| own_cards(group).count())
}

/// The cards that are a row each, in a group without a Service: hostPorts, else Pods.
fn own_cards(group: &Group) -> impl Iterator<Item = &Card> {
    let host_ports = group.cards.iter().any(|card| matches!(card, Card::Entry { .. }));
    group.cards.iter().filter(move |card| match card {
        Card::Entry { .. } => true,
        Card::Pod { .. } | Card::Pods { .. } => !host_ports,
        _ => false,
    })
}

fn service_rows<'a>(card: &'a Card, group: &'a Group, links: &mut Links<'a>, text: &Words) -> Vec<Row> {
    let Card::Service { service, service_type, headless, dns, cluster_ips, ports, .. } = card else {
        return Vec::new();
    };
    let mains: Vec<(&Socket, Option<&PortRow>)> = match ports.as_slice() {
        [] => vec![(dns, None)],
        ports => ports.iter().map(|port| (&port.socket, Some(port))).collect(),
    };
    mains.iter().for_each(|(main, _)| links.carry(main));
    let folded = folded_entries(group, text);
    let kind = if *headless { text.card_headless() } else { service_type.as_str().to_owned() };
    let mut rows = Vec::with_capacity(mains.len());
    for (n, (main, port)) in mains.into_iter().enumerate() {
        let port_name = port.map(|port| port.name.as_str()).unwrap_or_default();
        let tag = if n == 0 || port_name.is_empty() { &kind } else { port_name };
        let mut row =
            Row { main: Some(main.clone()), name: service.name.clone(), tag: tag.to_owned(), ..Row::default() };
        let ways: Vec<&Socket> = group.cards.iter().filter_map(|card| way_to(card, main, links)).collect();
        row.cells[WAYS].extend(ways.iter().map(|way| links.item(way)));
        row.cells[WAYS].extend(folded.iter().filter(|(to, _)| *to == main).map(|(_, item)| item.clone()));
        if n == 0 {
            row.cells[WAYS].push(links.item(dns));
        }
        row.cells[PORT].extend(cluster_ips.iter().map(|ip| links.item(ip)));
        let number = port.map(|port| format!(":{}{}", port.port, port.protocol.suffix())).unwrap_or_default();
        let remark = match (cluster_ips.is_empty(), service_type) {
            (true, ServiceType::ExternalName) => text.card_dns_only(),
            (true, _) => text.card_no_cluster_ip(),
            (false, _) => port_name.to_owned(),
        };
        row.cells[PORT].push(Item::plain(number, remark));
        let target = port.and_then(|port| port.target.as_ref()).map(ToString::to_string);
        row.cells[TARGET].extend(target.iter().map(|target| Item::plain(target, "")));
        let endpoints = links.from(main);
        let [.., numbers, lines, pods] = &mut row.cells;
        for endpoint in &endpoints {
            let line = links.item(endpoint);
            if endpoint.kind == SocketKind::Endpoint { &mut *lines } else { &mut *pods }.push(line);
            links.behind(endpoint, pods, numbers);
        }
        lines.extend(group.cards.iter().filter_map(|card| match card {
            Card::Endpoints { readiness, .. } => Some(fold(text.card_endpoints(readiness.total))),
            _ => None,
        }));
        pods.extend(group.cards.iter().filter_map(|card| match card {
            Card::Pods { readiness, .. } => Some(fold(text.card_pods(readiness.total))),
            _ => None,
        }));
        state::set(&mut row, group, &endpoints, text);
        let node_port = ways.iter().find(|way| way.kind == SocketKind::NodePort);
        row.chain = chain(&row, node_port.copied(), port, target);
        rows.push(row);
    }
    rows
}

/// The way in on this card, if it leads to that port.
fn way_to<'a>(card: &'a Card, main: &Socket, links: &Links<'a>) -> Option<&'a Socket> {
    match card {
        Card::Entry { socket, .. } if links.joins(socket, main) => Some(socket),
        _ => None,
    }
}

/// The nodePorts of Nodes that are not listed, each with the port that it leads to.
fn folded_entries<'a>(group: &'a Group, text: &Words) -> Vec<(&'a Socket, Item)> {
    let items = group.cards.iter().filter_map(|card| match card {
        Card::Entries { port, protocol, nodes, opens, .. } => {
            let words = if *opens { text.card_any_of_nodes(*nodes) } else { text.card_more_nodes(*nodes) };
            let item = Item::plain(format!(":{port}{}", protocol.suffix()), words);
            Some(Item { fold: *opens, ..item })
        }
        _ => None,
    });
    // Such a card has no socket: the wires that come from none and lead to a port are theirs, in their order.
    let leads = group.wires.iter().filter(|wire| wire.from.is_none()).filter_map(|wire| wire.to.as_ref());
    leads.filter(|to| to.kind == SocketKind::Port).zip(items).collect()
}

/// A hostPort, a Pod that nothing leads to, or many such Pods.
fn pod_row<'a>(card: &'a Card, links: &mut Links<'a>, text: &Words) -> Option<Row> {
    let mut row = Row { tag: text.table_no_service(), ..Row::default() };
    match card {
        Card::Entry { socket, node, .. } => {
            links.carry(socket);
            row.main = Some(socket.clone());
            row.name = socket.object.name.clone();
            row.cells[WAYS].push(Item::plain(&socket.address, node.clone().unwrap_or_default()));
            let [.., numbers, _, pods] = &mut row.cells;
            links.behind(socket, pods, numbers);
            (row.icon, row.tone, row.state) = ("i-host", "tone-quiet", text.socket_name(socket.kind));
            let pod = row.cells[PODS].first();
            if let Some(state) = pod.and_then(|pod| pod.state).filter(|state| *state != EndpointState::Ready) {
                (row.icon, row.tone) = state::mark(state);
                row.state = text.endpoint_state(state);
            }
            let ip = pod.map(|pod| pod.text.as_str()).unwrap_or_default();
            let number = row.cells[CONTAINER].first().map(|item| item.text.as_str()).unwrap_or_default();
            row.chain = format!("{} → {}", socket.address, with_port(ip, number));
        }
        Card::Pod { socket, pod, node, state, .. } => {
            (row.icon, row.tone) = state::mark(*state);
            row.state = text.endpoint_state(*state);
            row.main = socket.clone();
            row.name = pod.name.clone();
            let ip = socket.as_ref().map_or_else(|| text.card_no_ip(), |socket| socket.address.clone());
            row.cells[WAYS].push(Item::plain(&ip, node.clone().unwrap_or_default()));
            let ports = socket.as_ref().map(|socket| links.from(socket)).unwrap_or_default();
            let numbers: Vec<String> = ports.iter().filter_map(|port| links.port_of(port)).collect();
            row.chain = with_port(&ip, &numbers.join(", "));
            row.cells[CONTAINER].extend(numbers.iter().map(|number| Item::plain(number, "")));
            row.cells[PODS].extend(ports.into_iter().map(|port| links.item(port)));
            socket.iter().for_each(|socket| links.carry(socket));
        }
        Card::Pods { readiness, .. } => {
            (row.icon, row.tone, row.state) = state::of_readiness(*readiness, text);
            row.name = text.card_pods(readiness.total);
            row.cells[PODS].push(fold(row.name.clone()));
        }
        _ => return None,
    }
    Some(row)
}

/// What no row carries yet, and the remarks of the picture: they stand in the first row.
fn rest<'a>(first: &mut Row, group: &'a Group, links: &mut Links<'a>, text: &Words) {
    for socket in group.sockets() {
        if !links.is_carried(socket) {
            let cell = if socket.kind == SocketKind::Endpoint { ENDPOINTS } else { PODS };
            first.cells[cell].push(links.item(socket));
        }
    }
    for card in &group.cards {
        match card {
            Card::Note { note: note @ Note::Endpoints { .. }, .. } => {
                first.cells[ENDPOINTS].push(Item::plain("", text.note(note)));
            }
            Card::Pod { socket: None, pod, .. } if first.name != pod.name => {
                let lead = pod.name.clone();
                first.cells[PODS].push(Item { lead, ..Item::plain("", text.card_no_ip()) });
            }
            _ => {}
        }
    }
}

fn fold(words: String) -> Item {
    Item { fold: true, ..Item::plain(words, "") }
}

fn with_port(ip: &str, port: &str) -> String {
    match (port, ip.contains(':')) {
        ("", _) => ip.to_owned(),
        (port, true) => format!("[{ip}]:{port}"),
        (port, false) => format!("{ip}:{port}"),
    }
}

/// The ports of a Service's row, one after the other; as far as a packet gets.
fn chain(row: &Row, node_port: Option<&Socket>, port: Option<&PortRow>, target: Option<String>) -> String {
    let outside = row.cells[PODS].iter().find(|item| item.outside).map(|item| item.text.clone());
    let Some(port) = port else { return outside.map(|name| format!("CNAME {name}")).unwrap_or_default() };
    let number = format!("{}{}", port.port, port.protocol.suffix());
    if port.target.is_none() {
        return format!(":{number}");
    }
    let node_port = node_port.and_then(|way| way.address.rsplit_once(':'));
    let folded = row.cells[WAYS].iter().find_map(|item| item.text.strip_prefix(':'));
    let mut links: Vec<String> = Vec::with_capacity(4);
    links.extend(node_port.map(|(_, port)| port).or(folded).map(str::to_owned));
    links.push(number);
    match (outside, row.tone) {
        (Some(address), _) => links.push(address),
        (None, "tone-bad") => {}
        (None, _) => {
            links.extend(target);
            links.extend(row.cells[CONTAINER].first().map(|item| item.text.clone()));
        }
    }
    links.join(" → ")
}
