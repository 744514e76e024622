use super::*;
use crate::cluster::coverage::Coverage;
use crate::cluster::facts::{DnsPolicy, RarePodFact};
use crate::cluster::index::Index;
use crate::cluster::row::Row;
use crate::cluster::settings::Settings;
use crate::path::dns::{DnsLookup, answer};
use crate::path::question::Target;
use crate::testing::*;

/// The remarks about the answer that Pod `ns2/client` gets.
fn remarks(index: &Index, question: &str) -> Vec<Remark> {
    let Target::Name(question) = format!("dns:{question}").parse().unwrap() else { panic!("no name") };
    let cluster = Cluster { index, coverage: &Coverage::complete(), settings: &Settings::default() };
    match answer(cluster, &"pod:ns2/client".parse().unwrap(), &question) {
        DnsLookup::Known(resolved) => resolved.dns.remarks,
        DnsLookup::NotKnown(reason) => panic!("{reason:?}"),
    }
}

fn client(index: &mut Index, host_network: bool, dns_policy: DnsPolicy) {
    let own = pod("client", "n3", if host_network { "192.168.0.4" } else { "10.0.3.50" });
    let own = crate::cluster::facts::PodFact { namespace: "ns2".into(), host_network, dns_policy, ..own };
    put(index, Row::Pod(own));
}

fn with_client() -> Index {
    let mut index = cluster();
    client(&mut index, false, DnsPolicy::ClusterFirst);
    index
}

#[test]
fn a_pod_that_asks_its_nodes_resolver_is_told_so() {
    let mut index = cluster();
    let resolver = |host_network, exists| {
        vec![Remark::NodesResolver { pod: ObjectKey::new("ns2", "client"), host_network, exists }]
    };
    for (host_network, policy) in [(true, DnsPolicy::ClusterFirst), (false, DnsPolicy::Default)] {
        client(&mut index, host_network, policy);
        for (name, exists) in [
            ("svc1.ns1", true),
            ("svc1.ns1.svc.cluster.local", true),
            ("svc9.ns1.svc.cluster.local", false),
            ("svc1", false),
        ] {
            assert_eq!(remarks(&index, name), resolver(host_network, exists), "{name}");
        }
    }
    client(&mut index, true, DnsPolicy::ClusterFirstWithHostNet);
    assert_eq!(remarks(&index, "svc1.ns1"), []);
}

#[test]
fn a_service_whose_name_has_no_address_is_named() {
    let svc1 = || ObjectKey::new("ns1", "svc1");
    let mut index = with_client();
    assert_eq!(remarks(&index, "svc1"), [Remark::ServiceInOtherNamespace { services: vec![svc1()] }]);
    assert_eq!(remarks(&index, "svc1.ns2.svc"), [Remark::ServiceInOtherNamespace { services: vec![svc1()] }]);
    assert_eq!(remarks(&index, "svc9"), []);
    assert_eq!(remarks(&index, "svc1.ns1?AAAA"), []);
    change_service(&mut index, |service| {
        service.service_type = ServiceType::ExternalName;
        service.external_name = Some("10.132.32.158".into());
    });
    let target = "10.132.32.158".to_owned();
    assert_eq!(remarks(&index, "svc1.ns1"), [Remark::ExternalNameIsAddress { service: svc1(), target }]);
    change_service(&mut index, |service| {
        (service.service_type, service.headless) = (ServiceType::ClusterIP, true);
        service.cluster_ips.clear();
    });
    assert_eq!(remarks(&index, "svc1.ns1"), []);
    index.apply(slice(vec![endpoint("a1", "n1", "10.0.1.1", NOT_READY)]));
    assert_eq!(remarks(&index, "svc1.ns1"), [Remark::HeadlessWithoutEndpoint { service: svc1() }]);
}

#[test]
fn a_pod_has_its_name_below_its_own_headless_service() {
    let mut index = with_client();
    let mut own = pod("a1", "n1", "10.0.1.1");
    own.rare = Some(Box::new(RarePodFact { subdomain: Some("svc1".into()), ..RarePodFact::default() }));
    put(&mut index, Row::Pod(own));
    let named = [Remark::PodHasSubdomain { pod: ObjectKey::new("ns1", "a1"), name: "a1.svc1.ns1.svc".into() }];
    assert_eq!(remarks(&index, "a1.other.ns1.svc.cluster.local"), named);
    assert_eq!(remarks(&index, "a1.ns1"), named);
    assert_eq!(remarks(&index, "a9.ns1"), []);
}
