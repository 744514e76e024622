//! Finds why a Service port has no endpoint that gets packets. The picture, the list of problems and the remarks of an answer say it.

use crate::cluster::facts::{AddressType, ServiceFact, ServicePortFact, SliceFact, SlicePortFact};
use crate::cluster::index::Index;

/// Why a port has no endpoint that gets packets. The later ones are nearer to an endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NoEndpointCause {
    /// The Service has no slice at all.
    NoSlice,
    /// The Service has slices, and none has an endpoint.
    EmptySlice,
    /// The slices with endpoints have the label `service.kubernetes.io/headless`, so that kube-proxy does not read them (reference §1.1).
    HeadlessLabel,
    /// The slices with endpoints are of an address family in which the Service has no Cluster IP (reference §1.1).
    OtherFamily,
    /// No slice with endpoints has this port by name and protocol (reference §1.3).
    NoPortMatches,
    /// The port has endpoints, and none is ready.
    NoneReady,
}

/// The cause why ports have no endpoint, with the slice that is nearest to having one.
#[derive(Clone, Copy, Debug)]
pub struct NoEndpoint<'a> {
    /// The cause.
    pub cause: NoEndpointCause,
    /// The slice; `None` if no slice has an endpoint.
    pub slice: Option<&'a SliceFact>,
}

/// Why these ports of a Service have no endpoint that gets packets, in one address family or (`None`) in every family of the Service.
pub fn no_endpoint<'a>(
    index: &'a Index,
    service: &ServiceFact,
    ports: &[&ServicePortFact],
    ipv4: Option<bool>,
) -> NoEndpoint<'a> {
    let key = service.key();
    if index.slices_of(&key).next().is_none() {
        return NoEndpoint { cause: NoEndpointCause::NoSlice, slice: None };
    }
    let filled = index.slices_of(&key).filter(|slice| index.endpoints_in(&slice.key()).next().is_some());
    let causes = filled.map(|slice| (unread(service, slice, ports, ipv4).unwrap_or(NoEndpointCause::NoneReady), slice));
    // `reduce` keeps the first of equal ones.
    let nearest = causes.reduce(|best, next| if next.0 > best.0 { next } else { best });
    match nearest {
        Some((cause, slice)) => NoEndpoint { cause, slice: Some(slice) },
        None => NoEndpoint { cause: NoEndpointCause::EmptySlice, slice: None },
    }
}

/// Whether a slice can give a Service endpoints at all: kube-proxy or, for a headless Service, DNS takes them for one of its ports.
pub fn is_read(service: &ServiceFact, slice: &SliceFact) -> bool {
    unread(service, slice, &service.ports.iter().collect::<Vec<_>>(), None).is_none()
}

/// Why kube-proxy (for a headless Service: DNS) takes no endpoint of this slice for these ports; `None` if it takes them once they are ready.
fn unread(
    service: &ServiceFact,
    slice: &SliceFact,
    ports: &[&ServicePortFact],
    ipv4: Option<bool>,
) -> Option<NoEndpointCause> {
    if service.headless {
        // DNS reads slices with the label, of both families, and needs no port.
        return (slice.address_type == AddressType::FQDN).then_some(NoEndpointCause::OtherFamily);
    }
    let is_of_family = |of_slice: bool| match ipv4 {
        Some(ipv4) => of_slice == ipv4,
        None => service.cluster_ips.iter().any(|ip| ip.0.is_ipv4() == of_slice),
    };
    let joined = |own: &SlicePortFact| own.number().is_some() && ports.iter().any(|port| own.joins(port));
    if slice.headless {
        Some(NoEndpointCause::HeadlessLabel)
    } else if !slice.address_type.is_ipv4().is_some_and(is_of_family) {
        Some(NoEndpointCause::OtherFamily)
    } else if !ports.is_empty() && !slice.ports.iter().any(joined) {
        Some(NoEndpointCause::NoPortMatches)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::address::ClusterIp;
    use crate::cluster::index::Object;
    use crate::cluster::key::{Kind, ObjectKey};
    use crate::testing::{READY, change_service, change_slice, cluster, endpoint, slice};

    fn cause(change: impl FnOnce(&mut Index)) -> (NoEndpointCause, Option<String>) {
        let mut index = cluster();
        change(&mut index);
        let service = index.service(&ObjectKey::new("ns1", "svc1")).unwrap();
        let found = no_endpoint(&index, service, &service.ports.iter().collect::<Vec<_>>(), Some(true));
        (found.cause, found.slice.map(|slice| slice.name.clone()))
    }

    #[test]
    fn the_cause_is_that_of_the_slice_which_is_nearest_to_having_an_endpoint() {
        let of_slice = |cause| (cause, Some("svc1-x".to_owned()));
        assert_eq!(
            cause(|index| drop(index.delete(Kind::EndpointSlice, &ObjectKey::new("ns1", "svc1-x")))),
            (NoEndpointCause::NoSlice, None)
        );
        assert_eq!(cause(|index| drop(index.apply(slice(Vec::new())))), (NoEndpointCause::EmptySlice, None));
        let labelled = |index: &mut Index| change_slice(index, |slice| slice.headless = true);
        assert_eq!(cause(labelled), of_slice(NoEndpointCause::HeadlessLabel));
        for address_type in [AddressType::IPv6, AddressType::FQDN] {
            let other = |index: &mut Index| change_slice(index, |slice| slice.address_type = address_type);
            assert_eq!(cause(other), of_slice(NoEndpointCause::OtherFamily));
        }
        let unnamed = |index: &mut Index| change_slice(index, |slice| slice.ports[0].name = Some(String::new()));
        assert_eq!(cause(unnamed), of_slice(NoEndpointCause::NoPortMatches));
        let unnumbered = |index: &mut Index| change_slice(index, |slice| slice.ports[0].port = None);
        assert_eq!(cause(unnumbered), of_slice(NoEndpointCause::NoPortMatches));
        assert_eq!(cause(|_| ()), of_slice(NoEndpointCause::NoneReady));
        let hidden_beside_named = |index: &mut Index| {
            let Object::Slice(mut other, mut endpoints) = slice(vec![endpoint("a1", "n1", "10.0.1.1", READY)]) else {
                return;
            };
            other.name = "svc1-a".into();
            other.headless = true;
            endpoints[0].slice = "svc1-a".into();
            index.apply(Object::Slice(other, endpoints));
            unnamed(index);
        };
        assert_eq!(cause(hidden_beside_named), of_slice(NoEndpointCause::NoPortMatches));
    }

    #[test]
    fn a_slice_of_any_family_of_the_service_is_read() {
        let mut index = cluster();
        change_slice(&mut index, |slice| slice.address_type = AddressType::IPv6);
        let taken = |index: &Index| {
            let key = ObjectKey::new("ns1", "svc1");
            is_read(index.service(&key).unwrap(), index.slices_of(&key).next().unwrap())
        };
        assert!(!taken(&index));
        change_service(&mut index, |service| service.cluster_ips.extend(ClusterIp::parse("fd00:10:96::1")));
        assert!(taken(&index));
        change_service(&mut index, |service| (service.headless, service.cluster_ips) = (true, Vec::new()));
        change_slice(&mut index, |slice| (slice.headless, slice.ports) = (true, Vec::new()));
        assert!(taken(&index));
    }
}
