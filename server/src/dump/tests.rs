use proptest::prelude::*;
use topology::cluster::facts::ServiceType;
use topology::cluster::port::TargetPort;
use topology::cluster::settings::{Setting, SettingSource};
use topology::path::answer::WrongValue;

use super::*;
use crate::proxy::ProxyFlags;

fn read(texts: &[&str]) -> Result<Dump, String> {
    let named = texts.iter().zip(["a.yaml", "b.json"]).map(|(text, name)| (name.to_owned(), (*text).to_owned()));
    Dump::of(&named.collect::<Vec<_>>()).map_err(|error| error.to_string())
}

const SERVICE: &str = "apiVersion: v1\nkind: Service\nmetadata: {name: svc1, namespace: ns1}\nspec:\n  clusterIP: 172.30.0.41\n  ports:\n  - port: 80\n";

#[test]
fn the_api_s_defaults_are_applied() {
    let slice = r#"{"apiVersion":"discovery.k8s.io/v1","kind":"EndpointSlice","metadata":{"name":"x","namespace":"ns1","labels":{"kubernetes.io/service-name":"svc1"}},
        "addressType":"IPv4","ports":[{"port":8080}],"endpoints":null}"#;
    let dump = read(&[SERVICE, slice]).unwrap();
    let service = dump.index.service(&ObjectKey::new("ns1", "svc1")).unwrap();
    assert_eq!(
        (service.service_type, &service.ports[0].target_port),
        (ServiceType::ClusterIP, &TargetPort::Number(80))
    );
    let slice = dump.index.slice(&ObjectKey::new("ns1", "x")).unwrap();
    assert_eq!(slice.ports[0].name.as_deref(), Some(""));
}

#[test]
fn lists_documents_and_json_are_read_and_other_kinds_counted() {
    let yaml = format!(
        "{SERVICE}---\napiVersion: v1\nkind: SecretList\nitems: [{{metadata: {{name: a}}}}, {{metadata: {{name: b}}}}]\n---\napiVersion: serving.knative.dev/v1\nkind: Service\nmetadata: {{name: k}}\n"
    );
    let json = r#"{"apiVersion":"v1","kind":"List","items":[{"apiVersion":"v1","kind":"Node","metadata":{"name":"n1"}},{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p"}}]}"#;
    let dump = read(&[&yaml, json]).unwrap();
    assert_eq!((dump.index.count(Kind::Service), dump.index.count(Kind::Node)), (1, 1));
    assert!(dump.index.pod(&ObjectKey::new("default", "p")).is_some());
    assert_eq!(
        dump.left_out_messages(words::Language::English.words()),
        ["left out objects that decide no path: 2 Secret (v1), 1 Service (serving.knative.dev/v1)"]
    );
}

#[test]
fn a_decoding_error_names_file_document_line_column_and_field() {
    let second = |text: &str| format!("{SERVICE}---\n{text}");
    for (text, expected) in [
        (second(&SERVICE.replace("port: 80", "port: abc")), "a.yaml, document 2, line 15, column 11: spec.ports[0].port: invalid type: string \"abc\""),
        (second(&SERVICE.replace("\n  - port: 80", " {port: 80}")), "a.yaml, document 2, line 14, column 10: spec.ports: invalid type: map, expected a list"),
        (second(&SERVICE.replace("172.30.0.41", "[]")), "a.yaml, document 2, line 13, column 14: spec.clusterIP: invalid type: list or object, expected a string"),
        (second(&SERVICE.replace("port: 80", "port: 80.5")), "spec.ports[0].port: invalid type: number, expected a 32-bit integer"),
        (second(&SERVICE.replace("port: 80", "port: 80, targetPort: true").replace("- port: 80, targetPort: true", "- {port: 80, targetPort: true}")), "spec.ports[0].targetPort: invalid type: boolean `true`"),
        (second("apiVersion: v1\nkind: Pod\nmetadata: {labels: {app.kubernetes.io/name: 1}, name: p}\n"), "document 2, line 11, column 45: metadata.labels.app.kubernetes.io/name: invalid type: integer `1`"),
        (second("apiVersion: v1\nkind: Pod\nspec: {}\n"), "document 2, line 9, column 1: metadata.name: is required"),
        (second("kind: Pod\n"), "apiVersion: is required"),
        (second("just a text\n"), "document 2, line 9, column 1: expected an object"),
        (second("a: [\n"), "a.yaml, document 2, line "),
        ("{\"apiVersion\": \"v1\",\n \"kind\": \"Service\", \"metadata\": {\"name\": \"a\"}, \"spec\": {\"type\": 7}}".to_owned(), "a.yaml, document 1, line 2, column 65: spec.type: invalid type: integer `7`"),
    ] {
        let error = read(&[&text]).unwrap_err();
        assert!(error.contains(expected), "{error}\nnot {expected}");
    }
}

#[test]
fn an_object_that_decodes_is_accepted_even_if_the_api_server_would_refuse_it() {
    let odd = SERVICE.replace("port: 80", "port: 70000").replace("172.30.0.41", "nonsense");
    let dump = read(&[&odd]).unwrap();
    let service = dump.index.service(&ObjectKey::new("ns1", "svc1")).unwrap();
    assert!(service.ports.is_empty() && service.cluster_ips.is_empty());
    let remarks = dump.remarks();
    assert!(
        matches!(
            &remarks[..],
            [
                Remark::NotApplied { service_count: 1, .. },
                Remark::ValueRefused { why: WrongValue::NoIp, .. },
                Remark::ValueRefused { why: WrongValue::NoPort, line: Some(7), column: Some(11), .. }
            ]
        ),
        "{remarks:?}"
    );
    // The API server encodes an empty value as null.
    assert!(read(&["apiVersion: v1\nkind: Pod\nmetadata: {name: p, labels: null}\nspec: {containers: null, hostNetwork: null}\n"]).is_ok());
}

#[test]
fn of_many_values_that_the_api_server_would_refuse_the_first_are_listed() {
    let file = |n: usize| {
        let services = (0..n).map(|n| SERVICE.replace("svc1", &format!("svc{n}")).replace("port: 80", "port: 0"));
        services.collect::<Vec<_>>().join("---\n")
    };
    let dump = read(&[&file(8), &file(5).replace("ns1", "ns2")]).unwrap();
    let remarks = dump.remarks();
    assert_eq!((remarks.len(), remarks.last()), (11, Some(&Remark::MoreValuesRefused { count: 3 })));
    assert!(
        matches!(&remarks[9], Remark::ValueRefused { file, document: 2, line: Some(15), .. } if file == "b.json"),
        "{:?}",
        remarks[9]
    );
}

#[test]
fn slices_are_not_known_where_the_files_show_that_some_are_missing() {
    let endpoints = "apiVersion: v1\nkind: Endpoints\nmetadata: {name: svc1, namespace: ns1}\nsubsets: [{addresses: [{ip: 10.0.1.1}], ports: [{port: 80}]}]\n";
    let slice = "apiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata: {name: x}\naddressType: IPv4\n";
    let of = |texts: &[&str]| read(texts).unwrap().coverage().of(Kind::EndpointSlice);
    assert_eq!(of(&[SERVICE]), Known::NotInFiles);
    assert_eq!(of(&[SERVICE, endpoints]), Known::OmittedFromFiles);
    assert_eq!(of(&[slice, endpoints]), Known::Synced);
    assert_eq!(of(&[&SERVICE.replace("clusterIP", "x")]), Known::NotApplied);
    // An Endpoints object without addresses shows nothing.
    assert_eq!(
        of(&[SERVICE, "apiVersion: v1\nkind: Endpoints\nmetadata: {name: svc1, namespace: ns1}\n"]),
        Known::NotInFiles
    );
}

#[test]
fn the_command_in_the_readme_dumps_every_kind_that_all_clusters_have() {
    const README: &str = include_str!("../../../README.md");
    let command = README.lines().find_map(|line| line.strip_prefix("kubectl get nodes")).unwrap();
    let dumped: Vec<&str> = command.split(' ').next().unwrap().split(',').chain(["nodes"]).collect();
    for kind in Kind::WATCHED.into_iter().filter(|kind| !kind.api().optional) {
        assert!(dumped.contains(&kind.api().plural), "`kubectl get nodes{command}` has no {kind}");
    }
}

#[test]
fn a_repeated_object_is_an_error_unless_it_is_equal() {
    assert!(read(&[SERVICE, SERVICE]).is_ok());
    let other = SERVICE.replace("port: 80", "port: 81");
    assert_eq!(
        read(&[SERVICE, &other]).unwrap_err(),
        "b.json, document 1, line 1, column 1: Service ns1/svc1 is also at a.yaml, line 1, and is not the same there: leave one out"
    );
}

#[test]
fn what_is_wrong_with_files_is_told_in_chinese_too_except_for_the_words_of_the_system_and_the_parser() {
    let chinese = |error: DumpError| error.text(words::Language::Chinese.words());
    let of = |texts: &[&str]| {
        let named = texts.iter().zip(["a.yaml", "b.yaml"]).map(|(text, name)| (name.to_owned(), (*text).to_owned()));
        Dump::of(&named.collect::<Vec<_>>()).unwrap_err()
    };
    assert_eq!(
        chinese(of(&[SERVICE, &SERVICE.replace("port: 80", "port: 81")])),
        "b.yaml，第 1 个文档，第 1 行，第 1 列：Service ns1/svc1 在 a.yaml 第 1 行也有，内容却不同：请去掉其中一个"
    );
    assert_eq!(
        chinese(of(&[&SERVICE.replace("port: 80", "port: abc")])),
        "a.yaml，第 1 个文档，第 7 行，第 11 列：spec.ports[0].port：invalid type: string \"abc\", expected a 32-bit integer"
    );
    let error = std::io::Error::other("out of order");
    assert_eq!(chinese(DumpError::Unreadable { file: "a.yaml".to_owned(), error }), "a.yaml：无法读取：out of order");
}

#[test]
fn the_config_map_of_kube_proxy_counts() {
    let map = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: kube-proxy, namespace: kube-system}\ndata:\n  config.conf: |\n    apiVersion: kubeproxy.config.k8s.io/v1alpha1\n    kind: KubeProxyConfiguration\n    mode: nftables\n";
    let dump = read(&[map]).unwrap();
    let (settings, complaints) = ProxyFlags::default().settings(dump.proxy.as_ref());
    assert_eq!((settings.source_of(Setting::ProxyMode), complaints.len()), (SettingSource::ConfigMap, 0));
}

proptest! {
    #![proptest_config(fixed_seed::config(12, 256))]

    #[test]
    fn no_text_panics(text in "\\PC{0,80}") {
        let _ = read(&[&text, &text]);
    }

    /// A valid file with a part of its text replaced.
    #[test]
    fn no_damaged_file_panics(at in 0..SERVICE.len(), cut in 0..12usize, new in "[\\[\\]{}:,&*!|>'\"%@#\\n \\-a-z0-9]{0,6}") {
        let end = (at + cut).min(SERVICE.len());
        let text = format!("{}{new}{}", &SERVICE[..at], &SERVICE[end..]);
        if let Err(error) = read(&[SERVICE, &format!("---\n{text}")]) {
            prop_assert!(error.starts_with("b.json, document "), "{error}");
        }
    }
}
