use topology::cluster::port::Protocol;
use topology::path::answer::{EndpointHop, Reason};

use super::*;

fn evaluation(outcome: Outcome, delivered: &[Option<bool>]) -> Evaluation {
    let hop = |delivered: &Option<bool>| EndpointHop {
        ip: "10.0.1.1".parse().unwrap(),
        port: 8080,
        probability: 1.0,
        masquerade: Some(false),
        asymmetric_return: *delivered == Some(false),
        delivered: *delivered,
        pod: None,
        node: None,
        container: None,
        container_port: None,
        policy: None,
        rule: None,
        slice: None,
        protocol: Protocol::Tcp,
    };
    let endpoints = delivered.iter().map(hop).collect();
    Evaluation { endpoints, ..Evaluation::new(outcome, Reason::ServicesNotKnown, None, None) }
}

#[test]
fn an_endpoint_that_may_not_be_reached_is_a_warning_and_not_a_tick() {
    let shown = |delivered: &[Option<bool>]| {
        let tone = Tone::of(&evaluation(Outcome::Endpoints, delivered));
        (tone.icon(), tone.class())
    };
    assert_eq!(shown(&[Some(true)]), ("i-ready", "tone-path"));
    for delivered in [Some(false), None] {
        assert_eq!(shown(&[Some(true), delivered]), ("i-warning", "tone-warn"), "{delivered:?}");
    }
}

#[test]
fn an_outcome_without_endpoints_keeps_its_own_tone() {
    for outcome in Outcome::ALL {
        assert_eq!(Tone::of(&evaluation(outcome, &[])), Tone::of_outcome(outcome), "{outcome:?}");
    }
}
