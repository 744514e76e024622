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
    /// Calls an address and port by HTTP.
    Curl,
    /// Looks up a name.
    Nslookup,
}

impl Program {
    /// The program's name in a shell.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Curl => "curl",
            Self::Nslookup => "nslookup",
        }
    }
}

/// A command line that tries an address.
pub(crate) struct Call {
    /// The program, which may run in a Pod.
    pub program: Program,
    /// The whole command line.
    pub line: String,
}

/// The call of the socket's address. Every TCP port is called by HTTP, because the Kubernetes API does not tell which ports use HTTP.
fn call(socket: &Socket) -> Option<Call> {
    let (program, arguments) = match socket.kind {
        SocketKind::NodeIp | SocketKind::ClusterIp | SocketKind::PodIp | SocketKind::ContainerPort => return None,
        SocketKind::Dns => (Program::Nslookup, quoted(&socket.address)),
        SocketKind::External if socket.object_kind == Kind::Service => (Program::Nslookup, quoted(&socket.address)),
        _ if socket.protocol() != Protocol::Tcp => return None,
        _ => (Program::Curl, format!("-sv {}", quoted(&format!("http://{}/", socket.address)))),
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
    let Call { program, line } = call(socket)?;
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
    let aside =
        if inside_only(socket.kind) && call(&socket).is_some() { words.inspector_from_inside() } else { String::new() };
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
        assert_eq!(found[0], "curl -sv http://192.168.56.12:30001/");
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
        assert_ne!(
            lines(SocketKind::Port, "10.96.0.10:53/udp", Kind::Service)[0],
            "curl -sv http://10.96.0.10:53/udp/"
        );
    }
}
