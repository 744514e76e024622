use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use sandbox::Sandbox;
use sandbox::resources::{ENDPOINT_SLICES, PODS};
use server::live::Options;
use topology::cluster::facts::PodFact;
use topology::cluster::key::{Kind, ObjectKey};
use topology::wire::ContextState;

use crate::harness::{Browser, Cluster, Fault, Server, pod, rows, rows_become, rows_of, slice, status};

/// One random write to the cluster: a Pod or a slice is created, changed or deleted.
pub fn write(cluster: &Cluster, random: &mut StdRng) {
    let store = cluster.sandbox.store();
    let namespace = *["a", "b", "c"].choose(random).unwrap();
    let name = format!("x{}", random.random_range(0..12));
    let ip = format!("10.0.{}.{}", random.random_range(0..3), random.random_range(1..20));
    let (resource, object) = if random.random_bool(0.6) {
        (&PODS, pod(namespace, &name, &ip))
    } else {
        let addresses: Vec<String> =
            (0..random.random_range(0..5)).map(|n| format!("10.1.{n}.{}", random.random_range(1..4))).collect();
        (&ENDPOINT_SLICES, slice(namespace, &name, &addresses))
    };
    // A write that fails because its name is taken or free is part of the random input.
    let _ = match random.random_range(0..10) {
        0..=4 => store.create(object).map(drop),
        5..=6 => store.update(object).map(drop),
        _ => store.delete(resource, namespace, &name).map(drop),
    };
}

/// The rows of a context that lists now.
async fn listed_afresh(cluster: &Cluster) -> Vec<topology::cluster::row::Row> {
    let fresh = Server::new(cluster, Options::default());
    let live = fresh.synced().await;
    rows(&live)
}

#[tokio::test(start_paused = true)]
async fn after_random_writes_and_faults_the_index_is_what_a_fresh_list_gives() {
    for seed in 0..12 {
        let mut random = StdRng::seed_from_u64(seed);
        let cluster = Cluster::new(Sandbox::overview());
        let server = Server::new(&cluster, Options::default());
        let live = server.synced().await;
        for _ in 0..200 {
            write(&cluster, &mut random);
            match random.random_range(0..40) {
                0 => cluster.sandbox.store().compact(),
                1 => cluster.sandbox.store().close_watches(),
                2 => cluster.fail(Fault::Down),
                3..5 => cluster.fail(Fault::None),
                5..20 => tokio::time::advance(std::time::Duration::from_millis(random.random_range(0..400))).await,
                _ => tokio::task::yield_now().await,
            }
        }
        cluster.fail(Fault::None);
        let expected = listed_afresh(&cluster).await;
        rows_become(&live, |index| rows_of(index) == expected).await;
        status(&live, |status| status.state == ContextState::Live).await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_compacted_watch_lists_anew() {
    let cluster = Cluster::new(Sandbox::overview());
    let server = Server::new(&cluster, Options::default());
    let live = server.synced().await;
    let store = cluster.sandbox.store();
    store.create(pod("default", "late", "10.9.9.9")).unwrap();
    store.compact();
    store.close_watches();
    rows_become(&live, |index| index.pod(&ObjectKey::new("default", "late")).is_some()).await;
}

#[tokio::test(start_paused = true)]
async fn a_watch_that_is_answered_410_lists_anew_rather_than_asking_again() {
    let cluster = Cluster::new(Sandbox::overview());
    let server = Server::new(&cluster, Options::default());
    let live = server.synced().await;
    cluster.fail(Fault::Answer("pods?&watch=true", 410));
    cluster.sandbox.store().create(pod("default", "late", "10.9.9.9")).unwrap();
    rows_become(&live, |index| index.pod(&ObjectKey::new("default", "late")).is_some()).await;
}

#[tokio::test(start_paused = true)]
async fn objects_deleted_during_an_outage_disappear_when_it_ends_and_not_before() {
    let cluster = Cluster::new(Sandbox::overview());
    let server = Server::new(&cluster, Options::default());
    let live = server.synced().await;
    let mut browser = Browser::open(&server, "").await;
    let mut events = server.events(&format!("?since={}", browser.last)).await;
    cluster.fail(Fault::Down);
    status(&live, |status| status.state == ContextState::Stale).await;
    let gone = cluster.sandbox.store().list(&PODS, Some("default"))[0]["metadata"]["name"].as_str().unwrap().to_owned();
    cluster.sandbox.store().delete(&PODS, "default", &gone).unwrap();
    cluster.sandbox.store().compact();
    let key = ObjectKey::new("default", gone);
    assert!(browser.index.pod(&key).is_some());
    cluster.fail(Fault::None);
    // Nothing is sent of the objects that are still there: the one frame of the relist is the deletion.
    let delta = events.named("delta").await;
    assert_eq!(delta.data["changes"].as_array().unwrap().len(), 1, "{}", delta.data);
    browser.take(&delta);
    assert!(browser.index.pod(&key).is_none());
    let recovered = status(&live, |status| status.state == ContextState::Live).await;
    assert_eq!((recovered.since, &recovered.error), (None, &None));
    assert_eq!(rows_of(&browser.index), rows(&live));
}

#[tokio::test(start_paused = true)]
async fn with_the_namespaces_flag_only_these_namespaces_are_watched() {
    let cluster = Cluster::new(Sandbox::overview());
    for namespace in ["a", "b", "c"] {
        cluster.sandbox.store().create(pod(namespace, "web", "10.0.0.1")).unwrap();
    }
    let options = Options { namespaces: vec!["a".into(), "b".into()], ..Options::default() };
    let server = Server::new(&cluster, options);
    let live = server.synced().await;
    let pods = |index: &topology::cluster::index::Index| {
        index.pods().map(|pod: &PodFact| pod.namespace.clone()).collect::<Vec<_>>()
    };
    rows_become(&live, |index| pods(index) == ["a", "b"] && index.count(Kind::Node) == 3).await;
    cluster.sandbox.store().create(pod("b", "more", "10.0.0.2")).unwrap();
    cluster.sandbox.store().create(pod("c", "more", "10.0.0.2")).unwrap();
    rows_become(&live, |index| pods(index) == ["a", "b", "b"]).await;
    let snapshot = server.snapshot("").await;
    let state = |namespace: Option<&str>| {
        let scope =
            |scope: &&topology::wire::ScopeState| scope.kind == Kind::Pod && scope.namespace.as_deref() == namespace;
        snapshot.scopes.iter().find(scope).map(|scope| serde_json::to_value(scope.state).unwrap())
    };
    assert_eq!(state(Some("a")).unwrap(), "synced");
    assert_eq!(state(None).unwrap(), "not-loaded");
    assert_eq!(state(Some("c")), None);
}
