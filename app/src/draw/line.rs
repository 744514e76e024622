//! A group drawn as one line.

use leptos::prelude::*;
use topology::graph::{Readiness, Severity, Summary, SummaryEntry, SummaryPort, Trouble};
use topology::picture::{Area, LaneKind, Lanes, LineCard, size};

use super::Lit;
use super::label::{fit, glyph, line, plate, plate_group, socket_group, stroke};
use crate::text::text;

/// The widths of letters in wide fonts, in tenths of a px: 12 px mono, 13 px bold.
const MONO: i32 = 73;
const BOLD: i32 = 84;
/// 11 px.
const WORD: i32 = 63;
/// The part of a Service's lane that name and ports cannot use, in px: margins, and the gap between them.
const MARGINS: i32 = 32;

/// One line: entry, Service, endpoints as marks, Pods, container. A problem is drawn in the place of the Pods.
pub fn line_card(card: LineCard, lit: Lit) -> AnyView {
    let LineCard { area, lanes, summary, trouble } = card;
    let [entries, services, slices, pod_lane, containers] =
        [LaneKind::Node, LaneKind::Service, LaneKind::Slice, LaneKind::Pod, LaneKind::Container]
            .map(|kind| lanes[kind]);
    let all_room = (services.width - MARGINS) * 10;
    let (base, middle) = (area.y + 14, area.y + size::LINE / 2);
    let severity = trouble.as_ref().map(Trouble::severity);
    let class = match severity {
        Some(Severity::Error) => "row bad",
        Some(Severity::Warning) => "row warn",
        None => "row",
    };
    let left = entries.x - 8;
    let mut parts = vec![plate(Area { x: left, w: area.right() - left, ..area }, class)];
    if let Some(entry) = &summary.entry {
        parts.extend(entry_parts(entry, &summary, &lanes, base, middle));
    }
    let (service, right) = (services.x, services.right());
    let hosts = summary.entry.as_ref().is_some_and(|entry| entry.host_port);
    let warned = if trouble.is_some() { 160 } else { 0 };
    let ports = summary.port.as_ref().map(|SummaryPort { port, protocol, target_port }| {
        let target = target_port.as_ref().map(|target| format!(" → {target}")).unwrap_or_default();
        let more = if summary.more_ports > 0 { format!(" +{}", summary.more_ports) } else { String::new() };
        let all = format!(":{port}{}{target}{more}", protocol.suffix());
        // Words are left out before names are cut.
        let wanted = all.chars().count() as i32 * MONO + summary.name.chars().count() as i32 * BOLD;
        if wanted <= all_room - warned { all } else { format!(":{port}{}{more}", protocol.suffix()) }
    });
    // The room for the name: the Service's lane without the ports.
    let taken = ports.as_ref().map_or(0, |ports| ports.chars().count() as i32 * MONO);
    let room = (all_room - taken - warned) / BOLD;
    let room = usize::try_from(room).unwrap_or_default().max(6);
    let (x, name) = if hosts { (pod_lane.x, fit(&summary.name, 19)) } else { (service, fit(&summary.name, room)) };
    let mark = match severity {
        Some(Severity::Error) => Some(("#i-error", "mark-bad")),
        Some(Severity::Warning) => Some(("#i-warning", "mark-warn")),
        None => None,
    };
    if let Some((shape, colour)) = mark {
        parts.push(glyph(shape, colour, x + 17, middle));
    }
    parts.push(line("name", x + if mark.is_some() { 28 } else { 12 }, base, name));
    if let Some(ports) = ports {
        parts.push(line("ip end", right - 12, base, ports));
        parts.push(glyph("#i-port", "glyph", service, middle));
        parts.push(glyph(if summary.dns_only { "#i-ip" } else { "#i-port" }, "glyph", right, middle));
    }
    if summary.port.is_some() || summary.dns_only {
        let stopped = matches!(trouble, Some(Trouble::Refused { all: true, .. }));
        let wire = match (stopped, summary.dns_only) {
            (true, _) => "wire broken",
            (false, true) => "wire dns",
            (false, false) => "wire packet",
        };
        let to = if summary.readiness.total == 0 && !stopped { pod_lane.x } else { slices.x };
        parts.push(stroke(wire, format!("M{} {middle}H{}", right + 5, to - 5)));
        if stopped {
            parts.push(glyph("#i-error", "mark-bad", slices.x, middle));
        }
    }
    let stopped = matches!(trouble, Some(Trouble::Refused { all: true, .. } | Trouble::NoAddress(_)));
    if summary.readiness.total > 0 && !stopped && !hosts {
        parts.push(glyph("#i-pair", "glyph", slices.x, middle));
        parts.extend(marks(summary.readiness, slices.x + 14, middle));
        let words = format!("{}/{}", summary.readiness.ready, summary.readiness.total);
        parts.push(line("ip end", slices.right() - 16, base, words));
    }
    match (&trouble, &summary.outside) {
        (Some(trouble), _) => {
            let x = if stopped { slices.x + 14 } else { pod_lane.x + 12 };
            let x = if hosts { slices.x } else { x };
            let class = if severity == Some(Severity::Error) { "t-bad" } else { "t-warn" };
            // Without the kubelet's words.
            let bare = match trouble {
                Trouble::NotReady { readiness, .. } => Trouble::NotReady { readiness: *readiness, because: None },
                other => other.clone(),
            };
            let texts = [text().trouble_text(trouble), text().trouble_text(&bare), text().trouble_verdict(&bare)];
            parts.push(line(class, x, base, first_that_fits(texts, if stopped { 70 } else { 44 })));
        }
        (None, Some(target)) => {
            parts.push(glyph("#i-ip", "glyph ext", pod_lane.x, middle));
            parts.push(line("ip", pod_lane.x + 12, base, fit(target, 34)));
            parts.push(glyph("#i-leave", "mark-ext", containers.right() - 12, middle));
        }
        (None, None) => parts.extend(pods(&summary, &lanes, hosts, base, middle)),
    }
    match summary.socket {
        Some(socket) => socket_group(socket, None, lit, parts),
        None => plate_group(Vec::new(), lit, parts),
    }
}

fn entry_parts(entry: &SummaryEntry, summary: &Summary, lanes: &Lanes, base: i32, middle: i32) -> Vec<AnyView> {
    let (nodes, more) = (summary.nodes, summary.more_entries);
    let lane = lanes[LaneKind::Node];
    let more = if more > 0 { format!(" +{more}") } else { String::new() };
    let number = format!(":{}{}{more}", entry.port, entry.protocol.suffix());
    let who = match entry.ip {
        Some(ip) => fit(&ip.to_string(), 20_usize.saturating_sub(number.chars().count())),
        None => {
            let nodes = entry.nodes.max(nodes.min(1));
            let room = ((lane.width - 24) * 10 - number.chars().count() as i32 * MONO) / WORD;
            first_that_fits([text().card_any_of_nodes(nodes), text().card_nodes(nodes)], room)
        }
    };
    let (to, exit) = if entry.host_port { (LaneKind::Pod, "#i-host") } else { (LaneKind::Service, "#i-port") };
    vec![
        glyph("#i-ip", "glyph", lane.x, middle),
        line(if entry.ip.is_some() { "ip" } else { "role" }, lane.x + 12, base, who),
        line("ip end", lane.right() - 12, base, number),
        stroke("wire packet", format!("M{} {middle}H{}", lane.right() + 5, lanes[to].x - 5)),
        glyph(exit, "glyph", lane.right(), middle),
    ]
}

/// The first of these texts that has at most so many letters, or else the last: words are left out, not cut.
fn first_that_fits<const N: usize>(texts: [String; N], room: i32) -> String {
    let mut texts = texts.into_iter();
    let mut text = texts.next().unwrap_or_default();
    for shorter in texts {
        if text.chars().count() as i32 <= room {
            break;
        }
        text = shorter;
    }
    text
}

fn pods(summary: &Summary, lanes: &Lanes, hosts: bool, base: i32, middle: i32) -> Vec<AnyView> {
    let Summary { pods, nodes, .. } = *summary;
    let (slices, lane, containers) = (lanes[LaneKind::Slice], lanes[LaneKind::Pod], lanes[LaneKind::Container]);
    let mut parts = Vec::new();
    if pods == 0 {
        return parts;
    }
    let wire = |from: i32, to: i32| stroke("wire packet", format!("M{from} {middle}H{to}"));
    if !hosts {
        if summary.port.is_some() || summary.dns_only {
            parts.push(wire(slices.right() - 8, lane.x - 5));
        }
        parts.push(glyph("#i-ip", "glyph", lane.x, middle));
        let without_service = summary.name.is_empty();
        let words = if without_service { text().card_pods_without_service(pods) } else { text().card_pods(pods) };
        parts.push(line("pod", lane.x + 12, base, words));
        if !without_service {
            parts.push(line("role end", lane.right() - 8, base, text().card_nodes(nodes)));
        }
    }
    if let Some(port) = summary.container_port {
        parts.push(wire(lane.right(), containers.x - 5));
        parts.push(glyph("#i-port", "glyph", containers.x, middle));
        parts.push(line("ip", containers.x + 12, base, format!(":{port}")));
    }
    parts
}

/// Up to ten endpoints are marks, filled if ready, else hollow. More are a bar whose hollow end is at least 6 px, so that one endpoint
/// of many stays visible.
fn marks(readiness: Readiness, x: i32, middle: i32) -> Vec<AnyView> {
    const WIDTH: i32 = 56;
    let Readiness { ready, total, .. } = readiness;
    let y = middle - 3;
    if total <= 10 {
        let mark = |n: usize| {
            let class = if n < ready { "mark full" } else { "mark" };
            stroke(class, format!("M{} {y}h5v6h-5z", x + 8 * n as i32))
        };
        return (0..total).map(mark).collect();
    }
    let out = (total - ready) as i32 * WIDTH / total as i32;
    let out = if ready == total { 0 } else { out.clamp(6, WIDTH) };
    let bar = |class, x, w: i32| (w > 0).then(|| stroke(class, format!("M{x} {y}h{w}v6h{}z", -w)));
    [bar("mark full", x, WIDTH - out), bar("mark", x + WIDTH - out, out)].into_iter().flatten().collect()
}
