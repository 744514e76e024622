//! The roles in `deploy/` grant what the table of kinds needs, and nothing else.

use std::collections::BTreeSet;

use serde_json::Value;
use topology::cluster::kinds::Kind;
use yaml::Manifest;

use crate::connect::Rule;

const CLUSTER_ROLE: &str = include_str!("../../../../deploy/base/cluster-role.yaml");
const NAMESPACE_ROLE: &str = include_str!("../../../../deploy/namespaces/default/role.yaml");
const PROXY_ROLE: &str = include_str!("../../../../deploy/base/kube-proxy-role.yaml");

/// The rules of the one role in a file, each in the text form of [`Rule`].
fn granted(file: &str, kind: &str) -> BTreeSet<String> {
    let (_, objects) = Manifest::read(file, "role.yaml").unwrap();
    let roles: Vec<_> = objects.into_iter().filter(|found| found.object["kind"] == kind).collect();
    let [role] = roles.as_slice() else { panic!("one {kind} in {file}") };
    let texts = |rule: &Value, field: &str| -> Vec<String> {
        let items = rule[field].as_array().into_iter().flatten();
        items.map(|item| item.as_str().unwrap().to_owned()).collect()
    };
    let one = |rule: &Value, field: &str| match texts(rule, field).as_slice() {
        [one] => one.clone(),
        other => panic!("each rule has one of `{field}`, so that each can be taken away by itself: {other:?}"),
    };
    let text = |rule: &Value| {
        let names = texts(rule, "resourceNames");
        let names =
            if names.is_empty() { String::new() } else { format!("resourceNames: [\"{}\"], ", names.join("\", \"")) };
        let (group, resource) = (one(rule, "apiGroups"), one(rule, "resources"));
        let verbs = texts(rule, "verbs").join("\", \"");
        format!("{{apiGroups: [\"{group}\"], resources: [\"{resource}\"], {names}verbs: [\"{verbs}\"]}}")
    };
    role.object["rules"].as_array().unwrap().iter().map(text).collect()
}

fn needed(kinds: impl Iterator<Item = Kind>) -> BTreeSet<String> {
    kinds.map(|kind| Rule::watched(kind).to_string()).collect()
}

/// Fails with the rules to add and to remove, in YAML.
fn check(file: &str, granted: &BTreeSet<String>, needed: &BTreeSet<String>) {
    let missing: Vec<String> = needed.difference(granted).map(|rule| format!("\n  add - {rule}")).collect();
    let unused: Vec<String> = granted.difference(needed).map(|rule| format!("\n  remove - {rule}")).collect();
    assert!(missing.is_empty() && unused.is_empty(), "{file}:{}{}", missing.concat(), unused.concat());
}

#[test]
fn the_cluster_role_grants_every_kind_and_nothing_else() {
    check("deploy/base/cluster-role.yaml", &granted(CLUSTER_ROLE, "ClusterRole"), &needed(Kind::WATCHED.into_iter()));
}

#[test]
fn the_role_of_a_namespace_grants_every_namespaced_kind_and_nothing_else() {
    let namespaced = Kind::WATCHED.into_iter().filter(|kind| kind.namespaced());
    check("deploy/namespaces/default/role.yaml", &granted(NAMESPACE_ROLE, "Role"), &needed(namespaced));
}

#[test]
fn the_role_for_the_settings_of_kube_proxy_grants_its_config_map_only() {
    let needed = [Rule::proxy_config().to_string()].into();
    check("deploy/base/kube-proxy-role.yaml", &granted(PROXY_ROLE, "Role"), &needed);
}
