use topology::cluster::key::ObjectKey;
use topology::cluster::port::{Protocol, TargetPort, TransportProtocol};
use topology::graph::EndpointState;
use topology::path::answer::{DeclaredPort, EndpointHop, Outcome, Reason, SourceKind, TraceDestination, TraceSource};
use topology::picture::UnusedEndpoint;

use super::*;
use crate::text::Language;

fn to(text: &str) -> Option<TraceDestination> {
    Some(TraceDestination { ip: text.parse().unwrap(), port: Some(30080), protocol: TransportProtocol::Tcp })
}

fn entry(kind: EntryKind) -> Option<Entry> {
    Some(Entry {
        kind,
        service: Some(ObjectKey::new("ns1", "svc1")),
        port_name: Some("http".into()),
        port: Some(80),
        target_port: Some(TargetPort::Name("web".into())),
        node_port: Some(30080),
    })
}

fn hop(name: &str, ip: &str, probability: f64) -> EndpointHop {
    EndpointHop {
        ip: ip.parse().unwrap(),
        port: 8080,
        probability,
        masquerade: Some(true),
        asymmetric_return: false,
        delivered: Some(true),
        pod: Some(ObjectKey::new("ns1", name)),
        node: Some("n1".into()),
        container: Some("web".into()),
        container_port: Some(DeclaredPort { name: String::new(), number: 8080 }),
        policy: None,
        rule: None,
        slice: None,
        protocol: Protocol::Tcp,
    }
}

fn from() -> TraceSource {
    TraceSource::of_kind(SourceKind::External, Some("203.0.113.7".parse().unwrap()))
}

fn delivered(node: &str, endpoints: Vec<EndpointHop>) -> Evaluation {
    let because = Reason::DeliveredToEndpoints { count: endpoints.len() };
    let evaluation = Evaluation::new(Outcome::Endpoints, because, to("192.168.0.2"), Some(node));
    Evaluation { entry: entry(EntryKind::NodePort), endpoints: endpoints.into(), ..evaluation }
}

#[test]
fn what_iptables_would_do_is_drawn_beside_a_note_that_it_is_unknown() {
    let by_iptables = delivered("n1", vec![hop("a1", "10.0.1.1", 1.0)]);
    let mode = topology::cluster::settings::ProxyMode::Ipvs;
    let unknown =
        Evaluation::new(Outcome::Unknown, Reason::ProxyModeNotEvaluated { mode }, to("192.168.0.2"), Some("n1"));
    let chart = |evaluation| {
        let light = Light { from: Some(from()), evaluations: vec![evaluation], ..Light::default() };
        flowchart(&light, Language::English.words())
    };
    let usual = chart(by_iptables.clone());
    let found = chart(Evaluation { alternatives: vec![by_iptables], ..unknown });
    assert!(found.contains("kube-proxy runs in mode ipvs") && found.contains("n0 -.- n1"), "{found}");
    let lines = |chart: &str| chart.lines().count();
    assert_eq!(lines(&found), lines(&usual) + 2, "{found}");
}

#[test]
fn a_path_goes_from_the_client_to_the_containers() {
    let evaluation = delivered("n1", vec![hop("a1", "10.0.1.1", 0.5), hop("a2", "10.0.2.1", 0.5)]);
    let unused = UnusedEndpoint {
        ip: "10.0.3.1".parse().unwrap(),
        port: Some(8080),
        node: None,
        pod: None,
        service: Some(ObjectKey::new("ns1", "svc1")),
        state: EndpointState::NotReady,
        left_out: None,
        because: None,
    };
    let light = Light { from: Some(from()), evaluations: vec![evaluation], unused: vec![unused], ..Light::default() };
    let expected = "\
flowchart LR
  n0[\"from 203.0.113.7, outside the cluster\"]
  n1[\"192.168.0.2:30080<br/>nodePort on n1\"]
  n2[\"Service ns1/svc1<br/>port 80 → targetPort web\"]
  n3[\"10.0.1.1:8080\"]
  n4[\"Pod ns1/a1<br/>10.0.1.1<br/>n1\"]
  n5[\"container web<br/>containerPort 8080\"]
  n6[\"10.0.2.1:8080\"]
  n7[\"Pod ns1/a2<br/>10.0.2.1<br/>n1\"]
  n8[\"container web<br/>containerPort 8080\"]
  n9[\"10.0.3.1:8080<br/>not ready\"]
  n0 --> n1
  n1 --> n2
  n2 -->|\"1/2\"| n3
  n3 --> n4
  n4 --> n5
  n2 -->|\"1/2\"| n6
  n6 --> n7
  n7 --> n8
  n2 -.->|\"out\"| n9
";
    assert_eq!(flowchart(&light, Language::English.words()), expected);
}

#[test]
fn a_broken_path_ends_in_the_verdict() {
    let because = Reason::NoReadyEndpoint { service: ObjectKey::new("ns1", "svc1") };
    let refused = Evaluation {
        entry: entry(EntryKind::ClusterIp),
        ..Evaluation::new(Outcome::Reject, because, to("10.96.0.1"), Some("n1"))
    };
    let shown = flowchart(
        &Light { from: Some(from()), evaluations: vec![refused], ..Light::default() },
        Language::English.words(),
    );
    assert!(shown.contains("n3[\"REJECT: refused at once<br/>Service ns1/svc1 has no usable endpoint for this port: kube-proxy refuses the connection\"]"), "{shown}");
    assert!(shown.ends_with("  n2 --x n3\n"), "{shown}");
}

#[test]
fn nodes_that_decide_differently_have_ways_of_their_own() {
    let one = delivered("n1", vec![hop("a1", "10.0.1.1", 1.0)]);
    let two = delivered("n2", vec![hop("a1", "10.0.1.1", 0.5), hop("a2", "10.0.2.1", 0.5)]);
    let shown = flowchart(
        &Light { from: Some(from()), evaluations: vec![one, two], ..Light::default() },
        Language::English.words(),
    );
    assert!(shown.contains("nodePort on n1") && shown.contains("nodePort on n2"), "{shown}");
    assert_eq!(shown.matches("Service ns1/svc1").count(), 2, "{shown}");
    assert_eq!(shown.matches("Pod ns1/a1").count(), 1, "{shown}");
}

#[test]
fn nodes_that_share_too_long_a_list_share_their_way() {
    let one = delivered("n1", vec![hop("a1", "10.0.1.1", 0.5), hop("a2", "10.0.2.1", 0.5)]);
    let two = Evaluation { node: Some("n2".into()), nodes: vec!["n2".into()], ..one.clone() };
    let light = Light { from: Some(from()), evaluations: vec![one, two], ..Light::default() };
    let words = Language::English.words();
    let (whole, short) = (flowchart_beyond(&light, words, 4), flowchart_beyond(&light, words, 3));
    assert!(whole.contains("nodePort on n1\"") && whole.contains("nodePort on n2\""), "{whole}");
    assert!(short.contains("nodePort on n1, n2\"") && short.matches("10.0.2.1:8080").count() == 1, "{short}");
}

#[test]
fn a_name_cannot_be_more_than_a_name() {
    let container = Some("x\"]; click n0 \"javascript:alert(1)\" <b>`**\nn9".into());
    let evaluation = delivered("n1", vec![EndpointHop { container, ..hop("a1", "10.0.1.1", 1.0) }]);
    let shown = flowchart(
        &Light { from: Some(from()), evaluations: vec![evaluation], ..Light::default() },
        Language::English.words(),
    );
    let line = shown.lines().find(|line| line.contains("javascript")).unwrap();
    assert_eq!(line.matches('"').count(), 2, "{line}");
    assert!(!line.contains('`') && !line.contains("<b>") && line.contains("#34;#93;#59;"), "{line}");
    assert_eq!(shown.lines().filter(|line| line.starts_with("  n9")).count(), 0, "{shown}");
}
