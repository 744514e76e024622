//! Snapshots of the drawing of each kind of group: full, folded, as a line, and with a path lit.

use leptos::prelude::*;
use topology::cluster::coverage::{Coverage, Known};
use topology::cluster::key::{Kind, ObjectKey};
use topology::cluster::settings::{ProxyMode, Settings};
use topology::cluster::view::Cluster;
use topology::graph::UnitKey;
use topology::graph::socket::Selection;
use topology::picture::{Arrangement, Detail, HighlightQuestion, Look, Scene, light};

use super::*;
use crate::testing::index;

/// The SVG of a group, one element per line, with the selection lit.
fn drawn(key: &UnitKey, look: Look, coverage: &Coverage, select: Option<&str>) -> String {
    drawn_by(Settings::default(), key, look, coverage, select)
}

fn drawn_by(settings: Settings, key: &UnitKey, look: Look, coverage: &Coverage, select: Option<&str>) -> String {
    let index = index(&[]);
    let cluster = Cluster { index: &index, coverage, settings: &settings };
    let scene = Scene::with(cluster, look);
    let group = scene.group(key).expect("the cluster has it").clone();
    let light = select.map(|select| {
        let selection = Selection::parse(select).expect("it is a selection");
        Arc::new(
            light(cluster, &HighlightQuestion::Socket(selection), None).expect("nobody was named who may not exist"),
        )
    });
    let owner = Owner::new();
    let html = owner.with(|| {
        let group = ArcSignal::stored(group);
        view! { <GroupView key=key.clone() group lit=Signal::stored(light)/> }.into_any().to_html()
    });
    let without_markers = html.replace("<!>", "").replace("<!--<() />-->", "");
    without_markers.replace("><", ">\n<")
}

fn looked_at(key: &UnitKey, detail: Detail, arrangement: Arrangement) -> String {
    drawn(key, Look { detail, arrangement, ..Look::default() }, &Coverage::complete(), None)
}

fn full(key: &UnitKey) -> String {
    looked_at(key, Detail::Full, Arrangement::Service)
}

fn lit(key: &UnitKey, select: &str) -> String {
    lit_by(Arrangement::Service, key, select)
}

fn lit_by(arrangement: Arrangement, key: &UnitKey, select: &str) -> String {
    drawn(key, Look { arrangement, ..Look::default() }, &Coverage::complete(), Some(select))
}

fn service(name: &str) -> UnitKey {
    UnitKey::service(ObjectKey::new("a", name))
}

fn host_ports() -> UnitKey {
    UnitKey::host_ports(ObjectKey::new("a", "host"))
}

/// Compares each drawing with the snapshot of its name.
fn assert_snapshots<const N: usize>(drawings: [(&str, String); N]) {
    drawings.into_iter().for_each(|(name, drawing)| insta::assert_snapshot!(name, drawing));
}

#[test]
fn each_kind_of_service_is_drawn_in_full() {
    let mut unknown = Coverage::complete();
    unknown.set(Kind::EndpointSlice, "", Known::Forbidden);
    assert_snapshots([
        ("service_two_ports", full(&service("web"))),
        ("service_refused", full(&service("broken"))),
        ("service_slices_not_known", drawn(&service("broken"), Look::default(), &unknown, None)),
        ("service_external_name", full(&service("other"))),
        ("service_headless", full(&service("sts"))),
        ("service_outside", full(&service("manual"))),
    ]);
}

#[test]
fn pods_without_a_service_are_drawn_in_full() {
    assert_snapshots([("host_ports", full(&host_ports())), ("lone_pods", full(&UnitKey::pods("b")))]);
}

#[test]
fn folded_groups_are_drawn_as_stacks() {
    assert_snapshots([
        ("service_folded", looked_at(&service("web"), Detail::Folded, Arrangement::Service)),
        ("lone_pods_folded", looked_at(&UnitKey::pods("b"), Detail::Folded, Arrangement::Service)),
        ("node_folded", looked_at(&UnitKey::node("n1"), Detail::Folded, Arrangement::Node)),
    ]);
}

#[test]
fn the_single_pod_of_host_ports_has_no_stack() {
    assert_eq!(looked_at(&host_ports(), Detail::Folded, Arrangement::Service), full(&host_ports()));
}

#[test]
fn a_node_is_drawn_with_what_is_on_it() {
    assert_snapshots([
        ("node", looked_at(&UnitKey::node("n1"), Detail::Full, Arrangement::Node)),
        ("service_off_nodes", looked_at(&service("broken"), Detail::Full, Arrangement::Node)),
    ]);
}

#[test]
fn each_kind_of_group_is_a_line() {
    let services = ["web", "broken", "other", "sts", "manual"].map(service);
    let keys = services.into_iter().chain([host_ports(), UnitKey::pods("b")]);
    let by_service = keys.map(|key| (Arrangement::Service, key));
    let lines = by_service.chain([(Arrangement::Node, UnitKey::node("n1"))]);
    let lines = lines.map(|(arrangement, key)| format!("{key}\n{}\n", looked_at(&key, Detail::Line, arrangement)));
    assert_snapshots([("lines", lines.collect())]);
}

#[test]
fn a_path_that_is_only_supposed_has_dashed_wires() {
    let settings = Settings { proxy_mode: ProxyMode::Ipvs, ..Settings::default() };
    let select = Some("nodePort:192.168.0.1:30001");
    let supposed = drawn_by(settings, &service("web"), Look::default(), &Coverage::complete(), select);
    let known = lit(&service("web"), "nodePort:192.168.0.1:30001");
    assert!(known.contains("wire packet lit\""), "{known}");
    assert_eq!(supposed.replace(" lit supposed", " lit"), known);
    assert_ne!(supposed, known);
}

#[test]
fn a_lit_path_dims_the_rest() {
    assert_snapshots([
        ("service_lit", lit(&service("web"), "nodePort:192.168.0.1:30001")),
        ("service_refused_lit", lit(&service("broken"), "nodePort:192.168.0.1:30002")),
        ("service_dimmed", lit(&service("sts"), "nodePort:192.168.0.1:30001")),
        ("host_ports_lit", lit(&host_ports(), "hostPort:192.168.0.1:80")),
        ("lone_pods_lit", lit(&UnitKey::pods("b"), "podIP:10.0.1.8")),
        ("node_lit", lit_by(Arrangement::Node, &UnitKey::node("n1"), "hostPort:192.168.0.1:80")),
    ]);
}
