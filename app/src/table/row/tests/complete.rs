//! Every socket of a unit is carried by its rows, in any cluster.

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};
use topology::graph::{Depth, Graph, Limits, UnitKind};

use super::*;

/// A Service of any type, with its slices.
fn service(n: usize) -> impl Strategy<Value = Vec<Value>> {
    let types = vec!["NodePort", "LoadBalancer", "ClusterIP", "headless", "ExternalName"];
    let slices = prop::collection::vec(slice(), 0..3);
    (select(types), 0..3_usize, any::<bool>(), slices).prop_map(move |(kind, ports, external, slices)| {
        let name = format!("svc{n}");
        let port = |at: usize| {
            let node_port = matches!(kind, "NodePort" | "LoadBalancer").then_some(30_000 + 10 * n + at);
            json!({ "name": NAMES[at], "port": 80 + at, "targetPort": 8080 + at, "nodePort": node_port })
        };
        let ports: Vec<Value> = (0..ports).map(port).collect();
        let headless = kind == "headless";
        let ips: Vec<String> = (kind != "ExternalName" && !headless).then(|| format!("10.96.0.{}", n + 1)).into_iter().collect();
        let external: Vec<&str> = Some("198.51.100.7").into_iter().filter(|_| external).collect();
        let load_balancer: Vec<Value> =
            Some(json!({ "ip": "203.0.113.9" })).into_iter().filter(|_| kind == "LoadBalancer").collect();
        let mut rows = vec![json!({
            "kind": "Service", "namespace": "a", "name": name, "type": if headless { "ClusterIP" } else { kind },
            "headless": headless, "clusterIPs": ips, "externalIPs": external, "ports": ports,
            "loadBalancer": load_balancer,
            "externalName": (kind == "ExternalName").then_some("db.example.com"),
        })];
        for (at, (ports, endpoints)) in slices.into_iter().enumerate() {
            let slice = format!("{name}-{at}");
            let ports: Vec<Value> =
                (0..ports).map(|at| json!({ "name": NAMES[at], "port": 8080 + at })).collect();
            rows.push(json!({
                "kind": "EndpointSlice", "namespace": "a", "name": slice, "service": name, "headless": headless, "ports": ports,
            }));
            rows.extend(endpoints.into_iter().map(|(pod, (behind, ready))| endpoint(&slice, pod, behind, ready)));
        }
        rows
    })
}

const NAMES: [&str; 3] = ["http", "dns", "metrics"];

/// The Pod that an endpoint is about; whether it names the Pod, has its address, a Node's, or one outside; and whether it is ready.
type Endpoint = (usize, (&'static str, bool));

/// The number of ports, and the endpoints.
fn slice() -> impl Strategy<Value = (usize, Vec<Endpoint>)> {
    let behind = select(vec!["Pod", "Pod", "address", "Node", "outside"]);
    (0..3_usize, prop::collection::btree_map(0..20_usize, (behind, any::<bool>()), 0..14))
        .prop_map(|(ports, endpoints)| (ports, endpoints.into_iter().collect()))
}

fn endpoint(slice: &str, pod: usize, behind: &str, ready: bool) -> Value {
    let address = match behind {
        "Node" => format!("192.168.0.{}", pod % 4 + 1),
        "outside" => format!("192.0.2.{pod}"),
        _ => format!("10.0.0.{pod}"),
    };
    let target = (behind == "Pod").then(|| json!({ "kind": "Pod", "name": format!("p{pod}") }));
    json!({ "kind": "Endpoint", "namespace": "a", "slice": slice, "address": address, "ready": ready, "node": "n1", "target": target })
}

/// A Pod with up to two ports, of which the first may be a hostPort.
fn pod(n: usize) -> impl Strategy<Value = Vec<Value>> {
    (0..3_usize, any::<[bool; 4]>()).prop_map(move |(ports, [there, ready, host_port, has_ip])| {
        let port = |at: usize| {
            let host_port = (host_port && at == 0 && n.is_multiple_of(4)).then_some(8000 + n);
            json!({ "containerPort": 8080 + at, "hostPort": host_port })
        };
        let ports: Vec<Value> = (0..ports).map(port).collect();
        let ips: Vec<String> = Some(format!("10.0.0.{n}")).into_iter().filter(|_| has_ip || n > 3).collect();
        let node = if n == 9 { "gone" } else { "n1" };
        let pod = json!({
            "kind": "Pod", "namespace": "a", "name": format!("p{n}"), "node": node, "podIPs": ips, "phase": "Running",
            "ready": ready, "containers": [{ "name": "c", "ports": ports }],
        });
        Some(pod).into_iter().filter(|_| there).collect()
    })
}

/// The JSON of rows as in a snapshot: the kind first, and nothing that is null.
fn texts(rows: Vec<Vec<Value>>) -> Vec<String> {
    fn without_nulls(value: Value) -> Value {
        match value {
            Value::Object(fields) => {
                let some = fields.into_iter().filter(|(_, value)| !value.is_null());
                Value::Object(some.map(|(name, value)| (name, without_nulls(value))).collect())
            }
            Value::Array(values) => Value::Array(values.into_iter().map(without_nulls).collect()),
            value => value,
        }
    }
    let text = |row: Value| {
        let Value::Object(mut fields) = without_nulls(row) else { return String::new() };
        let kind = fields.remove("kind").unwrap_or_default();
        let rest = Value::Object(fields).to_string();
        format!("{{\"kind\":{kind},{}", &rest[1..])
    };
    rows.into_iter().flatten().map(text).collect()
}

proptest! {
    #![proptest_config(fixed_seed::config(32, 128))]

    #[test]
    fn every_socket_of_a_unit_is_carried_by_its_rows_exactly_once(
        services in (0..4_usize).prop_map(service_strategies).prop_flat_map(|all| all),
        pods in pod_strategies(),
        limits in select(vec![Limits::LISTED, Limits::FOLDED, Limits::OPENED]),
    ) {
        let (index, coverage, settings) = (index(&texts([services, pods].concat())), Coverage::complete(), Settings::default());
        let cluster = Cluster { index: &index, coverage: &coverage, settings: &settings };
        let graph = Graph::of(&index, None, false);
        for key in graph.keys(&index) {
            prop_assert!(key.kind != UnitKind::Node);
            let unit = graph.unit(cluster, &key, Depth::Parts(limits)).unwrap();
            let found = rows(&unit, Language::English.words());
            let carried = |row: &Row| {
                let items = row.items().filter_map(|item| item.socket.clone());
                row.main.clone().into_iter().chain(items).collect::<Vec<Socket>>()
            };
            let mut all: Vec<Socket> = found.iter().flat_map(carried).collect();
            all.sort();
            let mut twice = all.clone();
            twice.dedup();
            prop_assert_eq!(&all, &twice, "{} carries a socket twice", key);
            let own: BTreeSet<Socket> = unit.sockets().into_iter().cloned().collect();
            prop_assert_eq!(all.into_iter().collect::<BTreeSet<_>>(), own, "{}", key);
            prop_assert_eq!(found.len(), count(&unit), "{}", key);
        }
    }
}

fn service_strategies(many: usize) -> Vec<BoxedStrategy<Vec<Value>>> {
    (0..many).map(|n| service(n).boxed()).collect()
}

fn pod_strategies() -> Vec<BoxedStrategy<Vec<Value>>> {
    (0..20).map(|n| pod(n).boxed()).collect()
}
