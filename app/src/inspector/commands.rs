//! Shell commands that check the page's answer.

use std::sync::Arc;

use leptos::prelude::*;
use topology::cluster::key::{Kind, ObjectKey};
use topology::cluster::port::Protocol;
use topology::graph::socket::{Socket, SocketKind};
use topology::path::answer::SourceKind;
use topology::picture::Light;

use super::section::Section;
use crate::export::CopyButton;
use crate::text::text;
use crate::url;

/// A word of a shell command, quoted unless it has letters only that the shell does not interpret.
fn quoted(word: &str) -> String {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "._:/=,-".contains(letter);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

/// The program that tries an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Program {
    Curl,
    Nslookup,
    Dig,
    Mysql,
    Psql,
    RedisCli,
    Mongosh,
    Grpcurl,
    Nc,
}

impl Program {
    /// The program's name in a shell.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Curl => "curl",
            Self::Nslookup => "nslookup",
            Self::Dig => "dig",
            Self::Mysql => "mysql",
            Self::Psql => "psql",
            Self::RedisCli => "redis-cli",
            Self::Mongosh => "mongosh",
            Self::Grpcurl => "grpcurl",
            Self::Nc => "nc",
        }
    }

    /// The arguments that try a host and a port.
    fn arguments(self, host: &str, port: u16, is_tls: bool, protocol: Protocol) -> String {
        let bare = quoted(host.trim_matches(['[', ']']));
        match self {
            Self::Curl if is_tls => format!("-skv {}", quoted(&format!("https://{host}:{port}/"))),
            Self::Curl => format!("-sv {}", quoted(&format!("http://{host}:{port}/"))),
            Self::Nslookup => bare,
            Self::Dig => format!("@{bare} -p {port} kubernetes.default.svc.cluster.local"),
            Self::Mysql => format!("-h {bare} -P {port}"),
            Self::Psql | Self::RedisCli => format!("-h {bare} -p {port}"),
            Self::Mongosh => format!("--host {bare} --port {port}"),
            Self::Grpcurl => format!("-plaintext {} list", quoted(&format!("{host}:{port}"))),
            Self::Nc if protocol == Protocol::Udp => format!("-zvu -w 3 {bare} {port}"),
            Self::Nc => format!("-zv -w 3 {bare} {port}"),
        }
    }
}

/// Programs by the numbers and names of the ports that they are for. A name can be followed by more: `http-metrics`.
const PORTS: [(Program, &[u16], &[&str]); 7] = [
    (Program::Mysql, &[3306, 33060], &["mysql", "mariadb"]),
    (Program::Psql, &[5432], &["postgres", "postgresql", "psql", "pg"]),
    (Program::RedisCli, &[6379], &["redis", "valkey"]),
    (Program::Mongosh, &[27017], &["mongo", "mongodb"]),
    (Program::Grpcurl, &[50051], &["grpc"]),
    (Program::Dig, &[53], &["dns"]),
    (
        Program::Curl,
        &[
            80, 443, 3000, 5000, 5601, 8000, 8008, 8080, 8081, 8086, 8088, 8443, 8888, 9000, 9090, 9100, 9153, 9200,
            15672,
        ],
        &["http", "https", "http2", "web", "www", "api", "ui", "metrics", "webhook", "healthz"],
    ),
];

/// A command line that tries an address.
pub(crate) struct Call {
    /// The program, which may run in a Pod.
    pub program: Program,
    /// The whole command line.
    pub line: String,
}

/// The names and numbers of the ports on the lit path, the container's first: they say what listens there.
fn ports(light: &Light, own: u16) -> (Vec<&str>, Vec<u16>) {
    let (mut names, mut numbers) = (Vec::new(), Vec::new());
    for evaluation in &light.evaluations {
        for endpoint in evaluation.endpoints.iter().take(1) {
            names.extend(endpoint.container_port.as_ref().map(|port| port.name.as_str()));
            numbers.push(endpoint.port);
        }
        if let Some(entry) = &evaluation.entry {
            names.extend(entry.port_name.as_deref());
            numbers.extend(entry.port);
        }
    }
    numbers.push(own);
    (names, numbers)
}

/// The program for the port of an address, and whether it speaks TLS. The Kubernetes API does not tell what listens on a port; its name and
/// its number mostly do.
fn program(names: &[&str], numbers: &[u16]) -> (Program, bool) {
    let is_named = |name: &&str, known: &&str| {
        name.strip_prefix(*known).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    };
    let by_name = names
        .iter()
        .find_map(|name| PORTS.iter().find(|(_, _, known)| known.iter().any(|known| is_named(name, known))));
    let by_number = || numbers.iter().find_map(|number| PORTS.iter().find(|(_, known, _)| known.contains(number)));
    let program = by_name.or_else(by_number).map_or(Program::Nc, |(program, ..)| *program);
    let is_tls =
        names.iter().any(|name| is_named(name, &"https")) || numbers.iter().any(|number| [443, 8443].contains(number));
    (program, is_tls)
}

/// The call of the socket's address.
fn call(light: &Light, socket: &Socket) -> Option<Call> {
    let lookup = || (Program::Nslookup, quoted(&socket.address));
    let (program, arguments) = match socket.kind {
        SocketKind::NodeIp | SocketKind::ClusterIp | SocketKind::PodIp | SocketKind::ContainerPort => return None,
        SocketKind::Dns => lookup(),
        SocketKind::External if socket.object_kind == Kind::Service => lookup(),
        _ => {
            let protocol = socket.protocol();
            let address = socket.address.strip_suffix(protocol.suffix()).unwrap_or(&socket.address);
            let (host, port) = address.rsplit_once(':')?;
            let port = port.parse().ok()?;
            let (names, numbers) = ports(light, port);
            let (program, is_tls) = match (protocol, program(&names, &numbers)) {
                (Protocol::Tcp, (Program::Dig, _)) => (Program::Nc, false),
                (Protocol::Udp, (Program::Dig, _)) => (Program::Dig, false),
                (Protocol::Udp, _) => (Program::Nc, false),
                (Protocol::Sctp, _) => return None,
                (Protocol::Tcp, found) => found,
            };
            (program, program.arguments(host, port, is_tls, protocol))
        }
    };
    Some(Call { program, line: format!("{} {arguments}", program.as_str()) })
}

/// Whether the address answers inside the cluster only.
fn inside_only(kind: SocketKind) -> bool {
    matches!(
        kind,
        SocketKind::ClusterIp | SocketKind::Port | SocketKind::Dns | SocketKind::Endpoint | SocketKind::PodIp
    )
}

/// The `kubectl` command for a context: the page may show another context than kubectl's current one.
pub(crate) fn kubectl(context: &str) -> String {
    match context {
        // The current context of the kubeconfig, or a context that is in no kubeconfig.
        "" | "sandbox" | "in-cluster" => "kubectl".to_owned(),
        named => format!("kubectl --context {}", quoted(named)),
    }
}

fn slices(kubectl: &str, service: &ObjectKey) -> String {
    let label = format!("kubernetes.io/service-name={}", service.name);
    format!("{kubectl} -n {} get endpointslices -l {}", quoted(&service.namespace), quoted(&label))
}

/// The call of the socket's address. It runs in the Pod that the packet was traced from, if the source is a Pod.
pub(crate) fn called(kubectl: &str, light: &Light, socket: &Socket) -> Option<Call> {
    let Call { program, line } = call(light, socket)?;
    let pod = light.from.as_ref().filter(|from| from.kind == SourceKind::Pod);
    let line = match pod.and_then(|pod| pod.namespace.as_ref().zip(pod.name.as_ref())) {
        Some((namespace, name)) => format!("{kubectl} -n {} exec {} -- {line}", quoted(namespace), quoted(name)),
        None => line,
    };
    Some(Call { program, line })
}

/// The commands, the most informative first.
fn commands(light: &Light, socket: &Socket, context: &str) -> Vec<String> {
    let kubectl = &kubectl(context);
    let object = &socket.object;
    let namespace = quoted(&object.namespace);
    let mut lines: Vec<String> = called(kubectl, light, socket).map(|call| call.line).into_iter().collect();
    match socket.object_kind {
        Kind::Service => lines.push(slices(kubectl, object)),
        Kind::Node => lines.push(format!("{kubectl} get node {} -o wide", quoted(&object.name))),
        Kind::EndpointSlice => {
            lines.push(format!("{kubectl} -n {namespace} get endpointslice {} -o yaml", quoted(&object.name)))
        }
        Kind::Pod => {
            let name = quoted(&object.name);
            lines.push(format!("{kubectl} -n {namespace} describe pod {name}"));
            lines.push(format!("{kubectl} -n {namespace} logs {name} --all-containers --tail=50"));
        }
        _ => {}
    }
    let service = light.evaluations.iter().find_map(|evaluation| evaluation.entry.as_ref()?.service.clone());
    if let Some(service) = service.filter(|_| socket.object_kind != Kind::Service) {
        lines.push(slices(kubectl, &service));
    }
    if socket.object_kind == Kind::Service {
        lines.push(format!("{kubectl} -n {namespace} describe service {}", quoted(&object.name)));
    }
    lines
}

#[component]
fn Command(command: String) -> AnyView {
    let what = command.clone();
    let what = Callback::new(move |()| what.clone());
    view! { <div class="command"><code>{command}</code><CopyButton label=text().inspector_copy() what/></div> }
        .into_any()
}

/// The commands, each with a button that copies it.
#[component]
pub(super) fn Commands(light: Arc<Light>, socket: Socket) -> AnyView {
    let words = text();
    let aside = if inside_only(socket.kind) && call(&light, &socket).is_some() {
        words.inspector_from_inside()
    } else {
        String::new()
    };
    let context = url::here().peek("context");
    let lines =
        commands(&light, &socket, &context).into_iter().map(|command| view! { <Command command/> }).collect_view();
    view! { <Section heading=words.inspector_check() aside>{lines}</Section> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(kind: SocketKind, address: &str, object_kind: Kind) -> Vec<String> {
        commands(
            &Light::default(),
            &Socket::new(kind, address, object_kind, ObjectKey::new("default", "nginx-service")),
            "",
        )
    }

    #[test]
    fn a_node_port_is_called_and_its_slices_are_listed() {
        let found = lines(SocketKind::NodePort, "192.168.56.12:30001", Kind::Service);
        assert_eq!(found[0], "nc -zv -w 3 192.168.56.12 30001");
        assert_eq!(found[1], "kubectl -n default get endpointslices -l kubernetes.io/service-name=nginx-service");
    }

    #[test]
    fn a_host_port_is_called_on_its_node_and_a_name_is_looked_up() {
        let found = lines(SocketKind::HostPort, "192.168.56.13:8086", Kind::Pod);
        let [describe, logs] = ["describe pod nginx-service", "logs nginx-service --all-containers --tail=50"];
        let [describe, logs] = [describe, logs].map(|what| format!("kubectl -n default {what}"));
        assert_eq!(found, ["curl -sv http://192.168.56.13:8086/", &describe, &logs]);
        assert_eq!(lines(SocketKind::Dns, "web.default.svc", Kind::Service)[0], "nslookup web.default.svc");
        assert!(
            inside_only(SocketKind::Dns) && !inside_only(SocketKind::HostPort) && !inside_only(SocketKind::NodePort)
        );
    }

    #[test]
    fn kubectl_asks_the_cluster_that_is_shown() {
        assert_eq!(kubectl(""), "kubectl");
        assert_eq!(kubectl("prod eu"), "kubectl --context 'prod eu'");
    }

    #[test]
    fn names_of_the_cluster_are_quoted() {
        let found = lines(SocketKind::External, "a;rm -rf 'x'", Kind::Service);
        assert_eq!(found[0], r"nslookup 'a;rm -rf '\''x'\'''");
        assert_eq!(lines(SocketKind::NodePort, "[fd00::1]:80", Kind::Service)[0], "curl -sv 'http://[fd00::1]:80/'");
    }

    #[test]
    fn what_is_offered_is_for_the_port() {
        for (address, expected) in [
            ("10.96.83.14:3306", "mysql -h 10.96.83.14 -P 3306"),
            ("10.96.83.14:5432", "psql -h 10.96.83.14 -p 5432"),
            ("10.96.83.14:6379", "redis-cli -h 10.96.83.14 -p 6379"),
            ("10.96.83.14:27017", "mongosh --host 10.96.83.14 --port 27017"),
            ("10.96.83.14:50051", "grpcurl -plaintext 10.96.83.14:50051 list"),
            ("[fd00::1]:443", "curl -skv 'https://[fd00::1]:443/'"),
            ("10.96.0.10:53/udp", "dig @10.96.0.10 -p 53 kubernetes.default.svc.cluster.local"),
            ("10.96.0.10:53", "nc -zv -w 3 10.96.0.10 53"),
            ("10.96.0.10:514/udp", "nc -zvu -w 3 10.96.0.10 514"),
            ("[fd00::1]:4000", "nc -zv -w 3 fd00::1 4000"),
        ] {
            assert_eq!(lines(SocketKind::Port, address, Kind::Service)[0], expected);
        }
        assert_eq!(program(&["http-alt"], &[4000, 30_001]), (Program::Curl, false));
        assert_eq!(program(&["", "grpc"], &[8080]), (Program::Grpcurl, false));
    }
}
