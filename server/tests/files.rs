//! Files as people give them to `kubehop trace -f`: nothing in them is dropped in silence (`tests/files` has those that were tried).

#![expect(clippy::unwrap_used, reason = "a helper that fails is a test that fails")]

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::Value;

struct Ran {
    code: Option<i32>,
    out: String,
    err: String,
}

/// Asks what happens to a packet to 10.0.0.1:80, with these arguments and a text on stdin.
fn ask(args: &[&str], stdin: &[u8]) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kubehop"));
    command.args(["trace", "--from", "external:1.2.3.4", "--to", "10.0.0.1:80"]).args(args);
    command.current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files"));
    command.env_clear().env("HOME", "/nonexistent").env("LANG", "C.UTF-8");
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // A program that does not read its stdin may close it.
    let _ = child.stdin.take().unwrap().write_all(stdin);
    let output = child.wait_with_output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Ran { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

/// The remarks of the answer in JSON about a file, each as its field, its value and what is wrong with it, after line and column.
fn refused(file: &str) -> Vec<String> {
    let ran = ask(&["-f", file, "-o", "json"], b"");
    assert_eq!(ran.code, Some(1), "{}{}", ran.out, ran.err);
    let answer: Value = serde_json::from_str(&ran.out).unwrap();
    let text = ask(&["-f", file], b"").out;
    let remarks = answer["remarks"].as_array().unwrap().iter().filter(|remark| remark["code"] == "value-refused");
    let shown = |remark: &Value| {
        assert_eq!((&remark["file"], &remark["document"]), (&Value::from(file), &Value::from(1)), "{remark}");
        // The text has the same sentence.
        assert!(text.contains(remark["text"].as_str().unwrap()), "{text}\n{remark}");
        let value = remark["value"].as_str().unwrap_or("-");
        format!(
            "{}:{} {} {value} {}",
            remark["line"],
            remark["column"],
            remark["field"].as_str().unwrap(),
            remark["why"].as_str().unwrap()
        )
    };
    remarks.map(shown).collect()
}

#[test]
fn ipbig() {
    assert_eq!(
        refused("ipbig.yaml"),
        ["4:19 spec.clusterIP 256.0.0.1 no-ip", "4:43 spec.clusterIPs[0] 256.0.0.1 no-ip"]
    );
}

#[test]
fn ipempty() {
    assert_eq!(refused("ipempty.yaml"), ["4:36 spec.clusterIPs[0]  no-ip"]);
}

#[test]
fn portneg() {
    assert_eq!(refused("portneg.yaml"), ["8:18 spec.ports[0].port -1 no-port"]);
}

#[test]
fn portbig() {
    assert_eq!(refused("portbig.yaml"), ["8:18 spec.ports[0].port 65536 no-port"]);
    let said = "portbig.yaml, document 1, line 8, column 18: spec.ports[0].port: `65536` is not a port: 1 to 65535; the API server refuses this";
    let text = ask(&["-f", "portbig.yaml"], b"").out;
    assert!(text.contains(said), "{text}");
}

#[test]
fn portmiss() {
    assert_eq!(refused("portmiss.yaml"), ["8:11 spec.ports[0].port - required"]);
}

#[test]
fn endslice_bad() {
    assert_eq!(
        refused("endslice_bad.yaml"),
        [
            "5:26 endpoints[0].addresses[0] fd00::1 other-family",
            "5:50 endpoints[1].addresses [] required",
            "5:54 endpoints[2].addresses - required",
            "6:16 ports[0].port 70000 no-port"
        ]
    );
}

#[test]
fn dupfield() {
    let ran = ask(&["-f", "dupfield.json"], b"");
    assert_eq!(ran.code, Some(2));
    assert_eq!(
        ran.err,
        "kubehop: dupfield.json, document 1, line 1, column 65: metadata.name: the key `name` is there twice: leave one out\n"
    );
    // The same in YAML, and in JSON that is not called so.
    for text in [
        "apiVersion: v1\nkind: Service\nmetadata: {name: a, name: b}\n",
        r#"{"apiVersion":"v1","kind":"Service","metadata":{"name":"a","name":"b"}}"#,
    ] {
        let ran = ask(&["-f", "-"], text.as_bytes());
        assert!(
            ran.code == Some(2) && ran.err.ends_with(": the key `name` is there twice: leave one out\n"),
            "{}",
            ran.err
        );
    }
}

#[test]
fn utf16() {
    let ran = ask(&["-f", "utf16.yaml"], b"");
    assert!(ran.out.starts_with("REJECT  10.0.0.1:80\n  Service d/s has no"), "{}{}", ran.out, ran.err);
}

#[test]
fn ansi() {
    let is_obeyed = |letter: char| letter != '\n' && letter.is_control();
    let ran = ask(&["-f", "ansi.json"], b"");
    assert!(!ran.out.contains(is_obeyed) && !ran.err.contains(is_obeyed), "{:?}\n{:?}", ran.out, ran.err);
    assert!(ran.out.contains(r"port 80 (\u{1b}]0;pwn\u{7}\u{1b}[31m) → targetPort \u{1b}[2J"), "{}", ran.out);
    // JSON is exact.
    let ran = ask(&["-f", "ansi.json", "-o", "json"], b"");
    let answer: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(answer["evaluations"][0]["entry"]["portName"], "\u{1b}]0;pwn\u{7}\u{1b}[31m");
    // Errors have names of the file too.
    let text = "apiVersion: v1\nkind: Pod\nmetadata: {name: a, labels: {\"a\\u202e\\e[2J\\nb\": 1}}\n";
    let ran = ask(&["-f", "-"], text.as_bytes());
    assert!(ran.code == Some(2) && ran.err.contains(r"metadata.labels.a\u{202e}\u{1b}[2J\nb: "), "{:?}", ran.err);
    assert_eq!(ran.err.matches('\n').count(), 1, "{:?}", ran.err);
}

const SERVICE: &str = "apiVersion: v1\nkind: Service\nmetadata: {name: s, namespace: d}\nspec: {clusterIP: 10.0.0.1, ports: [{port: 80}]}\n";

/// A directory of this test, removed at its end.
struct Directory(PathBuf);

impl Directory {
    fn new(name: &str, files: &[(&str, &[u8])]) -> Self {
        let path = std::env::temp_dir().join(format!("kubehop-files-{}-{name}", std::process::id()));
        for (file, bytes) in files {
            let file = path.join(file);
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(file, bytes).unwrap();
        }
        Self(path)
    }

    fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn gzip(text: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn gzip_is_read() {
    let ran = ask(&["-f", "-"], &gzip(SERVICE));
    assert!(ran.out.starts_with("REJECT"), "{}{}", ran.out, ran.err);
}

#[test]
fn of_a_directory_its_own_yaml_and_json_files_are_read() {
    let json = r#"{"apiVersion":"v1","kind":"Node","metadata":{"name":"n1"}}"#;
    let files: [(&str, &[u8]); 4] = [
        ("b.yaml", SERVICE.as_bytes()),
        ("a.json", json.as_bytes()),
        ("notes.txt", b"no objects"),
        ("deep/c.yaml", b"["),
    ];
    let directory = Directory::new("both", &files);
    let ran = ask(&["-f", directory.path()], b"");
    assert!(ran.out.starts_with("REJECT") && ran.out.contains("decided on n1"), "{}{}", ran.out, ran.err);
    let deep = format!("{}/deep", directory.path());
    std::fs::remove_file(format!("{deep}/c.yaml")).unwrap();
    let ran = ask(&["-f", &deep], b"");
    assert_eq!(
        (ran.code, ran.err),
        (Some(2), format!("kubehop: {deep}: the directory has no .yaml, .yml or .json file\n"))
    );
}

#[test]
fn a_list_at_the_top_is_a_list_of_objects() {
    let yaml: String =
        SERVICE.lines().enumerate().map(|(n, line)| format!("{}{line}\n", if n == 0 { "- " } else { "  " })).collect();
    let json = r#"[{"apiVersion":"v1","kind":"Service","metadata":{"name":"s","namespace":"d"},"spec":{"clusterIP":"10.0.0.1","ports":[{"port":80}]}}]"#;
    for text in [yaml.as_str(), json] {
        let ran = ask(&["-f", "-"], text.as_bytes());
        assert!(ran.out.starts_with("REJECT"), "{}{}", ran.out, ran.err);
    }
    let ran = ask(&["-f", "-"], json.replace("80", "\"x\"").as_bytes());
    assert!(
        ran.err.contains("stdin, document 1, line 1, column 126: [0].spec.ports[0].port: invalid type"),
        "{}",
        ran.err
    );
}

#[test]
fn what_has_no_objects_is_named() {
    for (text, said) in [
        (
            "NAME         TYPE        CLUSTER-IP   EXTERNAL-IP   PORT(S)   AGE\nkubernetes   ClusterIP   10.96.0.1    <none>        443/TCP   5d\n",
            "a table of kubectl get",
        ),
        (
            "NAMESPACE   NAME     READY   STATUS    RESTARTS   AGE   IP          NODE\nshop        web-0    1/1     Running   0          5d    10.0.0.1    n1\n",
            "a table of kubectl get",
        ),
        (r#"{"apiVersion":"meta.k8s.io/v1","kind":"Table","rows":[]}"#, "a table of kubectl get"),
        (
            "Name:         web\nNamespace:    shop\nLabels:       app=web\n              tier=front\n",
            "kubectl describe",
        ),
        (
            "apiVersion: v1\nkind: Service\nmetadata:\n  name: {{ include \"web.name\" . }}\nspec:\n  ports:\n  - port: {{ .Values.port }}\n",
            "helm template",
        ),
        (
            "{{- if .Values.enabled }}\napiVersion: v1\nkind: Service\nmetadata: {name: a}\n{{- end }}\n",
            "helm template",
        ),
        ("apiVersion: v1\nkind: Service\nmetadata:\n  name: \"{{ .Release.Name }}-web\"\n", "helm template"),
        (
            "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [a.yaml]\n",
            "kubectl kustomize",
        ),
        ("", "stdin: no object in it"),
        ("# nothing\n---\n", "stdin: no object in it"),
    ] {
        let ran = ask(&["-f", "-"], text.as_bytes());
        assert!(ran.code == Some(2) && ran.err.contains(said), "{text}\n{}{}", ran.out, ran.err);
        assert_eq!(ran.err.matches('\n').count(), 1, "{}", ran.err);
    }
    let chart = Directory::new("chart", &[("Chart.yaml", b"apiVersion: v2\nname: web\nversion: 1.0.0\n")]);
    let ran = ask(&["-f", chart.path()], b"");
    assert!(ran.code == Some(2) && ran.err.contains("this is a Helm chart"), "{}", ran.err);
    // Another program's template in a text is none of Helm's.
    let alert = format!(
        "{SERVICE}---\napiVersion: v1\nkind: ConfigMap\nmetadata: {{name: c}}\ndata: {{a: \"{{{{ $labels.pod }}}}\"}}\n"
    );
    assert!(ask(&["-f", "-"], alert.as_bytes()).out.starts_with("REJECT"));
}

#[test]
fn kinds_that_would_have_mattered_are_said_by_themselves() {
    let more = "---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: a}\n---\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: a}\n---\napiVersion: discovery.k8s.io/v1alpha1\nkind: EndpointSlice\nmetadata: {name: a}\n---\napiVersion: v1\nkind: Secret\nmetadata: {name: a}\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: a}\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\n";
    let ran = ask(&["-f", "-"], format!("{SERVICE}{more}").as_bytes());
    for said in [
        "policies are in these files and are not evaluated, and they may stop a packet: 1 NetworkPolicy (networking.k8s.io/v1)",
        "routes by name or path are in these files and are not evaluated; ask for the Service or the address that they lead to: 1 Ingress (networking.k8s.io/v1)",
        "left out objects of a version that kubehop does not read; dump them again from a newer cluster or kubectl: 1 EndpointSlice (discovery.k8s.io/v1alpha1)",
        "left out objects that make Pods; only the Pods in these files count: 1 Deployment (apps/v1)",
        "left out objects that decide no path: 1 Secret (v1)",
    ] {
        assert!(ran.err.lines().any(|line| line == format!("kubehop: {said}")), "{}", ran.err);
    }
}

#[test]
fn v1beta1_slices_are_read() {
    let slice = "---\napiVersion: discovery.k8s.io/v1beta1\nkind: EndpointSlice\nmetadata: {name: s-x, namespace: d, labels: {kubernetes.io/service-name: s}}\naddressType: IPv4\nports: [{name: \"\", port: 8080}]\nendpoints: [{addresses: [10.1.0.1], conditions: {ready: true}, topology: {kubernetes.io/hostname: n1}}]\n";
    let ran = ask(&["-f", "-", "-o", "json"], format!("{SERVICE}{slice}").as_bytes());
    let answer: Value = serde_json::from_str(&ran.out).unwrap();
    let endpoint = &answer["evaluations"][0]["endpoints"][0];
    assert_eq!((&endpoint["ip"], &endpoint["node"]), (&"10.1.0.1".into(), &"n1".into()), "{}", ran.out);
}

#[test]
fn deployments_without_pods_are_no_refusal() {
    let deployment = "---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a, namespace: d}\n";
    let ran = ask(&["-f", "-", "-o", "json"], format!("{SERVICE}{deployment}").as_bytes());
    let answer: Value = serde_json::from_str(&ran.out).unwrap();
    let evaluation = &answer["evaluations"][0];
    assert_eq!(
        (&evaluation["outcome"], &evaluation["because"]["code"]),
        (&"UNKNOWN".into(), &"endpoint-slices-not-made".into())
    );
    assert_eq!(answer["remarks"][0]["workloads"], 1, "{}", ran.out);
    // Scaled to zero, it has none.
    let ran = ask(&["-f", "-"], format!("{SERVICE}{deployment}spec: {{replicas: 0}}\n").as_bytes());
    assert!(ran.out.starts_with("REJECT"), "{}", ran.out);
}
