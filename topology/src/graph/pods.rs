//! What is behind endpoints and hostPorts: Pods with their containers, and what is outside the cluster.

use std::collections::BTreeSet;

use super::build::{Pin, finish, row, wire};
use super::model::{Area, Backing, Card, EndpointState, Group, Note, Stroke, Wire, lane};
use super::service::Limits;
use crate::facts::{EndpointFact, PodFact};
use crate::health::Readiness;
use crate::index::{self, Index};
use crate::key::{Kind, ObjectKey};
use crate::port::Protocol;
use crate::socket::{Socket, SocketKind, address_text, container_text};

/// A line that leads to a Pod: where from, at what height, and to which port.
struct Lead {
    from: Socket,
    y: i32,
    port: Option<(Protocol, u16)>,
    /// The card that the wire leaves ends here.
    x: i32,
}

/// Collects the Pods and outside addresses behind the lines of a group; each Pod is drawn once, beside its first lines.
#[derive(Default)]
pub(super) struct Behind {
    pods: Vec<(ObjectKey, Vec<Lead>)>,
    outside: Vec<(Socket, String, Option<String>, Lead)>,
}

impl Behind {
    /// Adds the line of an endpoint; says what is behind it.
    pub(super) fn add(
        &mut self,
        index: &Index,
        endpoint: &EndpointFact,
        port: Option<(Protocol, u16)>,
        socket: &Socket,
        y: i32,
    ) -> Backing {
        let lead = Lead { from: socket.clone(), y, port, x: lane::SLICE.0 + lane::SLICE.1 };
        let behind = index.behind(endpoint);
        if let index::Behind::Pod(pod) = behind {
            self.add_pod(pod, lead);
            return Backing::Pod;
        }
        let address = match (endpoint.ip(), port) {
            (Some(ip), Some((protocol, port))) => address_text(ip, port, protocol),
            _ => endpoint.address.clone(),
        };
        let outside = Socket::new(SocketKind::External, address, Kind::EndpointSlice, endpoint.slice_key());
        let node = match behind {
            index::Behind::Node(node) => Some(node),
            index::Behind::Pod(_) | index::Behind::Outside => None,
        };
        self.outside.push((outside, endpoint.address.clone(), node, lead));
        Backing::Outside
    }

    fn add_pod(&mut self, pod: ObjectKey, lead: Lead) {
        match self.pods.iter_mut().find(|(known, _)| *known == pod) {
            Some((_, leads)) => leads.push(lead),
            None => self.pods.push((pod, vec![lead])),
        }
    }

    /// Draws all of it.
    pub(super) fn draw(self, index: &Index, cards: &mut Vec<Card>, wires: &mut Vec<Wire>) {
        for (key, leads) in self.pods {
            // A Pod stands in the middle of its lines of the first slice; lines of other slices reach up to it.
            let near = |lead: &&Lead| leads.first().is_some_and(|first| lead.from.object == first.from.object);
            let heights: Vec<i32> = leads.iter().take_while(near).map(|lead| lead.y).collect();
            let middle = (heights.first().copied().unwrap_or(0) + heights.last().copied().unwrap_or(0)) / 2;
            let area = row(lane::POD, middle);
            let (card, socket) = pod_card(index, &key, area, &leads);
            cards.push(card);
            for lead in &leads {
                let from = Pin { x: lead.x, y: lead.y, socket: Some(&lead.from) };
                wires.push(wire(from, Pin { x: lane::POD.0, y: middle, socket: socket.as_ref() }, 812, Stroke::Packet));
            }
            containers(
                index,
                &key,
                &leads,
                Pin { x: area.x + area.w, y: middle, socket: socket.as_ref() },
                cards,
                wires,
            );
        }
        for (socket, target, node, lead) in self.outside {
            let from = Pin { x: lead.x, y: lead.y, socket: Some(&lead.from) };
            wires.push(wire(from, Pin { x: lane::OUTSIDE.0, y: lead.y, socket: Some(&socket) }, 812, Stroke::Packet));
            cards.push(Card::Outside { area: row(lane::OUTSIDE, lead.y), socket, target, node, dns_only: false });
        }
    }
}

fn pod_card(index: &Index, key: &ObjectKey, area: Area, leads: &[Lead]) -> (Card, Option<Socket>) {
    let pod = index.pod(key);
    // A Pod that is known has the address that it reports; else that of the endpoint that led here. A hostPort's is its Node's.
    let ip = pod.and_then(|pod| pod.ips.first()).map(|ip| ip.0).or_else(|| {
        let lead = leads.first().filter(|lead| lead.from.kind == SocketKind::Endpoint)?;
        let address = lead.from.address.split('/').next().unwrap_or_default();
        address.parse::<std::net::SocketAddr>().map(|address| address.ip()).ok()
    });
    let socket = ip.map(|ip| Socket::new(SocketKind::PodIp, ip.to_string(), Kind::Pod, key.clone()));
    let card = Card::Pod {
        area,
        socket: socket.clone(),
        pod: key.clone(),
        node: pod.and_then(|pod| pod.node.clone()),
        known: pod.is_some(),
        state: pod.map_or(EndpointState::Ready, pod_state),
    };
    (card, socket)
}

fn pod_state(pod: &PodFact) -> EndpointState {
    if pod.terminating {
        EndpointState::Terminating
    } else if pod.ready {
        EndpointState::Ready
    } else {
        EndpointState::NotReady
    }
}

/// The containers' ports that the lines lead to, each drawn once.
fn containers(
    index: &Index,
    key: &ObjectKey,
    leads: &[Lead],
    from: Pin<'_>,
    cards: &mut Vec<Card>,
    wires: &mut Vec<Wire>,
) {
    let mut drawn: BTreeSet<(u16, Protocol)> = BTreeSet::new();
    for lead in leads {
        let Some((protocol, port)) = lead.port else { continue };
        if !drawn.insert((port, protocol)) {
            continue;
        }
        let area = row(lane::CONTAINER, lead.y);
        let declared = index.pod(key).and_then(|pod| pod.declared(port, protocol).next());
        if let Some((container, _)) = declared {
            let address = container_text(key, &container.name, port, protocol);
            let socket = Socket::new(SocketKind::ContainerPort, address, Kind::Pod, key.clone());
            wires.push(wire(from, Pin { x: area.x, y: lead.y, socket: Some(&socket) }, 1024, Stroke::Packet));
            cards.push(Card::Container { area, socket, container: container.name.clone(), port, protocol });
        } else {
            wires.push(wire(from, Pin { x: area.x, y: lead.y, socket: None }, 1024, Stroke::Packet));
            cards.push(Card::Undeclared { area, port, protocol });
        }
    }
}

/// Whether a Pod has hostPorts that its Node maps. With hostNetwork nothing is mapped: the process listens on the Node itself.
pub(super) fn has_host_ports(pod: &PodFact) -> bool {
    !pod.ended() && !pod.host_network && pod.node.is_some() && host_ports(pod).next().is_some()
}

fn host_ports(pod: &PodFact) -> impl Iterator<Item = &crate::facts::ContainerPortFact> {
    pod.containers.iter().flat_map(|container| &container.ports).filter(|port| port.host_port.is_some())
}

/// The group of a Pod's hostPorts: from its Node straight to the Pod.
pub(super) fn host_port_group(index: &Index, pod: &PodFact) -> Group {
    let (mut cards, mut wires, mut behind) = (Vec::new(), Vec::new(), Behind::default());
    let node = pod.node.as_deref().and_then(|name| index.node(name));
    let rows = host_ports(pod).count() as i32;
    let client = row(lane::CLIENT, lane::CARD / 2 + (rows - 1).max(0) * lane::PITCH / 2);
    let mut entries = Vec::new();
    for (n, port) in host_ports(pod).enumerate() {
        let own = node.and_then(|node| node.ips().next());
        let ip = port.host_ip.filter(|ip| !ip.0.is_unspecified()).or(own);
        let (Some(ip), Some(host_port)) = (ip, port.host_port) else { continue };
        let area = row(lane::NODE, lane::CARD / 2 + n as i32 * lane::PITCH);
        let y = area.middle();
        let address = address_text(ip.0, host_port.0, port.protocol);
        let socket = Socket::new(SocketKind::HostPort, address, Kind::Pod, pod.key());
        let from = Pin { x: client.x + client.w, y: client.middle(), socket: None };
        wires.push(wire(from, Pin { x: area.x, y, socket: Some(&socket) }, 120, Stroke::Packet));
        let lead =
            Lead { from: socket.clone(), y, port: Some((port.protocol, port.container_port.0)), x: area.x + area.w };
        behind.add_pod(pod.key(), lead);
        entries.push(socket.clone());
        let (port, protocol) = (host_port.0, port.protocol);
        cards.push(Card::Entry { area, socket, ip: ip.0, port, protocol, node: pod.node.clone() });
    }
    cards.insert(0, Card::Client { area: client, entries });
    behind.draw(index, &mut cards, &mut wires);
    let middle = lane::NODE.0 + lane::NODE.1;
    let area = Area { x: middle, y: client.y, w: lane::POD.0 - middle, h: lane::CARD };
    cards.push(Card::Note { area, note: Note::HostPort });
    finish(cards, wires)
}

/// Pods as a count.
pub(super) fn folded(index: &Index, pods: &[ObjectKey], middle: i32) -> Card {
    let mut readiness = Readiness::default();
    for pod in pods.iter().filter_map(|key| index.pod(key)) {
        readiness.total += 1;
        readiness.ready += usize::from(pod.ready);
        readiness.terminating += usize::from(pod.terminating);
    }
    Card::Pods { area: row(lane::POD, middle), readiness }
}

/// The Pods of a namespace that neither a Service nor a hostPort leads to.
pub(super) fn other_pods_group(index: &Index, pods: &[ObjectKey], limits: Limits) -> Group {
    let (mut cards, mut wires) = (Vec::new(), Vec::new());
    if pods.len() > limits.pods {
        cards.push(folded(index, pods, lane::CARD / 2));
        return finish(cards, wires);
    }
    list(index, pods, lane::CARD / 2, &mut cards, &mut wires);
    finish(cards, wires)
}

/// Pods below each other with the ports that they declare; the middle of the first row is at `y`.
pub(super) fn list(index: &Index, pods: &[ObjectKey], mut y: i32, cards: &mut Vec<Card>, wires: &mut Vec<Wire>) {
    for key in pods {
        let Some(pod) = index.pod(key) else { continue };
        let ports: Vec<(Protocol, u16)> = pod
            .containers
            .iter()
            .flat_map(|container| &container.ports)
            .map(|port| (port.protocol, port.container_port.0))
            .collect();
        let rows = ports.len().max(1) as i32;
        let middle = y + (rows - 1) * lane::PITCH / 2;
        let area = row(lane::POD, middle);
        let (card, socket) = pod_card(index, key, area, &[]);
        cards.push(card);
        let origin = Socket::new(SocketKind::PodIp, String::new(), Kind::Pod, key.clone());
        let leads: Vec<Lead> = ports
            .iter()
            .enumerate()
            .map(|(n, port)| Lead { from: origin.clone(), y: y + n as i32 * lane::PITCH, port: Some(*port), x: area.x })
            .collect();
        let from = Pin { x: area.x + area.w, y: middle, socket: socket.as_ref() };
        containers(index, key, &leads, from, cards, wires);
        y += rows * lane::PITCH;
    }
}
