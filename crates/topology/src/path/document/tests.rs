use super::*;
use crate::cluster::coverage::Coverage;
use crate::cluster::port::Protocol;
use crate::cluster::settings::Settings;
use crate::cluster::view::Cluster;
use crate::path::question::Destination;
use crate::path::resolve::resolve;
use crate::testing::*;

#[test]
fn a_trace_has_every_key_of_the_contract() {
    let index = cluster();
    let settings = Settings { cluster_cidrs: vec!["10.0.0.0/8".parse().unwrap()], ..Settings::default() };
    let cluster = Cluster { index: &index, coverage: &Coverage::complete(), settings: &settings };
    let to = Destination::port("192.168.0.2".parse().unwrap(), 30080, Protocol::Tcp);
    let trace = resolve(cluster, &"external:203.0.113.2".parse().unwrap(), to, None);
    insta::assert_json_snapshot!(TraceDocument::new(&trace, &Codes));
}

#[test]
fn a_remark_stands_in_the_reason_if_it_belongs_there_and_in_the_list_always() {
    let mut index = cluster();
    change_service(&mut index, |service| service.selector = [("app".to_owned(), "nobody".to_owned())].into());
    index.apply(slice(Vec::new()));
    let trace = |from: &str, to: &str| {
        let to: std::net::SocketAddr = to.parse().unwrap();
        let to = Destination::port(to.ip(), to.port(), Protocol::Tcp);
        let trace = resolve(whole(&index), &from.parse().unwrap(), to, Some("n1"));
        let document = TraceDocument::new(&trace, &Codes);
        serde_json::to_value(&document.evaluations[0]).unwrap()
    };
    let refused = trace("pod:ns1/a1", "172.30.0.41:80");
    assert_eq!(refused["reason"], "no-ready-endpoint; selector-matches-no-pod");
    assert_eq!(refused["because"], serde_json::json!({"code": "no-ready-endpoint", "service": "ns1/svc1"}));
    assert_eq!(
        refused["remarks"],
        serde_json::json!([{
            "code": "selector-matches-no-pod",
            "service": "ns1/svc1",
            "selector": {"app": "nobody"},
            "text": "selector-matches-no-pod"
        }])
    );
    let from_outside = trace("external:203.0.113.2", "10.0.1.1:8080");
    assert_eq!(from_outside["reason"], "pod-address; not-routed");
    assert_eq!(from_outside["remarks"][0]["code"], "not-routed");
}
