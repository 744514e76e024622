use topology::cluster::coverage::Coverage;
use topology::cluster::index::Index;
use topology::cluster::settings::Settings;
use topology::wire::{ContextState, Status};

use super::*;
use crate::question::Field;
use crate::testing::index;

/// A source whose data does not change.
struct FixedSource {
    index: Index,
    coverage: Coverage,
    settings: Settings,
    status: Status,
}

impl Source for FixedSource {
    fn read(&self, visit: &mut dyn FnMut(ContextView<'_>)) {
        let Self { index, coverage, settings, status } = self;
        visit(ContextView { index, coverage, settings, status, seq: 1 });
    }
}

/// The style sheet of a drawn document, and the rest of the document.
fn drawn(theme: Theme, query: &str, select: &str) -> (String, String) {
    let source = FixedSource {
        index: index(&[]),
        coverage: Coverage::complete(),
        settings: Settings::default(),
        status: Status { state: ContextState::Live, ..Status::default() },
    };
    let select = Selection::parse(select);
    let document =
        svg(&source, &PictureParams { theme, select, query: query.to_owned(), ..PictureParams::default() }).unwrap();
    let (before, rest) = document.split_once("<style>").unwrap();
    let (style, after) = rest.split_once("</style>").unwrap();
    (style.to_owned(), before.to_owned() + after)
}

#[test]
fn themes_differ_in_their_colours_only() {
    for query in ["", "by=node", "zoom=75", "zoom=50"] {
        let (light, one) = drawn(Theme::Light, query, "nodePort:192.168.0.1:30002");
        let (dark, other) = drawn(Theme::Dark, query, "nodePort:192.168.0.1:30002");
        assert_eq!(one, other, "{query}");
        assert_ne!(light, dark);
        // The drawing names colours by their custom properties only.
        assert!(
            !one.contains('#') || !one.split('#').skip(1).any(|after| after.starts_with(|c: char| c.is_ascii_digit()))
        );
    }
}

#[test]
fn the_arrangement_by_node_counts_nodes() {
    let (_, all) = drawn(Theme::Light, "by=node", "");
    assert!(!all.contains("showing"), "nothing is left out");
    assert!(all.contains(r#"data-group="node/n1""#) && all.contains("On no known Node"));
    let (_, some) = drawn(Theme::Light, "by=node&find=name%3Aother", "");
    assert!(some.contains("showing 0 of 1 Nodes") && some.contains("other.example.com"), "{some}");
}

#[test]
fn a_wrong_parameter_is_a_problem_as_a_value() {
    let problem = |query: &str, select: &str, from: &str, to: &str| {
        let source = FixedSource {
            index: index(&[]),
            coverage: Coverage::complete(),
            settings: Settings::default(),
            status: Status { state: ContextState::Live, ..Status::default() },
        };
        let select = Selection::parse(select);
        let (query, from, to) = (query.to_owned(), from.to_owned(), to.to_owned());
        svg(&source, &PictureParams { query, select, from, to, ..PictureParams::default() }).unwrap_err()
    };
    let address = "nodePort:192.168.0.1:1";
    assert_eq!(problem("", address, "", ""), PictureProblem::NothingSelected(Selection::parse(address).unwrap()));
    assert!(matches!(problem("find=ns%3A", "", "", ""), PictureProblem::Filter(_)));
    assert!(matches!(problem("", "", "<>", ""), PictureProblem::Question(Field::From, _)));
    assert!(matches!(problem("", "", "", "<>"), PictureProblem::Question(Field::To, _)));
}
