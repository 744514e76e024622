use std::fmt::Debug;

use proptest::prelude::*;
use serde::Serialize;
use serde_json::{Value, json};

use super::{Read, Reader, read};
use crate::address::{ClusterIp, ExternalIp, LoadBalancerIp, NodeIp, PodIp};
use crate::coverage::Known;
use crate::facts::{
    AddressType, ContainerFact, ContainerPortFact, DnsPolicy, EndpointFact, EndpointsFact, EndpointsSubset, Labels,
    LoadBalancerIngress, NamespaceCounts, NamespaceFact, NodeFact, PodFact, ServiceCidrFact, ServiceFact,
    ServicePortFact, ServiceType, SliceFact, SlicePortFact, TargetRef, TrafficPolicy,
};
use crate::key::Kind;
use crate::port::{ContainerPort, EndpointPort, HostPort, NodePort, Protocol, ServicePort, TargetPort};
use crate::settings::{DetectLocal, NodePortAddress, ProxyMode, Setting, Settings, Source, Sources};
use crate::wire::{ContextState, Cursor, KindStatus, ScopeState, Status};

fn labels() -> Labels {
    [("app".to_owned(), "we\"b\n\u{1F600}".to_owned()), ("ключ".to_owned(), String::new())].into()
}

/// What `Serialize` writes is what is read, with and without a field that is not known. Each field has its say: without it
/// something else is read, or nothing, and a wrong value in it is an error that names it.
///
/// `full` must have no default in it.
fn check<T: Read + Serialize + PartialEq + Debug>(full: &T) {
    let Value::Object(fields) = serde_json::to_value(full).unwrap() else { panic!("{full:?} is an object") };
    let reading = |fields: &serde_json::Map<String, Value>| read::<T>(&Value::from(fields.clone()).to_string());
    assert_eq!(reading(&fields).as_ref(), Ok(full));
    let mut more = fields.clone();
    more.insert("new".into(), json!([{ "a": [-1.5e3, true, null, "x"] }, {}, []]));
    assert_eq!(reading(&more).as_ref(), Ok(full));
    for (name, value) in &fields {
        let mut changed = fields.clone();
        changed.insert(name.clone(), if value.is_object() { json!([]) } else { json!({}) });
        let error = reading(&changed).unwrap_err().to_string();
        assert!(error.starts_with(name.as_str()), "{name}: {error}");
        changed.remove(name);
        match reading(&changed) {
            Ok(other) => assert_ne!(&other, full, "without {name}"),
            Err(error) => assert_eq!(error.to_string(), format!("`{name}` is missing")),
        }
    }
}

#[test]
fn every_fact_is_read_as_it_is_written() {
    let ip = |text: &str| text.parse().unwrap();
    check(&NodeFact {
        name: "n1".into(),
        internal_ips: vec![NodeIp(ip("192.168.0.2")), NodeIp(ip("fd00::2"))],
        external_ips: vec![NodeIp(ip("203.0.113.2"))],
        pod_cidrs: vec!["10.0.1.0/24".parse().unwrap(), "fd00:1::/64".parse().unwrap()],
        ready: true,
        unschedulable: true,
        labels: labels(),
    });
    let counts = Some(NamespaceCounts { services: 1, pods: 20_000, errors: 3, warnings: 4 });
    check(&NamespaceFact { name: "default".into(), labels: labels(), counts });
    check(&NamespaceFact { name: "default".into(), labels: labels(), counts: None });
    check(&ServiceCidrFact { name: "kubernetes".into(), cidrs: vec!["10.96.0.0/12".parse().unwrap()] });
    let ingress = LoadBalancerIngress {
        ip: Some(LoadBalancerIp(ip("198.51.100.1"))),
        hostname: Some("lb.example".into()),
        proxy_mode: true,
    };
    check(&ingress);
    let port = ServicePortFact {
        name: "dns".into(),
        protocol: Protocol::Udp,
        port: ServicePort(53),
        target_port: TargetPort::Name("dns-udp".into()),
        node_port: Some(NodePort(30053)),
    };
    check(&port);
    check(&ServicePortFact { target_port: TargetPort::Number(-5), protocol: Protocol::Sctp, ..port.clone() });
    check(&ServiceFact {
        namespace: "default".into(),
        name: "web".into(),
        service_type: ServiceType::LoadBalancer,
        headless: true,
        cluster_ips: vec![ClusterIp(ip("10.96.0.1"))],
        external_ips: vec![ExternalIp(ip("192.0.2.1"))],
        load_balancer: vec![ingress],
        source_ranges: vec!["10.0.0.0/8".into()],
        external_name: Some("example.org".into()),
        internal_traffic_policy: TrafficPolicy::Local,
        external_traffic_policy: TrafficPolicy::Local,
        client_ip_affinity: true,
        publish_not_ready: true,
        selector: labels(),
        other_proxy: true,
        ports: vec![port],
    });
    let port = SlicePortFact { name: Some("dns".into()), protocol: Protocol::Udp, port: Some(EndpointPort(53)) };
    check(&port);
    check(&SliceFact {
        namespace: "default".into(),
        name: "web-x".into(),
        service: Some("web".into()),
        address_type: AddressType::FQDN,
        managed_by: Some("me".into()),
        headless: true,
        ports: vec![port],
    });
    let target = TargetRef { kind: "Pod".into(), namespace: "default".into(), name: "web-0".into() };
    check(&target);
    check(&EndpointFact {
        namespace: "default".into(),
        slice: "web-x".into(),
        address: "10.0.0.1".into(),
        occurrence: 3,
        ready: Some(false),
        serving: Some(true),
        terminating: Some(true),
        node: Some("n1".into()),
        hostname: Some("web-0".into()),
        target: Some(target),
        zone_hints: vec!["a".into()],
        node_hints: vec!["n1".into(), "n2".into()],
    });
    let subset = EndpointsSubset {
        addresses: vec!["10.0.0.1".into()],
        not_ready: vec!["10.0.0.2".into()],
        ports: vec![("http".into(), Protocol::Sctp, EndpointPort(80))],
    };
    check(&subset);
    check(&EndpointsFact {
        namespace: "default".into(),
        name: "web".into(),
        managed: true,
        skip_mirror: true,
        addresses: 2,
        subsets: vec![subset],
    });
    let port = ContainerPortFact {
        name: "http".into(),
        container_port: ContainerPort(8080),
        protocol: Protocol::Udp,
        host_port: Some(HostPort(80)),
        host_ip: Some(NodeIp(ip("127.0.0.1"))),
    };
    check(&port);
    let container = ContainerFact { name: "web".into(), ports: vec![port] };
    check(&container);
    check(&PodFact {
        namespace: "default".into(),
        name: "web-0".into(),
        node: Some("n1".into()),
        ips: vec![PodIp(ip("10.0.0.1"))],
        phase: "Running".into(),
        ready: true,
        not_ready_because: Some("ContainersNotReady: \\o/".into()),
        terminating: true,
        host_network: true,
        dns_policy: DnsPolicy::ClusterFirstWithHostNet,
        labels: labels(),
        containers: vec![container],
    });
}

#[test]
fn what_is_not_a_row_is_read_as_it_is_written() {
    let cursor = Cursor { epoch: 0x0f3c_9a21, seq: 42 };
    check(&ScopeState { namespace: Some("default".into()), kind: Kind::Pod, state: Known::Synced, cursor });
    let kind = KindStatus {
        kind: Kind::ServiceCIDR,
        namespace: Some("default".into()),
        state: Known::Forbidden,
        since: Some(1_700_000_000_000),
        error: Some("no".into()),
    };
    check(&kind);
    let mut sources = Sources::default();
    sources.set(Setting::ClusterCidr, Source::ConfigMap);
    sources.set(Setting::ServiceCidr, Source::Flag);
    let settings = Settings {
        sources,
        proxy_mode: ProxyMode::Nftables,
        detect_local: DetectLocal::InterfaceNamePrefix,
        detect_local_interface: Some("cni".into()),
        cluster_cidrs: vec!["10.0.0.0/8".parse().unwrap()],
        masquerade_all: true,
        node_port_addresses: vec![
            NodePortAddress::Primary,
            NodePortAddress::Localhost,
            NodePortAddress::All,
            NodePortAddress::Cidr("192.168.0.0/16".parse().unwrap()),
        ],
        localhost_node_ports: false,
        allow_external_ips: false,
        nftables_localhost: true,
        hostname_overrides: labels(),
        service_cidrs: vec!["10.96.0.0/12".parse().unwrap()],
        node_port_range: (20_000, 22_767),
        cluster_domain: "k8s.example".into(),
    };
    check(&settings);
    check(&Status {
        state: ContextState::Stale,
        since: Some(-1),
        kinds: vec![kind],
        error: Some("gone".into()),
        settings: Some(Box::new(settings)),
    });
}

#[test]
fn every_name_is_read_as_it_is_written() {
    fn names<T: Read + Serialize + PartialEq + Debug>(all: &[T]) {
        for one in all {
            assert_eq!(read::<T>(&serde_json::to_string(one).unwrap()).as_ref(), Ok(one));
        }
        assert_eq!(read::<T>("\"teapot\"").unwrap_err().to_string(), "`teapot` is not known here");
    }
    names(&Kind::WATCHED);
    names(&[Kind::Endpoint]);
    names(&Setting::ALL);
    names(&[Source::Default, Source::Flag, Source::ConfigMap]);
    names(&[ProxyMode::Iptables, ProxyMode::Nftables]);
    use DetectLocal::{BridgeInterface, ClusterCIDR, InterfaceNamePrefix, NodeCIDR};
    names(&[ClusterCIDR, NodeCIDR, BridgeInterface, InterfaceNamePrefix]);
    names(&[Protocol::Tcp, Protocol::Udp, Protocol::Sctp]);
    use Known::{Absent, Forbidden, Loading, NotLoaded, Stale, Synced};
    names(&[NotLoaded, Loading, Synced, Stale, Forbidden, Absent]);
    names(&[ContextState::Idle, ContextState::Connecting, ContextState::Live, ContextState::Stale]);
    names(&[DnsPolicy::ClusterFirst, DnsPolicy::ClusterFirstWithHostNet, DnsPolicy::Default, DnsPolicy::None]);
    names(&[ServiceType::ClusterIP, ServiceType::NodePort, ServiceType::LoadBalancer, ServiceType::ExternalName]);
    names(&[TrafficPolicy::Cluster, TrafficPolicy::Local]);
    names(&[AddressType::IPv4, AddressType::IPv6, AddressType::FQDN]);
}

#[test]
fn an_error_says_where_and_what() {
    for (text, error) in [
        (r#"{"name":5}"#, "name: expected a text, found a number at byte 8"),
        (
            r#"{"containers":[{"name":"a"},{"ports":[{"name":"x"}]}]}"#,
            "containers[1].ports[0]: `containerPort` is missing",
        ),
        (
            r#"{"containers":[{"ports":[{"containerPort":70000}]}]}"#,
            "containers[0].ports[0].containerPort: the number 70000 is out of range",
        ),
        (
            r#"{"containers":[{"ports":[{"containerPort":1.5}]}]}"#,
            "containers[0].ports[0].containerPort: expected a whole number, found 1.5",
        ),
        (r#"{"podIPs":["10.0.0.1","x"]}"#, "podIPs[1]: `x` is not an IP address"),
        (r#"{"dnsPolicy":"x"}"#, "dnsPolicy: `x` is not known here"),
        (r#"{"ready":null}"#, "ready: expected true or false, found null at byte 9"),
        ("[]", "expected an object, found a list at byte 0"),
        ("", "expected an object, found the end at byte 0"),
        ("{} x", "expected the end, found something else at byte 3"),
    ] {
        assert_eq!(read::<PodFact>(text).unwrap_err().to_string(), error, "{text}");
    }
    for (text, error) in [("[1]", "expected 2 items"), ("[1,2,3]", "[2]: expected no such item")] {
        assert_eq!(read::<(u16, u16)>(text).unwrap_err().to_string(), error);
    }
}

/// Whether it is JSON, as the reader sees it.
fn accepted(text: &str) -> bool {
    let mut reader = Reader::new(text);
    reader.skip().is_ok() && reader.end().is_ok()
}

#[test]
fn it_goes_as_deep_as_serde_json_and_no_deeper() {
    for (depth, fine) in [(127, true), (128, false), (1_000_000, false)] {
        let text = "[".repeat(depth) + &"]".repeat(depth);
        assert_eq!(accepted(&text), fine, "{depth}");
        assert_eq!(serde_json::from_str::<Value>(&text).is_ok(), fine, "{depth}");
    }
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 20, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::btree_map(any::<String>(), inner, 0..5).prop_map(|map| map.into_iter().collect()),
        ]
    })
}

proptest! {
    #![proptest_config(fixed_seed::config(21, 256))]

    #[test]
    fn any_json_is_accepted_and_no_beginning_of_it(value in value(), pretty: bool) {
        let text = if pretty { serde_json::to_string_pretty(&value) } else { serde_json::to_string(&value) }.unwrap();
        prop_assert!(accepted(&text), "{}", text);
        if !value.is_number() {
            for end in (0..text.len()).filter(|&end| text.is_char_boundary(end)) {
                prop_assert!(!accepted(&text[..end]), "{}", &text[..end]);
            }
        }
    }

    #[test]
    fn what_serde_json_refuses_is_refused(text in r#"[\[\]{}:, "\\a01.eE+\-tfn]{0,12}|"[\\u0-9a-fDd/bn"]{0,16}"|(-?[0-9.eE+]{1,8})|true|fals|nul|"[\u{0}-\u{30}]{0,3}""#) {
        // serde_json refuses numbers beyond f64 as well.
        if !text.contains(['e', 'E']) {
            prop_assert_eq!(accepted(&text), serde_json::from_str::<Value>(&text).is_ok(), "{}", text);
        }
    }

    #[test]
    fn any_text_is_read_as_serde_json_reads_it(text: String, escapes in "(\\\\(u[0-9a-dA-D]{4}|[\"\\\\/bfnrt])|[a-z]|\\\\ud[89ab][0-9a-f]{2}\\\\ud[c-f][0-9]{2}){0,6}") {
        prop_assert_eq!(read::<String>(&serde_json::to_string(&text).unwrap()), Ok(text));
        let text = format!("\"{escapes}\"");
        prop_assert_eq!(read::<String>(&text).ok(), serde_json::from_str::<String>(&text).ok(), "{}", text);
    }
}
