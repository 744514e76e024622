use sandbox::Sandbox;
use sandbox::resources::{ENDPOINT_SLICES, PODS, SERVICES};
use serde_json::{Value, json};
use server::live::Options;
use topology::cluster::key::ObjectKey;

use crate::harness::{Cluster, Fault, Server, json as body, pod, rows_become, slice, status};

/// The changes of an object as `KIND NAME FIELD: FROM -> TO`, newest first.
async fn changes_of(server: &Server, kind: &str, name: &str) -> Vec<String> {
    let path = format!("/api/v1/history?kind={kind}&namespace=shop&name={name}");
    let Value::Array(changes) = body(server.get(&path).await).await else { panic!("{path}") };
    assert!(changes.is_sorted_by_key(|change| std::cmp::Reverse(change["at"].as_i64().unwrap())));
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let one = |change: &Value| {
        assert_eq!(change["object"]["namespace"], "shop");
        let [kind, name] = ["kind", "name"].map(|field| text(&change["object"][field]));
        let [field, from, to] = ["field", "from", "to"].map(|field| text(&change[field]));
        format!("{kind} {name} {field}: {from} -> {to}")
    };
    changes.iter().map(one).collect()
}

fn service(port: u16) -> Value {
    json!({"apiVersion": "v1", "kind": "Service", "metadata": {"namespace": "shop", "name": "web"},
        "spec": {"clusterIP": "10.96.0.9", "ports": [{"port": port}]}})
}

fn web_slice() -> Value {
    let mut slice = slice("shop", "web-x", &["10.0.0.1".to_owned()]);
    slice["endpoints"][0]["targetRef"] = json!({"kind": "Pod", "namespace": "shop", "name": "web-0"});
    slice
}

#[tokio::test(start_paused = true)]
async fn the_history_of_a_service_has_the_changes_of_its_endpoints_and_outlives_the_service() {
    let cluster = Cluster::new(Sandbox::overview());
    let store = cluster.sandbox.store().clone();
    for object in [service(80), web_slice(), pod("shop", "web-0", "10.0.0.1"), pod("shop", "other", "10.0.0.2")] {
        store.create(object).unwrap();
    }
    let server = Server::new(&cluster, Options::default());
    let live = server.synced().await;
    assert!(changes_of(&server, "Service", "web").await.is_empty(), "what was there is no change");

    store.patch(&SERVICES, "shop", "web", json!({"spec": {"ports": [{"port": 81}]}})).unwrap();
    let key = ObjectKey::new("shop", "web");
    rows_become(&live, |index| index.service(&key).unwrap().ports[0].port.0 == 81).await;
    let mut slice = web_slice();
    slice["endpoints"][0]["conditions"]["ready"] = false.into();
    store.update(slice).unwrap();
    rows_become(&live, |index| !index.endpoints_of_pod(&ObjectKey::new("shop", "web-0")).next().unwrap().is_ready())
        .await;
    store.patch(&PODS, "shop", "other", json!({"status": {"phase": "Failed"}})).unwrap();
    store.patch(&PODS, "shop", "web-0", json!({"status": {"phase": "Failed"}})).unwrap();
    rows_become(&live, |index| index.pod(&ObjectKey::new("shop", "web-0")).unwrap().ended()).await;
    let before = [
        "Pod web-0 phase: Running -> Failed",
        "Endpoint web-x/10.0.0.1 ready: true -> false",
        "Service web port: 80 -> 81",
        "Service web targetPort: 80 -> 81",
    ];
    let sorted = |mut lines: Vec<String>| {
        lines.sort();
        lines
    };
    assert_eq!(sorted(changes_of(&server, "Service", "web").await), sorted(before.map(str::to_owned).to_vec()));
    assert_eq!(changes_of(&server, "EndpointSlice", "web-x").await, [before[1]]);
    assert_eq!(changes_of(&server, "Pod", "web-0").await, [before[0]]);

    store.delete(&PODS, "shop", "web-0").unwrap();
    store.delete(&ENDPOINT_SLICES, "shop", "web-x").unwrap();
    store.delete(&SERVICES, "shop", "web").unwrap();
    rows_become(&live, |index| {
        index.service(&key).is_none()
            && index.slices_of(&key).next().is_none()
            && index.pod(&ObjectKey::new("shop", "web-0")).is_none()
    })
    .await;
    let gone = [
        "Service web -: - -> deleted",
        "EndpointSlice web-x -: - -> deleted",
        "Endpoint web-x/10.0.0.1 -: - -> deleted",
        "Pod web-0 -: - -> deleted",
    ];
    let all = gone.into_iter().chain(before).map(str::to_owned).collect();
    assert_eq!(sorted(changes_of(&server, "Service", "web").await), sorted(all));
}

#[tokio::test(start_paused = true)]
async fn a_relist_records_only_changes() {
    let cluster = Cluster::new(Sandbox::overview());
    let store = cluster.sandbox.store().clone();
    for object in [service(80), pod("shop", "web-0", "10.0.0.1"), pod("shop", "web-1", "10.0.0.2")] {
        store.create(object).unwrap();
    }
    let server = Server::new(&cluster, Options::default());
    let live = server.synced().await;
    cluster.fail(Fault::Down);
    status(&live, |status| status.error.is_some()).await;
    store.delete(&PODS, "shop", "web-0").unwrap();
    cluster.fail(Fault::None);
    status(&live, |status| status.state == topology::wire::ContextState::Live).await;
    assert_eq!(changes_of(&server, "Pod", "web-0").await, ["Pod web-0 -: - -> deleted"]);
    assert!(changes_of(&server, "Pod", "web-1").await.is_empty());
    assert!(changes_of(&server, "Service", "web").await.is_empty());
}
