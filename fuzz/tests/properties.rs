//! Every target runs on random inputs: mutations of its corpus, any bytes, and the words of its input language.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;

use fuzz::TARGETS;
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

/// Runs random cases. A failing input is added to the corpus by hand, so that it has a name.
fn run<S: Strategy>(seed: u64, cases: u32, strategy: &S, test: impl Fn(S::Value)) {
    let outcome = TestRunner::new(fixed_seed::config(seed, cases)).run(strategy, |value| {
        test(value);
        Ok(())
    });
    outcome.unwrap_or_else(|error| panic!("{error}"));
}

fn target(name: &str) -> fn(&[u8]) {
    TARGETS.iter().find(|(own, _)| *own == name).unwrap().1
}

fn corpus(name: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(name);
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.into_iter().map(|file| fs::read(file).unwrap()).collect()
}

/// Bytes with a meaning for some reader.
fn odd() -> impl Strategy<Value = Vec<u8>> {
    let known: Vec<&[u8]> = vec![
        b"\"",
        b"'",
        b"<canary>",
        b"]]>",
        b"-->",
        b"\0",
        b"\n",
        b"\r\n",
        b"\n\n",
        b"%00",
        b"%ff",
        b"\xff",
        b"\xc3",
        b":",
        b"@",
        b"/",
        b"?",
        b"#",
        b"[",
        b"]",
        b"{",
        b"}",
        b",",
        b"=",
        b" ",
        b"-1",
        b"0",
        b"65536",
        b"99999999999999999999",
        b"null",
        b"{}",
        b"[]",
        b"::",
        b"::ffff:10.96.114.20",
        b"10.96.114.20",
        "\u{202e}".as_bytes(),
        "\u{200b}".as_bytes(),
        "\u{301}".as_bytes(),
        "\u{feff}".as_bytes(),
        "İ".as_bytes(),
        "🦀".as_bytes(),
    ];
    prop_oneof![select(known).prop_map(<[u8]>::to_vec), vec(any::<u8>(), 0..6)]
}

/// A file with a part replaced by odd bytes, and the end of another file.
fn damaged(files: Vec<Vec<u8>>) -> impl Strategy<Value = Vec<u8>> {
    let cut = (any::<Index>(), 0..24usize, odd());
    (select(files.clone()), vec(cut, 1..4), prop::option::of((select(files), any::<Index>()))).prop_map(
        |(mut file, cuts, other)| {
            for (at, long, new) in cuts {
                let at = at.index(file.len() + 1);
                let end = (at + long).min(file.len());
                file.splice(at..end, new);
            }
            if let Some((other, at)) = other {
                let at = at.index(other.len() + 1);
                file.truncate(at.min(file.len()));
                file.extend_from_slice(&other[at..]);
            }
            file
        },
    )
}

#[test]
fn every_target_accepts_its_mutated_corpus() {
    for (name, body) in TARGETS {
        // Targets that draw pictures take longer.
        let cases = if ["files", "request", "watched", "wire"].contains(&name) { 100 } else { 400 };
        run(31, cases, &damaged(corpus(name)), |bytes| body(&bytes));
    }
}

#[test]
fn every_target_accepts_any_bytes() {
    let bytes = prop_oneof![vec(any::<u8>(), 0..64), any::<String>().prop_map(String::into_bytes)];
    TARGETS.iter().for_each(|(_, body)| run(32, 100, &bytes, |bytes| body(&bytes)));
}

/// Names, addresses, numbers and invalid values, as in the fields of an object.
fn leaf() -> impl Strategy<Value = Value> {
    let texts = vec![
        "web",
        "default",
        "n1",
        "10.96.0.9",
        "10.244.1.9",
        "fd00::9",
        "::ffff:10.96.0.9",
        "172.30.0.041",
        "0.0.0.0",
        "None",
        "",
        "10.244.0.0/16",
        "::/0",
        "NodePort",
        "LoadBalancer",
        "ExternalName",
        "ClusterIP",
        "Local",
        "Cluster",
        "ClientIP",
        "TCP",
        "UDP",
        "SCTP",
        "IPv6",
        "FQDN",
        "Ready",
        "True",
        "False",
        "InternalIP",
        "Hostname",
        "Pod",
        "Proxy",
        "VIP",
        "Running",
        "Succeeded",
        "<canary a=\"b\">'&",
        "javascript:alert(1)",
        "\u{202e}\u{0}\u{301}🦀",
        "kubernetes.io/service-name",
        "a@b",
    ];
    prop_oneof![
        6 => select(texts).prop_map(Value::from),
        2 => select(vec![0, 1, 80, 8080, 30080, 65535, 65536, -1, i64::MAX]).prop_map(Value::from),
        1 => any::<bool>().prop_map(Value::from),
        1 => Just(Value::Null),
        1 => any::<String>().prop_map(Value::from),
    ]
}

/// An object with the fields of all watched kinds, each of any type.
fn object() -> impl Strategy<Value = Value> {
    let fields = vec![
        "type",
        "clusterIP",
        "clusterIPs",
        "externalIPs",
        "externalName",
        "ports",
        "port",
        "nodePort",
        "targetPort",
        "protocol",
        "name",
        "namespace",
        "labels",
        "selector",
        "containers",
        "containerPort",
        "hostPort",
        "hostIP",
        "hostNetwork",
        "nodeName",
        "podIP",
        "podIPs",
        "ip",
        "phase",
        "conditions",
        "status",
        "reason",
        "message",
        "addresses",
        "address",
        "podCIDR",
        "podCIDRs",
        "cidrs",
        "loadBalancer",
        "ingress",
        "hostname",
        "ipMode",
        "targetRef",
        "kind",
        "ready",
        "serving",
        "terminating",
        "hints",
        "forZones",
        "forNodes",
        "internalTrafficPolicy",
        "externalTrafficPolicy",
        "sessionAffinity",
        "web",
    ];
    let value = leaf().prop_recursive(3, 40, 6, move |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            btree_map(select(fields.clone()), inner, 0..6).prop_map(|map| json!(map))
        ]
    });
    let part = || value.clone();
    let name = || prop_oneof![4 => Just(json!("web")), 1 => leaf()];
    (name(), name(), part(), part(), part(), part(), part()).prop_map(|(name, namespace, labels, spec, status, list, ports)| {
        json!({ "apiVersion": "v1", "kind": "Service", "metadata": { "name": name, "namespace": namespace, "labels": labels },
            "spec": spec, "status": status, "addressType": "IPv4", "endpoints": list, "subsets": list, "ports": ports })
    })
}

#[test]
fn every_object_with_known_fields_is_accepted() {
    run(33, 200, &object(), |object| {
        let text = object.to_string();
        target("watched")(text.as_bytes());
        target("files")(text.as_bytes());
    });
}

#[test]
fn every_request_to_every_route_is_answered() {
    let mut paths: Vec<String> = server::http::paths().into_iter().map(str::to_owned).collect();
    assert!(paths.len() >= 13, "{paths:?}");
    paths.extend(
        ["/favicon.svg", "/pkg/kubehop.js", "/api", "/api/v1/x", "/%3Ccanary%3E", "//", "/..", "*"].map(str::to_owned),
    );
    paths.extend(paths.clone().iter().map(|path| format!("/team/hop{path}")));
    let value = prop_oneof![
        3 => select(vec![
            "default", "node1", "web-0", "Service", "Pod", "Node", "nginx-service", "10.96.114.20:30080", "external:203.0.113.7", "pod:default/web-0", "true", "text",
            "dark", "zh", "0f3c9a21-42", "nodePort:192.168.56.12:30001", "port:10.96.66.6:80", "odd", "is:ready", "table",
        ])
        .prop_map(str::to_owned),
        1 => Just("<canary a=\"b\">'&\u{202e}\u{0}".to_owned()),
        1 => "\\PC{0,12}",
    ];
    let names = vec![
        "context",
        "namespaces",
        "since",
        "overview",
        "kind",
        "namespace",
        "name",
        "socket",
        "from",
        "to",
        "node",
        "output",
        "q",
        "select",
        "lang",
        "theme",
        "find",
        "hide",
        "view",
        "by",
        "zoom",
        "problems",
    ];
    let encoded = |text: String| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
    let pair = (select(names), value.clone()).prop_map(move |(name, value)| format!("{name}={}", encoded(value)));
    let query = prop_oneof![4 => vec(pair, 0..6).prop_map(|pairs| pairs.join("&")), 1 => "[!-~]{0,30}"];
    let host = prop_oneof![
        8 => select(vec!["localhost:3000", "127.0.0.1", "[::1]:1", "kubehop.example.com"]).prop_map(str::to_owned),
        1 => "[ -~]{0,20}",
    ];
    let header = (
        select(vec![
            "origin",
            "referer",
            "last-event-id",
            "accept-language",
            "content-length",
            "transfer-encoding",
            "if-none-match",
            "sec-fetch-site",
            "sec-fetch-mode",
            "sec-fetch-dest",
            "accept",
            "range",
            "x-forwarded-host",
            "cookie",
        ]),
        prop_oneof![
            select(vec![
                "http://localhost:3000",
                "null",
                "https://evil.example",
                "0f3c9a21-42",
                "zh;q=0.9,en",
                "0",
                "5",
                "chunked",
                "*",
                "cross-site",
                "same-origin",
                "no-cors",
                "navigate",
                "document",
                "image",
                "https://wiki.example.com/a",
            ])
            .prop_map(str::to_owned),
            "[ -~]{0,16}",
        ],
    );
    let method = prop_oneof![8 => Just("GET"), 1 => Just("HEAD"), 1 => select(vec!["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CANARY"])];
    let request = (method, select(paths), query, host, vec(header, 0..4), "[a-z{}]{0,8}");
    let body = target("request");
    run(34, 1_000, &request, |(method, path, query, host, headers, content)| {
        let headers: String = headers.iter().map(|(name, value)| format!("{name}: {value}\n")).collect();
        body(format!("{method} {path}?{query}\nhost: {host}\n{headers}\n{content}").as_bytes());
    });
}

#[test]
fn every_sequence_of_tab_inputs_is_handled() {
    let words = vec![
        "shown",
        "hidden",
        "pause",
        "resume",
        "opened",
        "broken",
        "closed",
        "reset",
        "retry",
        "overdue",
        "frame",
        "later 700",
        "later 60000",
        "fetched no",
    ];
    let snapshot = corpus("wire")
        .into_iter()
        .map(|file| String::from_utf8_lossy(&file).into_owned())
        .find(|text| text.contains("\"scopes\""))
        .unwrap();
    let delta = |id: u64| {
        format!("delta 0f3c9a21-{id} {{\"changes\":[{{\"op\":\"del\",\"kind\":\"Node\",\"key\":\"n1\"}}],\"at\":{id}}}")
    };
    let line = prop_oneof![
        6 => select(words).prop_map(str::to_owned),
        3 => Just(format!("fetched {snapshot}")),
        3 => (40u64..60).prop_map(delta),
        1 => Just("delta ffffffff-1 {\"changes\":[]}".to_owned()),
        1 => Just("status {\"state\":\"live\",\"kinds\":[]}".to_owned()),
        1 => Just("status <".to_owned()),
    ];
    run(35, 1_000, &vec(line, 0..40), |lines| target("stream")(format!("shown\n{}", lines.join("\n")).as_bytes()));
}
