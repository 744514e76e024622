use std::time::Duration;

use sandbox::resources::PODS as RESOURCE;
use sandbox::{Sandbox, Settings};
use serde_json::json;

use crate::client::{PODS, Watch, pod};

fn one() -> Sandbox {
    let sandbox = Sandbox::empty();
    sandbox.store().create(pod("a", "x")).expect("created");
    sandbox
}

#[tokio::test]
async fn a_watch_replays_the_events_after_its_version_and_then_goes_on_live() {
    let sandbox = one();
    let (router, store, version) = (sandbox.router(), sandbox.store(), sandbox.store().resource_version());
    store.create(pod("b", "x")).unwrap();
    store.patch(&RESOURCE, "default", "a", json!({"spec": {"nodeName": "n"}})).unwrap();
    let mut watch = Watch::open(&router, &format!("{PODS}?watch=true&resourceVersion={version}")).await;
    assert_eq!(watch.brief().await, "ADDED b");
    assert_eq!(watch.brief().await, "MODIFIED a");
    let (event, deleted) = tokio::join!(watch.next(), async { store.delete(&RESOURCE, "default", "b").unwrap() });
    let (kind, object) = event.unwrap();
    assert_eq!((kind.as_str(), &object), ("DELETED", &deleted));
    assert_eq!(object["metadata"]["resourceVersion"], store.resource_version().to_string().as_str());
}

#[tokio::test]
async fn without_a_version_a_watch_begins_with_everything_that_exists() {
    for query in ["watch=1", "watch=true&resourceVersion=0", "watch=true&resourceVersion="] {
        let sandbox = one();
        let mut watch = Watch::open(&sandbox.router(), &format!("{PODS}?{query}")).await;
        assert_eq!(watch.brief().await, "ADDED a", "{query}");
        sandbox.store().create(pod("b", "x")).unwrap();
        assert_eq!(watch.brief().await, "ADDED b", "{query}");
    }
}

#[tokio::test]
async fn initial_events_end_with_their_bookmark() {
    let sandbox = one();
    let query = "watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true";
    let mut watch = Watch::open(&sandbox.router(), &format!("{PODS}?{query}")).await;
    assert_eq!(watch.brief().await, "ADDED a");
    let (kind, object) = watch.next().await.unwrap();
    assert_eq!(
        (kind.as_str(), &object["metadata"]["annotations"]["k8s.io/initial-events-end"]),
        ("BOOKMARK", &"true".into())
    );
}

#[tokio::test(start_paused = true)]
async fn a_quiet_watch_gets_bookmarks_and_ends_at_its_timeout() {
    let sandbox = one();
    let version = sandbox.store().resource_version();
    sandbox.store().configure(Settings { bookmark_every: Duration::from_secs(20), ..Settings::default() });
    let uri = format!("{PODS}?watch=1&resourceVersion={version}&allowWatchBookmarks=true&timeoutSeconds=50");
    let start = tokio::time::Instant::now();
    let mut watch = Watch::open(&sandbox.router(), &uri).await;
    // A write to another resource moves the bookmark, so that this watch need not list again after a compaction.
    sandbox.store().create(json!({"apiVersion": "v1", "kind": "Node", "metadata": {"name": "n"}})).unwrap();
    let mut seconds = Vec::new();
    while let Some((kind, object)) = watch.next().await {
        assert_eq!((kind.as_str(), &object["kind"]), ("BOOKMARK", &"Pod".into()));
        assert_eq!(object["metadata"]["resourceVersion"], (version + 1).to_string().as_str());
        seconds.push(start.elapsed().as_secs());
    }
    assert_eq!((seconds, start.elapsed().as_secs()), (vec![20, 40, 48], 50));
}

#[tokio::test]
async fn a_forgotten_version_is_a_410_event_in_a_200_stream() {
    let sandbox = one();
    let (router, old) = (sandbox.router(), sandbox.store().resource_version());
    sandbox.store().create(pod("b", "x")).unwrap();
    sandbox.store().compact();
    for version in [old, old + 1000] {
        let mut watch = Watch::open(&router, &format!("{PODS}?watch=1&resourceVersion={version}")).await;
        let (kind, status) = watch.next().await.unwrap();
        assert_eq!((kind.as_str(), &status["code"], &status["reason"]), ("ERROR", &410.into(), &"Expired".into()));
        assert!(watch.next().await.is_none());
    }
}

#[tokio::test]
async fn a_reader_slower_than_the_watch_cache_gets_410() {
    let sandbox = one();
    sandbox.store().configure(Settings { watch_cache_events: 3, ..Settings::default() });
    let version = sandbox.store().resource_version();
    let mut watch = Watch::open(&sandbox.router(), &format!("{PODS}?watch=1&resourceVersion={version}")).await;
    for name in ["b", "c", "d", "e"] {
        sandbox.store().create(pod(name, "x")).unwrap();
    }
    let (kind, status) = watch.next().await.unwrap();
    assert_eq!((kind.as_str(), &status["code"]), ("ERROR", &410.into()));
}

#[tokio::test]
async fn a_watch_that_has_seen_everything_survives_a_compaction_but_not_a_restart() {
    let sandbox = one();
    let mut watch = Watch::open(&sandbox.router(), &format!("{PODS}?watch=1")).await;
    assert_eq!(watch.brief().await, "ADDED a");
    sandbox.store().compact();
    sandbox.store().create(pod("b", "x")).unwrap();
    assert_eq!(watch.brief().await, "ADDED b");
    sandbox.store().close_watches();
    assert!(watch.next().await.is_none());
}

#[tokio::test]
async fn an_object_that_leaves_the_selection_is_deleted_and_one_that_enters_it_is_added() {
    let sandbox = one();
    let uri = format!("{PODS}?watch=1&labelSelector=app%3Dy&resourceVersion={}", sandbox.store().resource_version());
    let mut watch = Watch::open(&sandbox.router(), &uri).await;
    let label = |app| sandbox.store().patch(&RESOURCE, "default", "a", json!({"metadata": {"labels": {"app": app}}}));
    sandbox.store().create(pod("never-selected", "x")).unwrap();
    label("y").unwrap();
    let left = label("z").unwrap();
    label("y").unwrap();
    assert_eq!(watch.brief().await, "ADDED a");
    let (kind, object) = watch.next().await.unwrap();
    assert_eq!((kind.as_str(), &object["metadata"]["labels"]["app"]), ("DELETED", &"y".into()));
    assert_eq!(object["metadata"]["resourceVersion"], left["metadata"]["resourceVersion"]);
    assert_eq!(watch.brief().await, "ADDED a");
}

#[tokio::test]
async fn a_watch_of_one_name_or_namespace_sees_nothing_else() {
    let sandbox = one();
    let (router, version) = (sandbox.router(), sandbox.store().resource_version());
    let mut other = pod("a", "x");
    other["metadata"]["namespace"] = "other".into();
    sandbox.store().create(other).unwrap();
    sandbox.store().create(pod("b", "x")).unwrap();
    for (path, expected) in
        [(PODS.to_owned(), "ADDED b"), (format!("{PODS}/b"), "ADDED b"), ("/api/v1/pods".to_owned(), "ADDED a")]
    {
        let mut watch = Watch::open(&router, &format!("{path}?watch=1&resourceVersion={version}")).await;
        assert_eq!(watch.brief().await, expected, "{path}");
    }
}
