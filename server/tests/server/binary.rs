use std::io::{BufRead, BufReader, Read};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use tokio::time::Instant;
use topology::cluster::key::Kind;
use topology::wire::Snapshot;

fn kubehop(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kubehop"));
    command.args(args).env_clear().env("HOME", "/nonexistent").stdin(Stdio::null());
    command
}

/// What kubehop prints on stderr for bad input. Arguments without a listen address get a free port, because kubehop's default port may be
/// taken.
fn refused(args: &[&str]) -> String {
    let serves = args.first().is_none_or(|first| first.starts_with("--"));
    let listen: &[&str] = if serves && !args.contains(&"--listen") { &["--listen", "127.0.0.1:0"] } else { &[] };
    let Output { status, stdout, stderr } = kubehop(args).args(listen).output().unwrap();
    let output = String::from_utf8(stderr).unwrap();
    assert_eq!(status.code(), Some(2), "{args:?}: {output}");
    assert!(stdout.is_empty(), "{}", String::from_utf8_lossy(&stdout));
    output
}

/// A running server; it is killed when the test fails.
struct Running {
    child: Child,
    lines: Vec<String>,
}

impl Running {
    /// Starts the server and waits for its ready line.
    fn start(args: &[&str]) -> Self {
        Self::of(kubehop(args))
    }

    fn of(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut lines = Vec::new();
        for line in BufReader::new(child.stdout.take().unwrap()).lines() {
            lines.push(line.unwrap());
            if lines.last().is_some_and(|line| line.starts_with("kubehop: listening on ")) {
                return Self { child, lines };
            }
        }
        panic!("it ended with {:?} after {lines:?}", child.wait());
    }

    fn address(&self, prefix: &str) -> String {
        let line = self.lines.iter().find_map(|line| line.strip_prefix(prefix));
        line.unwrap_or_else(|| panic!("no `{prefix}` in {:?}", self.lines)).to_owned()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Opens an event stream and waits for its first bytes.
fn stream(address: &str) -> TcpStream {
    use std::io::Write;
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "GET /api/v1/events HTTP/1.1\r\nhost: {address}\r\n\r\n").unwrap();
    let mut first = [0; 15];
    stream.read_exact(&mut first).unwrap();
    assert_eq!(&first, b"HTTP/1.1 200 OK");
    stream
}

#[test]
fn bad_input_is_exit_2_and_names_the_flag_and_what_to_do() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = taken.local_addr().unwrap().to_string();
    for (args, says) in [
        (&[][..], &["--kubeconfig", "in-cluster", "--sandbox"][..]),
        (&["--sandbox-api", "127.0.0.1:0"], &["--sandbox-api", "--sandbox"]),
        (&["--sandbox=nope"], &["--sandbox=nope", "overview", "scale:NODES,PODS,SERVICES"]),
        (&["--sandbox=scale:"], &["--sandbox=scale:", "three or four numbers", "scale:5000,150000,10000"]),
        (&["--sandbox=scale:2,501,1"], &["--sandbox=scale:2,501,1", "501 are too many", "3 Nodes"]),
        (&["--sandbox=/nonexistent.yaml"], &["--sandbox=/nonexistent.yaml", "cannot be read"]),
        (&["--sandbox", "--listen", &taken], &["--listen", &taken, "choose another"]),
        (&["--sandbox", "--listen", "nonsense"], &["--listen nonsense", "127.0.0.1:3000"]),
        (&["--sandbox", "--listen", "127.0.0.1:0", "--sandbox-api", "0.0.0.0:0"], &["--sandbox-api", "loopback"]),
        (&["--sandbox", "--kubeconfig", "x"], &["--kubeconfig", "--sandbox"]),
        (&["--sandbox", "--namespaces", "a,B"], &["--namespaces", "`B`"]),
        (&["--no-such-flag"], &["--no-such-flag"]),
        (&["--sandbox", "--health-listen", &taken], &["--health-listen", &taken, "choose another"]),
        (&["--sandbox", "--base-path", "kubehop"], &["--base-path", "begins with a slash"]),
        (&["--sandbox", "--allow-host", "https://a.example"], &["--allow-host", "without scheme and port"]),
        (&["--sandbox", "--max-connections", "0"], &["--max-connections", "from 1 on"]),
    ] {
        let output = refused(args);
        for part in says {
            assert!(output.contains(part), "{part} in {output}");
        }
    }
}

#[test]
fn a_context_that_the_kubeconfig_does_not_have_is_bad_input() {
    let path = format!("{}/contexts-{}.yaml", env!("CARGO_TARGET_TMPDIR"), std::process::id());
    std::fs::write(&path, "contexts: [{name: one, context: {cluster: c, user: u}}]\n").unwrap();
    let output = refused(&["--kubeconfig", &path, "--context", "two"]);
    assert!(output.contains("--context two") && output.contains("one"), "{output}");
    let output = refused(&["--kubeconfig", &path]);
    assert!(output.contains("current-context") && output.contains("--context") && output.contains("one"), "{output}");
}

#[test]
fn the_server_starts_without_a_kubeconfig() {
    let server = Running::start(&["--listen", "127.0.0.1:0", "--kubeconfig", "/nonexistent/kubeconfig"]);
    assert!(server.address("kubehop: listening on http://").starts_with("127.0.0.1:"));
}

#[test]
fn the_server_prints_its_address_and_ends_soon_after_a_signal_with_clients_connected() {
    for signal in ["-TERM", "-INT"] {
        ends_soon_after(signal);
    }
}

fn ends_soon_after(signal: &str) {
    let mut server = Running::start(&["serve", "--sandbox", "--listen", "127.0.0.1:0", "--sandbox-api", "127.0.0.1:0"]);
    assert!(server.lines[0].starts_with("kubehop: sandbox API on http://127.0.0.1:"), "{:?}", server.lines);
    let address = server.address("kubehop: listening on http://");
    assert!(!address.ends_with(":0") && !address.ends_with('/'));
    let mut streams = [stream(&address), stream(&address)];
    let begin = Instant::now();
    assert!(Command::new("kill").arg(signal).arg(server.child.id().to_string()).status().unwrap().success());
    let status = server.child.wait().unwrap();
    assert!(status.success() && begin.elapsed() < Duration::from_secs(5), "{status} after {:?}", begin.elapsed());
    for stream in &mut streams {
        let mut rest = Vec::new();
        stream.read_to_end(&mut rest).unwrap();
        assert!(rest.ends_with(b"0\r\n\r\n"), "the stream ends properly");
    }
}

#[test]
fn each_line_of_a_json_log_is_an_object() {
    let args = ["--sandbox", "--listen", "127.0.0.1:0", "--log-format", "json"];
    let mut child = kubehop(&args).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let mut output = Vec::new();
    for line in BufReader::new(child.stderr.take().unwrap()).lines() {
        let line: serde_json::Value = serde_json::from_str(&line.unwrap()).unwrap();
        assert!(line["timestamp"].is_string() && line["level"].is_string(), "{line}");
        output.push((line["message"].as_str().unwrap().to_owned(), line["k8s.context"].as_str().map(str::to_owned)));
        if output.last().unwrap().0 == "every kind is listed and watched" {
            assert_eq!(output.last().unwrap().1.as_deref(), Some("sandbox"));
            child.kill().unwrap();
        }
    }
    child.wait().unwrap();
    assert!(output.iter().any(|(message, _)| message == "every kind is listed and watched"), "{output:?}");
}

#[test]
fn doctor_exits_0_without_errors_1_with_an_error_and_2_on_bad_input() {
    let code = |args: &[&str]| kubehop(args).output().unwrap();
    let well = code(&["doctor", "--sandbox", "-o", "json"]);
    let report: serde_json::Value = serde_json::from_slice(&well.stdout).unwrap();
    assert_eq!((well.status.code(), &report["checks"][0]["verdict"]), (Some(0), &"ok".into()), "{report}");
    let path = format!("{}/doctor-{}.yaml", env!("CARGO_TARGET_TMPDIR"), std::process::id());
    let kubeconfig = "{current-context: c, contexts: [{name: c, context: {cluster: c, user: u}}], users: [{name: u, user: {}}], \
                      clusters: [{name: c, cluster: {server: 'http://127.0.0.1:1'}}]}";
    std::fs::write(&path, kubeconfig).unwrap();
    let down = code(&["doctor", "--kubeconfig", &path]);
    let output = String::from_utf8(down.stdout).unwrap();
    assert_eq!(down.status.code(), Some(1), "{output}");
    assert!(output.starts_with("ERROR    connection") && output.contains("http://127.0.0.1:1"), "{output}");
    assert!(refused(&["doctor"]).contains("--kubeconfig"));
    assert!(refused(&["doctor", "--sandbox", "--proxy-mode", "userspace"]).contains("--proxy-mode"));
}

#[test]
fn the_limit_of_files_is_raised_and_connections_are_refused_before_files_run_out() {
    use std::io::Write;
    let limited = ["-c", "ulimit -S -n 64; ulimit -H -n 400; exec \"$@\"", "sh", env!("CARGO_BIN_EXE_kubehop")];
    let mut command = Command::new("/bin/sh");
    command.args(limited).args(["--sandbox", "--listen", "127.0.0.1:0"]);
    command.env_clear().env("HOME", "/nonexistent").stdin(Stdio::null());
    let server = Running::of(command);
    let address = server.address("kubehop: listening on http://");
    let status = |stream: &mut TcpStream| {
        let mut head = [0; 12];
        // A connection that is refused may be closed before the request is read.
        let _ = write!(stream, "GET /livez HTTP/1.1\r\nhost: {address}\r\n\r\n");
        stream.read_exact(&mut head).unwrap();
        String::from_utf8_lossy(&head).into_owned()
    };
    let mut streams: Vec<TcpStream> = (0..300).map(|_| TcpStream::connect(&address).unwrap()).collect();
    for (number, stream) in streams.iter_mut().enumerate() {
        assert_eq!(status(stream), "HTTP/1.1 200", "connection {number}");
    }
    for number in 0..120 {
        let mut more = TcpStream::connect(&address).unwrap();
        assert_eq!(status(&mut more), "HTTP/1.1 503", "one more connection, {number}");
    }
    // Who is connected is served, and so is a new one in place of an old one.
    let kept = streams.pop().unwrap();
    drop(streams);
    kept.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    let begin = Instant::now();
    while status(&mut TcpStream::connect(&address).unwrap()) != "HTTP/1.1 200" {
        assert!(begin.elapsed() < Duration::from_secs(10), "no connection is taken any more");
    }
}

/// Whether a process of this group is there and is no zombie.
fn is_running(group: &str) -> bool {
    let processes = std::fs::read_dir("/proc").unwrap().filter_map(Result::ok);
    processes.filter_map(|process| std::fs::read_to_string(process.path().join("stat")).ok()).any(|stat| {
        // `PID (NAME) STATE PARENT GROUP …`
        let fields: Vec<&str> = stat.rsplit_once(')').map_or("", |(_, rest)| rest).split_whitespace().collect();
        fields.get(2) == Some(&group) && fields.first() != Some(&"Z")
    })
}

/// The contexts' plugins hang, as in the issue's `kc_hang.yaml`.
#[test]
fn plugins_that_hang_hold_nobody_up_and_end_with_the_server() {
    use std::io::Write;
    let path = format!("{}/plugins-{}.yaml", env!("CARGO_TARGET_TMPDIR"), std::process::id());
    let mark = format!("{path}.groups");
    let user = |n: usize| {
        format!(
            "{{name: u{n}, user: {{exec: {{apiVersion: client.authentication.k8s.io/v1, command: /bin/sh, \
             args: ['-c', 'echo $$ >> {mark}; sleep 300; echo {{}}'], interactiveMode: Never}}}}}}"
        )
    };
    let context = |n: usize| format!("{{name: c{n}, context: {{cluster: f, user: u{n}}}}}");
    let list = |one: &dyn Fn(usize) -> String| (0..4).map(one).collect::<Vec<_>>().join(", ");
    let kubeconfig = format!(
        "{{current-context: c0, clusters: [{{name: f, cluster: {{server: 'http://127.0.0.1:1'}}}}], users: [{}], contexts: [{}]}}",
        list(&user),
        list(&context)
    );
    std::fs::write(&path, kubeconfig).unwrap();
    let mut server = Running::start(&["--kubeconfig", &path, "--listen", "127.0.0.1:0"]);
    let address = server.address("kubehop: listening on http://");
    let ask = |path: &str| {
        let mut stream = TcpStream::connect(&address).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nhost: {address}\r\n\r\n").unwrap();
        stream
    };
    let _streams: Vec<TcpStream> = (0..4).map(|n| ask(&format!("/api/v1/events?context=c{n}"))).collect();
    let plugins = || std::fs::read_to_string(&mark).unwrap_or_default().lines().count();
    let begin = Instant::now();
    while plugins() < 4 {
        assert!(begin.elapsed() < Duration::from_secs(10), "{} plugins run", plugins());
        std::thread::sleep(Duration::from_millis(10));
    }
    let mut head = [0; 15];
    let begin = Instant::now();
    ask("/livez").read_exact(&mut head).unwrap();
    assert!(&head == b"HTTP/1.1 200 OK" && begin.elapsed() < Duration::from_secs(1), "{:?}", begin.elapsed());
    let begin = Instant::now();
    assert!(Command::new("kill").arg("-TERM").arg(server.child.id().to_string()).status().unwrap().success());
    server.child.wait().unwrap();
    assert!(begin.elapsed() < Duration::from_secs(5), "{:?}", begin.elapsed());
    for group in std::fs::read_to_string(&mark).unwrap().lines() {
        while is_running(group) {
            assert!(begin.elapsed() < Duration::from_secs(10), "the plugin {group} still runs");
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

/// A kubeconfig with a password in each URL. Nothing listens at its address.
fn with_passwords() -> String {
    let path = format!("{}/passwords-{}.yaml", env!("CARGO_TARGET_TMPDIR"), std::process::id());
    let kubeconfig = "{current-context: c, contexts: [{name: c, context: {cluster: c, user: u}}], users: [{name: u, user: {}}], \
                      clusters: [{name: c, cluster: {server: 'http://jo:s3cret@127.0.0.1:1/k8s'}}]}";
    std::fs::write(&path, kubeconfig).unwrap();
    path
}

#[test]
fn no_message_has_the_password_of_a_url() {
    let path = with_passwords();
    for args in [
        &["doctor", "--kubeconfig", &path][..],
        &["doctor", "--kubeconfig", &path, "-o", "json"],
        &["trace", "--kubeconfig", &path, "--from", "external:192.0.2.1", "--to", "10.0.0.1:80"],
    ] {
        let Output { stdout, stderr, .. } = kubehop(args).env("RUST_LOG", "trace").output().unwrap();
        let said = [stdout, stderr].concat();
        let said = String::from_utf8_lossy(&said);
        assert!(said.contains("http://127.0.0.1:1/k8s") && !said.contains("s3cret"), "{args:?}: {said}");
    }
    let args = ["--kubeconfig", &path, "--listen", "127.0.0.1:0"];
    let mut child = kubehop(&args).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let mut said = String::new();
    for line in BufReader::new(child.stderr.take().unwrap()).lines() {
        said.push_str(&line.unwrap());
        if said.contains("cannot reach the API server") {
            child.kill().unwrap();
        }
    }
    child.wait().unwrap();
    assert!(said.contains("http://127.0.0.1:1/k8s") && !said.contains("s3cret"), "{said}");
}

#[test]
fn the_health_listener_has_its_own_address_and_prints_it() {
    use std::io::Write;
    let server = Running::start(&["--sandbox", "--listen", "127.0.0.1:0", "--health-listen", "127.0.0.1:0"]);
    assert!(server.lines.last().unwrap().starts_with("kubehop: listening on http://"), "{:?}", server.lines);
    let status = |address: &str, path: &str| {
        let mut stream = TcpStream::connect(address).unwrap();
        write!(stream, "GET {path} HTTP/1.0\r\nhost: {address}\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer[9..12].to_owned()
    };
    let (page, health) =
        (server.address("kubehop: listening on http://"), server.address("kubehop: health on http://"));
    assert_eq!([status(&page, "/api/v1/contexts"), status(&page, "/readyz")], ["200", "404"]);
    assert_eq!([status(&health, "/readyz"), status(&health, "/api/v1/contexts")], ["200", "404"]);
}

#[test]
fn a_scale_scenario_is_served_with_the_requested_number_of_objects() {
    use std::io::Write;
    let server = Running::start(&["--sandbox=scale:3,30,6", "--listen", "127.0.0.1:0"]);
    let address = server.address("kubehop: listening on http://");
    let counts = || {
        let mut stream = TcpStream::connect(&address).unwrap();
        // HTTP/1.0: the body has no chunks and ends with the connection.
        write!(stream, "GET /api/v1/snapshot HTTP/1.0\r\nhost: {address}\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (_, body) = answer.split_once("\r\n\r\n").unwrap();
        let snapshot: Snapshot = serde_json::from_str(body).unwrap();
        [Kind::Node, Kind::Pod, Kind::Service].map(|kind| snapshot.rows.iter().filter(|row| row.kind() == kind).count())
    };
    // The lists may complete later, and a Pod that is being replaced is missing.
    let begin = Instant::now();
    while counts() != [3, 30, 6] {
        assert!(begin.elapsed() < Duration::from_secs(60), "{:?}", counts());
        std::thread::sleep(Duration::from_millis(50));
    }
}
