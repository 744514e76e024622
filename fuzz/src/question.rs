use server::question::{AskError, Question};
use topology::find::completion::{sources, targets};
use topology::path::document::TraceDocument;
use topology::path::question::short::{source_in, target_in};
use topology::path::question::{Source, Target};
use topology::path::trace::trace;
use topology::picture::{HighlightQuestion, light};
use words::Language;

use crate::cluster::{OVERVIEW, whole};
use crate::text;

/// A question on three lines: from, to, node. It is refused in words, or answered, twice the same; and its texts are read as they
/// are shown.
pub fn question(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    let mut lines = text.split('\n');
    let mut line = || lines.next().unwrap_or_default();
    let (from, to, node) = (line(), line(), line());
    let node = Some(node).filter(|node| !node.is_empty());
    let (index, cluster) = (&*OVERVIEW, whole(&OVERVIEW));

    let source = from.parse::<Source>();
    let target = to.parse::<Target>();
    for (text, error) in [(from, source.as_ref().err()), (to, target.as_ref().err())] {
        let most = 4 * text.len() + 500;
        for language in Language::ALL {
            let sentence = error.map(|error| language.words().question_error(error));
            assert!(sentence.as_ref().is_none_or(|sentence| (1..most).contains(&sentence.len())), "{sentence:?}");
        }
    }
    for source in source.iter().chain(&source_in(index, from)) {
        assert_eq!(source.to_string().parse().as_ref(), Ok(source), "{source}");
    }
    for target in target.iter().chain(&target_in(index, to, None)) {
        assert_eq!(target.to_string().parse().as_ref(), Ok(target), "{target}");
        let from = Source::AnyPod;
        let answer = trace(cluster, &from, target, node);
        assert_eq!(answer, trace(cluster, &from, target, node));
        drop(light(cluster, &HighlightQuestion::Target(target.clone()), source.as_ref().ok()));
    }
    for (choices, understood) in [
        (sources(index, from, 5), (|text| source_in(&OVERVIEW, text).is_ok()) as fn(&str) -> bool),
        (targets(index, to, 5), |text| target_in(&OVERVIEW, text, None).is_ok()),
    ] {
        assert!(choices.len() <= 5);
        choices.iter().for_each(|choice| assert!(understood(&choice.text), "{} is offered", choice.text));
    }
    match Question::parse(["from", "to"], from, to, node) {
        Ok(question) => {
            if let Ok(trace) = question.answer(cluster, ["from", "node"]) {
                let document = TraceDocument::new(&trace, Language::Chinese.words());
                let json = serde_json::to_string(&document).expect("a trace is plain data");
                assert_eq!(serde_json::from_str::<TraceDocument>(&json).expect("what is written is read"), document);
                for language in Language::ALL {
                    assert!(!question.shown(&trace, index, language.words()).is_empty());
                }
            }
        }
        Err(AskError::Text { parameter, .. }) => assert!(["from", "to"].contains(&parameter), "{parameter}"),
        Err(error) => panic!("{error}"),
    }
}
