//! A small cluster with one of each that a reader may look for.

use crate::cluster::address::{ClusterIp, LoadBalancerIp};
use crate::cluster::facts::{
    EndpointFact, Labels, LoadBalancerIngress, PodFact, ServiceFact, ServiceType, SliceFact, SlicePortFact,
};
use crate::cluster::index::{Index, Object};
use crate::cluster::port::{EndpointPort, Protocol, TargetPort};
use crate::cluster::row::Row;
use crate::testing::*;

fn labels(app: &str) -> Labels {
    [("app".to_owned(), app.to_owned())].into()
}

fn service_of(namespace: &str, name: &str, ip: Option<&str>) -> ServiceFact {
    let mut fact = ServiceFact {
        namespace: namespace.into(),
        name: name.into(),
        service_type: ServiceType::ClusterIP,
        cluster_ips: ip.and_then(ClusterIp::parse).into_iter().collect(),
        ..service()
    };
    fact.ports[0].node_port = None;
    fact
}

fn slice_of(namespace: &str, service: &str, port: u16, endpoint: EndpointFact) -> Object {
    let name = format!("{service}-x");
    let own = SlicePortFact { name: Some("http".into()), protocol: Protocol::Tcp, port: Some(EndpointPort(port)) };
    let endpoint = EndpointFact { namespace: namespace.into(), slice: name.clone(), ..endpoint };
    let fact = SliceFact { namespace: namespace.into(), name, service: Some(service.into()), ..Default::default() };
    Object::Slice(SliceFact { ports: vec![own], ..fact }, vec![endpoint])
}

/// To the cluster of all tests (ns1/svc1 with two ready Pods): a headless Service that is not ready, one that is empty, one with an
/// endpoint outside, an alias, a hostPort, and Pods that nothing leads to.
pub(crate) fn index() -> Index {
    let mut index = cluster();
    let mut db = service_of("shop", "db", None);
    (db.headless, db.selector) = (true, labels("db"));
    db.ports[0].target_port = TargetPort::Name("pg".into());
    let mut lost = service_of("shop", "lost", Some("172.30.0.50"));
    lost.service_type = ServiceType::LoadBalancer;
    let balancer = LoadBalancerIngress { ip: LoadBalancerIp::parse("198.51.100.7"), ..Default::default() };
    lost.load_balancer = vec![balancer];
    let mut mail = service_of("shop", "mail", None);
    (mail.service_type, mail.external_name) = (ServiceType::ExternalName, Some("smtp.example.com".into()));
    let old = service_of("kube-system", "old", Some("fd00:10::a"));
    for fact in [db, lost, mail, old] {
        put(&mut index, Row::Service(fact));
    }
    let mut ready = endpoint("db-0", "n3", "10.0.3.7", NOT_READY);
    ready.target.as_mut().unwrap().namespace = "shop".into();
    index.apply(slice_of("shop", "db", 5432, ready));
    let outside = EndpointFact { address: "192.0.2.53".into(), ..Default::default() };
    index.apply(slice_of("kube-system", "old", 9000, outside));
    let in_namespace =
        |namespace: &str, app: &str, pod: PodFact| PodFact { namespace: namespace.into(), labels: labels(app), ..pod };
    put(&mut index, Row::Pod(PodFact { ready: false, ..in_namespace("shop", "db", pod("db-0", "n3", "10.0.3.7")) }));
    put(&mut index, Row::Pod(in_namespace("ns1", "edge", host_port_pod("edge", "n1", "10.0.1.9", 8443))));
    put(&mut index, Row::Pod(in_namespace("tools", "sh", pod("shell", "n2", "10.0.2.8"))));
    put(
        &mut index,
        Row::Pod(PodFact { terminating: true, ..in_namespace("tools", "sh", pod("idle", "n3", "10.0.3.8")) }),
    );
    index
}
