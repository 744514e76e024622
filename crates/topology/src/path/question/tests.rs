use proptest::prelude::*;

use super::short::{source_in, target_in, without_credentials};
use super::*;
use crate::find::completion::{sources, targets};
use crate::testing::*;

fn source(text: &str) -> Result<Source, QuestionError> {
    text.parse()
}

fn target(text: &str) -> Result<Target, QuestionError> {
    text.parse()
}

fn owned(text: &str) -> String {
    text.to_owned()
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
    let no_object = |text: &str, form| QuestionError::NoObjectName { text: owned(text), form };
    for (text, expected) in [
        ("", QuestionError::NoSource { text: owned("") }),
        ("10.0.0.1", QuestionError::NoSource { text: owned("10.0.0.1") }),
        ("internet:1.2.3.4", QuestionError::NoSourceKind { kind: owned("internet") }),
        ("external:nowhere", QuestionError::NoIp { text: owned("nowhere") }),
        ("external:010.0.0.1", QuestionError::LeadingZeros { text: owned("010.0.0.1"), meant: ip("10.0.0.1") }),
        ("pod:a1", QuestionError::PodWithoutNamespace { text: owned("a1") }),
        ("pod:ns1/", no_object("", SourceForm::Pod)),
        ("pod:ns1/a/b", no_object("a/b", SourceForm::Pod)),
        ("node:", no_object("", SourceForm::Node)),
        ("localhost:_", no_object("_", SourceForm::Localhost)),
    ] {
        assert_eq!(source(text), Err(expected), "{text}");
    }
}

#[test]
fn destinations_are_read() {
    let address =
        |ip: &str, port, protocol| Ok(Target::Address(Destination { ip: ip.parse().unwrap(), port, protocol }));
    let name = |name: &str, port, protocol, record| {
        Ok(Target::Name(DnsQuestion { name: name.into(), port, protocol: TransportProtocol::from(protocol), record }))
    };
    for (text, expected) in [
        ("10.0.0.1:80", address("10.0.0.1", Some(80), TransportProtocol::Tcp)),
        ("10.0.0.1:53/udp", address("10.0.0.1", Some(53), TransportProtocol::Udp)),
        ("[fd00::1]:53/SCTP", address("fd00::1", Some(53), TransportProtocol::Sctp)),
        ("10.0.0.1", address("10.0.0.1", None, TransportProtocol::Tcp)),
        ("fd00::1", address("fd00::1", None, TransportProtocol::Tcp)),
        ("[fd00::1]", address("fd00::1", None, TransportProtocol::Tcp)),
        ("10.0.0.1/icmp", address("10.0.0.1", None, TransportProtocol::Icmp)),
        ("fd00::1/icmp", address("fd00::1", None, TransportProtocol::Icmp)),
        ("[::ffff:10.0.0.1]:80", address("10.0.0.1", Some(80), TransportProtocol::Tcp)),
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
    let no_ip = |host: &str, name: Option<&str>| QuestionError::NoDestination {
        address: Box::new(QuestionError::NoIp { text: owned(host) }),
        name: name.map(owned),
    };
    let no_port = |text: &str| QuestionError::NoPort { text: owned(text) };
    let no_dns_name = |text: &str| QuestionError::NoDnsName { text: owned(text) };
    for (text, expected) in [
        ("", no_ip("", None)),
        ("svc1.ns1:80", no_ip("svc1.ns1", Some("svc1.ns1:80"))),
        ("10.0.0.1:0", no_port("0")),
        ("10.0.0.1:http", no_port("http")),
        ("10.0.0.1:65536", no_port("65536")),
        ("10.0.0.1:80/quic", QuestionError::NoProtocol { text: owned("quic") }),
        ("10.0.0.1/udp", QuestionError::ProtocolWithoutPort { protocol: owned("udp") }),
        ("10.0.0.1:80/icmp", QuestionError::IcmpWithPort { ip: "10.0.0.1".parse().unwrap() }),
        ("10.0.0.256:80", no_ip("10.0.0.256", Some("10.0.0.256:80"))),
        ("[fd00::1:80", no_ip("[fd00::1:80", None)),
        ("HTTPS://shop.example/", QuestionError::UrlNotSupported),
        ("http://shop.example/", QuestionError::UrlNotSupported),
        ("dns:", no_dns_name("")),
        ("dns:a b", no_dns_name("a b")),
        ("dns:svc1?HINFO", QuestionError::NoRecordType { text: owned("HINFO") }),
        ("dns:svc1/udp", QuestionError::NameWithProtocolWithoutPort { name: owned("svc1"), protocol: owned("udp") }),
        ("dns:10.0.0.1:80", QuestionError::AddressAsName { text: owned("10.0.0.1") }),
    ] {
        assert_eq!(target(text), Err(expected), "{text}");
    }
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
    assert_eq!(from("n9"), Err(QuestionError::NoSource { text: owned("n9") }));
    let to = |text: &str| target_in(&index, text, None).map(|target| target.to_string());
    assert_eq!(to("svc1.ns1.svc:80").unwrap(), "dns:svc1.ns1.svc:80");
    assert_eq!(to("10.0.1.1:80/UDP").unwrap(), "10.0.1.1:80/udp");
    assert_eq!(to("ns1/svc1").unwrap(), "dns:svc1.ns1.svc:80");
    assert_eq!(to("ns1/svc1:443").unwrap(), "dns:svc1.ns1.svc:443");
    assert_eq!(to("ns1/a1").unwrap(), "10.0.1.1:8080");
    assert_eq!(to("http://shop.example.com/"), Err(QuestionError::UrlNotSupported));
    assert_eq!(to("http://svc1/").unwrap(), "dns:svc1.ns1.svc:80");
    assert_eq!(to("https://192.168.0.2/x?y").unwrap(), "192.168.0.2:443");
    assert_eq!(to("http://svc1.ns1:8080/").unwrap(), "dns:svc1.ns1:8080");
    assert_eq!(to("curl -sv -H 'Host: shop' http://svc1.ns1/ --max-time 3").unwrap(), "dns:svc1.ns1:80");
    assert_eq!(to("curl 10.0.1.1:8080/healthz").unwrap(), "10.0.1.1:8080");
    assert_eq!(to("nc -vz 192.168.0.2 30080").unwrap(), "192.168.0.2:30080");
    assert_eq!(to("telnet fd00::1 80").unwrap(), "[fd00::1]:80");
    assert_eq!(to("nc -vzu 192.168.0.2 53").unwrap(), "192.168.0.2:53/udp");
    assert_eq!(to("curl 10.0.1.1:8080 --max-time 3").unwrap(), "10.0.1.1:8080");
    assert_eq!(to("curl http://svc1:8080/ | head").unwrap(), "dns:svc1.ns1.svc:8080");
    assert_eq!(to("nc -zv 10.0.1.1 80 -w 3").unwrap(), "10.0.1.1:80");
    assert_eq!(to("ping -c1 10.0.1.1").unwrap(), "10.0.1.1/icmp");
    assert_eq!(to("ping svc1.ns1").unwrap(), "dns:svc1.ns1/icmp");
    assert_eq!(to("nslookup 10.0.1.1").unwrap(), "dns:10.0.1.1?PTR");
    assert_eq!(to("dig svc1.ns1.svc.cluster.local SRV").unwrap(), "dns:svc1.ns1.svc.cluster.local.?SRV");
    assert_eq!(to("mysql -h svc1.ns1 -uroot -pxyz").unwrap(), "dns:svc1.ns1:3306");
    assert_eq!(to("psql postgres://app:xyz@svc1.ns1/shop").unwrap(), "dns:svc1.ns1:5432");
    // What may be meant otherwise is not guessed.
    for text in ["curl -x http://proxy:3128 http://svc1/", "curl http://a/ http://b/"] {
        assert!(to(text).is_err(), "{text}");
    }
    assert_eq!(to("http://[fd00::1]:30080/").unwrap(), "[fd00::1]:30080");
    assert_eq!(to("dns:[fd00::1]:80?PTR").unwrap(), "dns:[fd00::1]:80?PTR");
    assert_eq!(to("dns:[fd00::1]?PTR").unwrap(), "dns:fd00::1?PTR");
    assert_eq!(from("a1").unwrap(), "pod:ns1/a1");
    assert_eq!(to("10.0.1.1:99999"), Err(QuestionError::NoPort { text: owned("99999") }));
    assert!(to("").is_err());
}

#[test]
fn a_name_that_only_one_object_has_needs_no_namespace() {
    let mut index = cluster();
    let to = |index: &crate::cluster::index::Index, text: &str, from: Option<&Source>| {
        target_in(index, text, from).map(|target| target.to_string()).ok()
    };
    let full = Some("dns:svc1.ns1.svc:80".to_owned());
    for text in ["svc1", "svc1:80", "svc/svc1", "service/svc1:80", "svc:ns1/svc1", "ns1/svc1"] {
        assert_eq!(to(&index, text, None), full, "{text}");
    }
    assert_eq!(to(&index, "a1", None).as_deref(), Some("10.0.1.1:8080"));
    assert_eq!(to(&index, "pod/a1:9090", None).as_deref(), Some("10.0.1.1:9090"));
    // From a Pod it depends on the Pod's namespace, and DNS decides.
    let pod = Source::Pod(ObjectKey::new("ns2", "client"));
    assert_eq!(to(&index, "svc1:80", Some(&pod)).as_deref(), Some("dns:svc1:80"));
    assert_eq!(to(&index, "http://svc1/", Some(&pod)).as_deref(), Some("dns:svc1:80"));
    let twin = crate::cluster::facts::ServiceFact { namespace: "ns2".into(), ..service() };
    put(&mut index, crate::cluster::row::Row::Service(twin));
    assert_eq!(to(&index, "svc1:80", None).as_deref(), Some("dns:svc1:80"));
    assert_eq!(to(&index, "svc/svc1", None), None);
}

#[test]
fn a_password_is_cut_from_a_text_that_is_not_read() {
    for (text, expected) in [
        ("psql postgres://u:p@db:x/y", "psql postgres://db:x/y"),
        ("http://a@b@c:99999/@d", "http://c:99999/@d"),
        ("web:80", "web:80"),
        ("mysql -uroot -phidden shop", "mysql -uroot -p*** shop"),
        ("redis-cli -a hidden ping", "redis-cli -a *** ping"),
        ("mongosh --password=hidden --host a b", "mongosh --password=*** --host a b"),
        ("curl -u me:hidden http://a http://b", "curl -u *** http://a http://b"),
    ] {
        assert_eq!(without_credentials(text), expected);
    }
}

proptest! {
    #![proptest_config(fixed_seed::config(24, 256))]

    #[test]
    fn no_text_panics(text in ".{0,60}") {
        let _ = source(&text);
        let _ = target(&text);
        let index = cluster();
        let _ = (source_in(&index, &text), target_in(&index, &text, None), sources(&index, &text, 5), targets(&index, &text, 5));
    }
}
