use topology::cluster::coverage::Coverage;
use topology::cluster::index::Index;
use topology::cluster::settings::Settings;
use topology::cluster::view::Cluster;
use topology::path::document::TraceDocument;
use topology::path::question::Target;
use topology::path::trace::trace;
use topology::picture::{HighlightQuestion, light};

use super::*;
use crate::text::Language;

/// The page's and the server's answer for a destination, both of an empty cluster.
fn answers(to: &str) -> (Light, TraceDocument) {
    let (index, coverage, settings) = (Index::default(), Coverage::complete(), Settings::default());
    let cluster = Cluster { index: &index, coverage: &coverage, settings: &settings };
    let (from, to): (Source, Target) = ("external:203.0.113.7".parse().unwrap(), to.parse().unwrap());
    let light = light(cluster, &HighlightQuestion::Target(to.clone()), Some(&from)).unwrap();
    let trace = trace(cluster, &from, &to, None).unwrap();
    (light, TraceDocument::new(&trace, Language::English.words()))
}

/// What the page makes of the server's document.
fn compared_in(light: &Light, document: &TraceDocument, language: Language) -> ServerAnswer {
    let outline: TraceOutline = serde_json::from_value(serde_json::to_value(document).unwrap()).unwrap();
    compared(&Compared::of_light(light), &outline, language.words())
}

#[test]
fn an_answer_is_the_same_whatever_its_language() {
    for to in ["10.96.0.10:80", "dns:web.shop.svc:80"] {
        let (light, document) = answers(to);
        assert_eq!(compared_in(&light, &document, Language::Chinese), ServerAnswer::Same, "{to}");
    }
}

#[test]
fn another_outcome_has_the_reason_of_the_server() {
    let (light, mut document) = answers("10.96.0.10:80");
    let evaluation = &mut document.evaluations[0];
    evaluation.outcome = Outcome::Reject;
    evaluation.reason = "Service shop/web has no usable endpoint".to_owned();
    let lines = |language| match compared_in(&light, &document, language) {
        ServerAnswer::Differs(lines) => lines,
        other => panic!("{other:?}"),
    };
    let reason = "(Service shop/web has no usable endpoint)";
    assert_eq!(lines(Language::English), [("REJECT: refused at once".to_owned(), reason.to_owned())]);
    assert_ne!(lines(Language::Chinese)[0].0, lines(Language::English)[0].0);
}

#[test]
fn a_name_with_other_records_is_another_answer() {
    let (light, mut document) = answers("dns:web.shop.svc:80");
    document.dns.as_mut().unwrap().rcode = Rcode::NoError;
    let ServerAnswer::Differs(lines) = compared_in(&light, &document, Language::English) else {
        panic!("not compared")
    };
    assert_eq!(lines[0].0, "DNS: NOERROR");
}
