//! What kubehop does with the rows of a cluster, whatever they say.

use std::sync::LazyLock;

use app::source::{ContextView, Source};
use app::still::{PictureParams, svg};
use server::dump::Dump;
use topology::cluster::coverage::Coverage;
use topology::cluster::index::Index;
use topology::cluster::key::Kind;
use topology::cluster::row::Row;
use topology::cluster::settings::Settings;
use topology::cluster::view::Cluster;
use topology::find::completion::{sources, targets};
use topology::graph::find_socket;
use topology::graph::socket::{Selection, Socket};
use topology::graph::trouble;
use topology::path::question::{self, Destination, Target};
use topology::path::trace::trace;
use topology::picture::{Arrangement, Detail, HighlightQuestion, Look, Scene, light};
use topology::wire::{ContextState, Status};
use words::Language;

use crate::markup;

/// The scenario that the sandbox begins with: questions and filters are about something.
pub(crate) static OVERVIEW: LazyLock<Index> = LazyLock::new(|| {
    let text = include_str!("../../crates/sandbox/scenarios/overview.yaml").to_owned();
    Dump::of(&[("overview.yaml".to_owned(), text)]).expect("the scenario is read").index
});

static COMPLETE: LazyLock<Coverage> = LazyLock::new(Coverage::complete);
static SETTINGS: LazyLock<Settings> = LazyLock::new(Settings::default);

/// A cluster of which everything is known.
pub(crate) fn whole(index: &Index) -> Cluster<'_> {
    Cluster { index, coverage: &COMPLETE, settings: &SETTINGS }
}

/// Every row, in order.
pub(crate) fn rows(index: &Index) -> impl Iterator<Item = &Row> {
    Kind::ALL.into_iter().flat_map(|kind| index.rows(kind, ""))
}

/// A row is read as it was written.
pub(crate) fn survives_the_wire(row: &Row) -> usize {
    let mut json = Vec::new();
    row.write_json(&mut json);
    let text = std::str::from_utf8(&json).expect("JSON is UTF-8");
    assert_eq!(serde_json::from_str::<Row>(text).as_ref().ok(), Some(row), "{text}");
    json.len()
}

/// Number of sockets of a picture that are selected. Each selection is a question to the resolver.
const SELECTED: usize = 12;

/// Draws the cluster in every way, selects in it, asks about it.
pub(crate) fn exercise(index: &Index) {
    rows(index).for_each(|row| assert!(survives_the_wire(row) > 0));
    let cluster = whole(index);
    for arrangement in [Arrangement::Service, Arrangement::Node] {
        for detail in [Detail::Line, Detail::Folded] {
            Scene::with(cluster, Look { detail, arrangement, ..Look::default() });
        }
    }
    let scene = Scene::new(cluster);
    let sockets: Vec<&Socket> = scene.groups().flat_map(|(_, group)| group.sockets()).collect();
    for socket in sockets.iter().take(SELECTED) {
        select(cluster, socket);
    }
    for service in index.services() {
        trouble::of_service(cluster, service);
    }
    index.pods().for_each(|pod| drop(trouble::of_pod(pod)));
    for choice in sources(index, "", 5).into_iter().chain(targets(index, "", 5)) {
        let _ = (choice.text.parse::<question::Source>(), choice.text.parse::<Target>());
    }
    drawn(index);
}

fn select(cluster: Cluster<'_>, socket: &Socket) {
    let selection = socket.selection();
    if is_possible(socket) {
        assert_eq!(Selection::parse(&selection.to_string()).as_ref(), Some(&selection));
        assert!(find_socket(cluster.index, &selection).is_some(), "{selection} is drawn, and is not found");
    }
    let lit = light(cluster, &HighlightQuestion::Socket(selection), None).expect("nobody was named who may not exist");
    for evaluation in &lit.evaluations {
        for language in Language::ALL {
            assert!(!language.words().whole_reason(evaluation, language).is_empty());
        }
    }
    for entry in lit.evaluations.iter().filter_map(|evaluation| evaluation.to.as_ref()) {
        let Some(port) = entry.port else { continue };
        let to = Target::Address(Destination::port(entry.ip, port, topology::cluster::port::Protocol::Tcp));
        let asked = || trace(cluster, &question::Source::outside(entry.ip.is_ipv4()), &to, None);
        assert_eq!(asked(), asked());
    }
}

/// Whether the API lets an object have these names. Texts are taken apart at what no name has in it: a selection at its last `@`, a
/// name in DNS at its first dot.
fn is_possible(socket: &Socket) -> bool {
    let of_name = |byte: u8| byte.is_ascii_alphanumeric() || b"-.".contains(&byte);
    let object = &socket.object;
    let names = [&object.namespace, &object.name].iter().all(|name| name.bytes().all(of_name));
    let names = names && !object.name.is_empty() && object.namespace.is_empty() != socket.object_kind.namespaced();
    let service = socket.object_kind == Kind::Service && object.name.contains('.');
    names
        && !service
        && !object.namespace.contains('.')
        && socket.address.bytes().all(|byte| of_name(byte) || b"/:[]".contains(&byte))
}

struct FixedSource<'a> {
    index: &'a Index,
    status: Status,
}

impl Source for FixedSource<'_> {
    fn read(&self, visit: &mut dyn FnMut(ContextView<'_>)) {
        let Cluster { index, coverage, settings } = whole(self.index);
        visit(ContextView { index, coverage, settings, status: &self.status, seq: 1 });
    }
}

/// The picture is a document with nothing in it that runs, whatever the cluster's names are.
fn drawn(index: &Index) {
    let status = Status { state: ContextState::Live, ..Status::default() };
    let picture = svg(&FixedSource { index, status }, &PictureParams::default()).expect("nothing was asked for");
    markup::is_harmless_svg(&picture);
}
