use super::*;

fn error(text: &str, source_name: &str, document: usize, field: &[Step]) -> String {
    let (manifest, found) = Manifest::read(text, source_name).unwrap();
    let found = found.into_iter().rfind(|found| found.place.document == document).unwrap();
    manifest.error(&found.place, field, "wrong").to_string()
}

fn field(name: &str) -> Step {
    Step::from(name)
}

#[test]
fn a_field_is_found_in_yaml() {
    let text = "apiVersion: v1\nkind: Pod\n---\napiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Pod\n- apiVersion: v1\n  kind: Service\n  spec:\n    ports:\n    - port: abc\n";
    let port = [field("spec"), field("ports"), Step::Item(0), field("port")];
    assert_eq!(
        error(text, "a.yaml", 2, &port),
        "a.yaml, document 2, line 13, column 13: items[1].spec.ports[0].port: wrong"
    );
    // What is not there is told where it should be.
    let missing = [field("spec"), field("selector"), field("a")];
    assert_eq!(
        error(text, "a.yaml", 2, &missing),
        "a.yaml, document 2, line 12, column 5: items[1].spec.selector.a: wrong"
    );
}

#[test]
fn a_field_is_found_in_json() {
    let text = r#"{"apiVersion":"v1","kind":"Pod"} {"apiVersion":"v1",
        "kind":"Service", "spec": {"ports": [{"port": "\/\u00e9"}]}}"#;
    let port = [field("spec"), field("ports"), Step::Item(0), field("port")];
    assert_eq!(error(text, "-", 2, &port), "-, document 2, line 2, column 55: spec.ports[0].port: wrong");
    assert_eq!(error(text, "-", 2, &[]), "-, document 2, line 1, column 34: wrong");
}

#[test]
fn names_with_dots_are_one_step() {
    let text = "apiVersion: v1\nkind: Pod\nmetadata:\n  labels:\n    a.b/c: 1\n";
    let label = [field("metadata"), field("labels"), field("a.b/c")];
    assert_eq!(error(text, "a.yaml", 1, &label), "a.yaml, document 1, line 5, column 12: metadata.labels.a.b/c: wrong");
}
