use proptest::prelude::*;

use super::*;
use super::{sources, targets};
use crate::coverage::{Coverage, Known};
use crate::dns::RecordType;
use crate::facts::PodFact;
use crate::key::ObjectKey;
use crate::port::Protocol;
use crate::row::Row;
use crate::settings::Settings;
use crate::testing::*;
use crate::trace::Outcome;

fn source(text: &str) -> Result<Source, String> {
    text.parse().map_err(|wrong: Wrong| wrong.to_string())
}

fn target(text: &str) -> Result<Target, String> {
    text.parse().map_err(|wrong: Wrong| wrong.to_string())
}

#[test]
fn sources_are_read() {
    let ip = |text: &str| text.parse().unwrap();
    for (text, expected) in [
        ("external:203.0.113.2", Source::External(ip("203.0.113.2"))),
        ("external:2001:db8::1", Source::External(ip("2001:db8::1"))),
        ("external:[2001:db8::1]", Source::External(ip("2001:db8::1"))),
        ("pod:ns1/a1", Source::Pod(ObjectKey::new("ns1", "a1"))),
        ("pod-ip:10.0.1.100", Source::PodIp(ip("10.0.1.100"))),
        ("node:ip-10-0-0-1.ec2.internal", Source::Node("ip-10-0-0-1.ec2.internal".into())),
        ("localhost:n1", Source::Localhost("n1".into())),
    ] {
        assert_eq!(source(text), Ok(expected), "{text}");
    }
    for (text, hint) in [
        ("", "external:IP, pod:NAMESPACE/NAME"),
        ("10.0.0.1", "external:IP, pod:NAMESPACE/NAME"),
        ("internet:1.2.3.4", "external:IP, pod:NAMESPACE/NAME"),
        ("external:nowhere", "`nowhere` is no IP address"),
        ("external:010.0.0.1", "write 10.0.0.1"),
        ("pod:a1", "pod:NAMESPACE/NAME"),
        ("pod:ns1/", "pod:NAMESPACE/NAME"),
        ("pod:ns1/a/b", "pod:NAMESPACE/NAME"),
        ("node:", "node:NAME"),
    ] {
        let error = source(text).unwrap_err();
        assert!(error.contains(hint), "{text}: {error}");
    }
}

#[test]
fn destinations_are_read() {
    let address = |ip: &str, port, protocol, icmp| {
        Ok(Target::Address(Destination { ip: ip.parse().unwrap(), port, protocol, icmp }))
    };
    let name =
        |name: &str, port, protocol, record| Ok(Target::Name(Question { name: name.into(), port, protocol, record }));
    for (text, expected) in [
        ("10.0.0.1:80", address("10.0.0.1", Some(80), Protocol::Tcp, false)),
        ("10.0.0.1:53/udp", address("10.0.0.1", Some(53), Protocol::Udp, false)),
        ("[fd00::1]:53/SCTP", address("fd00::1", Some(53), Protocol::Sctp, false)),
        ("10.0.0.1", address("10.0.0.1", None, Protocol::Tcp, false)),
        ("fd00::1", address("fd00::1", None, Protocol::Tcp, false)),
        ("[fd00::1]", address("fd00::1", None, Protocol::Tcp, false)),
        ("10.0.0.1/icmp", address("10.0.0.1", None, Protocol::Tcp, true)),
        ("fd00::1/icmp", address("fd00::1", None, Protocol::Tcp, true)),
        ("[::ffff:10.0.0.1]:80", address("10.0.0.1", Some(80), Protocol::Tcp, false)),
        ("dns:svc1", name("svc1", None, Protocol::Tcp, None)),
        ("dns:svc1.ns1:53/udp?a", name("svc1.ns1", Some(53), Protocol::Udp, Some(RecordType::A))),
        (
            "dns:_http._tcp.svc1.ns1.svc.cluster.local.?SRV",
            name("_http._tcp.svc1.ns1.svc.cluster.local.", None, Protocol::Tcp, Some(RecordType::Srv)),
        ),
        ("dns:10.0.0.1?PTR", name("10.0.0.1", None, Protocol::Tcp, Some(RecordType::Ptr))),
        ("dns:fd00::1?PTR", name("fd00::1", None, Protocol::Tcp, Some(RecordType::Ptr))),
    ] {
        assert_eq!(target(text), expected, "{text}");
    }
    for (text, hint) in [
        ("", "IP:PORT[/PROTOCOL]"),
        ("svc1.ns1:80", "dns:svc1.ns1:80"),
        ("10.0.0.1:0", "1 to 65535"),
        ("10.0.0.1:http", "1 to 65535"),
        ("10.0.0.1:65536", "1 to 65535"),
        ("10.0.0.1:80/quic", "tcp, udp or sctp"),
        ("10.0.0.1/udp", "IP:PORT/udp"),
        ("10.0.0.1:80/icmp", "10.0.0.1/icmp"),
        ("10.0.0.256:80", "no IP address"),
        ("[fd00::1:80", "no IP address"),
        ("HTTPS://shop.example/", "not supported yet"),
        ("http://shop.example/", "not supported yet"),
        ("dns:", "no DNS name"),
        ("dns:a b", "no DNS name"),
        ("dns:svc1?MX", "A, AAAA, SRV, PTR or CNAME"),
        ("dns:svc1/udp", "svc1:PORT/udp"),
        ("dns:10.0.0.1:80", "leave `dns:` out"),
    ] {
        let error = target(text).unwrap_err();
        assert!(error.contains(hint), "{text}: {error}");
    }
}

fn ask(
    index: &crate::index::Index,
    coverage: &Coverage,
    from: &str,
    to: &str,
    node: Option<&str>,
) -> Result<Trace, Unanswerable> {
    let settings = Settings::default();
    trace(Cluster { index, coverage, settings: &settings }, &source(from).unwrap(), &target(to).unwrap(), node)
}

#[test]
fn a_source_that_is_known_not_to_exist_is_an_error() {
    let index = cluster();
    let complete = Coverage::complete();
    for (from, node, hint) in [
        ("pod:ns1/zz", None, "no Pod ns1/zz; there are: ns1/a1, ns1/a2"),
        ("pod:ns2/a1", None, "there are: ns1/a1"),
        ("node:n9", None, "no Node n9; there are: n1, n2, n3"),
        ("localhost:n9", None, "no Node n9"),
        ("external:1.2.3.4", Some("n9"), "no Node n9"),
    ] {
        let wrong = match ask(&index, &complete, from, "172.30.0.41:80", node).unwrap_err() {
            Unanswerable::From(wrong) | Unanswerable::Node(wrong) => wrong.to_string(),
        };
        assert!(wrong.contains(hint), "{wrong}");
    }
}

#[test]
fn a_source_that_may_exist_is_unknown() {
    let mut coverage = Coverage::complete();
    coverage.set(Kind::Pod, "", Known::Forbidden);
    coverage.set(Kind::Node, "", Known::Forbidden);
    for from in ["pod:ns1/zz", "node:n9"] {
        let trace = ask(&cluster(), &coverage, from, "172.30.0.41:80", None).unwrap();
        assert_eq!(trace.evaluations.iter().map(|one| one.outcome).collect::<Vec<_>>(), [Outcome::Unknown], "{from}");
        assert!(!arrives(&trace));
    }
}

#[test]
fn a_pod_that_has_ended_sends_nothing() {
    let mut index = cluster();
    put(&mut index, Row::Pod(PodFact { phase: "Succeeded".into(), ..pod("job", "n1", "10.0.1.9") }));
    let trace = ask(&index, &Coverage::complete(), "pod:ns1/job", "172.30.0.41:80", None).unwrap();
    assert!(trace.evaluations[0].reason.contains("has ended"), "{}", trace.evaluations[0].reason);
}

#[test]
fn a_pod_s_loopback_address_is_its_own() {
    let answer =
        |from| ask(&cluster(), &Coverage::complete(), from, "127.0.0.1:30080", None).unwrap().evaluations[0].outcome;
    assert_eq!(answer("pod:ns1/a1"), Outcome::Unhandled);
    assert_eq!(answer("external:203.0.113.2"), Outcome::Unhandled);
    assert_eq!(answer("localhost:n1"), Outcome::Endpoints);
}

#[test]
fn a_name_with_a_port_is_evaluated_for_each_address() {
    let index = cluster();
    let complete = Coverage::complete();
    let trace = ask(&index, &complete, "pod:ns1/a1", "dns:svc1:80", None).unwrap();
    assert_eq!((trace.evaluations.len(), trace.evaluations[0].outcome), (1, Outcome::Endpoints));
    assert_eq!(trace.evaluations[0].hops[0].component, "DNS");
    assert!(arrives(&trace) && trace.to.is_none());

    let names_only = ask(&index, &complete, "pod:ns1/a1", "dns:svc1", None).unwrap();
    assert!(names_only.evaluations.is_empty() && arrives(&names_only));
    let nothing = ask(&index, &complete, "pod:ns1/a1", "dns:svc9:80", None).unwrap();
    assert!(nothing.evaluations.is_empty() && !arrives(&nothing));
}

#[test]
fn hp10_a_name_is_resolved_though_its_service_refuses() {
    let mut index = cluster();
    index.apply(slice(Vec::new()));
    let trace = ask(&index, &Coverage::complete(), "pod:ns1/a1", "dns:svc1.ns1:80", None).unwrap();
    assert_eq!(trace.dns.as_ref().map(|dns| dns.records[0].value.as_str()), Some("172.30.0.41"));
    assert_eq!(trace.evaluations.iter().map(|one| one.outcome).collect::<Vec<_>>(), [Outcome::Reject]);
}

#[test]
fn kp38_a_headless_service_is_its_pods_by_name() {
    let mut index = cluster();
    change_service(&mut index, |service| {
        service.headless = true;
        service.cluster_ips.clear();
    });
    let trace = ask(&index, &Coverage::complete(), "pod:ns1/a1", "dns:svc1.ns1:8080", None).unwrap();
    assert_eq!(trace.evaluations.iter().map(|one| one.outcome).collect::<Vec<_>>(), [Outcome::Direct, Outcome::Direct]);
}

#[test]
fn what_is_read_is_written_the_same() {
    for text in ["external:203.0.113.2", "external:fd00::1", "pod:ns1/a1", "pod-ip:10.0.1.1", "node:n1", "localhost:n1"]
    {
        assert_eq!(source(text).unwrap().to_string(), text);
    }
    for text in [
        "10.0.1.1:80",
        "10.0.1.1:80/udp",
        "[fd00::1]:80/sctp",
        "fd00::1",
        "10.0.1.1/icmp",
        "dns:svc1.ns1:80/udp",
        "dns:svc1.?SRV",
    ] {
        assert_eq!(target(text).unwrap().to_string(), text);
    }
}

#[test]
fn a_person_may_leave_out_what_is_plain() {
    let index = cluster();
    let from = |text: &str| source_in(&index, text).map(|source| source.to_string());
    assert_eq!(from(" 10.0.1.1 ").unwrap(), "pod:ns1/a1");
    assert_eq!(from("192.168.0.2").unwrap(), "node:n1");
    assert_eq!(from("::ffff:203.0.113.2").unwrap(), "external:203.0.113.2");
    assert_eq!(from("n2").unwrap(), "node:n2");
    assert_eq!(from("ns1/a2").unwrap(), "pod:ns1/a2");
    // A Pod that is not known, by its Node's Pod CIDR.
    assert_eq!(from("10.0.2.77").unwrap(), "pod-ip:10.0.2.77");
    assert!(from("ns1/_a").is_err());
    assert!(from("n9").unwrap_err().to_string().contains("is no source"));
    let to = |text: &str| target_in(&index, text).map(|target| target.to_string());
    assert_eq!(to("svc1.ns1.svc:80").unwrap(), "dns:svc1.ns1.svc:80");
    assert_eq!(to("10.0.1.1:80/UDP").unwrap(), "10.0.1.1:80/udp");
    assert_eq!(to("ns1/svc1").unwrap(), "dns:svc1.ns1.svc:80");
    assert_eq!(to("ns1/svc1:443").unwrap(), "dns:svc1.ns1.svc:443");
    assert_eq!(to("ns1/a1").unwrap(), "10.0.1.1:8080");
    assert!(to("http://shop.example.com/").unwrap_err().to_string().contains("not supported yet"));
    assert_eq!(to("http://svc1/").unwrap(), "dns:svc1:80");
    assert_eq!(to("https://192.168.0.2/x?y").unwrap(), "192.168.0.2:443");
    assert_eq!(to("http://svc1.ns1:8080/").unwrap(), "dns:svc1.ns1:8080");
    assert_eq!(to("curl -sv -H 'Host: shop' http://svc1.ns1/ --max-time 3").unwrap(), "dns:svc1.ns1:80");
    assert_eq!(to("curl 10.0.1.1:8080/healthz").unwrap(), "10.0.1.1:8080");
    assert_eq!(to("nc -vz 192.168.0.2 30080").unwrap(), "192.168.0.2:30080");
    assert_eq!(to("telnet fd00::1 80").unwrap(), "[fd00::1]:80");
    assert_eq!(to("nc -vzu 192.168.0.2 53").unwrap(), "192.168.0.2:53/udp");
    assert_eq!(to("curl 10.0.1.1:8080 --max-time 3").unwrap(), "10.0.1.1:8080");
    assert_eq!(to("curl http://svc1:8080/ | head").unwrap(), "dns:svc1:8080");
    // What may be meant otherwise is not guessed.
    for text in ["curl -x http://proxy:3128 http://svc1/", "nc -zv 10.0.1.1 80 -w 3", "curl 10.0.1.1:80 -H \"X: y\""] {
        assert!(to(text).is_err(), "{text}");
    }
    assert_eq!(to("http://[fd00::1]:30080/").unwrap(), "[fd00::1]:30080");
    assert_eq!(to("dns:[fd00::1]:80?PTR").unwrap(), "dns:[fd00::1]:80?PTR");
    assert_eq!(to("dns:[fd00::1]?PTR").unwrap(), "dns:fd00::1?PTR");
    assert_eq!(from("a1").unwrap(), "pod:ns1/a1");
    assert!(to("10.0.1.1:99999").unwrap_err().to_string().contains("is no port"));
    assert!(to("").is_err());
}

#[test]
fn half_a_text_is_completed_by_address_and_by_object() {
    let index = cluster();
    let texts = |choices: Vec<Choice>| choices.into_iter().map(|choice| choice.text).collect::<Vec<_>>();
    let (by_name, by_port) = (texts(targets(&index, "SVC1", 9)), texts(targets(&index, ":30080", 9)));
    assert_eq!(by_name, ["192.168.0.2:30080", "172.30.0.41:80", "dns:svc1.ns1.svc:80"]);
    assert_eq!(by_port, ["192.168.0.2:30080"]);
    assert_eq!(texts(targets(&index, "192.168.0.3", 9)), ["192.168.0.3:30080"]);
    assert_eq!(texts(targets(&index, "a2", 9)), ["10.0.2.1:8080"]);
    assert_eq!(texts(sources(&index, "10.0.2.1", 9)), ["pod:ns1/a2"]);
    assert_eq!(texts(sources(&index, "n3", 9)), ["node:n3", "localhost:n3"]);
    assert_eq!(sources(&index, "", 2).len(), 2);
    // What is offered is understood.
    assert!(texts(sources(&index, "", 99)).iter().all(|text| source(text).is_ok()));
    assert!(texts(targets(&index, "", 99)).iter().all(|text| target(text).is_ok()));
}

proptest! {
    #![proptest_config(fixed_seed::config(24, 256))]

    #[test]
    fn no_text_panics(text in ".{0,60}") {
        let _ = source(&text);
        let _ = target(&text);
        let index = cluster();
        let _ = (source_in(&index, &text), target_in(&index, &text), sources(&index, &text, 5), targets(&index, &text, 5));
    }

    #[test]
    fn no_text_of_the_right_sort_panics_and_an_answer_is_the_same_twice(
        from in "(external:|pod:|pod-ip:|node:|localhost:)([0-9.:]{1,12}|ns1/a[12]|n[1-4]|\\PC{0,8})",
        to in "(dns:)?(10\\.0\\.[12]\\.1|172\\.30\\.0\\.41|192\\.168\\.0\\.[2-5]|(_?[a-z0-9-]{1,4}\\.){0,5}svc1?(\\.ns1)?(\\.svc)?(\\.cluster\\.local)?\\.?|[0-9a-f:.\\[\\]]{0,12})(:[0-9]{1,5})?(/(tcp|udp|icmp|x))?(\\?(A|SRV|PTR|CNAME|X))?",
        node in proptest::option::of("n[1-4]"),
    ) {
        let (Ok(from), Ok(to)) = (source(&from), target(&to)) else { return Ok(()) };
        let (index, coverage, settings) = (cluster(), Coverage::complete(), Settings::default());
        let cluster = Cluster { index: &index, coverage: &coverage, settings: &settings };
        let answer = trace(cluster, &from, &to, node.as_deref());
        prop_assert_eq!(&answer, &trace(cluster, &from, &to, node.as_deref()));
        if let Ok(answer) = answer {
            prop_assert!(serde_json::to_string(&answer).is_ok());
        }
    }
}
