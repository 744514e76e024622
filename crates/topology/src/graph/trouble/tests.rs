use super::*;
use crate::cluster::address::ExternalIp;
use crate::cluster::coverage::{Coverage, Known};
use crate::cluster::facts::EndpointFact;
use crate::cluster::port::NodePort;
use crate::cluster::row::Row;
use crate::cluster::settings::Settings;
use crate::graph::UnitKey;
use crate::path::question::Source;
use crate::picture::{HighlightQuestion, light};
use crate::testing::{NOT_READY, READY, TERMINATING, endpoint, node, pod, put, service, slice};

/// `endpoints`: those of the Service's slice; `None` if it has no slice.
fn trouble(service: &ServiceFact, endpoints: Option<Vec<EndpointFact>>, coverage: &Coverage) -> Option<Trouble> {
    let mut index = Index::default();
    (1..=3).for_each(|n| put(&mut index, Row::Node(node(n))));
    let mut late = pod("a2", "n2", "10.0.2.1");
    late.ready = false;
    late.not_ready_because = Some("probe failed".into());
    put(&mut index, Row::Pod(late));
    put(&mut index, Row::Service(service.clone()));
    if let Some(endpoints) = endpoints {
        index.apply(slice(endpoints));
    }
    of_service(Cluster { index: &index, coverage, settings: &Settings::default() }, service)
}

#[test]
fn the_worst_that_is_wrong_is_told() {
    let svc = service();
    let local = ServiceFact { external_traffic_policy: TrafficPolicy::Local, ..service() };
    let headless = ServiceFact {
        headless: true,
        cluster_ips: Vec::new(),
        selector: [("app".to_owned(), "a".to_owned())].into(),
        ..service()
    };
    let one = |conditions| endpoint("a1", "n1", "10.0.1.1", conditions);
    let two = |conditions| endpoint("a2", "n2", "10.0.2.1", conditions);
    let refused = |cause| Some(Trouble::Refused { all: true, cause });
    let half = Readiness { ready: 1, total: 2, ..Readiness::default() };
    let cases = [
        (&svc, Some(vec![one(READY), two(READY)]), None),
        (&svc, None, refused(NoEndpointCause::NoSlice)),
        (&svc, Some(Vec::new()), refused(NoEndpointCause::EmptySlice)),
        (&svc, Some(vec![one(NOT_READY)]), refused(NoEndpointCause::NoneReady)),
        (&svc, Some(vec![one(TERMINATING)]), None),
        (
            &svc,
            Some(vec![one(READY), two(NOT_READY)]),
            Some(Trouble::NotReady { readiness: half, because: Some("probe failed".into()) }),
        ),
        (&local, Some(vec![one(READY), two(READY)]), Some(Trouble::Dropped { nodes: vec!["n3".into()], on: 1, of: 3 })),
        (&headless, Some(vec![one(NOT_READY)]), Some(Trouble::NoAddress(NoEndpointCause::NoneReady))),
        (&headless, Some(vec![one(READY)]), None),
    ];
    for (service, endpoints, expected) in cases {
        assert_eq!(trouble(service, endpoints.clone(), &Coverage::complete()), expected, "{endpoints:?}");
    }
}

#[test]
fn nothing_is_said_to_be_refused_while_slices_are_not_known() {
    let mut coverage = Coverage::complete();
    coverage.set(Kind::EndpointSlice, "", Known::Forbidden);
    assert_eq!(trouble(&service(), None, &coverage), Some(Trouble::NotKnown));
    coverage.set(Kind::EndpointSlice, "", Known::Loading);
    assert_eq!(trouble(&service(), None, &coverage), None);
}

#[test]
fn a_port_that_no_slice_has_is_refused_and_the_others_are_not() {
    let mut svc = service();
    svc.ports.push(ServicePortFact { name: "metrics".into(), node_port: None, ..svc.ports[0].clone() });
    let found = trouble(&svc, Some(vec![endpoint("a1", "n1", "10.0.1.1", READY)]), &Coverage::complete());
    assert_eq!(found, Some(Trouble::Refused { all: false, cause: NoEndpointCause::NoPortMatches }));
}

/// The outcomes of the question that shows the trouble of `service`, on each Node that answers it.
fn failing(service: &ServiceFact, endpoints: Vec<EndpointFact>) -> (String, Vec<&'static str>) {
    let mut index = Index::default();
    (1..=3).for_each(|n| put(&mut index, Row::Node(node(n))));
    put(&mut index, Row::Service(service.clone()));
    index.apply(slice(endpoints));
    let cluster = Cluster { index: &index, coverage: &Coverage::complete(), settings: &Settings::default() };
    let trouble = of_service(cluster, service).unwrap();
    let FailingQuestion { select, from } =
        failing_question(cluster, &UnitKey::service(service.key()), &trouble).unwrap();
    let asked = format!(
        "{}:{} {}",
        select.kind.as_str(),
        select.address,
        from.as_ref().map(Source::to_string).unwrap_or_default()
    );
    let light = light(cluster, &HighlightQuestion::Socket(select.selection()), from.as_ref()).unwrap();
    (asked, light.evaluations.iter().map(|evaluation| evaluation.outcome.as_str()).collect())
}

#[test]
fn the_question_of_a_trouble_fails_where_it_fails() {
    let one = |conditions| vec![endpoint("a1", "n1", "10.0.1.1", conditions)];
    let node_port =
        |number| service().ports.into_iter().map(|port| ServicePortFact { node_port: number, ..port }).collect();
    let external = ServiceFact {
        external_traffic_policy: TrafficPolicy::Local,
        ports: node_port(Some(NodePort(30_080))),
        ..service()
    };
    let address = |node_port| ServiceFact {
        external_ips: ExternalIp::parse("192.0.2.7").into_iter().collect(),
        ports: node_port,
        ..external.clone()
    };
    let internal = ServiceFact { internal_traffic_policy: TrafficPolicy::Local, ports: node_port(None), ..service() };
    for (service, endpoints, asked, outcomes) in [
        (service(), one(NOT_READY), "port:172.30.0.41:80 ", vec!["REJECT"]),
        (external.clone(), one(READY), "nodePort:192.168.0.3:30080 ", vec!["DROP"]),
        (address(node_port(None)), one(READY), "externalIP:192.0.2.7:80 ", vec!["EP", "DROP"]),
        (internal, one(READY), "port:172.30.0.41:80 node:n2", vec!["DROP"]),
    ] {
        assert_eq!(failing(&service, endpoints), (asked.to_owned(), outcomes));
    }
}
