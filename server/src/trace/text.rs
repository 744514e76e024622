//! An answer for people: read in a terminal at night, pasted into a ticket. The verdict first, then one line a hop.

use std::fmt;

use topology::graph::EndpointState;
use topology::index::Index;
use topology::picture::{Out, out_of};
use topology::port::TargetPort;
use topology::settings::{Setting, Source};
use topology::trace::{Dns, EndpointHop, Entry, EntryKind, Evaluation, Outcome, Trace};

use super::Question;

/// So many endpoints that are out are listed.
const OUT: usize = 10;

/// An answer as text.
pub(super) struct Shown<'a> {
    pub(super) trace: &'a Trace,
    pub(super) question: &'a Question,
    pub(super) index: &'a Index,
    /// Whether to colour it.
    pub(super) colours: bool,
}

const GREEN: &str = "\x1b[1;32m";
const RED: &str = "\x1b[1;31m";
const YELLOW: &str = "\x1b[1;33m";
const DIM: &str = "\x1b[2m";
const RESET: &str = "\x1b[0m";

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { trace, .. } = self;
        if let Some(dns) = &trace.dns {
            self.dns(f, dns)?;
        }
        for (n, evaluation) in trace.evaluations.iter().enumerate() {
            if n > 0 || trace.dns.is_some() {
                writeln!(f)?;
            }
            self.evaluation(f, evaluation, "")?;
        }
        writeln!(f)?;
        let from = &trace.from;
        let name = from.namespace.iter().chain(&from.name).cloned().collect::<Vec<_>>().join("/");
        let ip = from.ip.map(|ip| ip.to_string()).unwrap_or_default();
        let node = from.node.as_ref().map(|node| format!("on {node}")).unwrap_or_default();
        let words = ["from", from.kind, &name, &ip, &node];
        let source = words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
        self.dim(f, &source)?;
        self.dim(f, &self.assumptions())
    }
}

impl Shown<'_> {
    fn colour(&self, colour: &'static str) -> (&'static str, &'static str) {
        if self.colours { (colour, RESET) } else { ("", "") }
    }

    fn dim(&self, f: &mut fmt::Formatter<'_>, line: &str) -> fmt::Result {
        let (dim, reset) = self.colour(DIM);
        writeln!(f, "{dim}{line}{reset}")
    }

    fn dns(&self, f: &mut fmt::Formatter<'_>, dns: &Dns) -> fmt::Result {
        let (colour, reset) = self.colour(if dns.rcode == "NOERROR" { GREEN } else { RED });
        writeln!(f, "{colour}{}{reset}  {}", dns.rcode, dns.query)?;
        let gloss = match dns.rcode {
            "NXDOMAIN" => "there is no such name",
            "NODATA" => "the name exists, but has no record of this type",
            _ => "",
        };
        if !gloss.is_empty() {
            writeln!(f, "  {gloss}")?;
        }
        dns.records.iter().try_for_each(|record| writeln!(f, "  {:<5}  {}", record.record_type, record.value))
    }

    fn evaluation(&self, f: &mut fmt::Formatter<'_>, evaluation: &Evaluation, indent: &str) -> fmt::Result {
        let (colour, reset) = self.colour(match evaluation.outcome {
            outcome if outcome.delivered() => GREEN,
            Outcome::Reject | Outcome::Drop | Outcome::PolicyDeny => RED,
            _ => YELLOW,
        });
        let to = evaluation.to.as_ref().map_or_else(|| self.target(), ToString::to_string);
        let ends = ends(&evaluation.endpoints);
        let arrow = if ends.is_empty() { "" } else { " → " };
        writeln!(f, "{indent}{colour}{}{reset}  {to}{arrow}{ends}", evaluation.outcome.as_str())?;
        writeln!(f, "{indent}  {}{}", evaluation.reason, gloss(evaluation.outcome))?;
        if !evaluation.nodes.is_empty() {
            writeln!(f, "{indent}  decided on {}", evaluation.nodes.join(", "))?;
        }
        if let Some(entry) = &evaluation.entry {
            writeln!(f, "{indent}  entered by {}", entered(entry))?;
        }
        let width = |column: fn(&topology::trace::Hop) -> &str| {
            evaluation.hops.iter().map(|hop| column(hop).chars().count()).max().unwrap_or_default()
        };
        let (at, component, what) = (width(|hop| &hop.at), width(|hop| &hop.component), width(|hop| &hop.what));
        for (n, hop) in (1..).zip(&evaluation.hops) {
            let header = [hop.src.as_str(), hop.dst.as_str()].into_iter().filter(|text| !text.is_empty());
            let header = header.collect::<Vec<_>>().join(" → ");
            let line = format!("{:<at$}  {:<component$}  {:<what$}  {header}", hop.at, hop.component, hop.what);
            writeln!(f, "{indent}  {n}  {}", line.trim_end())?;
        }
        evaluation.endpoints.iter().try_for_each(|endpoint| writeln!(f, "{indent}  {}", reached(endpoint)))?;
        let out = out_of(self.index, evaluation);
        out.iter().take(OUT).try_for_each(|out| writeln!(f, "{indent}  {}", left_out(out)))?;
        if out.len() > OUT {
            writeln!(f, "{indent}    out    and {} more", out.len() - OUT)?;
        }
        if !evaluation.rules.is_empty() {
            writeln!(f, "{indent}  rules {}", evaluation.rules.join(" "))?;
        }
        for (n, alternative) in (1..).zip(&evaluation.alternatives) {
            writeln!(f, "{indent}  either ({n})")?;
            self.evaluation(f, alternative, &format!("{indent}    "))?;
        }
        Ok(())
    }

    fn target(&self) -> String {
        match &self.question.to {
            topology::ask::Target::Name(question) => question.name.clone(),
            topology::ask::Target::Address(to) => to.ip.to_string(),
        }
    }

    /// kube-proxy's settings: the backend, and whatever is not a default.
    fn assumptions(&self) -> String {
        let settings = &self.trace.settings;
        let source = |source| match source {
            Source::Default => "by default",
            Source::Flag => "by flag",
            Source::ConfigMap => "by ConfigMap",
        };
        let mode = format!("{:?}", settings.proxy_mode).to_lowercase();
        let mut text =
            format!("NetworkPolicy is not evaluated; assumes kube-proxy in mode {mode} ({})", source(settings.source));
        let is = |setting, value: &str| settings.all.effective(setting).value == value;
        if is(Setting::DetectLocalMode, "ClusterCIDR") && is(Setting::ClusterCidr, "") {
            text.push_str(", no cluster-cidr: Pods are not told from other sources");
        }
        for setting in Setting::ALL {
            let effective = settings.all.effective(setting);
            if effective.source == Source::Default {
                continue;
            }
            let flag = setting.flag().trim_start_matches("--");
            if flag != "proxy-mode" {
                text.push_str(&format!(", {flag} `{}` ({})", effective.value, source(effective.source)));
            }
        }
        text
    }
}

fn gloss(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Reject => " (the client sees: connection refused)",
        Outcome::Drop | Outcome::PolicyDeny => " (the client sees: a time-out)",
        _ => "",
    }
}

fn ends(endpoints: &[EndpointHop]) -> String {
    match endpoints {
        [] => String::new(),
        some if some.len() <= 3 => some.iter().map(EndpointHop::address).collect::<Vec<_>>().join(" or "),
        [first, rest @ ..] => format!("{} or one of {} more", first.address(), rest.len()),
    }
}

fn entered(entry: &Entry) -> String {
    let kind = match entry.kind {
        EntryKind::ClusterIp => "the Cluster IP",
        EntryKind::ExternalIp => "an external IP",
        EntryKind::LoadBalancerIp => "a load balancer IP",
        EntryKind::NodePort => "a nodePort",
        EntryKind::HostPort => "a hostPort",
        EntryKind::PodIp => "a Pod's own IP",
    };
    let Some(service) = &entry.service else { return kind.to_owned() };
    let mut text = format!("{kind} of Service {service}:");
    if let (EntryKind::NodePort, Some(node_port)) = (entry.kind, entry.node_port) {
        text.push_str(&format!(" nodePort {node_port} →"));
    }
    let port = entry.port.map(|port| port.to_string()).unwrap_or_default();
    let name = entry.port_name.as_deref().filter(|name| !name.is_empty());
    text.push_str(&format!(" port {port}{}", name.map(|name| format!(" ({name})")).unwrap_or_default()));
    match &entry.target_port {
        Some(TargetPort::Number(number)) => text.push_str(&format!(" → targetPort {number}")),
        Some(TargetPort::Name(name)) => text.push_str(&format!(" → targetPort {name}")),
        None => {}
    }
    text
}

/// One endpoint that gets none of the packets.
fn left_out(out: &Out) -> String {
    let node = out.node.as_ref().map(|node| format!(" on {node}")).unwrap_or_default();
    let pod = out.pod.as_ref().map_or_else(|| "no Pod".to_owned(), |pod| format!("Pod {pod}"));
    let state = match out.state {
        EndpointState::Ready => "ready, left out by a traffic policy or a hint",
        EndpointState::NotReady => "not ready",
        EndpointState::Terminating => "terminating",
    };
    let because = out.because.as_ref().map(|because| format!(": {because}")).unwrap_or_default();
    format!("  out    {}  {pod}{node}  {state}{because}", out.address)
}

/// One place where the packet may end.
fn reached(endpoint: &EndpointHop) -> String {
    let mut parts = vec![format!("{:>5.1} %  {}", endpoint.probability * 100.0, endpoint.address())];
    let node = endpoint.node.as_ref().map(|node| format!(" on {node}")).unwrap_or_default();
    match &endpoint.pod {
        Some(pod) => parts.push(format!("Pod {pod}{node}")),
        None => parts.push(format!("no Pod{node}")),
    }
    if let Some(container) = &endpoint.container {
        parts.push(format!("container {container}"));
    }
    match endpoint.masquerade {
        Some(true) => parts.push("sees the Node's address (masqueraded)".to_owned()),
        Some(false) => parts.push("sees the client's address".to_owned()),
        None => {}
    }
    if endpoint.asymmetric_return {
        parts.push("the reply misses the Node: the connection fails".to_owned());
    }
    parts.extend(endpoint.rule.clone());
    parts.join("  ")
}
