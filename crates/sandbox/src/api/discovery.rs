//! Discovery: the groups, versions and resources of the API.

use std::collections::BTreeSet;

use axum::Json;
use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use serde_json::{Value, json};

use crate::resources::{ALL, Resource};
use crate::status::Status;

const VERBS: [&str; 8] = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];

pub(crate) async fn healthy() -> &'static str {
    "ok"
}

pub(crate) async fn version() -> Json<Value> {
    Json(json!({
        "major": "1", "minor": "37", "gitVersion": "v1.37.2", "gitCommit": "", "gitTreeState": "clean",
        "buildDate": "2026-11-11T00:00:00Z", "goVersion": "go1.26", "compiler": "gc", "platform": "linux/amd64",
    }))
}

pub(crate) async fn core_versions() -> Json<Value> {
    Json(json!({"kind": "APIVersions", "versions": ["v1"], "serverAddressByClientCIDRs": []}))
}

pub(crate) async fn groups() -> Json<Value> {
    let groups: BTreeSet<&str> = ALL.iter().map(|resource| resource.group).filter(|group| !group.is_empty()).collect();
    let groups: Vec<Value> = groups.into_iter().map(describe_group).collect();
    Json(json!({"kind": "APIGroupList", "apiVersion": "v1", "groups": groups}))
}

pub(crate) async fn group(path: Result<Path<String>, PathRejection>) -> Result<Json<Value>, Status> {
    let known =
        path.ok().filter(|Path(group)| !group.is_empty() && ALL.iter().any(|resource| resource.group == *group));
    let Path(group) = known.ok_or_else(Status::no_such_path)?;
    let mut description = describe_group(&group);
    description["kind"] = "APIGroup".into();
    description["apiVersion"] = "v1".into();
    Ok(Json(description))
}

fn describe_group(group: &str) -> Value {
    let version = json!({"groupVersion": format!("{group}/v1"), "version": "v1"});
    json!({"name": group, "versions": [version], "preferredVersion": version})
}

pub(crate) async fn core_resources(path: Result<Path<String>, PathRejection>) -> Result<Json<Value>, Status> {
    let Path(version) = path.map_err(|_| Status::no_such_path())?;
    describe_resources("", &version)
}

pub(crate) async fn resources(path: Result<Path<(String, String)>, PathRejection>) -> Result<Json<Value>, Status> {
    let Path((group, version)) = path.map_err(|_| Status::no_such_path())?;
    describe_resources(&group, &version)
}

fn describe_resources(group: &str, version: &str) -> Result<Json<Value>, Status> {
    let served = |resource: &&&Resource| resource.group == group && resource.version == version;
    let rows: Vec<Value> = ALL.iter().filter(served).flat_map(|resource| describe(resource)).collect();
    if rows.is_empty() {
        return Err(Status::no_such_path());
    }
    let group_version = if group.is_empty() { version.to_owned() } else { format!("{group}/{version}") };
    Ok(Json(json!({
        "kind": "APIResourceList", "apiVersion": "v1", "groupVersion": group_version, "resources": rows,
    })))
}

fn describe(resource: &Resource) -> [Value; 2] {
    let Resource { plural, singular, kind, namespaced, short_names, .. } = resource;
    [
        json!({
            "name": plural, "singularName": singular, "namespaced": namespaced, "kind": kind,
            "verbs": VERBS, "shortNames": short_names,
        }),
        json!({
            "name": format!("{plural}/status"), "singularName": "", "namespaced": namespaced, "kind": kind,
            "verbs": ["get", "patch", "update"],
        }),
    ]
}
