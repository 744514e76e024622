use proptest::prelude::*;

use super::*;
use crate::cluster::coverage::{Coverage, Known};
use crate::cluster::facts::PodFact;
use crate::cluster::key::ObjectKey;
use crate::cluster::row::Row;
use crate::cluster::settings::Settings;
use crate::path::answer::{EndpointPolicy, Outcome};
use crate::path::document::TraceDocument;
use crate::testing::*;

fn ask(
    index: &crate::cluster::index::Index,
    coverage: &Coverage,
    from: &str,
    to: &str,
    node: Option<&str>,
) -> Result<Trace, Unanswerable> {
    let settings = Settings::default();
    trace(Cluster { index, coverage, settings: &settings }, &from.parse().unwrap(), &to.parse().unwrap(), node)
}

#[test]
fn a_source_that_is_known_not_to_exist_is_an_error() {
    let index = cluster();
    let complete = Coverage::complete();
    let known = |names: &[&str]| KnownNames { listed: names.iter().map(|name| (*name).to_owned()).collect(), more: 0 };
    let nodes = || known(&["n1", "n2", "n3"]);
    let pod = |namespace: &str, name: &str| ObjectKey::new(namespace, name);
    for (from, node, expected) in [
        ("pod:ns1/zz", None, Unanswerable::NoSourcePod { pod: pod("ns1", "zz"), known: known(&["ns1/a1", "ns1/a2"]) }),
        ("pod:ns2/a1", None, Unanswerable::NoSourcePod { pod: pod("ns2", "a1"), known: known(&["ns1/a1"]) }),
        ("node:n9", None, Unanswerable::NoSourceNode { node: "n9".into(), known: nodes() }),
        ("localhost:n9", None, Unanswerable::NoSourceNode { node: "n9".into(), known: nodes() }),
        ("external:1.2.3.4", Some("n9"), Unanswerable::NoNode { node: "n9".into(), known: nodes() }),
    ] {
        assert_eq!(ask(&index, &complete, from, "172.30.0.41:80", node), Err(expected));
    }
}

#[test]
fn of_many_names_the_first_few_are_listed() {
    let names = |count: usize| KnownNames::of((0..count).map(|n| n.to_string()));
    assert_eq!((names(6).listed.len(), names(6).more), (6, 0));
    assert_eq!((names(7).listed.len(), names(7).more), (5, 2));
    assert_eq!((names(0).listed.len(), names(0).more), (0, 0));
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
    let because = Reason::SourcePodEnded { pod: ObjectKey::new("ns1", "job"), phase: "Succeeded".into() };
    assert_eq!(trace.evaluations[0].because, because);
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
    let looked_up = HopStep::LookedUp { name: "svc1".into(), ip: [172, 30, 0, 41].into() };
    assert_eq!(trace.evaluations[0].hops[0].step, looked_up);
    assert!(arrives(&trace) && trace.to.is_none());

    let names_only = ask(&index, &complete, "pod:ns1/a1", "dns:svc1", None).unwrap();
    assert!(names_only.evaluations.is_empty() && arrives(&names_only));
    let nothing = ask(&index, &complete, "pod:ns1/a1", "dns:svc9:80", None).unwrap();
    assert!(nothing.evaluations.is_empty() && !arrives(&nothing));
}

#[test]
fn a_packet_arrives_if_every_endpoint_is_known_to_get_it_and_to_answer() {
    let index = cluster();
    let complete = Coverage::complete();
    let inside = ask(&index, &complete, "pod:ns1/a1", "172.30.0.41:80", None).unwrap();
    assert!(arrives(&inside));
    let from_outside = ask(&index, &complete, "external:203.0.113.2", "172.30.0.41:80", None).unwrap();
    assert!(from_outside.evaluations.iter().all(|one| one.outcome == Outcome::Endpoints) && !arrives(&from_outside));
    for (delivered, policy, expected) in [
        (Some(true), None, true),
        (Some(true), Some(EndpointPolicy::Allow), true),
        (Some(true), Some(EndpointPolicy::Unknown), true),
        (Some(true), Some(EndpointPolicy::Deny), false),
        (Some(false), None, false),
        (None, None, false),
    ] {
        let mut trace = inside.clone();
        let one = trace.evaluations.last_mut().unwrap();
        let mut endpoints: Vec<crate::path::answer::EndpointHop> = one.endpoints.iter().cloned().collect();
        let last = endpoints.last_mut().unwrap();
        (last.delivered, last.policy) = (delivered, policy);
        one.endpoints = endpoints.into();
        assert_eq!(arrives(&trace), expected, "{delivered:?} {policy:?}");
    }
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

proptest! {
    #![proptest_config(fixed_seed::config(24, 256))]

    #[test]
    fn no_text_of_the_right_sort_panics_and_an_answer_is_the_same_twice(
        from in "(external:|pod:|pod-ip:|node:|localhost:)([0-9.:]{1,12}|ns1/a[12]|n[1-4]|\\PC{0,8})",
        to in "(dns:)?(10\\.0\\.[12]\\.1|172\\.30\\.0\\.41|192\\.168\\.0\\.[2-5]|(_?[a-z0-9-]{1,4}\\.){0,5}svc1?(\\.ns1)?(\\.svc)?(\\.cluster\\.local)?\\.?|[0-9a-f:.\\[\\]]{0,12})(:[0-9]{1,5})?(/(tcp|udp|icmp|x))?(\\?(A|SRV|PTR|CNAME|X))?",
        node in proptest::option::of("n[1-4]"),
    ) {
        let (Ok(from), Ok(to)) = (from.parse::<Source>(), to.parse::<Target>()) else { return Ok(()) };
        let (index, coverage, settings) = (cluster(), Coverage::complete(), Settings::default());
        let cluster = Cluster { index: &index, coverage: &coverage, settings: &settings };
        let answer = trace(cluster, &from, &to, node.as_deref());
        prop_assert_eq!(&answer, &trace(cluster, &from, &to, node.as_deref()));
        if let Ok(answer) = answer {
            let document = TraceDocument::new(&answer, &Codes);
            let json = serde_json::to_string(&document).unwrap();
            prop_assert_eq!(serde_json::from_str::<TraceDocument>(&json).unwrap(), document);
        }
    }
}
