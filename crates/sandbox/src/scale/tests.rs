use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::time::Duration;

use serde_json::{Value, json};

use super::plan::Plan;
use super::plan::services::ServiceVariant;
use super::{Churn, Scale, ScaleError, ScaleNumber, fill};
use crate::resources::{self, ENDPOINT_SLICES, NAMESPACES, NODES, PODS, Resource, SERVICE_CIDRS, SERVICES};
use crate::selector::Selector;
use crate::store::Store;
use crate::{Sandbox, ScenarioError};

fn cluster(numbers: &str) -> (Store, Churn) {
    let store = Store::new();
    let churn = fill(&store, Scale::parse(numbers).unwrap()).unwrap();
    (store, churn)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// The number of an IPv4 address.
fn ip(value: &Value) -> u32 {
    text(value).parse::<std::net::Ipv4Addr>().unwrap().to_bits()
}

fn in_cidr(address: u32, cidr: &Value) -> bool {
    let (network, length) = text(cidr).split_once('/').unwrap();
    let shift = 32 - length.parse::<u32>().unwrap();
    address >> shift == ip(&network.into()) >> shift
}

/// Asserts that the item was not seen before.
fn unique<T: Ord + std::fmt::Debug>(seen: &mut BTreeSet<T>, item: T) {
    let again = format!("{item:?} twice");
    assert!(seen.insert(item), "{again}");
}

/// Checks the cluster against the rules of the API server, and its slices against those of the slice controller.
fn check(store: &Store) {
    let all = |resource: &Resource| store.list(resource, None);
    let nodes: BTreeMap<String, Value> =
        all(&NODES).into_iter().map(|node| (text(&node["metadata"]["name"]).to_owned(), node)).collect();
    let (mut uids, mut addresses, mut ports, mut host_ports) =
        (BTreeSet::new(), BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for resource in resources::ALL {
        all(resource).iter().for_each(|object| unique(&mut uids, text(&object["metadata"]["uid"]).to_owned()));
    }
    for node in nodes.values() {
        unique(&mut addresses, ip(&node["status"]["addresses"][0]["address"]));
    }
    let pods = all(&PODS);
    let mut by_app: HashMap<(&Value, &Value), Vec<&Value>> = HashMap::new();
    for pod in &pods {
        let labels = &pod["metadata"]["labels"];
        by_app.entry((&pod["metadata"]["namespace"], &labels["app"])).or_default().push(pod);
        let node = &nodes[text(&pod["spec"]["nodeName"])];
        let address = ip(&pod["status"]["podIP"]);
        unique(&mut addresses, address);
        assert!(in_cidr(address, &node["spec"]["podCIDR"]) && (2..255).contains(&(address % 256)), "{pod}");
        assert_eq!(pod["status"]["hostIP"], node["status"]["addresses"][0]["address"]);
        let node_ready = node["status"]["conditions"][0]["status"] == "True";
        assert!(node_ready || !is_ready(pod), "{pod} on {node}");
        for port in list(&pod["spec"]["containers"][0]["ports"]).iter().filter(|port| !port["hostPort"].is_null()) {
            unique(&mut host_ports, (text(&pod["spec"]["nodeName"]), port["hostPort"].as_u64()));
        }
    }
    let range = all(&SERVICE_CIDRS).remove(0)["spec"]["cidrs"][0].clone();
    let mut slices: BTreeMap<(String, String), Vec<Value>> = BTreeMap::new();
    for slice in all(&ENDPOINT_SLICES) {
        let metadata = &slice["metadata"];
        let service = text(&metadata["labels"]["kubernetes.io/service-name"]).to_owned();
        slices.entry((text(&metadata["namespace"]).to_owned(), service)).or_default().push(slice);
    }
    for service in all(&SERVICES) {
        let (metadata, spec) = (&service["metadata"], &service["spec"]);
        if spec["type"] != "ExternalName" && spec["clusterIP"] != "None" {
            let address = ip(&spec["clusterIP"]);
            unique(&mut addresses, address);
            assert!(in_cidr(address, &range), "{service}");
        }
        let wanted = list(&spec["ports"]).iter().map(|port| &port["nodePort"]);
        for port in wanted.chain([&spec["healthCheckNodePort"]]).filter_map(Value::as_u64) {
            assert!((30_000..=32_767).contains(&port), "{service}");
            unique(&mut ports, port);
        }
        let key = (text(&metadata["namespace"]).to_owned(), text(&metadata["name"]).to_owned());
        let slices = slices.remove(&key).unwrap_or_default();
        match &spec["selector"]["app"] {
            Value::Null if spec["type"] == "ExternalName" => assert!(slices.is_empty()),
            Value::Null => assert_eq!(slices.len(), 1),
            app => {
                let selected = by_app.get(&(&metadata["namespace"], app)).cloned().unwrap_or_default();
                check_slices(&service, &slices, selected, &nodes);
            }
        }
    }
    assert!(slices.is_empty(), "slices of no Service: {:?}", slices.keys());
}

fn is_ready(pod: &Value) -> bool {
    list(&pod["status"]["conditions"]).iter().any(|one| one["type"] == "Ready" && one["status"] == "True")
}

/// Checks slices by the rules of `podToEndpoint` and `FindPort`.
fn check_slices(service: &Value, slices: &[Value], pods: Vec<&Value>, nodes: &BTreeMap<String, Value>) {
    let resolved = |pod: &Value| -> Vec<Value> {
        let number = |port: &Value| {
            let declared = list(&pod["spec"]["containers"][0]["ports"]).iter();
            let mut declared = declared.filter(|one| one["protocol"] == port["protocol"]);
            let named = declared.find(|one| one["name"] == port["targetPort"]);
            named.map_or_else(|| port["targetPort"].clone(), |one| one["containerPort"].clone())
        };
        let one =
            |port: &Value| json!({"name": text(&port["name"]), "port": number(port), "protocol": port["protocol"]});
        list(&service["spec"]["ports"]).iter().map(one).collect()
    };
    let mut expected: Vec<Value> = pods
        .iter()
        .map(|pod| {
            let (ready, terminating) = (is_ready(pod), !pod["metadata"]["deletionTimestamp"].is_null());
            json!({
                "ports": resolved(pod), "addresses": [pod["status"]["podIP"]], "nodeName": pod["spec"]["nodeName"],
                "zone": nodes[text(&pod["spec"]["nodeName"])]["metadata"]["labels"]["topology.kubernetes.io/zone"],
                "conditions": {"ready": ready && !terminating, "serving": ready, "terminating": terminating},
                "targetRef": {"kind": "Pod", "namespace": pod["metadata"]["namespace"],
                    "name": pod["metadata"]["name"], "uid": pod["metadata"]["uid"]},
            })
        })
        .collect();
    let mut found = Vec::new();
    for slice in slices {
        let (labels, endpoints) = (&slice["metadata"]["labels"], list(&slice["endpoints"]));
        assert!(endpoints.len() <= 100 && slice["addressType"] == "IPv4");
        assert_eq!(labels["endpointslice.kubernetes.io/managed-by"], "endpointslice-controller.k8s.io");
        assert_eq!(labels.get("service.kubernetes.io/headless").is_some(), service["spec"]["clusterIP"] == "None");
        assert_eq!(labels["app"], service["metadata"]["labels"]["app"]);
        assert_eq!(slice["metadata"]["ownerReferences"][0]["uid"], service["metadata"]["uid"]);
        for endpoint in endpoints {
            let mut endpoint = endpoint.clone();
            endpoint["ports"] = slice["ports"].clone();
            found.push(endpoint);
        }
    }
    let name = |endpoint: &Value| text(&endpoint["targetRef"]["name"]).to_owned();
    expected.sort_by_key(name);
    found.sort_by_key(name);
    assert_eq!(found, expected);
    assert_eq!(slices.len(), pods.len().div_ceil(100).max(1), "{}", service["metadata"]["name"]);
    assert!(!pods.is_empty() || slices[0]["ports"].is_null());
}

/// All objects without the times of changes during the test, which differ.
fn written(store: &Store) -> Vec<Value> {
    let mut objects: Vec<Value> = resources::ALL.iter().flat_map(|resource| store.list(resource, None)).collect();
    for object in &mut objects {
        for path in ["/metadata/creationTimestamp", "/metadata/annotations", "/status/startTime"] {
            object.pointer_mut(path).map(Value::take);
        }
        object.pointer_mut("/status/conditions/0/lastTransitionTime").map(Value::take);
    }
    objects
}

#[test]
fn a_cluster_has_the_requested_numbers_of_objects() {
    for (numbers, nodes, pods, services, namespaces) in [
        ("1,0,0", 1, 0, 0, 1),
        ("1,1,1", 1, 1, 1, 1),
        ("2,500,4", 2, 500, 4, 4),
        ("3,30,6", 3, 30, 6, 5),
        (" 5, 100 ,20, 0", 5, 100, 20, 5),
        ("4,7,600", 4, 7, 600, 6),
        ("40,600,750", 40, 600, 750, 8),
    ] {
        let (store, _) = cluster(numbers);
        let counts = [&NODES, &PODS, &SERVICES, &NAMESPACES].map(|resource| store.list(resource, None).len());
        assert_eq!(counts, [nodes, pods, services, namespaces], "{numbers}");
        check(&store);
    }
}

#[test]
fn a_cluster_has_every_variant_and_most_services_are_small() {
    let (store, _) = cluster("400,4000,400");
    check(&store);
    let services = store.list(&SERVICES, None);
    let (pods, slices) = (store.list(&PODS, None), store.list(&ENDPOINT_SLICES, None));
    let some = |what: &str, objects: &[Value], is: &dyn Fn(&Value) -> bool| {
        let count = objects.iter().filter(|object| is(object)).count();
        assert!(count > 0 && count < objects.len() / 2, "{what}: {count} of {}", objects.len());
    };
    some("NodePort", &services, &|service| service["spec"]["type"] == "NodePort");
    some("LoadBalancer, Local", &services, &|service| service["spec"]["externalTrafficPolicy"] == "Local");
    some("headless", &services, &|service| service["spec"]["clusterIP"] == "None");
    some("ExternalName", &services, &|service| service["spec"]["type"] == "ExternalName");
    some("outside", &slices, &|slice| list(&slice["endpoints"]).first().is_some_and(|one| one["targetRef"].is_null()));
    some("without endpoints", &slices, &|slice| list(&slice["endpoints"]).is_empty());
    some("named targetPort", &services, &|service| service["spec"]["ports"][0]["targetPort"].is_string());
    some("not Ready", &store.list(&NODES, None), &|node| node["status"]["conditions"][0]["status"] == "Unknown");
    some("hostPort", &pods, &|pod| !pod["spec"]["containers"][0]["ports"][0]["hostPort"].is_null());
    some("terminating", &pods, &|pod| !pod["metadata"]["deletionTimestamp"].is_null());
    some("not ready, with a reason", &pods, &|pod| !text(&pod["status"]["conditions"][0]["message"]).is_empty());
    some("of no Service", &pods, &|pod| pod["metadata"]["labels"]["app"] == "agent");
    let plan = Plan::new(Scale::parse("400,4000,400").unwrap());
    let mut sizes: Vec<usize> = plan.services.iter().map(|service| service.pods.len()).collect();
    sizes.sort_unstable();
    assert!(sizes[300] <= 20 && sizes[399] >= 150, "{sizes:?}");
}

#[test]
fn when_node_ports_run_out_services_are_of_type_cluster_ip() {
    let plan = Plan::new(Scale::parse("2000,300000,20000").unwrap());
    let mut seen = BTreeSet::new();
    for service in &plan.services {
        for port in service.node_ports.into_iter().chain([service.health_check]).filter(|port| *port != 0) {
            assert!((30_086..=32_767).contains(&port));
            unique(&mut seen, port);
        }
        let open = matches!(service.variant, ServiceVariant::NodePort | ServiceVariant::LoadBalancer);
        assert_eq!(open, service.node_ports[0] != 0);
    }
    assert!(seen.len() > 2500, "{}", seen.len());
}

#[test]
fn the_same_numbers_give_the_same_cluster_and_the_same_changes() {
    let [one, other] = [(), ()].map(|()| {
        let (store, mut churn) = cluster("10,200,20");
        (0..100).for_each(|_| churn.step(&store).unwrap());
        written(&store)
    });
    assert_eq!(one, other);
}

#[test]
fn changes_keep_the_cluster_consistent() {
    for (numbers, steps) in [("1,1,1", 20), ("1,250,3", 150), ("50,1000,60", 500)] {
        let (store, mut churn) = cluster(numbers);
        let (before, version) = (written(&store), store.resource_version());
        let counts = |store: &Store| [&NODES, &PODS, &SERVICES, &ENDPOINT_SLICES].map(|r| store.list(r, None).len());
        let counted = counts(&store);
        for step in 0..steps {
            churn.step(&store).unwrap();
            if step % 100 == 7 {
                check(&store);
            }
        }
        check(&store);
        assert_eq!(counts(&store), counted);
        let after = written(&store);
        let names = |objects: &[Value]| -> BTreeSet<String> {
            objects.iter().map(|object| text(&object["metadata"]["name"]).to_owned()).collect()
        };
        assert_ne!(names(&after), names(&before), "{numbers}: some Pods are replaced");
        let ready = |objects: &[Value]| objects.iter().filter(|object| is_ready(object)).count();
        assert!(ready(&after).abs_diff(ready(&before)) <= 5, "{numbers}: what stops being ready becomes ready again");
        assert!(store.resource_version() >= version + steps, "{numbers}: each step writes");
    }
}

#[test]
fn objects_deleted_by_another_writer_are_left_alone() {
    let (store, mut churn) = cluster("2,60,6");
    for pod in store.list(&PODS, None).iter().step_by(2) {
        let (namespace, name) = (text(&pod["metadata"]["namespace"]), text(&pod["metadata"]["name"]));
        store.delete(&PODS, namespace, name).unwrap();
    }
    for slice in store.list(&ENDPOINT_SLICES, None).iter().step_by(3) {
        let (namespace, name) = (text(&slice["metadata"]["namespace"]), text(&slice["metadata"]["name"]));
        store.delete(&ENDPOINT_SLICES, namespace, name).unwrap();
    }
    let slices = store.list(&ENDPOINT_SLICES, None).len();
    (0..500).for_each(|_| churn.step(&store).unwrap());
    assert_eq!((store.list(&PODS, None).len(), store.list(&ENDPOINT_SLICES, None).len()), (30, slices));
}

#[test]
fn the_objects_can_be_loaded_from_a_file() {
    let (store, _) = cluster("3,30,12");
    let objects: Vec<Value> = resources::ALL.iter().flat_map(|resource| store.list(resource, None)).collect();
    let file = json!({"apiVersion": "v1", "kind": "List", "items": objects}).to_string();
    let loaded = Sandbox::load(&file, "a.json").unwrap();
    check(loaded.store());
    assert_eq!(loaded.store().list(&PODS, None).len(), 30);
}

#[test]
fn the_error_of_a_wrong_number_names_it_and_its_range() {
    let no_number = |number, text: &str, least, most| {
        ScenarioError::Scale(ScaleError::NoNumber { number, text: text.to_owned(), least, most })
    };
    let out_of_range = |number, text: &str, least, most| {
        ScenarioError::Scale(ScaleError::OutOfRange { number, text: text.to_owned(), least, most })
    };
    let not_three_or_four = ScenarioError::Scale(ScaleError::NotThreeOrFour);
    let (pods, nodes, pods_per_node, most_pods, least_nodes) = (501, 2, 250, 500, 3);
    let too_many_pods =
        ScenarioError::Scale(ScaleError::TooManyPods { pods, nodes, pods_per_node, most_pods, least_nodes });
    for (name, expected) in [
        ("scale", not_three_or_four.clone()),
        ("scale:", not_three_or_four.clone()),
        ("scale:1,2", not_three_or_four.clone()),
        ("scale:1,2,3,4,5", not_three_or_four),
        ("scale:a,b,c", no_number(ScaleNumber::Nodes, "a", 1, 10_000)),
        ("scale:1,-1,1", no_number(ScaleNumber::Pods, "-1", 0, 300_000)),
        ("scale:1,1,", no_number(ScaleNumber::Services, "", 0, 20_000)),
        ("scale:0,10,1", out_of_range(ScaleNumber::Nodes, "0", 1, 10_000)),
        ("scale:10001,10,1", out_of_range(ScaleNumber::Nodes, "10001", 1, 10_000)),
        ("scale:10000,300001,1", out_of_range(ScaleNumber::Pods, "300001", 0, 300_000)),
        ("scale:1,1,99999999999999999999", out_of_range(ScaleNumber::Services, "99999999999999999999", 0, 20_000)),
        ("scale:1,1,1,1001", out_of_range(ScaleNumber::Changes, "1001", 0, 1000)),
        ("scale:2,501,1", too_many_pods),
        ("scaled:1,1,1", ScenarioError::NoSuchScenario),
        ("empty:", ScenarioError::NoSuchScenario),
    ] {
        assert_eq!(Sandbox::scenario(name).unwrap_err(), expected, "{name}");
    }
}

#[test]
fn changes_per_second_depend_on_the_pods_unless_they_are_given() {
    for (numbers, changes) in
        [("1,10,1", 2), ("100,20000,1", 20), ("5000,150000,10000", 50), ("5,100,20,0", 0), ("5,100,20,7", 7)]
    {
        assert_eq!(Scale::parse(numbers).unwrap().changes, changes, "{numbers}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_cluster_changes_at_its_rate_while_churn_is_polled() {
    let sandbox = Sandbox::scenario("scale:3,30,6,5").unwrap();
    let start = sandbox.store().resource_version();
    let _ = tokio::time::timeout(Duration::from_millis(1950), sandbox.clone().churn()).await;
    // A step writes a Pod and its slice, and replacing a Pod takes three writes; agents have no slice.
    let written = sandbox.store().resource_version() - start;
    assert!((10..=30).contains(&written), "{written} writes of 10 steps");
    // Only the first call of `churn` makes changes, and a cluster without changes ends it too.
    sandbox.churn().await;
    Sandbox::scenario("scale:3,30,6,0").unwrap().churn().await;
    Sandbox::overview().churn().await;
}

/// `cargo test --release -p sandbox -- --ignored --nocapture measure`
#[test]
#[ignore = "measures; takes seconds in a release build"]
fn measure_the_largest_cluster_that_kubernetes_supports() {
    let resident = || {
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let line = status.lines().find(|line| line.starts_with("VmRSS")).map(str::to_owned);
        line.unwrap_or_default()
    };
    // On a busy machine wall time is no measure. A tick of processor time is 10 ms on Linux.
    let ticks = || -> u64 {
        let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
        stat.split(' ').skip(13).take(2).filter_map(|ticks| ticks.parse::<u64>().ok()).sum()
    };
    let timed = |what: &str, done: &mut dyn FnMut()| {
        let (begin, before) = (tokio::time::Instant::now(), ticks());
        done();
        println!("{what}: {:?}, {} ms of a core, {}", begin.elapsed(), (ticks() - before) * 10, resident());
    };
    let store = Store::new();
    let mut churn = None;
    timed("load", &mut || churn = Some(fill(&store, Scale::parse("5000,150000,10000").unwrap()).unwrap()));
    let pages = |store: &Store| {
        let (mut after, mut count) = (None, 0);
        loop {
            let page = store.page(&PODS, &Selector::default(), None, after.as_ref(), 500).unwrap();
            count += page.items.len();
            after = page.next;
            if after.is_none() {
                return count;
            }
        }
    };
    timed("all Pods, in pages of 500", &mut || assert_eq!(pages(&store), 150_000));
    let mut churn = churn.unwrap();
    timed("1,000 changes", &mut || (0..1000).for_each(|_| churn.step(&store).unwrap()));
    timed("10,000 more changes", &mut || (0..10_000).for_each(|_| churn.step(&store).unwrap()));
    for (resource, kind) in [(&PODS, "Pods"), (&ENDPOINT_SLICES, "EndpointSlices"), (&SERVICES, "Services")] {
        let items = store.page(resource, &Selector::default(), None, None, usize::MAX).unwrap().items;
        let bytes: usize = items.iter().map(|object| object.json().len()).sum();
        println!("{kind}: {} with {bytes} bytes of JSON", items.len());
    }
}
