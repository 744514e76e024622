//! The heads of the lanes. With a selection they describe its path.

use std::collections::BTreeSet;
use std::sync::Arc;

use leptos::prelude::*;
use topology::path::answer::{Entry, EntryKind, Evaluation, Outcome, SourceKind, distinct_endpoints};
use topology::picture::{LaneKind, Lanes, Light};

use crate::text::{Words, text};

/// The description of a path in the second lines of the heads, from client to container.
#[derive(Debug, Default, PartialEq)]
pub struct Reading {
    /// The second line of each lane; `None` if the path does not pass it, or if the evaluations differ.
    pub lines: [Option<String>; 6],
    /// Whether the packet is stopped.
    pub stopped: bool,
}

/// Describes the path of the resolver's answer.
pub fn reading(light: &Light, text: &Words) -> Reading {
    let Some(first) = light.evaluations.first() else { return Reading::default() };
    let one_path = light.evaluations.iter().all(|other| other.to == first.to && other.entry == first.entry);
    if !one_path {
        return Reading::default();
    }
    let outcomes = BTreeSet::from_iter(light.evaluations.iter().map(|evaluation| evaluation.outcome.as_str()));
    let stopped = !first.outcome.delivered() && outcomes.len() == 1;
    let many = BTreeSet::from_iter(distinct_endpoints(&light.evaluations).map(|hop| (hop.ip, hop.port))).len();
    let in_use = (many > 0).then(|| text.lanes_in_use(many));
    let service = first.entry.as_ref().filter(|entry| entry.service.is_some());
    let slice = match first.outcome {
        Outcome::Reject | Outcome::Drop if stopped => Some(first.outcome.as_str().to_owned()),
        _ => service.and(in_use.clone()),
    };
    let lines = [
        light.from.as_ref().and_then(|from| match (from.ip, from.kind) {
            (Some(ip), _) => Some(ip.to_string()),
            (None, SourceKind::Pod) => Some(text.lanes_any_pod()),
            (None, _) => None,
        }),
        node_line(first, text),
        service.and_then(|entry| service_line(entry, text)),
        slice,
        in_use,
        container_line(&light.evaluations, text),
    ];
    Reading { lines, stopped }
}

fn node_line(evaluation: &Evaluation, text: &Words) -> Option<String> {
    let port = evaluation.to.as_ref()?.port?;
    match evaluation.entry.as_ref()?.kind {
        EntryKind::NodePort => Some(text.lanes_node_port(port)),
        EntryKind::HostPort => Some(text.lanes_host_port(port)),
        _ => None,
    }
}

fn service_line(entry: &Entry, text: &Words) -> Option<String> {
    let port = entry.port?;
    Some(match &entry.target_port {
        Some(target) => text.lanes_service_ports(port, target.to_string()),
        None => text.lanes_service_port(port),
    })
}

fn container_line(evaluations: &[Evaluation], text: &Words) -> Option<String> {
    let declared = distinct_endpoints(evaluations).filter(|hop| hop.container_port.is_some());
    let mut ports = declared.map(|hop| hop.port);
    let port = ports.next()?;
    ports.all(|other| other == port).then(|| text.lanes_container_port(port))
}

/// Left and right end of each lane's head, the lane's name, and its second line without a path.
pub(crate) fn lane_heads(lanes: &Lanes, words: &Words) -> Vec<(i32, i32, (String, String))> {
    let ends = lanes.iter().skip(1).map(|(_, lane)| lane.x).chain([lanes.width()]);
    lanes.iter().zip(ends).map(|((kind, lane), end)| (lane.x, end, names(kind, words))).collect()
}

/// The name of a lane, and its second line without a path.
fn names(kind: LaneKind, words: &Words) -> (String, String) {
    match kind {
        LaneKind::Client => (words.lanes_client(), words.lanes_client_rest()),
        LaneKind::Node => (words.lanes_node(), words.lanes_node_rest()),
        LaneKind::Service => (words.lanes_service(), words.lanes_service_rest()),
        LaneKind::Slice => (words.lanes_slice(), words.lanes_slice_rest()),
        LaneKind::Pod => (words.lanes_pod(), words.lanes_pod_rest()),
        LaneKind::Container => (words.lanes_container(), words.lanes_container_rest()),
    }
}

/// The heads, one above each lane. They follow the canvas horizontally.
#[component]
pub fn Heads(
    /// The answer that is lit, if something is selected.
    #[prop(into)]
    light: Signal<Option<Arc<Light>>>,
    /// The canvas's offset in px and its scale, from lanes to the screen.
    #[prop(into)]
    transform: Signal<(f64, f64)>,
    /// The lanes of the picture.
    lanes: Lanes,
) -> AnyView {
    let words = text();
    let reading =
        Memo::new(move |_| light.with(|light| light.as_ref().map(|light| reading(light, words)).unwrap_or_default()));
    let heads = lane_heads(&lanes, words).into_iter().enumerate().map(|(n, (x, end, (name, rest)))| {
        let line = Signal::derive(move || reading.with(|reading| reading.lines[n].clone()));
        view! { <Head x end name rest line transform/> }
    });
    let heads = heads.collect_view();
    view! {
        <section class="heads" aria-label=words.frame_heads_label()>
            <svg><g class:stopped=move || reading.with(|reading| reading.stopped)>{heads}</g></svg>
        </section>
    }
    .into_any()
}

/// Maximum width of a letter, in px of the window.
pub(crate) const LETTER: u32 = 7;
/// Maximum widths of a Chinese letter and of a bold letter of a head, in px of the window.
const WIDE_LETTER: u32 = 12;
const BOLD_LETTER: u32 = 8;

/// Whether a line fits into `width` px.
pub(crate) fn fits(line: &str, letter: u32, width: u32) -> bool {
    line.chars().map(|one| if one < '\u{2e80}' { letter } else { WIDE_LETTER }).sum::<u32>() <= width
}

#[component]
fn Head(
    /// Left end of the lane, in px of the picture.
    x: i32,
    /// Left end of the next lane, in px of the picture.
    end: i32,
    name: String,
    /// The second line without a path.
    rest: String,
    /// The second line with a path.
    line: Signal<Option<String>>,
    transform: Signal<(f64, f64)>,
) -> AnyView {
    let left = move || {
        let (offset, scale) = transform.get();
        format!("{:.1}", offset + f64::from(x) * scale)
    };
    let width = Memo::new(move |_| (f64::from(end - x) * transform.get().1).floor() as u32);
    // Letters keep their size. A line that does not fit its lane is left out.
    let second = move || {
        let words = line.get().unwrap_or_else(|| rest.clone());
        if fits(&words, LETTER, width.get()) { words } else { String::new() }
    };
    // In Chinese the name begins with Kubernetes' English word. If the whole name does not fit, only that word is shown.
    let name = move || match name.split_once(' ') {
        Some((first, _)) if !fits(&name, BOLD_LETTER, width.get()) => first.to_owned(),
        _ => name.clone(),
    };
    view! {
        <svg x=left width=width height="40">
            <text class="head" y="17">{name}</text>
            <text class=move || if line.read().is_some() { "reading" } else { "sub" } y="32">{second}</text>
        </svg>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use topology::cluster::port::{TargetPort, TransportProtocol};
    use topology::path::answer::{Reason, TraceDestination};

    use super::*;
    use crate::text::Language;

    fn evaluation(outcome: Outcome) -> Evaluation {
        let entry = Entry {
            kind: EntryKind::NodePort,
            service: Some(topology::cluster::key::ObjectKey::new("default", "nginx-service")),
            port_name: Some(String::new()),
            port: Some(30080),
            target_port: Some(TargetPort::Number(80)),
            node_port: Some(30001),
        };
        let to = TraceDestination {
            ip: "192.168.56.12".parse().unwrap(),
            port: Some(30001),
            protocol: TransportProtocol::Tcp,
        };
        Evaluation { entry: Some(entry), ..Evaluation::new(outcome, Reason::NoPort, Some(to), Some("node2")) }
    }

    #[test]
    fn a_refused_path_is_read_up_to_the_lane_where_it_ends() {
        let light = Light { evaluations: vec![evaluation(Outcome::Reject)], ..Light::default() };
        let reading = reading(&light, Language::English.words());
        let lines: Vec<_> = reading.lines.iter().map(|line| line.as_deref().unwrap_or("-")).collect();
        assert_eq!(lines, ["-", "nodePort 30001", "port 30080 → targetPort 80", "REJECT", "-", "-"]);
        assert!(reading.stopped);
    }

    #[test]
    fn nothing_is_read_where_the_evaluations_go_to_different_places() {
        let mut other = evaluation(Outcome::Reject);
        other.to = None;
        let light = Light { evaluations: vec![evaluation(Outcome::Reject), other], ..Light::default() };
        assert_eq!(reading(&light, Language::English.words()), Reading::default());
    }
}
