//! The sentences of answers, and the texts of a packet's steps.

use topology::cluster::facts::AddressType;
use topology::cluster::key::ObjectKey;
use topology::cluster::port::{Protocol, TargetPort};
use topology::path::answer::examples::{reasons, remarks};
use topology::path::answer::{
    Evaluation, Hop, HopDestination, HopPlace, HopSource, HopStep, NamedPort, NodePortOfService, Outcome, Reason,
    Remark, TrafficPolicyField,
};
use topology::path::document::{HopDocument, Sentences};

use crate::Language;
use crate::reason::Begins;

#[test]
fn every_reason_and_remark_has_a_sentence_of_its_own_in_each_language() {
    for language in Language::ALL {
        let words = language.words();
        let reasons = reasons().into_iter().map(|reason| words.reason(&reason));
        let sentences: Vec<String> = reasons.chain(remarks().iter().map(|remark| words.remark(remark))).collect();
        assert!(sentences.iter().all(|sentence| !sentence.is_empty() && !sentence.ends_with(['.', '。'])));
        let mut distinct = sentences.clone();
        distinct.sort();
        distinct.dedup();
        assert_eq!(distinct.len(), sentences.len(), "{language:?}: {sentences:#?}");
    }
}

/// The whole sentence of a reason with these remarks, in English and Chinese.
fn alone(because: Reason, remarks: Vec<Remark>) -> [String; 2] {
    let evaluation = Evaluation { remarks, ..Evaluation::new(Outcome::Unknown, because, None, None) };
    Language::ALL.map(|language| language.words().whole_reason(&evaluation, language))
}

#[test]
fn a_sentence_that_stands_alone_has_a_capital_but_no_name_and_no_term_has_one() {
    let name = || "api".to_owned();
    for (because, remarks, english, chinese) in [
        (
            Reason::NoPort,
            vec![Remark::ExternalIpAssumed { node: "n1".into() }],
            "No port: only an address with a port is translated; the Node's ExternalIP is assumed to be an address of one of its interfaces.",
            "没有端口：只有带端口的地址才会被转换；这里假定 Node 的 ExternalIP 是它某个网卡上的地址。",
        ),
        (
            Reason::NoLocalEndpoint { policy: TrafficPolicyField::InternalTrafficPolicy },
            Vec::new(),
            "internalTrafficPolicy is Local and the Node has no usable endpoint: kube-proxy drops the packet.",
            "internalTrafficPolicy 是 Local，而这个 Node 上没有可用的端点：kube-proxy 丢弃数据包。",
        ),
        (
            Reason::IcmpNotHandled,
            Vec::new(),
            "kube-proxy has no rule for ICMP: whoever owns the address answers.",
            "kube-proxy 没有针对 ICMP 的规则：谁拥有这个地址，就由谁应答。",
        ),
        (
            Reason::AliasOutsideCluster { name: name(), target: "db.example.com".into() },
            Vec::new(),
            "api stands for db.example.com, which is not in the cluster: its addresses are not known.",
            "api 指向 db.example.com，它不在集群之内：地址未知。",
        ),
        (
            Reason::NoListenerKnown { node: "master".into() },
            Vec::new(),
            "No nodePort and no hostPort of master takes this: a process of the host may listen.",
            "master 上没有 nodePort 或 hostPort 接收它：主机上可能有进程在监听。",
        ),
    ] {
        assert_eq!(alone(because, remarks), [english, chinese]);
    }
}

/// The order of a text's arguments is that of its words, so that arguments of one type can be confused.
#[test]
fn every_argument_of_a_remark_stands_in_its_place() {
    let words = Language::English.words();
    let (service, pod, slice) = (|| key("web"), || key("web-0"), || key("web-x7"));
    let wanted = |name: &str| NamedPort { name: name.to_owned(), protocol: Protocol::Udp };
    let label = |name: &str| [(name.to_owned(), "web".to_owned())].into();
    for (remark, expected) in [
        (
            Remark::PodHasNearLabel { pod: pod(), selector: label("name"), labels: label("app") },
            "Pod shop/web-0 has app=web in place of name=web",
        ),
        (
            Remark::PodsHaveEnded { pod: pod(), phase: "Failed".into(), why: Some("Evicted".into()), more: 2 },
            "every Pod with the labels of its selector has ended: shop/web-0 (Failed: Evicted) and 2 more",
        ),
        (
            Remark::SliceOfOtherFamily { slice: slice(), address_type: AddressType::IPv6, asked: AddressType::IPv4 },
            "EndpointSlice shop/web-x7 has addressType IPv6, so it has no endpoint for IPv4",
        ),
        (
            Remark::SliceLacksPort { slice: slice(), wanted: wanted("dns"), ports: vec![wanted("")] },
            "the Service's port is named \"dns\"/udp, and EndpointSlice shop/web-x7 has only \"\"/udp",
        ),
        (
            Remark::SliceLacksPort { slice: slice(), wanted: wanted("dns"), ports: Vec::new() },
            "the Service's port is named \"dns\"/udp, and EndpointSlice shop/web-x7 has no ports",
        ),
        (
            Remark::TargetPortInInitContainer { pod: pod(), container: "tls".into(), wanted: wanted("dns") },
            "only the init container tls of Pod shop/web-0 has a port named \"dns\"/udp, and a targetPort never means a port of an init \
             container that ends",
        ),
        (
            Remark::TargetPortNotRead { target_port: TargetPort::Number(8080), port: 80 },
            "kube-proxy does not read the targetPort, 8080: the EndpointSlice has 80",
        ),
        (
            Remark::FurtherAddressesNotUsed { ip: [10, 0, 0, 1].into(), slice: slice(), count: 1 },
            "endpoint 10.0.0.1 of EndpointSlice shop/web-x7 has another address, which kube-proxy does not use",
        ),
        (
            Remark::PortIsTargetPort { service: service(), asked: 8080, port: 80 },
            "8080 is the targetPort of its port 80, which is to be asked",
        ),
        (
            Remark::NodePortOfPort { service: service(), asked: 80, port: 80, node_port: 30080 },
            "port 80 of Service shop/web is open on Nodes as nodePort 30080",
        ),
        (
            Remark::NodePortOfPort { service: service(), asked: 8080, port: 80, node_port: 30080 },
            "8080 is the targetPort of port 80 of Service shop/web, which is open on Nodes as nodePort 30080",
        ),
        (
            Remark::NearestNodePorts {
                asked: 30000,
                node_ports: vec![NodePortOfService { node_port: 30009, service: service(), port: 80 }],
            },
            "no Service has nodePort 30000; the nearest: 30009 of Service shop/web (port 80)",
        ),
        (
            Remark::NodePortOfOtherProtocol { service: service(), asked: 30053, protocol: Protocol::Udp },
            "nodePort 30053 of Service shop/web is UDP",
        ),
        (
            Remark::NodePortOfOtherProxy { service: service(), proxy: "istio".into() },
            "Service shop/web has this nodePort and the label service.kubernetes.io/service-proxy-name=istio: kube-proxy leaves it to \
             another proxy",
        ),
    ] {
        assert_eq!(words.remark(&remark), expected);
    }
}

fn key(name: &str) -> ObjectKey {
    ObjectKey::new("shop", name)
}

#[test]
fn a_sentence_begins_with_a_word_of_ours_if_its_first_word_has_small_letters_only_and_is_no_argument() {
    let words = Language::English.words();
    let name_alone = |reason: &Reason| {
        let names = ["namespace-of-source-not-known", "name-outside-domain", "alias-outside-cluster"];
        names.contains(&serde_json::to_value(reason).unwrap()["code"].as_str().unwrap())
    };
    let expected = |sentence: &str, is_argument: bool| {
        let first = sentence.split(' ').next().unwrap();
        match !is_argument && first.bytes().all(|byte| byte.is_ascii_lowercase()) {
            true => Begins::Word,
            false => Begins::Name,
        }
    };
    for reason in reasons() {
        let sentence = words.reason(&reason);
        assert_eq!(Begins::reason(&reason), expected(&sentence, name_alone(&reason)), "{sentence}");
    }
    for remark in remarks() {
        let sentence = words.remark(&remark);
        assert_eq!(Begins::remark(&remark), expected(&sentence, false), "{sentence}");
    }
}

#[test]
fn no_whole_sentence_begins_with_the_capital_of_an_argument() {
    for because in reasons() {
        let arguments = serde_json::to_value(&because).unwrap();
        let [english, _] = alone(because, Vec::new());
        for argument in arguments.as_object().unwrap().values().filter_map(|value| value.as_str()) {
            let mut capital = argument.to_owned();
            capital[..1].make_ascii_uppercase();
            assert!(capital == argument || !english.starts_with(&capital), "{english}");
        }
    }
}

#[test]
fn a_step_is_said_as_the_contract_has_it_in_english() {
    let hop = |step| Hop {
        at: HopPlace::Node("n1".into()),
        step,
        src: Some(HopSource::EgressIp(HopPlace::Node("n1".into()))),
        dst: HopDestination::OneOf { listed: vec![([10, 0, 1, 1].into(), 80)], more: 4 },
    };
    let [english, chinese] = Language::ALL.map(Language::words);
    let (arrives, contract) = (hop(HopStep::Arrives), HopDocument::new(&hop(HopStep::Arrives)));
    assert_eq!(english.header_source(arrives.src.as_ref().unwrap()), contract.src);
    assert_eq!(english.header_destination(&arrives.dst), contract.dst);
    let node = HopPlace::Node("n1".into());
    let steps = [
        (HopPlace::Client, HopStep::LookedUp { name: "web.shop".into(), ip: [10, 96, 0, 1].into() }),
        (node.clone(), HopStep::Sent),
        (HopPlace::EvaluationNode, HopStep::Arrives),
        (node.clone(), HopStep::Refused),
        (node.clone(), HopStep::Dropped),
        (node.clone(), HopStep::Translated { masquerade: true }),
        (node.clone(), HopStep::Translated { masquerade: false }),
        (node, HopStep::HostPortMapped),
        (HopPlace::Destination, HopStep::Routed),
    ];
    for (at, step) in steps {
        let hop = Hop { at, ..hop(step) };
        let columns = [english.trace_hop_at(&hop.at), english.trace_hop_by(&hop), english.trace_hop_step(&hop)];
        let contract = HopDocument::new(&hop);
        assert_eq!(columns, [contract.at, contract.component, contract.what]);
    }
    assert_eq!((english.hop_step(&arrives), chinese.hop_step(&arrives)), ("Arrives at n1".into(), "到达 n1".into()));
    assert_eq!(chinese.header_source(arrives.src.as_ref().unwrap()), "n1 的出口 IP");
    assert_eq!(chinese.header_destination(&arrives.dst), "10.0.1.1:80 或其余 4 个之一");
}
