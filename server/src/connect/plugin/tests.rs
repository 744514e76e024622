use std::path::Path;

use tokio::time::Instant;

use super::*;
use crate::connect::english;

fn shell(script: &str) -> ExecConfig {
    let json = json!({"apiVersion": "client.authentication.k8s.io/v1", "command": "/bin/sh", "args": ["-c", script],
        "interactiveMode": "Never", "provideClusterInfo": false});
    serde_json::from_value(json).unwrap()
}

async fn error(script: &str) -> PluginError {
    fetch_within(&shell(script), Duration::from_secs(10)).await.err().unwrap()
}

#[tokio::test]
async fn a_plugin_gets_what_kubectl_tells_it_and_its_credentials_are_read_in_json_and_yaml() {
    let script = r#"echo "$KUBERNETES_EXEC_INFO" | grep -q '"apiVersion":"client.authentication.k8s.io/v1"' || exit 9
        echo '{"kind": "ExecCredential", "status": {"token": "t", "expirationTimestamp": "2030-01-02T03:04:05Z"}}'"#;
    let fetched = fetch(&shell(script)).await.unwrap();
    let expires = "2030-01-02T03:04:05Z".parse().unwrap();
    assert_eq!((fetched.token.as_deref(), fetched.expires()), (Some("t"), Some(expires)));
    let yaml = "printf 'status:\\n  clientCertificateData: c\\n  clientKeyData: k\\n'";
    let fetched = fetch(&shell(yaml)).await.unwrap();
    assert_eq!(
        (fetched.client_certificate_data.as_deref(), fetched.client_key_data.as_deref()),
        (Some("c"), Some("k"))
    );
}

/// With what it has started, whether it reads, writes or waits.
#[tokio::test]
async fn a_plugin_that_hangs_is_killed_with_all_that_it_started() {
    for script in ["sleep 300; echo {}", "exec >&-; sleep 300", "sleep 300 & sleep 300 & wait"] {
        let file = std::env::temp_dir().join(format!("kubehop-plugin-{}", std::process::id()));
        let begin = Instant::now();
        let script = format!("echo $$ > {}; {script}", file.display());
        let error = fetch_within(&shell(&script), Duration::from_millis(500)).await.err();
        assert_eq!(error, Some(PluginError::Hangs(0)), "{script}");
        let group = std::fs::read_to_string(&file).unwrap().trim().to_owned();
        // The kernel takes a moment to end them.
        while is_running(&group) {
            assert!(begin.elapsed() < Duration::from_secs(5), "{script} still runs");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        std::fs::remove_file(file).unwrap();
    }
}

/// Whether a process of this group is there and is no zombie.
fn is_running(group: &str) -> bool {
    let processes = std::fs::read_dir("/proc").unwrap().filter_map(Result::ok);
    let stat = |path: &Path| std::fs::read_to_string(path.join("stat")).ok();
    processes.filter_map(|process| stat(&process.path())).any(|stat| {
        // `PID (NAME) STATE PARENT GROUP …`
        let fields: Vec<&str> = stat.rsplit_once(')').map_or("", |(_, rest)| rest).split_whitespace().collect();
        fields.get(2) == Some(&group) && fields.first() != Some(&"Z")
    })
}

#[tokio::test]
async fn what_is_wrong_is_said_without_what_the_plugin_wrote_or_was_called_with() {
    for (script, says) in [
        ("echo s3cret; exit 3", "exit status: 3"),
        ("kill -9 $$", "signal 9"),
        ("echo '{'", "something else than an ExecCredential"),
        ("echo 's3cret: [s3cret'", "something else"),
        ("echo '{\"status\": {\"token\": [\"s3cret\"]}}'", "something else"),
        ("echo {}", "neither a token nor a certificate"),
        ("yes s3cret", "more than 1048576 bytes"),
    ] {
        let said = english(&error(script).await.problem("https://a", &shell(script)));
        assert!(said.contains(says) && said.contains("/bin/sh") && !said.contains("s3cret"), "{script}: {said}");
    }
    let mut missing = shell("");
    missing.command = Some("/nonexistent/plugin".to_owned());
    let error = fetch(&missing).await.err().unwrap();
    assert!(matches!(&error, PluginError::Failed(reason) if reason.contains("No such file")), "{error}");
}
