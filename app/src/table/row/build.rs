//! Builds rows from the parts of a unit.

use std::collections::BTreeSet;

use topology::cluster::facts::ServiceType;
use topology::graph::socket::SocketKind;
use topology::graph::{EndpointState, EntryPart, Note, PartId, Parts, ServicePart, UnlistedNodes};

use super::chain::{Chain, with_port};
use super::items::Items;
use super::{Cells, Item, Row, RowTone, state};
use crate::text::Words;

/// The rows of a unit.
pub(super) fn rows(parts: &Parts, text: &Words) -> Vec<Row> {
    let mut items = Items::of(parts, text);
    let mut rows = match parts.services.first() {
        Some(service) => service_rows(service, &mut items, text),
        None if parts.entries.is_empty() => pod_rows(&mut items, text),
        None => (0..parts.entries.len()).filter_map(|n| host_port_row(n, &mut items, text)).collect(),
    };
    if let Some(first) = rows.first_mut() {
        rest(first, &mut items, text);
    }
    for cell in rows.iter_mut().flat_map(|row| row.cells.lists_mut()) {
        let mut keys = BTreeSet::new();
        cell.retain(|item| keys.insert(item.key()));
    }
    rows
}

/// The number of these rows.
pub(super) fn count(parts: &Parts) -> usize {
    match parts.services.first() {
        Some(service) => service.ports.len().max(1),
        None if parts.entries.is_empty() => parts.pods.len() + usize::from(parts.pod_count.is_some()),
        None => parts.entries.len(),
    }
}

fn service_rows<'a>(service: &'a ServicePart, items: &mut Items<'a>, text: &Words) -> Vec<Row> {
    let parts = items.parts;
    let mains: Vec<PartId> = match service.ports.is_empty() {
        true => vec![PartId::Name(0)],
        false => service.ports.clone().map(PartId::Port).collect(),
    };
    mains.iter().filter_map(|main| parts.socket(*main)).for_each(|socket| items.carry(socket));
    let kind = if service.headless { text.card_headless() } else { service.service_type.as_str().to_owned() };
    let row = |(n, main): (usize, PartId)| service_row(n, main, service, &kind, items, text);
    mains.into_iter().enumerate().map(row).collect()
}

/// The row of a port, or of a Service without ports; `n` is its index among the Service's rows.
fn service_row<'a>(
    n: usize,
    main: PartId,
    service: &'a ServicePart,
    kind: &str,
    items: &mut Items<'a>,
    text: &Words,
) -> Row {
    let parts = items.parts;
    let port = match main {
        PartId::Port(n) => Some(&parts.ports[n]),
        _ => None,
    };
    let port_name = port.map(|port| port.name.as_str()).unwrap_or_default();
    let tag = if n == 0 || port_name.is_empty() { kind } else { port_name };
    let mut row = Row {
        main: parts.socket(main).cloned(),
        name: service.service.name.clone(),
        tag: tag.to_owned(),
        ..Row::default()
    };
    let mut chain = Chain::default();

    let ways = parts.links.iter().filter(|link| link.to == main).map(|link| link.from);
    let mut unlisted = Vec::new();
    for way in ways {
        let PartId::Entry(entry) = way else { continue };
        match &parts.entries[entry] {
            EntryPart::Address(address) => {
                row.cells.ways.extend(items.item(way));
                if address.socket.kind == SocketKind::NodePort {
                    chain.node_port(address.port, address.protocol);
                }
            }
            EntryPart::UnlistedNodes(own) => {
                unlisted.push(unlisted_nodes(own, text));
                chain.node_port(own.port, own.protocol);
            }
        }
    }
    row.cells.ways.extend(unlisted);
    if n == 0 {
        row.cells.ways.push(items.socket(&service.dns));
    }

    row.cells.port.extend(service.cluster_ips.iter().map(|ip| items.socket(ip)));
    let number = port.map(|port| format!(":{}{}", port.port, port.protocol.suffix())).unwrap_or_default();
    let remark = match (service.cluster_ips.is_empty(), service.service_type) {
        (true, ServiceType::ExternalName) => text.card_dns_only(),
        (true, _) => text.card_no_cluster_ip(),
        (false, _) => port_name.to_owned(),
    };
    row.cells.port.push(Item::plain(number, remark));
    let target = port.and_then(|port| port.target_port.as_ref()).map(ToString::to_string);
    row.cells.target.extend(target.iter().map(|target| Item::plain(target, "")));

    let next: Vec<PartId> = items.links_from(main).iter().map(|link| link.to).collect();
    let Cells { container: numbers, endpoints: lines, pods, .. } = &mut row.cells;
    for part in &next {
        if let Some(item) = items.item(*part) {
            if matches!(part, PartId::Endpoint(_)) { &mut *lines } else { &mut *pods }.push(item);
            items.behind(*part, pods, numbers);
        }
    }
    chain.outside = pods.iter().find(|item| item.outside).map(|item| item.text.clone());
    chain.container_port = numbers.first().map(|item| item.text.clone());
    lines.extend(parts.endpoint_count.map(|readiness| fold(text.card_endpoints(readiness.total))));
    pods.extend(parts.pod_count.map(|readiness| fold(text.card_pods(readiness.total))));

    let state = state::of_port(service, main, &next, parts, text);
    row.chain = chain.text(port, target, state.ends);
    row.set_state(state);
    row
}

/// A nodePort of Nodes that are not listed.
fn unlisted_nodes(unlisted: &UnlistedNodes, text: &Words) -> Item {
    let words = text.unlisted_nodes(*unlisted);
    let item = Item::plain(format!(":{}{}", unlisted.port, unlisted.protocol.suffix()), words);
    Item { fold: unlisted.opens, ..item }
}

fn host_port_row(n: usize, items: &mut Items<'_>, text: &Words) -> Option<Row> {
    let EntryPart::Address(entry) = &items.parts.entries[n] else { return None };
    let (own, socket) = (PartId::Entry(n), &entry.socket);
    items.carry(socket);
    let mut row = Row {
        main: Some(socket.clone()),
        name: socket.object.name.clone(),
        tag: text.table_no_service(),
        icon: "i-host",
        tone: RowTone::Quiet,
        state: text.socket_name(socket.kind),
        ..Row::default()
    };
    row.cells.ways.push(Item::plain(&socket.address, entry.node.clone().unwrap_or_default()));
    let Cells { container: numbers, pods, .. } = &mut row.cells;
    items.behind(own, pods, numbers);
    let pod = pods.first();
    if let Some(state) = pod.and_then(|pod| pod.state).filter(|state| *state != EndpointState::Ready) {
        (row.icon, row.tone) = state::mark(state);
        row.state = text.endpoint_state(state);
    }
    let ip = pod.map(|pod| pod.text.as_str()).unwrap_or_default();
    let number = numbers.first().map(|item| item.text.as_str()).unwrap_or_default();
    row.chain = format!("{} → {}", socket.address, with_port(ip, number));
    Some(row)
}

/// Rows of Pods that are reached by their own IP only, one by one or as a count.
fn pod_rows(items: &mut Items<'_>, text: &Words) -> Vec<Row> {
    let parts = items.parts;
    let count = parts.pod_count.map(|readiness| {
        let name = text.card_pods(readiness.total);
        let mut row = Row { tag: text.table_no_service(), ..Row::default() };
        row.cells.pods.push(fold(name.clone()));
        row.name = name;
        row.set_state(state::of_readiness(readiness, text));
        row
    });
    let mut rows: Vec<Row> = count.into_iter().collect();
    for (n, part) in parts.pods.iter().enumerate() {
        let (icon, tone) = state::mark(part.state);
        let mut row = Row {
            main: part.socket.clone(),
            name: part.pod.name.clone(),
            tag: text.table_no_service(),
            icon,
            tone,
            state: text.endpoint_state(part.state),
            ..Row::default()
        };
        let ip = part.socket.as_ref().map_or_else(|| text.card_no_ip(), |socket| socket.address.clone());
        row.cells.ways.push(Item::plain(&ip, part.node.clone().unwrap_or_default()));
        let ports = if part.socket.is_some() { items.declared_ports(PartId::Pod(n)) } else { Vec::new() };
        let numbers: Vec<String> = ports.iter().map(|port| items.port_text(*port)).collect();
        row.chain = with_port(&ip, &numbers.join(", "));
        row.cells.container.extend(numbers.iter().map(|number| Item::plain(number, "")));
        row.cells.pods.extend(ports.into_iter().filter_map(|port| items.item(PartId::ContainerPort(port))));
        part.socket.iter().for_each(|socket| items.carry(socket));
        rows.push(row);
    }
    rows
}

/// Adds the sockets that no row has yet, and the remarks about the unit, to the first row.
fn rest(first: &mut Row, items: &mut Items<'_>, text: &Words) {
    let parts = items.parts;
    let not_carried = |part: &PartId, items: &Items<'_>| !items.is_carried(*part);
    for part in (0..parts.endpoints.len()).map(PartId::Endpoint) {
        if not_carried(&part, items) {
            first.cells.endpoints.extend(items.item(part));
        }
    }
    let mut behind = Vec::new();
    for own in (0..parts.pods.len()).map(PartId::Pod) {
        behind.push(own);
        behind.extend(items.links_from(own).iter().map(|link| link.to));
    }
    for part in behind.into_iter().chain((0..parts.targets.len()).map(PartId::Target)) {
        if not_carried(&part, items) {
            first.cells.pods.extend(items.item(part));
        }
    }
    for pod in parts.pods.iter().filter(|pod| pod.socket.is_none() && first.name != pod.pod.name) {
        first.cells.pods.push(Item { lead: pod.pod.name.clone(), ..Item::plain("", text.card_no_ip()) });
    }
    if let Some(evidence) = parts.evidence {
        let note = Note::Endpoints { addresses: evidence.addresses, mirrored: evidence.mirrored };
        first.cells.endpoints.push(Item::plain("", text.note(&note)));
    }
}

fn fold(words: String) -> Item {
    Item { fold: true, ..Item::plain(words, "") }
}
