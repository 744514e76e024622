//! Says why a Service port has no usable endpoint: its slices, and the Pods that its selector is meant to find.

use super::near_label::near_label;
use crate::cluster::facts::{AddressType, ContainerFact, PodFact, ServiceFact, ServicePortFact, SliceFact};
use crate::cluster::key::Kind;
use crate::cluster::port::TargetPort;
use crate::cluster::view::Cluster;
use crate::path::answer::{NamedPort, Remark};
use crate::path::endpoints::candidates;
use crate::path::no_endpoint::{NoEndpoint, NoEndpointCause, no_endpoint};
use crate::path::selector::selected;

/// Adds the remarks about a port without a usable endpoint in one address family.
pub(super) fn add(
    cluster: Cluster<'_>,
    service: &ServiceFact,
    port: &ServicePortFact,
    ipv4: bool,
    remarks: &mut Vec<Remark>,
) {
    let NoEndpoint { cause, slice } = no_endpoint(cluster.index, service, &[port], Some(ipv4));
    match (cause, slice) {
        (NoEndpointCause::NoSlice, _) => without_slice(cluster, service, remarks),
        (NoEndpointCause::EmptySlice, _) => without_endpoint(cluster, service, remarks),
        (NoEndpointCause::HeadlessLabel, Some(slice)) => {
            remarks.push(Remark::SliceHasHeadlessLabel { slice: slice.key() });
        }
        (NoEndpointCause::OtherFamily, Some(slice)) => remarks.push(Remark::SliceOfOtherFamily {
            slice: slice.key(),
            address_type: slice.address_type,
            asked: AddressType::of_family(ipv4),
        }),
        (NoEndpointCause::NoPortMatches, Some(slice)) => {
            remarks.push(lacks_port(slice, port));
            remarks.extend(unnamed_target(cluster, service, port));
        }
        (NoEndpointCause::NoneReady, _) => remarks.extend(not_ready(cluster, service, port, ipv4)),
        // Each of these causes has its slice.
        (NoEndpointCause::HeadlessLabel | NoEndpointCause::OtherFamily | NoEndpointCause::NoPortMatches, None) => {}
    }
}

fn without_slice(cluster: Cluster<'_>, service: &ServiceFact, remarks: &mut Vec<Remark>) {
    let key = service.key();
    let addresses = cluster.index.endpoints_object(&key).map_or(0, |object| object.addresses);
    if addresses > 0 {
        remarks.push(Remark::EndpointsNotRead { service: key, addresses });
        return;
    }
    without_endpoint(cluster, service, remarks);
    if remarks.is_empty() {
        remarks.push(Remark::NoEndpointSlice { service: key });
    }
}

/// Adds why no slice has an endpoint. The slice controller makes them of the Pods that the selector finds (reference §3.2).
fn without_endpoint(cluster: Cluster<'_>, service: &ServiceFact, remarks: &mut Vec<Remark>) {
    if service.selector.is_empty() {
        remarks.push(Remark::NoSelector { service: service.key() });
        return;
    }
    if !cluster.coverage.in_namespace(Kind::Pod, &service.namespace).complete() {
        return;
    }
    let selected: Vec<&PodFact> = selected(cluster.index, service).collect();
    let running: Vec<&PodFact> = selected.iter().copied().filter(|pod| !pod.ended()).collect();
    let with_address = running.iter().copied().find(|pod| !pod.ips.is_empty());
    let remark = match (selected.first(), running.first(), with_address) {
        (None, ..) => {
            let (service, selector) = (service.key(), service.selector.clone());
            Remark::SelectorMatchesNoPod { service, selector }
        }
        (Some(pod), None, _) => Remark::PodsHaveEnded {
            pod: pod.key(),
            phase: pod.phase.clone(),
            why: pod.not_ready_because.clone(),
            more: selected.len() - 1,
        },
        (_, Some(pod), None) => Remark::PodsHaveNoAddress {
            pod: pod.key(),
            phase: pod.phase.clone(),
            why: pod.not_ready_because.clone(),
            more: running.len() - 1,
        },
        (.., Some(pod)) => {
            let more = running.iter().filter(|pod| !pod.ips.is_empty()).count() - 1;
            Remark::PodsInNoSlice { pod: pod.key(), more }
        }
    };
    remarks.push(remark);
    if selected.is_empty() {
        remarks.extend(near_pod(cluster, service));
    }
}

/// A Pod that the selector was probably meant to find: with one label that differs, or else in another namespace.
fn near_pod(cluster: Cluster<'_>, service: &ServiceFact) -> Option<Remark> {
    let running = |pod: &&PodFact| !pod.ended();
    let near = cluster.index.pods_in(&service.namespace).filter(running).find_map(|pod| {
        let (selector, labels) = near_label(&service.selector, &pod.labels)?;
        Some(Remark::PodHasNearLabel { pod: pod.key(), selector, labels })
    });
    near.or_else(|| {
        let pod = cluster.index.pods_in("").filter(running).find(|pod| pod.matches(&service.selector))?;
        Some(Remark::PodInOtherNamespace { pod: pod.key() })
    })
}

fn lacks_port(slice: &SliceFact, port: &ServicePortFact) -> Remark {
    let numbered = slice.ports.iter().filter(|own| own.number().is_some());
    let ports = numbered.filter_map(|own| Some(NamedPort { name: own.name.clone()?, protocol: own.protocol }));
    Remark::SliceLacksPort { slice: slice.key(), wanted: named(&port.name, port), ports: ports.collect() }
}

fn named(name: &str, port: &ServicePortFact) -> NamedPort {
    NamedPort { name: name.to_owned(), protocol: port.protocol }
}

/// Why a targetPort with a name is in no slice: no selected Pod has a port of this name and protocol (reference §3.2).
fn unnamed_target(cluster: Cluster<'_>, service: &ServiceFact, port: &ServicePortFact) -> Option<Remark> {
    let TargetPort::Name(name) = &port.target_port else { return None };
    let has = |containers: &[ContainerFact]| {
        let of = |own: &ContainerFact| {
            own.ports.iter().any(|declared| declared.name == *name && declared.protocol == port.protocol)
        };
        containers.iter().find(|own| of(own)).map(|own| own.name.clone())
    };
    if !cluster.coverage.in_namespace(Kind::Pod, &service.namespace).complete() {
        return None;
    }
    let mut first = None;
    for pod in selected(cluster.index, service).filter(|pod| !pod.ended()) {
        if has(&pod.containers).is_some() {
            return None;
        }
        first = first.or(Some(pod));
    }
    let (pod, wanted) = (first?, named(name, port));
    let init = pod.rare.as_ref().and_then(|rare| has(&rare.init_containers));
    Some(match init {
        Some(container) => Remark::TargetPortInInitContainer { pod: pod.key(), container, wanted },
        None => Remark::TargetPortInNoContainer { pod: pod.key(), wanted },
    })
}

/// The first endpoint that is not ready, and how many there are besides.
fn not_ready(cluster: Cluster<'_>, service: &ServiceFact, port: &ServicePortFact, ipv4: bool) -> Option<Remark> {
    let all = candidates(cluster.index, &service.key(), port, ipv4);
    let first = all.first()?;
    let more = all.len() - 1;
    Some(match first.fact.pod() {
        Some(pod) => {
            let why = cluster.index.pod(&pod).and_then(|pod| pod.not_ready_because.clone());
            Remark::PodsNotReady { pod, why, more }
        }
        None => Remark::EndpointsNotReady { ip: first.ip, more },
    })
}
