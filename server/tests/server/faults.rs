use std::sync::atomic::Ordering::Relaxed;
use std::time::Duration;

use sandbox::Sandbox;
use sandbox::resources::NAMESPACES;
use serde_json::{Value, json};
use server::live::Options;
use topology::cluster::coverage::Known;
use topology::cluster::key::{Kind, ObjectKey};
use topology::wire::{ContextState, KindStatus, Status};

use crate::harness::{Cluster, Fault, Server, pod, rows_become, status};

fn kind(status: &Status, kind: Kind) -> &KindStatus {
    status.kinds.iter().find(|known| known.kind == kind).unwrap()
}

#[tokio::test(start_paused = true)]
async fn a_forbidden_kind_is_reported_and_affects_no_other_kind_until_it_is_permitted() {
    let cluster = Cluster::new(Sandbox::overview());
    cluster.fail(Fault::Answer("/pods", 403));
    let server = Server::new(&cluster, Options::default());
    let live = server.live();
    let seen = status(&live, |status| status.state == ContextState::Live).await;
    assert_eq!(seen.error, None);
    for known in &seen.kinds {
        let expected = if known.kind == Kind::Pod { Known::Forbidden } else { Known::Synced };
        assert_eq!(known.state, expected, "{}", known.kind);
    }
    let error = kind(&seen, Kind::Pod).error.as_deref();
    let rule = r#"{apiGroups: [""], resources: ["pods"], verbs: ["get", "list", "watch"]}"#;
    let expected = format!("pods: list is forbidden (403 refused with 403); grant it in a ClusterRole: {rule}");
    assert_eq!(error, Some(expected.as_str()));
    let snapshot = server.snapshot("").await;
    let pods = snapshot.scopes.iter().find(|scope| scope.kind == Kind::Pod).unwrap();
    assert_eq!(pods.state, Known::Forbidden);

    let begin = tokio::time::Instant::now();
    cluster.fail(Fault::None);
    status(&live, |status| kind(status, Kind::Pod).state == Known::Synced).await;
    assert!(begin.elapsed().as_secs() <= 30, "{:?}", begin.elapsed());
}

#[tokio::test(start_paused = true)]
async fn refused_credentials_are_reported_and_the_context_stays_connecting() {
    let cluster = Cluster::new(Sandbox::overview());
    cluster.fail(Fault::Answer("/", 401));
    let server = Server::new(&cluster, Options::default());
    let live = server.live();
    let seen = status(&live, |status| status.kinds.iter().all(|kind| kind.state == Known::Forbidden)).await;
    assert_eq!(seen.state, ContextState::Connecting);
    let error = seen.error.clone().unwrap();
    assert!(error.contains("401") && error.contains("https://test:6443") && error.contains("expired"), "{error}");
    cluster.fail(Fault::None);
    status(&live, |status| status.state == ContextState::Live).await;
}

#[tokio::test(start_paused = true)]
async fn credentials_that_expire_make_what_is_shown_stale() {
    let cluster = Cluster::new(Sandbox::overview());
    let server = Server::new(&cluster, Options::default());
    let live = server.synced().await;
    cluster.fail(Fault::Answer("/", 401));
    let seen = status(&live, |status| status.kinds.iter().all(|kind| kind.state == Known::Stale)).await;
    assert!(seen.since.is_some() && seen.error.as_ref().unwrap().contains("401"), "{seen:?}");
}

#[tokio::test(start_paused = true)]
async fn an_unreachable_server_is_reported_and_reconnected_when_it_is_back() {
    let cluster = Cluster::new(Sandbox::overview());
    cluster.fail(Fault::Down);
    let server = Server::new(&cluster, Options::default());
    let live = server.live();
    let seen = status(&live, |status| status.error.is_some()).await;
    assert_eq!(seen.state, ContextState::Connecting);
    let error = seen.error.clone().unwrap();
    assert!(error.contains("https://test:6443") && error.contains("connection refused"), "{error}");

    let begin = tokio::time::Instant::now();
    let snapshot = server.snapshot("").await;
    assert!(snapshot.rows.is_empty());
    assert_eq!(begin.elapsed().as_secs(), 2, "the first answer waits, but not for long");

    tokio::time::sleep(Duration::from_secs(60)).await;
    let back = tokio::time::Instant::now();
    cluster.fail(Fault::None);
    let seen = status(&live, |status| status.state == ContextState::Live).await;
    assert_eq!(seen.error, None);
    assert!(back.elapsed().as_secs() <= 5, "{:?}", back.elapsed());
}

#[tokio::test(start_paused = true)]
async fn rows_are_stale_from_the_beginning_of_an_outage_and_live_within_seconds_of_its_end() {
    let cluster = Cluster::new(Sandbox::overview());
    let server = Server::new(&cluster, Options::default());
    let live = server.synced().await;
    cluster.fail(Fault::Down);
    let first = status(&live, |status| status.kinds.iter().all(|kind| kind.state == Known::Stale)).await;
    let since: Vec<i64> = first.kinds.iter().map(|kind| kind.since.unwrap()).collect();
    assert_eq!(first.since, since.iter().min().copied());
    tokio::time::sleep(Duration::from_secs(10)).await;
    let later = live.follow_status().borrow().status.clone();
    assert_eq!(later.kinds.iter().map(|kind| kind.since.unwrap()).collect::<Vec<_>>(), since, "retries do not move it");
    let back = tokio::time::Instant::now();
    cluster.fail(Fault::None);
    status(&live, |status| status.state == ContextState::Live).await;
    assert!(back.elapsed().as_secs() <= 5, "{:?}", back.elapsed());
}

#[tokio::test(start_paused = true)]
async fn a_cluster_without_service_cidrs_is_live() {
    let cluster = Cluster::new(Sandbox::overview());
    cluster.fail(Fault::Answer("/servicecidrs", 404));
    let server = Server::new(&cluster, Options::default());
    let seen = status(&server.live(), |status| status.state == ContextState::Live).await;
    let cidrs = kind(&seen, Kind::ServiceCIDR);
    assert_eq!((cidrs.state, &cidrs.error), (Known::Absent, &None));
}

#[tokio::test(start_paused = true)]
async fn a_kind_that_may_be_listed_but_not_watched_is_not_listed_in_a_loop() {
    let cluster = Cluster::new(Sandbox::overview());
    cluster.fail(Fault::Answer("pods?&watch=true", 403));
    let server = Server::new(&cluster, Options::default());
    let live = server.live();
    let seen = status(&live, |status| kind(status, Kind::Pod).state == Known::Stale).await;
    let error = kind(&seen, Kind::Pod).error.as_deref();
    let rule = r#"{apiGroups: [""], resources: ["pods"], verbs: ["get", "list", "watch"]}"#;
    let expected = format!("pods: watch is forbidden (403 refused with 403); grant it in a ClusterRole: {rule}");
    assert_eq!(error, Some(expected.as_str()));
    let mut changes = live.follow_status();
    let mut flips = 0;
    let minute = async {
        loop {
            changes.changed().await.unwrap();
            flips += 1;
        }
    };
    let _ = tokio::time::timeout(Duration::from_secs(60), minute).await;
    assert!(flips < 30, "{flips} status changes in a minute");
}

#[tokio::test(start_paused = true)]
async fn a_silent_watch_is_resumed_after_90_seconds() {
    let cluster = Cluster::new(Sandbox::overview());
    let server = Server::new(&cluster, Options::default());
    let live = server.synced().await;
    let before = live.follow_status().borrow().status.clone();
    let begin = tokio::time::Instant::now();
    cluster.set_fault(Fault::Silent);
    cluster.sandbox.store().create(pod("default", "unheard", "10.0.0.1")).unwrap();
    // The old connections are dead, new ones work.
    tokio::time::sleep(Duration::from_secs(80)).await;
    cluster.set_fault(Fault::None);
    rows_become(&live, |index| index.pod(&ObjectKey::new("default", "unheard")).is_some()).await;
    assert!((85..=100).contains(&begin.elapsed().as_secs()), "{:?}", begin.elapsed());
    assert_eq!(live.follow_status().borrow().status, before, "it was never stale, and nothing was listed anew");
}

#[tokio::test(start_paused = true)]
async fn watches_that_end_at_once_are_resumed_once_a_second_and_still_bring_changes() {
    let cluster = Cluster::new(Sandbox::overview());
    let server = Server::new(&cluster, Options::default());
    let live = server.synced().await;
    let before = cluster.watched.load(Relaxed);
    cluster.fail(Fault::Short);
    tokio::time::sleep(Duration::from_secs(60)).await;
    let asked = cluster.watched.load(Relaxed) - before;
    let kinds = Kind::WATCHED.len();
    assert!((kinds * 55..=kinds * 62).contains(&asked), "{asked} watches in a minute");
    cluster.sandbox.store().create(pod("default", "between", "10.0.0.1")).unwrap();
    cluster.set_fault(Fault::None);
    rows_become(&live, |index| index.pod(&ObjectKey::new("default", "between")).is_some()).await;
}

#[tokio::test(start_paused = true)]
async fn the_change_of_a_garbled_event_is_found_in_a_new_list() {
    for (text, becomes) in
        [("}\n", "\n"), ("\"}", "}"), ("{\"type\"", "\n{\"type\""), ("ADDED", "XDDED"), ("\"name\":", "\"mane\":")]
    {
        let cluster = Cluster::new(Sandbox::overview());
        let server = Server::new(&cluster, Options::default());
        let live = server.synced().await;
        cluster.set_fault(Fault::Garbled(text, becomes));
        cluster.sandbox.store().create(pod("default", "garbled", "10.0.0.1")).unwrap();
        let seen = status(&live, |status| kind(status, Kind::Pod).state == Known::Stale).await;
        let error = kind(&seen, Kind::Pod).error.clone().unwrap();
        assert!(error.contains("https://test:6443 sent what does not decode"), "{text}: {error}");
        rows_become(&live, |index| index.pod(&ObjectKey::new("default", "garbled")).is_some()).await;
        status(&live, |status| status.state == ContextState::Live).await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_server_that_died_without_closing_its_connections_is_noticed() {
    let cluster = Cluster::new(Sandbox::overview());
    let server = Server::new(&cluster, Options::default());
    let live = server.synced().await;
    let begin = tokio::time::Instant::now();
    cluster.set_fault(Fault::Silent);
    cluster.sandbox.store().create(pod("default", "unheard", "10.0.0.1")).unwrap();
    tokio::time::sleep(Duration::from_secs(10)).await;
    cluster.set_fault(Fault::Down);
    status(&live, |status| kind(status, Kind::Pod).state == Known::Stale).await;
    assert!(begin.elapsed().as_secs() <= 100, "{:?}", begin.elapsed());
}

#[tokio::test(start_paused = true)]
async fn a_busy_server_is_called_again_after_its_retry_after() {
    let cluster = Cluster::new(Sandbox::overview());
    cluster.fail(Fault::Busy("/api/v1/pods", 7));
    let server = Server::new(&cluster, Options::default());
    let live = server.live();
    let begin = tokio::time::Instant::now();
    let seen = status(&live, |status| kind(status, Kind::Pod).error.is_some()).await;
    let error = kind(&seen, Kind::Pod).error.clone().unwrap();
    assert!(error.contains("too much to do") && error.contains("429") && error.contains("in 7 s"), "{error}");
    cluster.set_fault(Fault::None);
    status(&live, |status| status.state == ContextState::Live).await;
    assert!((7..=9).contains(&begin.elapsed().as_secs()), "{:?}", begin.elapsed());
}

#[tokio::test(start_paused = true)]
async fn with_rights_in_some_namespaces_only_these_are_shown_until_there_are_more() {
    for (permitted, namespaces) in [
        // The namespaces may be listed: each one is tried.
        (&["/api/v1/namespaces?", "/namespaces/default/", "/namespaces/shop/"][..], &["default", "shop"][..]),
        // The namespaces may not be listed: only the credentials' own namespace is tried.
        (&["/namespaces/default/"], &["default"]),
    ] {
        let cluster = Cluster::new(Sandbox::overview());
        cluster.sandbox.store().create(pod("shop", "web", "10.0.0.1")).unwrap();
        cluster.sandbox.store().create(namespace("shop")).unwrap();
        cluster.fail(Fault::Only(permitted));
        let server = Server::new(&cluster, Options::default());
        let live = server.live();
        let seen = status(&live, |status| pods_in(status, Known::Synced) == namespaces).await;
        // The refusal for the whole cluster is still reported.
        let whole = kind(&seen, Kind::Pod);
        assert_eq!((&whole.namespace, whole.state), (&None, Known::Forbidden));
        assert!(whole.error.as_ref().unwrap().contains("ClusterRole: {apiGroups"), "{whole:?}");
        rows_become(&live, |index| index.pods().any(|pod| pod.namespace == "default")).await;
        let shown = server.snapshot("").await;
        assert!(
            shown.rows.iter().all(|row| !row.kind().namespaced() || namespaces.contains(&row.key().namespace.as_str()))
        );
        for namespace in namespaces {
            let scopes = shown.scopes.iter().filter(|scope| scope.namespace.as_deref() == Some(*namespace));
            assert!(
                scopes.clone().count() > 0 && scopes.clone().all(|scope| scope.state == Known::Synced),
                "{namespace}"
            );
        }
        // A change in a permitted namespace arrives.
        cluster.sandbox.store().create(pod("default", "new", "10.0.0.2")).unwrap();
        rows_become(&live, |index| index.pod(&ObjectKey::new("default", "new")).is_some()).await;

        cluster.set_fault(Fault::None);
        let all = status(&live, |status| kind(status, Kind::Pod).state == Known::Synced).await;
        assert!(all.kinds.iter().all(|known| known.kind != Kind::Pod || known.namespace.is_none()), "{all:?}");
        rows_become(&live, |index| index.pods().any(|pod| pod.namespace == "kube-system")).await;
    }
}

/// The namespaces in which Pods are watched with this state.
fn pods_in(status: &Status, wanted: Known) -> Vec<String> {
    let pods = status.kinds.iter().filter(|known| known.kind == Kind::Pod && known.state == wanted);
    pods.filter_map(|known| known.namespace.clone()).collect()
}

fn namespace(name: &str) -> Value {
    json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}})
}

#[tokio::test(start_paused = true)]
async fn namespaces_and_rights_that_come_later_are_found_and_those_that_go_are_forgotten() {
    let cluster = Cluster::new(Sandbox::overview());
    let store = cluster.sandbox.store();
    store.create(pod("shop", "web", "10.0.0.1")).unwrap();
    cluster.fail(Fault::Only(&["/api/v1/namespaces?", "/namespaces/default/"]));
    let server = Server::new(&cluster, Options::default());
    // The lease keeps the context open.
    let lease = server.contexts.open(None).unwrap();
    let live = lease.live().clone();
    status(&live, |status| pods_in(status, Known::Synced) == ["default"]).await;

    // Grants a right, and creates a namespace with a permitted list.
    store.create(namespace("shop")).unwrap();
    cluster.set_fault(Fault::Only(&["/api/v1/namespaces?", "/namespaces/default/", "/namespaces/shop/"]));
    tokio::time::sleep(Duration::from_secs(300)).await;
    status(&live, |status| pods_in(status, Known::Synced) == ["default", "shop"]).await;
    rows_become(&live, |index| index.pods().any(|pod| pod.namespace == "shop")).await;

    store.delete(&NAMESPACES, "", "shop").unwrap();
    tokio::time::sleep(Duration::from_secs(300)).await;
    let seen = status(&live, |status| pods_in(status, Known::Synced) == ["default"]).await;
    assert!(pods_in(&seen, Known::Stale).is_empty());
    rows_become(&live, |index| index.pods().all(|pod| pod.namespace == "default")).await;
}

#[tokio::test(start_paused = true)]
async fn namespaces_are_tried_again_soon_when_the_server_was_too_busy_to_answer() {
    let cluster = Cluster::new(Sandbox::overview());
    cluster.fail(Fault::Only(&[]));
    let server = Server::new(&cluster, Options::default());
    // The lease keeps the context open.
    let lease = server.contexts.open(None).unwrap();
    let live = lease.live().clone();
    status(&live, |status| kind(status, Kind::Pod).state == Known::Forbidden).await;
    // From here on the cluster is refused, and the namespace answers that the server is too busy.
    cluster.set_fault(Fault::OnlyOrBusy { only: &["/namespaces/default/"], busy: true });
    tokio::time::sleep(Duration::from_secs(330)).await;
    cluster.set_fault(Fault::OnlyOrBusy { only: &["/namespaces/default/"], busy: false });
    tokio::time::timeout(
        Duration::from_secs(60),
        status(&live, |status| pods_in(status, Known::Synced) == ["default"]),
    )
    .await
    .expect("within a minute");
}

#[tokio::test(start_paused = true)]
async fn cluster_wide_rights_that_are_granted_and_revoked_leave_the_namespaced_watches() {
    let cluster = Cluster::new(Sandbox::overview());
    let only = Fault::Only(&["/api/v1/namespaces?", "/namespaces/default/"]);
    cluster.fail(only.clone());
    let server = Server::new(&cluster, Options::default());
    let live = server.live();
    status(&live, |status| pods_in(status, Known::Synced) == ["default"]).await;
    cluster.set_fault(Fault::None);
    status(&live, |status| kind(status, Kind::Pod).state == Known::Synced && pods_in(status, Known::Synced).is_empty())
        .await;
    cluster.fail(only);
    let seen = status(&live, |status| pods_in(status, Known::Synced) == ["default"]).await;
    // The rows of the other namespaces are outdated.
    assert_eq!(kind(&seen, Kind::Pod).state, Known::Stale);
    cluster.sandbox.store().create(pod("default", "new", "10.0.0.2")).unwrap();
    rows_become(&live, |index| index.pod(&ObjectKey::new("default", "new")).is_some()).await;
}
