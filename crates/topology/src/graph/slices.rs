//! The lines of a Service's slices: one for each endpoint and each port of its slice.

use std::collections::BTreeSet;

use super::joined::{EndpointId, JoinedService};
use super::part::SliceWriter;
use super::readiness::backing_id;
use super::sockets;
use crate::cluster::facts::{EndpointFact, ServiceFact, ServicePortFact, SliceFact};
use crate::cluster::index::Index;
use crate::cluster::key::ObjectKey;
use crate::cluster::port::Protocol;
use crate::graph::socket::Socket;

/// An endpoint with one of its slice's ports.
pub(super) struct SliceLine<'a> {
    pub(super) slice: &'a SliceFact,
    pub(super) endpoint: &'a EndpointFact,
    /// Name, protocol and number of the port; `None` if the slice has no ports.
    pub(super) port: Option<(&'a str, Protocol, u16)>,
}

impl SliceLine<'_> {
    pub(super) fn socket(&self) -> Socket {
        sockets::endpoint(self.endpoint, self.port())
    }

    pub(super) fn port(&self) -> Option<(Protocol, u16)> {
        self.port.map(|(_, protocol, port)| (protocol, port))
    }

    /// Whether the line belongs to a port of its Service. An endpoint without ports belongs to all ports of a headless Service.
    pub(super) fn joins(&self, service: &ServiceFact, port: &ServicePortFact) -> bool {
        match self.port {
            Some((name, protocol, _)) => port.is_joined_by(Some(name), protocol),
            None => service.headless,
        }
    }
}

/// The lines of a Service, sorted by slice, then by address, then in the order of the slice's ports.
pub(super) fn lines<'a>(index: &'a Index, service: &ObjectKey) -> Vec<SliceLine<'a>> {
    let of_slice = |slice: &'a SliceFact| slice_lines(slice, index.endpoints_in(&slice.key()).collect());
    index.slices_of(service).flat_map(of_slice).collect()
}

/// The lines of these endpoints of one slice.
pub(super) fn slice_lines<'a>(slice: &'a SliceFact, mut endpoints: Vec<&'a EndpointFact>) -> Vec<SliceLine<'a>> {
    // The sort is stable: endpoints with the same address stay sorted by key.
    endpoints.sort_by_cached_key(|endpoint| endpoint.ip());
    let ports: Vec<_> =
        slice.ports.iter().filter_map(|port| Some((port.name.as_deref()?, port.protocol, port.port?.0))).collect();
    let mut lines = Vec::with_capacity(endpoints.len() * ports.len().max(1));
    for endpoint in endpoints {
        if ports.is_empty() {
            lines.push(SliceLine { slice, endpoint, port: None });
        }
        lines.extend(ports.iter().map(|port| SliceLine { slice, endpoint, port: Some(*port) }));
    }
    lines
}

/// Whether the lines lead to more than `limit` Pods and other addresses.
pub(super) fn are_more_than(lines: &[SliceLine<'_>], limit: usize) -> bool {
    let mut seen = BTreeSet::new();
    lines.len() > limit && lines.iter().any(|line| seen.insert(backing_id(line.endpoint)) && seen.len() > limit)
}

/// The lines that packets currently reach, or that DNS answers with.
pub(super) enum Used<'a> {
    ByProxy(BTreeSet<EndpointId<'a>>),
    ByDns(BTreeSet<AnsweredId<'a>>),
}

/// Slice, address as written, and port of an endpoint in a DNS answer.
type AnsweredId<'a> = (&'a str, &'a str, Option<(Protocol, u16)>);

impl<'a> Used<'a> {
    pub(super) fn of(service: &ServiceFact, joined: &JoinedService<'a>, lines: &[SliceLine<'a>]) -> Self {
        if !service.headless {
            return Self::ByProxy(joined.used());
        }
        let ready = lines.iter().filter(|line| line.endpoint.is_ready());
        Self::ByDns(ready.map(|line| (line.slice.name.as_str(), line.endpoint.address.as_str(), line.port())).collect())
    }

    pub(super) fn has(&self, line: &SliceLine<'a>) -> bool {
        let (slice, address) = (line.slice.name.as_str(), line.endpoint.address.as_str());
        match (self, line.port()) {
            (Self::ByDns(used), port) => used.contains(&(slice, address, port)),
            (Self::ByProxy(used), Some((protocol, port))) => {
                line.endpoint.ip().is_some_and(|ip| used.contains(&(slice, ip, port, protocol)))
            }
            (Self::ByProxy(_), None) => false,
        }
    }
}

/// The writer of a slice.
pub(super) fn writer(slice: &SliceFact) -> SliceWriter {
    match slice.managed_by.as_deref() {
        Some("endpointslice-controller.k8s.io") => SliceWriter::Controller,
        Some("endpointslicemirroring-controller.k8s.io") => SliceWriter::Mirror,
        other => SliceWriter::Other(other.map(str::to_owned)),
    }
}
