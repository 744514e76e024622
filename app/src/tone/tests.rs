use topology::path::answer::Reason;

use super::*;
use crate::testing::endpoint_hop;

fn evaluation(outcome: Outcome, delivered: &[Option<bool>]) -> Evaluation {
    let endpoints = delivered.iter().copied().map(endpoint_hop).collect::<Vec<_>>().into();
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
    assert_eq!(shown(&[Some(false), Some(false)]), ("i-error", "tone-bad"), "every connection fails");
}

#[test]
fn an_outcome_without_endpoints_keeps_its_own_tone() {
    for outcome in Outcome::ALL {
        assert_eq!(Tone::of(&evaluation(outcome, &[])), Tone::of_outcome(outcome), "{outcome:?}");
    }
}
