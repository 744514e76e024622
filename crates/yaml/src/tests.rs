use super::*;

fn error(text: &str, source_name: &str, document: usize, field: &[PathStep]) -> String {
    let (manifest, found) = Manifest::read(text, source_name).unwrap();
    let found = found.into_iter().rfind(|found| found.place.document == document).unwrap();
    manifest.error(&found.place, field, "wrong").to_string()
}

fn field(name: &str) -> PathStep {
    PathStep::from(name)
}

#[test]
fn a_field_is_found_in_yaml() {
    let text = "apiVersion: v1\nkind: Pod\n---\napiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Pod\n- apiVersion: v1\n  kind: Service\n  spec:\n    ports:\n    - port: abc\n";
    let port = [field("spec"), field("ports"), PathStep::Item(0), field("port")];
    assert_eq!(
        error(text, "a.yaml", 2, &port),
        "a.yaml, document 2, line 13, column 13: items[1].spec.ports[0].port: wrong"
    );
    // The position of a missing field is that of the value that should contain it.
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
    let port = [field("spec"), field("ports"), PathStep::Item(0), field("port")];
    assert_eq!(error(text, "-", 2, &port), "-, document 2, line 2, column 55: spec.ports[0].port: wrong");
    assert_eq!(error(text, "-", 2, &[]), "-, document 2, line 1, column 34: wrong");
}

#[test]
fn names_with_dots_are_one_step() {
    let text = "apiVersion: v1\nkind: Pod\nmetadata:\n  labels:\n    a.b/c: 1\n";
    let label = [field("metadata"), field("labels"), field("a.b/c")];
    assert_eq!(error(text, "a.yaml", 1, &label), "a.yaml, document 1, line 5, column 12: metadata.labels.a.b/c: wrong");
}

/// Strings that a reader of YAML may take for another type.
const AMBIGUOUS: [&str; 27] = [
    "",
    "yes",
    "no",
    "on",
    "8080",
    "0644",
    "1e3",
    "0x1f",
    "1:30:00",
    "~",
    "null",
    "true",
    "=",
    "<<",
    "2026-01-01",
    " a ",
    "- a",
    "a: b",
    "a #b",
    "#",
    "a\nb\n",
    "  a\nb",
    "\n\n",
    "\u{0}\u{7}",
    "\u{feff}\u{2028}\u{85}",
    "\u{1f980}",
    "'\"\\",
];

#[test]
fn a_written_object_is_read_back_unchanged() {
    let odd: Value = serde_json::json!({"metadata": {"annotations": {}}, "list": AMBIGUOUS, "empty": [[], {}, null, 1, -1, 1.5, true]});
    let long = "words of a line that is not folded, however long it is ".repeat(4);
    let mut object = odd.clone();
    object["metadata"]["annotations"] = AMBIGUOUS.iter().map(|text| ((*text).to_owned(), Value::from(*text))).collect();
    object["long"] = long.clone().into();
    let text = write(&object).unwrap();
    assert_eq!(read_object(text.as_bytes()).unwrap(), object, "{text}");
    assert!(text.contains(long.trim_end()), "{text}");
}

#[test]
fn an_object_is_written_as_kubectl_prints_it() {
    let service = serde_json::json!({"kind": "Service", "apiVersion": "v1", "spec": {"clusterIP": "10.96.0.9", "ports": [{"port": 80, "targetPort": "8080"}]},
        "metadata": {"name": "yes", "annotations": {"note": "a\nb\n"}}});
    let text = "apiVersion: v1\nkind: Service\nmetadata:\n  annotations:\n    note: |\n      a\n      b\n  name: \"yes\"\nspec:\n  clusterIP: 10.96.0.9\n  ports:\n  - port: 80\n    targetPort: \"8080\"\n";
    assert_eq!(write(&service).unwrap(), text);
    let path = |steps: &[PathStep]| steps.to_vec();
    let paths = [
        path(&[field("spec"), field("ports"), PathStep::Item(0), field("targetPort")]),
        path(&[field("metadata"), field("name")]),
        path(&[field("spec"), field("ports"), PathStep::Item(0), field("port")]),
        path(&[field("spec"), field("ports"), PathStep::Item(1), field("port")]),
    ];
    assert_eq!(lines(text, paths.iter().map(Vec::as_slice)), [8, 12, 13]);
}

#[test]
fn a_few_lines_of_aliases_cannot_expand_to_millions_of_values() {
    let nine = |level: usize| vec![format!("*a{level}"); 9].join(",");
    let levels: Vec<String> = (1..9).map(|level| format!("a{level}: &a{level} [{}]", nine(level - 1))).collect();
    let bomb = format!("a0: &a0 [x,x]\n{}\n", levels.join("\n"));
    let error = Manifest::read(&bomb, "a.yaml").unwrap_err().to_string();
    assert!(error.starts_with("a.yaml, document 1, line "), "{error}");
    // Aliases as people use them.
    let text = "apiVersion: v1\nkind: Service\nmetadata: {labels: &l {app: web}}\nspec: {selector: *l}\n";
    assert_eq!(Manifest::read(text, "a.yaml").unwrap().1[0].object["spec"]["selector"]["app"], "web");
}

#[test]
fn a_repeated_key_is_an_error_that_names_it() {
    let of = |text: &str, name: &str| Manifest::read(text, name).unwrap_err().to_string();
    let text = "{\"kind\": \"Pod\",\n \"spec\": [{\"a\": {}}, {\"b\": 1, \"b\": 2}]}";
    let json = of(text, "a.json");
    assert!(json.starts_with("a.json, document 1, line 2, column "), "{json}");
    assert!(json.ends_with(": spec[1].b: the key `b` is there twice: leave one out"), "{json}");
    for text in [text, "kind: Pod\nspec: {b: 1, b: 2}\n"] {
        let yaml = of(text, "a.yaml");
        assert!(
            yaml.starts_with("a.yaml, document 1, line 2, column ")
                && yaml.ends_with(": the key `b` is there twice: leave one out"),
            "{yaml}"
        );
    }
    // Another error inside is no repeated key.
    assert!(of("{\"a\": [1, x]}", "a.json").contains("expected value"));
}

#[test]
fn a_list_of_objects_is_read_as_its_objects() {
    let text = "- apiVersion: v1\n  kind: Pod\n- apiVersion: v1\n  kind: ServiceList\n  items: [{spec: {type: x}}]\n";
    let (manifest, found) = Manifest::read(text, "a.yaml").unwrap();
    assert_eq!(found.iter().map(|found| &found.object["kind"]).collect::<Vec<_>>(), ["Pod", "Service"]);
    let path = [field("spec"), field("type")];
    assert_eq!(
        manifest.error(&found[1].place, &path, "wrong").to_string(),
        "a.yaml, document 1, line 5, column 25: [1].items[0].spec.type: wrong"
    );
    assert_eq!(found[1].place.field_text(&path), "[1].items[0].spec.type");
    assert!(Manifest::read("- [{apiVersion: v1, kind: Pod}]", "a.yaml").is_err());
    assert_eq!(Manifest::read("[]", "a.json").unwrap().1, []);
}

#[test]
fn many_positions_are_those_of_single_errors() {
    let yaml = "apiVersion: v1\nkind: Pod\n---\napiVersion: v1\nkind: Service\nspec:\n  ports:\n  - port: abc\n";
    let json = r#"{"apiVersion":"v1","kind":"Pod"} {"apiVersion":"v1",
        "kind":"Service", "spec": {"ports": [{"port": 1}]}}"#;
    for text in [yaml, json] {
        let (manifest, found) = Manifest::read(text, "-").unwrap();
        let paths = [
            vec![field("kind")],
            vec![field("spec"), field("ports"), PathStep::Item(0), field("port")],
            vec![field("x")],
        ];
        let fields: Vec<_> =
            found.iter().flat_map(|found| paths.iter().map(move |path| (&found.place, path.as_slice()))).collect();
        let positions = manifest.positions(fields.iter().copied());
        for ((place, path), position) in fields.into_iter().zip(positions) {
            let error = manifest.error(place, path, "");
            assert_eq!(position, error.line.zip(error.column), "{error}");
        }
    }
}

#[test]
fn a_text_of_something_else_is_recognised_only_where_it_is_wrong() {
    let of = |text: &str, line| OtherText::recognise(text, "deploy/a.yaml", Some(line));
    let template = "apiVersion: v1\nmetadata:\n  name: {{ .Release.Name }}\nspec: {}\nport: x\n";
    assert_eq!((of(template, 3), of(template, 4)), (Some(OtherText::HelmTemplate), Some(OtherText::HelmTemplate)));
    assert_eq!((of(template, 2), of(template, 5)), (None, None));
    assert_eq!(of("# made by kubectl\nNAME   READY\nweb    1/1\n", 2), Some(OtherText::KubectlTable));
    assert_eq!(of("NAME: web\nREADY: 1\n", 1), None);
    assert_eq!(OtherText::recognise("a: [", "x/kustomization.yaml", None), Some(OtherText::Kustomization));
    assert_eq!(OtherText::recognise("", "a.yaml", None), None);
}
