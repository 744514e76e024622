//! How a patch changes an object.
//!
//! A JSON merge patch (RFC 7386) replaces lists as a whole. A strategic merge patch, which kubectl sends by default, merges lists that
//! have a merge key element by element; of its directives only `$patch: delete` on an element is applied, and the others
//! (`$setElementOrder/…`, `$retainKeys`) are ignored. Server-side apply is treated as a merge patch without field owners. JSON patch is
//! refused.

use serde_json::{Map, Value};

use crate::resources::Resource;

/// How lists are merged.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Style {
    /// Lists are replaced as a whole.
    Merge,
    /// Lists are merged by their merge keys, where they have one.
    Strategic,
}

/// The `patchMergeKey` of lists, by the name of their field (`k8s.io/api`, core/v1 `types.go`).
const MERGE_KEYS: [(&str, &str); 12] = [
    ("addresses", "type"),
    ("conditions", "type"),
    ("containers", "name"),
    ("env", "name"),
    ("hostIPs", "ip"),
    ("initContainers", "name"),
    ("ownerReferences", "uid"),
    ("podIPs", "ip"),
    ("ports", "containerPort"),
    ("ports", "port"),
    ("volumeMounts", "mountPath"),
    ("volumes", "name"),
];

/// Changes an object by a patch.
pub(crate) fn apply(resource: &Resource, target: &mut Map<String, Value>, patch: Map<String, Value>, style: Style) {
    // Slices have `ports` and `addresses` too, but their lists are atomic.
    let atomic = matches!(resource.kind, "EndpointSlice" | "Endpoints" | "NetworkPolicy" | "Ingress");
    merge(target, patch, if atomic { Style::Merge } else { style });
}

/// Null removes a field, an object is merged, any other value replaces.
fn merge(target: &mut Map<String, Value>, patch: Map<String, Value>, style: Style) {
    for (field, change) in patch {
        match change {
            _ if field.starts_with('$') => {}
            Value::Null => {
                target.remove(&field);
            }
            Value::Object(change) => {
                let place = target.entry(field).or_insert(Value::Null);
                if !place.is_object() {
                    *place = Value::Object(Map::new());
                }
                if let Value::Object(place) = place {
                    merge(place, change, style);
                }
            }
            Value::Array(changes) => {
                let key = merge_key(&field, &changes).filter(|_| style == Style::Strategic);
                let place = target.entry(field).or_insert_with(|| Value::Array(Vec::new()));
                match (key, place) {
                    (Some(key), Value::Array(elements)) => merge_list(elements, changes, key),
                    (_, place) => *place = Value::Array(changes),
                }
            }
            other => {
                target.insert(field, other);
            }
        }
    }
}

/// The merge key of a list; `None` if an element of the patch lacks it.
fn merge_key(field: &str, changes: &[Value]) -> Option<&'static str> {
    let mut keys = MERGE_KEYS.iter().filter(|(list, _)| *list == field).map(|(_, key)| *key);
    keys.find(|key| changes.iter().all(|change| change.get(key).is_some()))
}

fn merge_list(elements: &mut Vec<Value>, changes: Vec<Value>, key: &str) {
    for change in changes {
        let Value::Object(change) = change else { continue };
        let same = |element: &Value| element.get(key) == change.get(key);
        if change.get("$patch").is_some_and(|directive| directive == "delete") {
            elements.retain(|element| !same(element));
            continue;
        }
        match elements.iter().position(same).and_then(|place| elements[place].as_object_mut()) {
            Some(element) => merge(element, change, Style::Strategic),
            None => {
                let mut element = Map::new();
                merge(&mut element, change, Style::Strategic);
                elements.push(Value::Object(element));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Style, apply};
    use crate::resources::{ENDPOINT_SLICES, Resource, SERVICES};
    use serde_json::{Value, json};

    fn check(resource: &Resource, style: Style, before: Value, patch: Value, after: Value) {
        let (Value::Object(mut before), Value::Object(patch)) = (before, patch) else { unreachable!() };
        apply(resource, &mut before, patch, style);
        assert_eq!(Value::Object(before), after);
    }

    #[test]
    fn null_removes_objects_merge_and_the_rest_replaces() {
        let before = json!({"a": {"b": 1, "c": 2}, "ports": [{"port": 1}], "gone": true, "text": "x"});
        let patch =
            json!({"a": {"b": null, "d": {"e": null, "f": 3}}, "ports": [{"port": 2}], "gone": null, "text": {"y": 1}});
        let after = json!({"a": {"c": 2, "d": {"f": 3}}, "ports": [{"port": 2}], "text": {"y": 1}});
        check(&SERVICES, Style::Merge, before, patch, after);
    }

    #[test]
    fn a_strategic_patch_merges_ports_by_their_number() {
        let before = json!({"spec": {"ports": [{"port": 80, "targetPort": 8080}, {"port": 81}]}});
        let patch = json!({"spec": {
            "$setElementOrder/ports": [{"port": 80}, {"port": 82}],
            "ports": [{"port": 80, "nodePort": 30001}, {"port": 82}, {"$patch": "delete", "port": 81}],
        }});
        let after = json!({"spec": {"ports": [{"port": 80, "targetPort": 8080, "nodePort": 30001}, {"port": 82}]}});
        check(&SERVICES, Style::Strategic, before, patch, after);
    }

    #[test]
    fn the_lists_of_a_slice_are_atomic() {
        let (before, after) = (json!({"ports": [{"port": 80}, {"port": 81}]}), json!({"ports": [{"port": 82}]}));
        check(&ENDPOINT_SLICES, Style::Strategic, before, after.clone(), after);
    }
}
