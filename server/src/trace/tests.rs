use super::*;

const CLUSTER: &str = r#"
apiVersion: v1
kind: List
items:
- {apiVersion: v1, kind: Node, metadata: {name: n1}, status: {addresses: [{type: InternalIP, address: 192.168.0.2}]}}
- {apiVersion: v1, kind: Node, metadata: {name: n2}, status: {addresses: [{type: InternalIP, address: 192.168.0.3}]}}
- apiVersion: v1
  kind: Service
  metadata: {name: svc1, namespace: ns1}
  spec: {type: NodePort, clusterIP: 172.30.0.41, ports: [{name: http, port: 80, targetPort: web, nodePort: 30080}]}
- apiVersion: discovery.k8s.io/v1
  kind: EndpointSlice
  metadata: {name: svc1-x, namespace: ns1, labels: {kubernetes.io/service-name: svc1}}
  addressType: IPv4
  ports: [{name: http, port: 8080}]
  endpoints: [{addresses: [10.0.1.1], nodeName: n1, targetRef: {kind: Pod, name: a1}}]
- apiVersion: v1
  kind: Service
  metadata: {name: empty, namespace: ns1}
  spec: {clusterIP: 172.30.0.42, ports: [{port: 80}]}
"#;

/// What is printed in English, without colours.
fn text(from: &str, to: &str) -> String {
    text_in(Language::English, from, to)
}

fn text_in(language: Language, from: &str, to: &str) -> String {
    let words = language.words();
    let dump = Dump::of(&[("a.yaml".to_owned(), CLUSTER.to_owned())]).unwrap();
    let (settings, _) = ProxyFlags::default().settings(None);
    let question = Question::parse(FLAGS, from, to, None).unwrap();
    let cluster = Cluster { index: &dump.index, coverage: &dump.coverage(), settings: &settings };
    let trace = question.answer(cluster, NAMED).unwrap();
    question.shown(&trace, &dump.index, words)
}

#[test]
fn the_verdict_comes_first_then_one_line_a_hop() {
    let shown = text("external:203.0.113.2", "192.168.0.2:30080");
    let lines: Vec<&str> = shown.lines().collect();
    assert_eq!(lines[0], "EP  192.168.0.2:30080 → 10.0.1.1:8080");
    assert!(
        lines
            .contains(&"  entered by a nodePort of Service ns1/svc1: nodePort 30080 → port 80 (http) → targetPort web"),
        "{shown}"
    );
    let hops = lines
        .iter()
        .filter(|line| line.trim_start().starts_with(|first: char| first.is_ascii_digit()) && line.contains("  n1  "));
    assert_eq!(hops.count(), 2, "{shown}");
    assert!(shown.contains("100.0 %  10.0.1.1:8080  Pod ns1/a1 on n1"), "{shown}");
    assert!(
        shown.ends_with(
            "from external 203.0.113.2\nNetworkPolicy is not evaluated; assumes kube-proxy in mode iptables (by default), \
             no cluster-cidr: Pods are not told from other sources\n"
        ),
        "{shown}"
    );
    assert!(!shown.contains('\x1b'));
}

#[test]
fn an_endpoint_that_is_out_is_listed_with_its_reason() {
    let two = CLUSTER.replace(
        "targetRef: {kind: Pod, name: a1}}]",
        "targetRef: {kind: Pod, name: a1}}, {addresses: [10.0.2.1], nodeName: n2, conditions: {ready: false}}]",
    );
    let dump = Dump::of(&[("a.yaml".to_owned(), two)]).unwrap();
    let (settings, _) = ProxyFlags::default().settings(None);
    let question = Question::parse(FLAGS, "external:203.0.113.2", "192.168.0.2:30080", None).unwrap();
    let cluster = Cluster { index: &dump.index, coverage: &dump.coverage(), settings: &settings };
    let trace = question.answer(cluster, NAMED).unwrap();
    let shown = question.shown(&trace, &dump.index, Language::English.words());
    assert!(shown.contains("out    10.0.2.1:8080  no Pod on n2  not ready"), "{shown}");
}

#[test]
fn a_broken_path_says_what_the_client_sees() {
    let shown = text("node:n1", "172.30.0.42:80");
    assert!(shown.starts_with("REJECT  172.30.0.42:80\n") && shown.contains("connection refused"), "{shown}");
}

#[test]
fn a_name_shows_its_records() {
    let shown = text("pod-ip:10.0.1.7", "dns:svc1.ns1");
    assert!(shown.starts_with("NOERROR  svc1.ns1\n  A      172.30.0.41\n"), "{shown}");
    let shown = text("pod-ip:10.0.1.7", "dns:svc9.ns1:80");
    assert!(shown.starts_with("NXDOMAIN  svc9.ns1\n  there is no such name\n"), "{shown}");
}

#[test]
fn an_answer_is_in_the_language_that_is_asked_for_and_what_programs_read_is_not_translated() {
    let shown = text_in(Language::Chinese, "external:203.0.113.2", "192.168.0.2:30080");
    for line in [
        "EP  192.168.0.2:30080 → 10.0.1.1:8080",
        "  入口是 Service ns1/svc1 的 nodePort：nodePort 30080 → 端口 80（http） → targetPort web",
        "来源：external 203.0.113.2",
        "不评估 NetworkPolicy；kube-proxy 模式 iptables（默认值）；没有 cluster-cidr：无法区分 Pod 与其他来源",
    ] {
        assert!(shown.lines().any(|own| own == line), "{line} in {shown}");
    }
    assert!(shown.contains("n1 上的 Pod ns1/a1") && !shown.contains("Pods are"), "{shown}");
}
