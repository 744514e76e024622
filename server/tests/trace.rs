//! `kubehop trace` as a program: exit codes, files, batches, and what is said where.

#![expect(clippy::unwrap_used, reason = "a helper that fails is a test that fails")]

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

const CLUSTER: &str = r#"
apiVersion: v1
kind: List
items:
- {apiVersion: v1, kind: Node, metadata: {name: n1}, status: {addresses: [{type: InternalIP, address: 192.168.0.2}]}}
- {apiVersion: v1, kind: Node, metadata: {name: n2}, status: {addresses: [{type: InternalIP, address: 192.168.0.3}]}}
- apiVersion: v1
  kind: Service
  metadata: {name: svc1, namespace: ns1}
  spec: {type: NodePort, clusterIP: 172.30.0.41, ports: [{name: http, port: 80, nodePort: 30080}]}
- apiVersion: discovery.k8s.io/v1
  kind: EndpointSlice
  metadata: {name: svc1-x, namespace: ns1, labels: {kubernetes.io/service-name: svc1}}
  addressType: IPv4
  ports: [{name: http, port: 8080}]
  endpoints: [{addresses: [10.0.1.1], nodeName: n1}]
- {apiVersion: apps/v1, kind: Deployment, metadata: {name: web}}
"#;

struct Ran {
    code: Option<i32>,
    out: String,
    err: String,
}

/// Runs `kubehop trace` with the cluster in a file, and with something on stdin.
fn kubehop(args: &[&str], stdin: &str) -> Ran {
    kubehop_in("C.UTF-8", args, stdin)
}

/// The same in a locale.
fn kubehop_in(locale: &str, args: &[&str], stdin: &str) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kubehop"));
    command.arg("trace").args(args).env_clear().env("HOME", "/nonexistent").env("LANG", locale);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // A program that does not read its stdin may close it.
    let _ = child.stdin.take().unwrap().write_all(stdin.as_bytes());
    let Output { status, stdout, stderr } = child.wait_with_output().unwrap();
    Ran { code: status.code(), out: String::from_utf8(stdout).unwrap(), err: String::from_utf8(stderr).unwrap() }
}

fn offline(args: &[&str]) -> Ran {
    kubehop(&[&["-f", "-"], args].concat(), CLUSTER)
}

/// A file of this test, removed at its end.
struct File(PathBuf);

impl File {
    fn new(name: &str, text: &str) -> Self {
        let path = std::env::temp_dir().join(format!("kubehop-trace-{}-{name}", std::process::id()));
        std::fs::write(&path, text).unwrap();
        Self(path)
    }

    fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }
}

impl Drop for File {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

#[test]
fn the_exit_code_says_whether_it_arrives() {
    for (from, to, code) in [
        ("external:203.0.113.2", "192.168.0.2:30080", 0),
        ("external:203.0.113.2", "192.168.0.2:30081", 1),
        ("external:203.0.113.2", "192.168.0.2", 1),
        // A route from outside to a Cluster IP or a Pod's address is no part of what a cluster tells.
        ("node:n1", "172.30.0.41:80", 0),
        // The reply to a Pod on another Node misses the Node that translated.
        ("pod-ip:10.0.1.7", "172.30.0.41:80", 1),
        ("external:203.0.113.2", "172.30.0.41:80", 1),
        ("external:203.0.113.2", "10.0.1.1:8080", 1),
        ("pod-ip:10.0.1.7", "dns:svc1.ns1", 0),
        ("pod-ip:10.0.1.7", "dns:svc9.ns1", 1),
        ("pod-ip:10.0.1.7", "dns:svc1.ns1?AAAA", 1),
        ("external:203.0.113.2", "https://shop/", 2),
        ("nobody", "192.168.0.2:30080", 2),
        ("node:n9", "192.168.0.2:30080", 2),
    ] {
        let ran = offline(&["--from", from, "--to", to]);
        assert_eq!(ran.code, Some(code), "{from} {to}: {}{}", ran.out, ran.err);
        assert_eq!(ran.out.is_empty(), code == 2);
    }
}

#[test]
fn json_has_every_key_and_nothing_but_json_on_stdout() {
    let ran = offline(&[
        "--from",
        "external:203.0.113.2",
        "--to",
        "192.168.0.2:30080",
        "-o",
        "json",
        "--proxy-mode",
        "nftables",
    ]);
    let trace: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((&trace["settings"]["proxyMode"], &trace["settings"]["source"]), (&"nftables".into(), &"flag".into()));
    assert_eq!(trace["evaluations"][0]["outcome"], "EP");
    assert!(trace["evaluations"][0]["endpoints"][0]["rule"].as_str().unwrap().starts_with("endpoint-"));
    assert_eq!(
        ran.err,
        "kubehop: left out objects that make Pods; only the Pods in these files count: 1 Deployment (apps/v1)\n"
    );
    for key in ["from", "to", "dns", "settings", "evaluations", "missing", "remarks"] {
        assert!(trace.get(key).is_some(), "{key}");
    }
    let missing = serde_json::json!([
        {"kind": "Pod", "namespace": null, "why": "notInFiles", "couldChange": ["outcome", "entry", "endpoints"]}
    ]);
    assert_eq!(trace["missing"], missing);
}

#[test]
fn bad_input_names_the_flag_or_the_place() {
    let from = ["--from", "external:203.0.113.2", "--to", "192.168.0.2:30080"];
    let ran = kubehop(&[&["-f", "-"], &from[..]].concat(), &CLUSTER.replace("port: 80,", "port: abc,"));
    assert_eq!(ran.code, Some(2));
    assert!(
        ran.err.contains("stdin, document 1, line 10, column ") && ran.err.contains("items[2].spec.ports[0].port"),
        "{}",
        ran.err
    );
    for (args, hint) in [
        (&["-f", "/nonexistent.yaml"][..], "/nonexistent.yaml: cannot be read"),
        (&["-f", "-", "--cluster-cidr", "10"], "--cluster-cidr: `10`"),
        (&["-f", "-", "--node", "n9"], "--node: there is no Node n9"),
        (&["--kubeconfig", "/nonexistent"], "/nonexistent"),
        (&[], "--sandbox"),
    ] {
        let ran = kubehop(&[args, &from[..]].concat(), CLUSTER);
        assert_eq!(ran.code, Some(2), "{args:?}: {}", ran.err);
        assert!(ran.err.contains(hint), "{args:?}: {}", ran.err);
    }
}

#[test]
fn a_batch_answers_line_by_line() {
    let dump = File::new("batch.yaml", CLUSTER);
    let questions = "external:203.0.113.2 192.168.0.2:30080\n\n# nothing\nexternal:203.0.113.2 172.30.0.41:80 n2\nexternal nowhere\n";
    let ran = kubehop(&["-f", dump.path(), "--batch", "-"], questions);
    let answers: Vec<Value> = ran.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((ran.code, answers.len()), (Some(2), 3), "{}", ran.err);
    assert_eq!(
        (&answers[0]["evaluations"][0]["node"], &answers[1]["evaluations"][0]["node"]),
        (&"n1".into(), &"n2".into())
    );
    assert_eq!(answers[2]["line"], 5);
}

#[test]
fn text_is_in_the_language_of_the_flag_or_of_the_locale_and_json_in_that_of_the_flag_or_english() {
    let question = ["-f", "-", "--from", "external:203.0.113.2", "--to", "172.30.0.42:80"];
    for (locale, flags, chinese) in [
        ("zh_CN.UTF-8", &[][..], true),
        ("zh_CN.UTF-8", &["--lang", "en"], false),
        ("C.UTF-8", &["--lang", "zh"], true),
        ("zh_CN.UTF-8", &["-o", "json"], false),
        ("C.UTF-8", &["-o", "json", "--lang", "zh"], true),
    ] {
        let ran = kubehop_in(locale, &[&question[..], flags].concat(), CLUSTER);
        let sentences: Vec<&str> = ["outside", "集群"].into_iter().filter(|word| ran.out.contains(word)).collect();
        assert_eq!(sentences.contains(&"集群"), chinese, "{locale} {flags:?}: {}", ran.out);
    }
    let ran = kubehop_in("zh_CN.UTF-8", &["-f", "-", "--from", "nowhere", "--to", "1.2.3.4:80"], CLUSTER);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.starts_with("kubehop: --from nowhere：`nowhere` 不是来源"), "{}", ran.err);
    let ran = kubehop_in("zh_CN.UTF-8", &[&question[..], &["--feature-gates", "Other=true"]].concat(), CLUSTER);
    for (said, wrong) in [
        ("对这里的任何路径都没有影响：Other", "of no effect"),
        ("只有这些文件里的 Pod 才算数：1 Deployment", "left out"),
    ] {
        assert!(ran.err.contains(said) && !ran.err.contains(wrong), "{}", ran.err);
    }
    let dump = File::new("language.yaml", CLUSTER);
    let batch = kubehop_in("zh_CN.UTF-8", &["-f", dump.path(), "--batch", "-"], "external nowhere\n");
    assert!(batch.out.contains("is no source"), "{}", batch.out);
    let batch = kubehop(&["-f", dump.path(), "--batch", "-", "--lang", "zh"], "external nowhere\n");
    assert!(batch.out.contains("不是来源"), "{}", batch.out);
    assert_eq!(kubehop(&[&question[..], &["--lang", "tlh"]].concat(), CLUSTER).code, Some(2));
}

#[test]
fn a_cluster_that_does_not_answer_is_said_at_once() {
    // A port that was free a moment ago.
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let kubeconfig = File::new(
        "kubeconfig",
        &format!(
            "apiVersion: v1\nkind: Config\ncurrent-context: c\nclusters: [{{name: c, cluster: {{server: 'http://127.0.0.1:{port}'}}}}]\nusers: [{{name: u, user: {{}}}}]\ncontexts: [{{name: c, context: {{cluster: c, user: u}}}}]\n"
        ),
    );
    let ran = kubehop(&["--kubeconfig", kubeconfig.path(), "--from", "external:1.2.3.4", "--to", "10.0.0.1:80"], "");
    assert_eq!(ran.code, Some(2), "{}", ran.out);
    assert!(ran.err.starts_with("kubehop: cannot reach the API server"), "{}", ran.err);
}

#[test]
fn the_sandbox_is_a_cluster_like_any_other() {
    let ran = kubehop(
        &["--sandbox", "--from", "pod-ip:10.244.1.200", "--to", "dns:nginx-service.default:30080", "-o", "json"],
        "",
    );
    let trace: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((ran.code, &trace["settings"]["source"]), (Some(0), &"configMap".into()), "{trace}");
    assert_eq!(trace["settings"]["effective"]["clusterCIDR"]["source"], "configMap");
}
