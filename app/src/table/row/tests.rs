mod complete;

use std::collections::BTreeSet;

use topology::cluster::coverage::Coverage;
use topology::cluster::key::ObjectKey;
use topology::cluster::settings::Settings;
use topology::cluster::view::Cluster;
use topology::graph::UnitKey;
use topology::picture::Scene;

use super::*;
use crate::testing::index;
use crate::text::Language;

fn found(key: &UnitKey, more: &[String]) -> Vec<Row> {
    let (index, coverage, settings) = (index(more), Coverage::complete(), Settings::default());
    let scene = Scene::new(Cluster { index: &index, coverage: &coverage, settings: &settings });
    rows(&scene.group(key).unwrap().unit, Language::English.words())
}

fn of_service(name: &str) -> Vec<Row> {
    found(&UnitKey::service(ObjectKey::new("a", name)), &[])
}

/// A cell as text: `lead text (note)`, with `!` before an item that can be selected.
fn cell(row: &Row, column: Column) -> Vec<String> {
    let text = |item: &Item| {
        let select = if item.socket.is_some() { "!" } else { "" };
        let note = if item.note.is_empty() { String::new() } else { format!("({})", item.note) };
        [item.lead.clone(), format!("{select}{}", item.text), note].join(" ").trim().to_owned()
    };
    row.cells.of(column).iter().map(text).collect()
}

#[test]
fn every_socket_of_a_group_is_carried_by_its_rows_exactly_once() {
    let (index, coverage, settings) = (index(&[]), Coverage::complete(), Settings::default());
    let scene = Scene::new(Cluster { index: &index, coverage: &coverage, settings: &settings });
    for slot in scene.slots().iter() {
        let topology::picture::SlotKey::Group(key) = &slot.key else { continue };
        let group = scene.group(key).unwrap();
        let found = rows(&group.unit, Language::English.words());
        let mut carried: Vec<&Socket> = found
            .iter()
            .flat_map(|row| row.main.iter().chain(row.items().filter_map(|item| item.socket.as_ref())))
            .collect();
        let mut drawn: Vec<&Socket> = group.sockets().collect();
        carried.sort();
        drawn.sort();
        assert_eq!(carried, drawn, "{key}");
        assert_eq!(found.len(), count(&group.unit), "{key}");
        let keys: BTreeSet<String> = found.iter().map(Row::key).collect();
        assert_eq!(keys.len(), found.len(), "{key}");
    }
}

#[test]
fn a_service_has_a_row_for_each_port() {
    let [http, dns] = of_service("web").try_into().unwrap();
    assert_eq!((http.name.as_str(), http.tag.as_str(), http.state.as_str()), ("web", "NodePort", "1/2 ready"));
    assert_eq!(http.chain, "30001 → 80 → http → 8080");
    assert_eq!(http.main.as_ref().unwrap().address, "10.96.0.1:80");
    assert_eq!(cell(&http, Column::Ways), ["!198.51.100.7:80", "!192.168.0.1:30001 (n1)", "!web.a.svc"]);
    assert_eq!(cell(&http, Column::Port), ["!10.96.0.1", ":80 (http)"]);
    assert_eq!(cell(&http, Column::Target), ["http"]);
    assert_eq!(cell(&http, Column::Container), ["8080"]);
    assert_eq!(cell(&http, Column::Endpoints), ["!10.0.1.1:8080", "!10.0.1.2:8080 (not ready)"]);
    assert_eq!(cell(&http, Column::Pods), ["web-0 !10.0.1.1 (n1)", "!c:8080", "web-1 !10.0.1.2 (n1)", "!c:8080"]);

    assert_eq!((dns.tag.as_str(), dns.chain.as_str()), ("dns", "53/udp → 5353 → 5353/udp"));
    assert_eq!(cell(&dns, Column::Ways), ["!198.51.100.7:53/udp"]);
    assert_eq!(cell(&dns, Column::Port), ["10.96.0.1", ":53/udp (dns)"], "the Cluster IP is selected in the first row");
    assert_eq!(cell(&dns, Column::Container), ["5353/udp (not declared)"]);
    assert_eq!(cell(&dns, Column::Pods), ["web-0 10.0.1.1 (n1)", "web-1 10.0.1.2 (n1)"]);
}

#[test]
fn a_row_says_what_is_wrong_or_where_it_leads() {
    let state = |name: &str| {
        let row = of_service(name).remove(0);
        [row.state, row.why, row.chain]
    };
    assert_eq!(state("broken"), ["REJECT", "slice is empty", "30002 → 8080"]);
    assert_eq!(state("other"), ["ExternalName", "", "CNAME other.example.com"]);
    assert_eq!(state("manual"), ["outside", "", "3306 → 192.168.1.25:3306"]);
    assert_eq!(state("sts"), ["1/1 ready", "DNS gives Pod IPs", ":8080"]);
}

#[test]
fn a_pod_has_a_row_for_each_of_its_host_ports() {
    let [first, second] = found(&UnitKey::host_ports(ObjectKey::new("a", "host")), &[]).try_into().unwrap();
    assert_eq!((first.name.as_str(), first.state.as_str()), ("host", "hostPort"));
    assert_eq!(first.chain, "192.168.0.1:80 → 10.0.1.9:8086");
    assert_eq!(second.chain, "192.168.0.1:90 → 10.0.1.9:9000");
    assert_eq!(cell(&second, Column::Pods), ["host 10.0.1.9 (n1)", "!c:9000"]);
}

#[test]
fn a_pod_that_nothing_leads_to_has_a_row_of_its_own() {
    let [alone, pending] = found(&UnitKey::pods("b"), &[]).try_into().unwrap();
    assert_eq!((alone.name.as_str(), alone.chain.as_str()), ("alone", "10.0.1.8:1234"));
    assert_eq!(alone.main.unwrap().address, "10.0.1.8");
    assert_eq!((pending.main, pending.chain.as_str()), (None, "no IP yet"));
}

#[test]
fn many_endpoints_are_a_count_until_they_are_opened() {
    let endpoint = |n: usize| {
        format!(
            r#"{{"kind":"Endpoint","namespace":"a","slice":"web-1","address":"10.0.2.{n}","ready":true,"target":{{"kind":"Pod","namespace":"a","name":"p{n}"}}}}"#
        )
    };
    let many: Vec<String> = (1..=10).map(endpoint).collect();
    let key = UnitKey::service(ObjectKey::new("a", "web"));
    let row = found(&key, &many).remove(0);
    assert_eq!((row.state.as_str(), cell(&row, Column::Pods)), ("11/12 ready", vec!["12 Pods".to_owned()]));
    assert!(row.cells.pods[0].fold);
}

#[test]
fn the_node_port_of_many_nodes_is_one_line_that_opens() {
    let node = |n: usize| format!(r#"{{"kind":"Node","name":"m{n}","internalIPs":["192.168.1.{n}"],"ready":true}}"#);
    let nodes: Vec<String> = (1..=5).map(node).collect();
    let key = UnitKey::service(ObjectKey::new("a", "web"));
    let [http, dns] = found(&key, &nodes).try_into().unwrap();
    assert_eq!(cell(&http, Column::Ways), ["!198.51.100.7:80", ":30001 (any of 6 Nodes)", "!web.a.svc"]);
    assert_eq!(http.chain, "30001 → 80 → http → 8080");
    assert_eq!(cell(&dns, Column::Ways), ["!198.51.100.7:53/udp"]);
}

#[test]
fn a_row_stays_the_same_row_when_its_state_changes() {
    let before = of_service("web").remove(0);
    let after = Row { state: "2/2 ready".into(), chain: String::new(), ..before.clone() };
    assert!(before.is(&after) && before.key() == after.key());
    assert!(!before.is(&of_service("broken").remove(0)));
    assert!(before.carries(before.cells.endpoints[1].socket.as_ref().unwrap()));
}
