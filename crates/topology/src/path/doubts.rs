//! Finds doubts about a packet that kube-proxy or the CNI delivers: what can stop it, or its reply, all the same (design §1.3).

use std::collections::BTreeSet;

use crate::cluster::coverage::Known;
use crate::cluster::index::Index;
use crate::cluster::key::{Kind, ObjectKey};
use crate::path::answer::{EndpointHop, EndpointList, Remark};
use crate::path::packet::Packet;
use crate::path::shared::ListDoubts;
use crate::path::source::SourceClass;

/// Maximum number of namespaces of which a remark says that their policies are not evaluated.
const NAMESPACES: usize = 3;

/// The doubts about endpoints of a Service that are the same on every Node.
pub(crate) fn of_list(packet: Packet<'_>, endpoints: &[EndpointHop]) -> ListDoubts {
    let pods = [pod_missing(packet, endpoints), not_declared(packet, endpoints)];
    ListDoubts { pods: pods.into_iter().flatten().collect(), policies: policies(packet, endpoints) }
}

/// The doubts about the endpoints of a Service, of which each new connection gets one. `list` has those about the same list.
pub(crate) fn of_endpoints(packet: Packet<'_>, endpoints: &EndpointList, list: &ListDoubts) -> Vec<Remark> {
    let ListDoubts { pods, policies } = list;
    let first = replies(endpoints).into_iter().chain(pods.iter().cloned());
    first.chain(hairpin(packet, endpoints)).chain(policies.iter().cloned()).collect()
}

/// The NetworkPolicies for the endpoints' Pods and for the source's Pod. They do not apply to Pods in the host network.
pub(crate) fn policies(packet: Packet<'_>, endpoints: &[EndpointHop]) -> Vec<Remark> {
    let coverage = packet.cluster.coverage;
    if !coverage.has_policies() {
        return Vec::new();
    }
    let index = packet.cluster.index;
    let own_network = |key: &&ObjectKey| index.pod(key).is_none_or(|pod| !pod.host_network);
    let ends = endpoints.iter().filter_map(|hop| hop.pod.as_ref()).filter(own_network).map(|pod| &pod.namespace);
    let source = &packet.source.from;
    let source = source.namespace.as_ref().filter(|_| packet.source.class == SourceClass::Pod);
    let namespaces = BTreeSet::from_iter(ends.chain(source));
    let of_namespace = |namespace: &String| {
        let policies = coverage.policies_in(namespace);
        (policies > 0).then(|| Remark::PoliciesNotEvaluated { namespace: namespace.clone(), policies })
    };
    namespaces.into_iter().filter_map(of_namespace).take(NAMESPACES).collect()
}

fn replies(endpoints: &EndpointList) -> Option<Remark> {
    let missing = endpoints.asymmetric();
    (missing > 0).then_some(Remark::RepliesMissNode { endpoints: missing, of: endpoints.len() })
}

/// Endpoints that name a Pod although all Pods of its namespace are known and it is none of them.
fn pod_missing(packet: Packet<'_>, endpoints: &[EndpointHop]) -> Option<Remark> {
    let (index, coverage) = (packet.cluster.index, packet.cluster.coverage);
    let missing = |pod: &&ObjectKey| {
        index.pod(pod).is_none() && coverage.in_namespace(Kind::Pod, &pod.namespace) == Known::Synced
    };
    let (pod, endpoints, of) = count(endpoints, |hop| hop.pod.as_ref().filter(missing))?;
    Some(Remark::PodMissing { pod, endpoints, of })
}

/// Endpoints whose Pod is known and has no container that declares their port.
fn not_declared(packet: Packet<'_>, all: &[EndpointHop]) -> Option<Remark> {
    let index = packet.cluster.index;
    let (pod, endpoints, of) = count(all, |hop: &EndpointHop| not_declared_by(index, hop))?;
    let port = all.iter().find(|hop| not_declared_by(index, hop).is_some())?.port;
    Some(Remark::PortNotDeclared { pod, port, endpoints, of })
}

/// The endpoint's Pod, if it is known and none of its containers declares the port.
fn not_declared_by<'a>(index: &Index, hop: &'a EndpointHop) -> Option<&'a ObjectKey> {
    hop.pod.as_ref().filter(|pod| hop.container.is_none() && index.pod(pod).is_some())
}

/// The first Pod that `pod_of` finds, the number of endpoints with one, and the number of all endpoints.
fn count(
    endpoints: &[EndpointHop],
    pod_of: impl Fn(&EndpointHop) -> Option<&ObjectKey>,
) -> Option<(ObjectKey, usize, usize)> {
    let mut pods = endpoints.iter().filter_map(pod_of);
    let first = pods.next()?.clone();
    Some((first, 1 + pods.count(), endpoints.len()))
}

/// A Pod that is its own endpoint. The bridge sends a packet back to the interface that it comes from only in hairpin mode (reference §2.6).
fn hairpin(packet: Packet<'_>, endpoints: &EndpointList) -> Option<Remark> {
    let ip = packet.source.ip.filter(|_| packet.source.class == SourceClass::Pod)?;
    let itself = endpoints.with_ip(ip).find(|hop| !hop.asymmetric_return)?;
    Some(Remark::HairpinNeedsCni { ip: itself.ip, of: endpoints.len() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::coverage::Coverage;
    use crate::cluster::row::Row;
    use crate::path::resolve::resolve;
    use crate::testing::*;

    /// The remarks on a packet from a Pod to the fixture's Cluster IP.
    fn remarks(index: &Index, coverage: &Coverage, from: &str) -> Vec<Remark> {
        let to =
            crate::path::question::Destination::port([172, 30, 0, 41].into(), 80, crate::cluster::port::Protocol::Tcp);
        let trace = resolve(known(index, coverage), &from.parse().unwrap(), to, None);
        trace.evaluations.into_iter().next().unwrap().remarks
    }

    #[test]
    fn a_pod_that_is_an_endpoint_of_its_service_may_reach_itself() {
        let expected = [Remark::HairpinNeedsCni { ip: [10, 0, 1, 1].into(), of: 2 }];
        assert_eq!(remarks(&cluster(), &Coverage::complete(), "pod:ns1/a1"), expected);
        assert_eq!(remarks(&cluster(), &Coverage::complete(), "pod-ip:10.0.3.9"), []);
    }

    #[test]
    fn endpoints_whose_pod_is_missing_or_declares_another_port_are_counted() {
        let mut index = cluster();
        let mut other = pod("a2", "n2", "10.0.2.1");
        other.containers[0].ports[0].container_port = crate::cluster::port::ContainerPort(9090);
        put(&mut index, Row::Pod(other));
        index.delete(Kind::Pod, &ObjectKey::new("ns1", "a1"));
        let (gone, undeclared) = (ObjectKey::new("ns1", "a1"), ObjectKey::new("ns1", "a2"));
        let expected = [
            Remark::PodMissing { pod: gone, endpoints: 1, of: 2 },
            Remark::PortNotDeclared { pod: undeclared.clone(), port: 8080, endpoints: 1, of: 2 },
        ];
        assert_eq!(remarks(&index, &Coverage::complete(), "pod-ip:10.0.3.9"), expected);
        // A Pod of a namespace whose Pods are not known may well exist.
        let mut coverage = Coverage::complete();
        coverage.set(Kind::Pod, "", Known::Forbidden);
        assert_eq!(remarks(&index, &coverage, "pod-ip:10.0.3.9"), expected[1..]);
    }

    #[test]
    fn policies_of_the_namespaces_of_both_ends_count_and_those_of_the_whole_cluster() {
        let mut coverage = Coverage::complete();
        coverage.note_policy("elsewhere");
        assert_eq!(remarks(&cluster(), &coverage, "pod-ip:10.0.3.9"), []);
        coverage.note_policy("ns1");
        coverage.note_policy("");
        let of_ns1 = Remark::PoliciesNotEvaluated { namespace: "ns1".to_owned(), policies: 2 };
        assert_eq!(remarks(&cluster(), &coverage, "pod-ip:10.0.3.9"), [of_ns1]);
    }
}
