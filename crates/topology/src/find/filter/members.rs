//! Lists the members of a group and the values that filters test.

use std::net::IpAddr;

use super::{Part, State};
use crate::cluster::facts::{EndpointFact, Labels, NodeFact, PodFact, ServiceFact, SliceFact};
use crate::cluster::index::{EndpointBacking, Index};
use crate::cluster::key::{Kind, ObjectKey};
use crate::cluster::port::TargetPort;
use crate::cluster::row::Row;
use crate::graph::{EndpointState, UnitKey, UnitKind, is_lone};
use crate::path::host_port::{self, MappedHostPort};

/// The group or Pod to which a filter is applied.
#[derive(Clone, Copy)]
pub(super) enum Subject<'a> {
    Group(&'a UnitKey),
    Pod(&'a ObjectKey),
}

/// One object, or one part of an object, in a group.
pub(super) enum Member<'a> {
    Service(&'a ServiceFact),
    Slice(&'a SliceFact),
    Endpoint { slice: &'a SliceFact, fact: &'a EndpointFact, outside: bool },
    Pod(&'a PodFact),
    HostPort(MappedHostPort<'a>),
    Node(&'a NodeFact),
}

/// All members of a group. Nodes are included only if `nodes` is set.
pub(super) fn of<'a>(index: &'a Index, subject: Subject<'_>, nodes: bool) -> Vec<Member<'a>> {
    let mut members = Vec::new();
    match subject {
        Subject::Pod(key) => members.extend(index.pod(key).map(Member::Pod)),
        Subject::Group(UnitKey { kind: UnitKind::Service, object }) => service(index, object, &mut members),
        Subject::Group(UnitKey { kind: UnitKind::HostPorts, object }) => {
            if let Some(pod) = index.pod(object) {
                members.push(Member::Pod(pod));
                members.extend(host_port::mapped(pod).map(Member::HostPort));
            }
        }
        Subject::Group(UnitKey { kind: UnitKind::Pods, object }) => {
            for row in index.rows(Kind::Pod, &object.namespace) {
                if let Row::Pod(pod) = row
                    && is_lone(index, pod)
                {
                    members.push(Member::Pod(pod));
                }
            }
        }
        // The filter is applied to each Pod of a Node separately, so the only member of a Node's group is the Node.
        Subject::Group(UnitKey { kind: UnitKind::Node, object }) => {
            members.extend(index.node(&object.name).map(Member::Node));
            return members;
        }
    }
    if nodes {
        for n in 0..members.len() {
            let node = members[n].node().and_then(|name| index.node(name));
            members.extend(node.map(Member::Node));
        }
    }
    members
}

fn service<'a>(index: &'a Index, key: &ObjectKey, members: &mut Vec<Member<'a>>) {
    let Some(service) = index.service(key) else { return };
    members.push(Member::Service(service));
    for slice in index.slices_of(key) {
        members.push(Member::Slice(slice));
        for fact in index.endpoints_in(&slice.key()) {
            let behind = index.endpoint_backing(fact);
            members.push(Member::Endpoint { slice, fact, outside: behind == EndpointBacking::Outside });
            if let EndpointBacking::Pod(pod) = behind {
                members.extend(index.pod(&pod).map(Member::Pod));
            }
        }
    }
}

impl<'a> Member<'a> {
    pub(super) fn part(&self) -> Part {
        match self {
            Self::Service(_) => Part::Service,
            Self::Slice(_) => Part::Slice,
            Self::Endpoint { .. } => Part::Endpoint,
            Self::Pod(_) => Part::Pod,
            Self::HostPort(_) => Part::HostPort,
            Self::Node(_) => Part::Node,
        }
    }

    /// Its namespace and name. An endpoint has the name of its target.
    pub(super) fn name(&self) -> (&'a str, &'a str) {
        match self {
            Self::Service(service) => (&service.namespace, &service.name),
            Self::Slice(slice) => (&slice.namespace, &slice.name),
            Self::Endpoint { fact, .. } => (&fact.namespace, fact.target.as_ref().map_or("", |target| &target.name)),
            Self::Pod(pod) | Self::HostPort(MappedHostPort { pod, .. }) => (&pod.namespace, &pod.name),
            Self::Node(node) => ("", &node.name),
        }
    }

    /// The Node on which it runs, or the Node itself.
    pub(super) fn node(&self) -> Option<&'a str> {
        match self {
            Self::Service(_) | Self::Slice(_) => None,
            Self::Endpoint { fact, .. } => fact.node.as_deref(),
            Self::Pod(pod) | Self::HostPort(MappedHostPort { pod, .. }) => pod.node.as_deref(),
            Self::Node(node) => Some(&node.name),
        }
    }

    pub(super) fn labels(&self) -> Option<&'a Labels> {
        match self {
            Self::Service(service) => Some(&service.selector),
            Self::Slice(_) | Self::Endpoint { .. } => None,
            Self::Pod(pod) | Self::HostPort(MappedHostPort { pod, .. }) => Some(&pod.labels),
            Self::Node(node) => Some(&node.labels),
        }
    }

    /// Its state, if it is an endpoint, a Pod or a Node.
    pub(super) fn state(&self) -> Option<State> {
        let state = match self {
            Self::Service(_) | Self::Slice(_) => return None,
            Self::Endpoint { fact, .. } => EndpointState::of_endpoint(fact),
            Self::Pod(pod) | Self::HostPort(MappedHostPort { pod, .. }) => EndpointState::of_pod(pod),
            Self::Node(node) if node.ready => EndpointState::Ready,
            Self::Node(_) => EndpointState::NotReady,
        };
        Some(match state {
            EndpointState::Ready => State::Ready,
            EndpointState::NotReady => State::NotReady,
            EndpointState::Terminating => State::Terminating,
        })
    }

    /// Its ports as number (0 if it has none) and name (empty if it has none).
    pub(super) fn ports(&self) -> Vec<(u16, &'a str)> {
        let mut ports: Vec<(u16, &'a str)> = Vec::new();
        match self {
            Self::Service(service) => {
                for port in &service.ports {
                    ports.push((port.port.0, &port.name));
                    ports.push((port.node_port.map_or(0, |own| own.0), ""));
                    ports.push(match &port.target_port {
                        TargetPort::Number(number) => (u16::try_from(*number).unwrap_or(0), ""),
                        TargetPort::Name(name) => (0, name),
                    });
                }
            }
            Self::Slice(slice) | Self::Endpoint { slice, .. } => {
                let own = |port: &'a crate::cluster::facts::SlicePortFact| {
                    (port.port.map_or(0, |own| own.0), port.name.as_deref().unwrap_or_default())
                };
                ports.extend(slice.ports.iter().map(own));
            }
            Self::Pod(pod) => {
                for port in pod.containers.iter().flat_map(|container| &container.ports) {
                    ports.push((port.container_port.0, &port.name));
                    ports.push((port.host_port.map_or(0, |own| own.0), ""));
                }
            }
            Self::HostPort(mapped) => ports.push((mapped.number, &mapped.port.name)),
            Self::Node(_) => {}
        }
        ports
    }

    /// Its addresses. A hostPort has the addresses of its Node.
    pub(super) fn ips(&self, index: &Index) -> Vec<IpAddr> {
        let mut ips = Vec::new();
        match self {
            Self::Service(service) => {
                service.cluster_ips.iter().for_each(|ip| ips.push(ip.0));
                service.external_ips.iter().for_each(|ip| ips.push(ip.0));
                service.load_balancer_vips().for_each(|ip| ips.push(ip.0));
            }
            Self::Slice(_) => {}
            Self::Endpoint { fact, .. } => ips.extend(fact.ip()),
            Self::Pod(pod) => pod.ips.iter().for_each(|ip| ips.push(ip.0)),
            Self::HostPort(mapped) => ips.extend(mapped.ips(index)),
            Self::Node(node) => node.ips().for_each(|ip| ips.push(ip.0)),
        }
        ips
    }
}
