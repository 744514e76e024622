use serde_json::{Value, json};

use super::{Settings, Store};
use crate::resources::PODS;
use crate::selector::Selector;

fn pod(name: &str) -> Value {
    json!({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": name}, "spec": {"nodeName": "n1"}})
}

#[test]
fn a_write_that_changes_nothing_takes_no_version() {
    let store = Store::new();
    let created = store.create(pod("a")).unwrap();
    let version = store.resource_version();
    assert_eq!(store.update(created.clone()).unwrap(), created);
    assert_eq!(store.patch(&PODS, "default", "a", json!({"spec": {"nodeName": "n1"}})).unwrap(), created);
    assert_eq!(store.resource_version(), version);
}

#[test]
fn the_generation_counts_changes_of_the_spec_only() {
    let store = Store::new();
    store.create(pod("a")).unwrap();
    let generation = |patch| store.patch(&PODS, "default", "a", patch).unwrap()["metadata"]["generation"].clone();
    assert_eq!(generation(json!({"metadata": {"labels": {"x": "y"}}})), 1);
    assert_eq!(generation(json!({"status": {"phase": "Running"}})), 1);
    assert_eq!(generation(json!({"spec": {"nodeName": "n2"}})), 2);
}

#[test]
fn a_page_at_an_older_version_shows_the_objects_of_that_version() {
    let store = Store::new();
    for name in ["b", "d", "f"] {
        store.create(pod(name)).unwrap();
    }
    let then = store.resource_version();
    let names = |version| {
        let page = store.page(&PODS, &Selector::default(), version, None, usize::MAX)?;
        Ok::<_, crate::Status>(page.items.iter().map(|o| (*o.key.name).to_owned()).collect::<Vec<_>>())
    };
    store.create(pod("a")).unwrap();
    store.delete(&PODS, "default", "b").unwrap();
    store.create(pod("b")).unwrap();
    store.delete(&PODS, "default", "f").unwrap();
    store.create(pod("g")).unwrap();
    store.delete(&PODS, "default", "g").unwrap();
    assert_eq!(names(Some(then)).unwrap(), ["b", "d", "f"]);
    assert_eq!(names(None).unwrap(), ["a", "b", "d"]);
    store.configure(Settings { watch_cache_events: 2, ..Settings::default() });
    store.create(pod("h")).unwrap();
    assert_eq!(names(Some(then)).unwrap_err().reason, "Expired");
}

#[test]
fn each_resource_has_its_own_watch_cache_so_a_busy_kind_evicts_no_events_of_a_quiet_one() {
    let store = Store::new();
    store.configure(Settings { watch_cache_events: 2, ..Settings::default() });
    let start = store.resource_version();
    for place in 0..5 {
        let name = format!("n{place}");
        store.create(json!({"apiVersion": "v1", "kind": "Node", "metadata": {"name": name}})).unwrap();
    }
    store.create(pod("a")).unwrap();
    assert_eq!(store.events(&PODS, start, 10).unwrap().0.len(), 1);
    assert_eq!(store.events(&crate::resources::NODES, start, 10).unwrap_err().code, 410);
}

#[test]
fn the_watch_cache_is_limited_by_the_bytes_of_its_events_too() {
    let store = Store::new();
    store.configure(Settings { watch_cache_bytes: 2000, ..Settings::default() });
    let start = store.resource_version();
    for place in 0..20 {
        store.create(pod(&format!("p{place:02}"))).unwrap();
    }
    let late = store.resource_version() - 2;
    assert_eq!(store.events(&PODS, late, 10).unwrap().0.len(), 2);
    assert_eq!(store.events(&PODS, start, 10).unwrap_err().code, 410);
    store.configure(Settings { watch_cache_bytes: 1, ..Settings::default() });
    store.create(pod("last")).unwrap();
    assert_eq!(store.events(&PODS, store.resource_version() - 1, 10).unwrap().0.len(), 1);
}
