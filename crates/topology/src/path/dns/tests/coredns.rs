//! What CoreDNS's source says beyond the reference. `make dnslab` asks a real one.

use super::*;

const SVC1: &str = "svc1.ns1.svc.cluster.local";

#[track_caller]
fn ask(change: Change, questions: &[(&str, &str)]) {
    let mut index = cluster();
    change(&mut index);
    let wrong: Vec<String> = questions
        .iter()
        .map(|(question, expected)| {
            (question, answer_from(&index, &Coverage::complete(), SOME_POD, question), expected)
        })
        .filter(|(_, got, expected)| got != *expected)
        .map(|(question, got, expected)| format!("{question}: {got}, not {expected}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Puts a slice for a Service of ns1, with one unnamed port.
fn slice_of(index: &mut Index, service: &str, address_type: AddressType, addresses: &[&str]) {
    let fact = SliceFact {
        namespace: "ns1".into(),
        name: format!("{service}-own"),
        service: Some(service.into()),
        ports: vec![SlicePortFact { name: Some(String::new()), port: Some(EndpointPort(5432)), ..Default::default() }],
        address_type,
        ..SliceFact::default()
    };
    let own = |address: &&str| {
        let mut endpoint = endpoint("", "n1", address, READY);
        (endpoint.slice, endpoint.target) = (format!("{service}-own"), None);
        endpoint
    };
    index.apply(Object::Slice(fact, addresses.iter().map(own).collect()));
}

/// Puts another ExternalName Service.
fn alias(index: &mut Index, name: &str, target: &str) {
    let mut service = service();
    service.name = name.into();
    service.service_type = ServiceType::ExternalName;
    service.external_name = Some(target.into());
    service.cluster_ips.clear();
    put(index, Row::Service(service));
}

#[test]
fn every_ready_endpoint_has_a_name() {
    ask(
        |index| {
            slice_of(index, "gone", AddressType::IPv4, &["10.0.1.1", "10.0.3.3"]);
            slice_of(index, "six", AddressType::IPv6, &["fd00::", "fd00::1:2", "FD00::9"]);
            change_endpoint(index, "10.0.2.1", |endpoint| endpoint.ready = Some(false));
        },
        &[
            ("10.0.1.1?PTR", "PTR 10-0-1-1.gone.ns1.svc.cluster.local, PTR 10-0-1-1.svc1.ns1.svc.cluster.local"),
            ("3.3.0.10.in-addr.arpa?PTR", "PTR 10-0-3-3.gone.ns1.svc.cluster.local"),
            ("10.0.2.1?PTR", "NXDOMAIN"),
            ("fd00::1:2?PTR", "PTR fd00--1-2.six.ns1.svc.cluster.local"),
            ("fd00::?PTR", "PTR fd00--0.six.ns1.svc.cluster.local"),
            ("fd00::9?PTR", "NXDOMAIN"),
        ],
    );
}

#[test]
fn names_in_the_reverse_zones() {
    ask(
        |index| slice_of(index, "six", AddressType::IPv6, &["fd00::1"]),
        &[
            ("1.1.0.10.in-addr.arpa?A", "NXDOMAIN"),
            ("1.0.10.in-addr.arpa?PTR", "NXDOMAIN"),
            ("in-addr.arpa?PTR", "NODATA"),
            ("svc.in-addr.arpa", "NODATA"),
            (&format!("x.1.{}d.f.ip6.arpa?PTR", "0.".repeat(28)), "NXDOMAIN"),
            (&format!("1.{}0.0.d.f.ip6.arpa?PTR", "0.".repeat(27)), "PTR fd00--1.six.ns1.svc.cluster.local"),
            (&format!("x.1.{}0.0.d.f.ip6.arpa?PTR", "0.".repeat(27)), "PTR fd00--1.six.ns1.svc.cluster.local"),
            (&format!("a.b.c.d.1.{}0.0.d.f.ip6.arpa?PTR", "0.".repeat(27)), "NXDOMAIN"),
        ],
    );
}

#[test]
fn labels_before_a_service_with_a_cluster_ip() {
    ask(
        |index| change_slice(index, |slice| slice.ports[0].name = Some("http".into())),
        &[
            ("_http._tcp.svc1.ns1.svc.cluster.local?A", "A 172.30.0.41"),
            ("http.tcp.svc1.ns1.svc.cluster.local?SRV", "SRV 80 svc1.ns1.svc.cluster.local"),
            ("_._tcp.svc1.ns1.svc.cluster.local?SRV", "SRV 80 svc1.ns1.svc.cluster.local"),
            ("_http._.svc1.ns1.svc.cluster.local?SRV", "SRV 80 svc1.ns1.svc.cluster.local"),
            ("_._udp.svc1.ns1.svc.cluster.local", "NXDOMAIN"),
            ("any.svc1.ns1.svc.cluster.local", "NXDOMAIN"),
            ("a._http._tcp.svc1.ns1.svc.cluster.local", "NXDOMAIN"),
            ("10-0-2-1.svc1.ns1.svc.cluster.local?SRV", "SRV 8080 10-0-2-1.svc1.ns1.svc.cluster.local"),
            ("a.b.10-0-2-1.ns1.pod.cluster.local?A", "A 10.0.2.1"),
            ("a.b.c.10-0-2-1.ns1.pod.cluster.local?A", "NXDOMAIN"),
            ("10-0-2-1.ns1.pod.cluster.local?SRV", "SRV 0 10-0-2-1.ns1.pod.cluster.local"),
        ],
    );
}

#[test]
fn headless_services_without_the_port() {
    ask(
        |index| {
            headless(index);
            change_slice(index, |slice| slice.ports[0].port = None);
        },
        &[
            (SVC1, "A 10.0.1.1, A 10.0.2.1"),
            ("svc1.ns1?SRV", "NODATA"),
            ("_http._tcp.svc1.ns1.svc.cluster.local?SRV", "NODATA"),
        ],
    );
    ask(
        |index| {
            headless(index);
            change_slice(index, |slice| slice.ports.clear());
        },
        &[
            ("_http._tcp.svc1.ns1.svc.cluster.local", "NXDOMAIN"),
            ("_._.svc1.ns1.svc.cluster.local?A", "A 10.0.1.1, A 10.0.2.1"),
        ],
    );
}

#[test]
fn slices_of_names() {
    ask(
        |index| {
            headless(index);
            index.delete(Kind::EndpointSlice, &ObjectKey::new("ns1", "svc1-x"));
            slice_of(
                index,
                "svc1",
                AddressType::FQDN,
                &["db.example.com", "svc2.ns1.svc.cluster.local", "x.svc9.ns1.svc.cluster.local"],
            );
            let mut target = service();
            target.name = "svc2".into();
            put(index, Row::Service(target));
        },
        &[
            (SVC1, "CNAME db.example.com., CNAME svc2.ns1.svc.cluster.local., A 172.30.0.41"),
            ("svc1.ns1.svc.cluster.local?AAAA", "CNAME db.example.com."),
            ("svc1.ns1.svc.cluster.local?CNAME", "CNAME db.example.com."),
            ("svc1.ns1.svc.cluster.local?SRV", "NODATA"),
            ("db-example-com.svc1.ns1.svc.cluster.local?A", "CNAME db.example.com."),
        ],
    );
}

#[test]
fn chains_of_external_names() {
    ask(
        |index| {
            // `at-11` is eleven CNAMEs from an address.
            (1..=12).for_each(|n| alias(index, &format!("at-{n}"), &format!("at-{}.ns1.svc.cluster.local", n - 1)));
            alias(index, "at-1", SVC1);
            alias(index, "below", "a.below.ns1.svc.cluster.local");
            alias(index, "there", "back.ns1.svc.cluster.local");
            alias(index, "back", "there.ns1.svc.cluster.local");
            alias(index, "reverse", "1.1.0.10.in-addr.arpa");
            alias(index, "dotted", "1.2.3.4.");
            alias(index, "port", "_http._tcp.svc1.ns1.svc.cluster.local");
        },
        &[
            ("at-2.ns1", "CNAME at-1.ns1.svc.cluster.local., CNAME svc1.ns1.svc.cluster.local., A 172.30.0.41"),
            ("at-2.ns1?AAAA", "NODATA"),
            ("at-12.ns1", "NODATA"),
            ("below.ns1", "NODATA"),
            ("there.ns1", "NODATA"),
            ("there.ns1.svc.cluster.local?CNAME", "CNAME back.ns1.svc.cluster.local."),
            ("reverse.ns1", "CNAME 1.1.0.10.in-addr.arpa."),
            ("dotted.ns1", "CNAME 1.2.3.4."),
            ("port.ns1", "CNAME _http._tcp.svc1.ns1.svc.cluster.local., A 172.30.0.41"),
            ("h.there.ns1.svc.cluster.local", "NXDOMAIN"),
        ],
    );
    let mut index = cluster();
    (1..=11).for_each(|n| alias(&mut index, &format!("at-{n}"), &format!("at-{}.ns1.svc.cluster.local", n - 1)));
    alias(&mut index, "at-1", SVC1);
    let found = answer_from(&index, &Coverage::complete(), SOME_POD, "at-11.ns1?A");
    assert!(found.ends_with("CNAME svc1.ns1.svc.cluster.local., A 172.30.0.41"), "{found}");
}

/// Eleven Services that each name the others in a thousand ways are answered in time.
#[test]
fn slices_that_name_one_another_end() {
    ask(
        |index| {
            for n in 0..12 {
                let mut from = service();
                (from.name, from.headless) = (format!("many-{n}"), true);
                put(index, Row::Service(from));
                let others: Vec<String> = (0..12)
                    .filter(|other| *other != n)
                    .map(|other| format!("many-{other}.ns1.svc.cluster.local"))
                    .collect();
                slice_of(
                    index,
                    &format!("many-{n}"),
                    AddressType::FQDN,
                    &others.iter().map(String::as_str).collect::<Vec<_>>(),
                );
            }
        },
        &[("many-0.ns1", "NODATA")],
    );
}

#[test]
fn names_above_services_and_other_types() {
    ask(
        |_| (),
        &[
            ("cluster.local", "NODATA"),
            ("cluster.local?TXT", "NXDOMAIN"),
            ("ns1.svc.cluster.local?TXT", "NXDOMAIN"),
            ("dns-version.cluster.local?TXT", "TXT 1.1.0"),
            ("dns-version.cluster.local?A", "NXDOMAIN"),
            ("svc1.ns1.svc.cluster.local?TXT", "NODATA"),
            ("svc1.ns1.svc.cluster.local?MX", "NODATA"),
            ("svc1.ns1.svc.cluster.local?PTR", "NODATA"),
            ("svc1.ns1.svc.cluster.local?CNAME", "NODATA"),
            ("svc9.ns1.svc.cluster.local?MX", "NXDOMAIN"),
            ("ns9.svc.cluster.local?MX", "NXDOMAIN"),
            ("ns.dns.cluster.local", "NODATA"),
            ("ns.dns.cluster.local?TXT", "NXDOMAIN"),
            ("other.cluster.local", "NXDOMAIN"),
        ],
    );
    ask(
        |index| {
            let mut dns = service();
            (dns.namespace, dns.name) = ("kube-system".into(), "kube-dns".into());
            put(index, Row::Service(dns));
        },
        &[
            ("ns.dns.cluster.local", "A 172.30.0.41"),
            ("ns.dns.cluster.local?AAAA", "NODATA"),
            ("ns.dns.cluster.local?SRV", "NODATA"),
        ],
    );
}
