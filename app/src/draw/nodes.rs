//! The Nodes at the top of the picture, and the headings between groups.

use leptos::prelude::*;
use topology::cluster::facts::NamespaceCounts;
use topology::graph::NodePart;
use topology::picture::{LaneKind, Lanes, NodeCard};

use super::label::{cut, fit, glyph, line, pair, plate, plate_group, room, socket_group, stroke};
use super::{Lit, list, plate_class};
use crate::model::Nodes;
use crate::text::text;

/// The Nodes.
#[component]
pub fn NodesView(
    /// The Nodes.
    nodes: Signal<Nodes>,
    /// The lanes of the picture.
    lanes: Lanes,
    /// The answer that is lit.
    lit: Lit,
) -> AnyView {
    let cards = move || nodes.read().cards.to_vec();
    let count = move || text().card_nodes(nodes.read().count.0);
    let ready = move || {
        let Nodes { count: (all, ready), cards } = nodes.get();
        if !cards.is_empty() && cards.len() < all {
            text().card_showing_nodes(cards.len(), all)
        } else {
            ready_words(ready, all)
        }
    };
    let x = lanes[LaneKind::Client].x;
    view! {
        <g class="nodes" role="group" aria-label=text().lanes_node()>
            <text class="ns" x=x y="15">{count}</text>
            <text class="role" x=x y="29">{ready}</text>
            {list(cards, move |card| node(card, lit))}
        </g>
    }
    .into_any()
}

fn node(card: NodeCard, lit: Lit) -> AnyView {
    let NodeCard { area, node } = card;
    let NodePart { socket, name, pod_cidrs, ready } = node;
    let right = area.x + area.w;
    let ip = socket.as_ref().map(|socket| socket.address.clone()).unwrap_or_default();
    let (words, class) =
        if ready { (text().card_node_ready(), "role end") } else { (text().card_node_not_ready(), "end t-warn") };
    let mut parts = vec![
        plate(area, "card"),
        cut("name", area.x + 12, area.y + 15, &name, room(28, area.w, 306)),
        line(class, right - 12, area.y + 15, words),
        line("ip", area.x + 12, area.y + 29, ip),
    ];
    if !pod_cidrs.is_empty() {
        let cidrs = fit(&pod_cidrs.join(", "), 22);
        parts.push(pair(
            "role end",
            right - 12,
            area.y + 29,
            format!("{} ", text().card_pod_cidr()),
            Some(("ip", cidrs)),
        ));
    }
    parts.push(glyph("#i-ip", "glyph", area.x, area.middle()));
    match socket {
        Some(socket) => socket_group(socket, None, lit, parts),
        None => plate_group(Vec::new(), lit, parts),
    }
}

/// The heading of a namespace; a click folds it.
#[component]
pub fn NamespaceHead(
    /// The namespace's name.
    name: String,
    /// Its numbers of objects and problems.
    counts: ArcSignal<NamespaceCounts>,
    /// Whether its groups are folded.
    folded: ArcSignal<bool>,
    /// The lanes of the picture.
    lanes: Lanes,
    /// The answer that is lit.
    lit: Lit,
) -> AnyView {
    let (left, services) = (lanes[LaneKind::Client].x, lanes[LaneKind::Service].x);
    let x = left + 32 + 8 * name.chars().count() as i32;
    let counts_of_text = counts.clone();
    let words = move || {
        let NamespaceCounts { services, pods, .. } = counts_of_text.get();
        text().card_namespace_counts(services, pods)
    };
    // A namespace that is folded or not opened shows its numbers of problems; an open one shows the problems themselves.
    let badges = move || {
        let NamespaceCounts { errors, warnings, .. } = counts.get();
        let (mut parts, mut right) = (Vec::new(), services - 16);
        for (n, shape, colour, class) in
            [(warnings, "#i-warning", "mark-warn", "end t-warn"), (errors, "#i-error", "mark-bad", "end t-bad")]
        {
            if n > 0 {
                parts.extend([line(class, right, 16, n.to_string()), glyph(shape, colour, right - 32, 12)]);
                right -= 56;
            }
        }
        parts
    };
    let is_folded = folded.clone();
    let chevron = move || if is_folded.get() { "#i-fold" } else { "#i-open" };
    let open = move || if folded.get() { "false" } else { "true" };
    view! {
        <g class=move || lit.with(|light| format!("{} fold", plate_class(light.as_deref(), &[]))) data-namespace=name.clone()
            tabindex="0" role="button" aria-expanded=open aria-label=name.clone()>
            <rect class="hit" x=left y="2" width=services - left height="20" rx="4"></rect>
            <use_ class="glyph quiet" href=chevron x=left + 5 y="12"></use_>
            <text class="ns" x=left + 16 y="16">{name.clone()}</text>
            <text class="role" x=x y="16">{words}</text>
            {badges}
            <path class="rule" d=format!("M{} 12H{}", x.max(services), lanes.right())></path>
        </g>
    }
    .into_any()
}

/// The heading of the groups that are on no known Node, in the arrangement by Node.
#[component]
pub fn OffNodesHead(
    /// The lanes of the picture.
    lanes: Lanes,
    /// The answer that is lit.
    lit: Lit,
) -> AnyView {
    let left = lanes[LaneKind::Client].x;
    let parts = vec![
        line("ns", left + 16, 16, text().card_on_no_node()),
        stroke("rule", format!("M{} 12H{}", lanes[LaneKind::Service].x, lanes.right())),
    ];
    plate_group(Vec::new(), lit, parts)
}

/// A Node's card in the arrangement by Node: name, address, Pod CIDR below each other.
pub fn node_group(card: NodeCard, lit: Lit) -> AnyView {
    let NodeCard { area, node } = card;
    let NodePart { socket, name, pod_cidrs, ready } = node;
    let right = area.x + area.w;
    let mut parts = vec![
        plate(area, "card"),
        cut("name", area.x + 12, area.y + 16, &name, room(16, area.w, 176)),
        line(
            "ip",
            area.x + 12,
            area.y + 31,
            socket.as_ref().map(|socket| fit(&socket.address, 22)).unwrap_or_default(),
        ),
    ];
    if !ready {
        parts.push(line("end t-warn", right - 12, area.y + 16, text().card_node_not_ready()));
    }
    if !pod_cidrs.is_empty() {
        let words = format!("{} ", text().card_pod_cidr());
        parts.push(pair("role", area.x + 12, area.y + 45, words, Some(("ip small", fit(&pod_cidrs.join(", "), 20)))));
    }
    parts.push(glyph("#i-ip", "glyph", area.x, area.middle()));
    match socket {
        Some(socket) => socket_group(socket, None, lit, parts),
        None => plate_group(Vec::new(), lit, parts),
    }
}

fn ready_words(ready: usize, all: usize) -> String {
    if ready == all { text().card_all_nodes_ready() } else { text().card_nodes_not_ready(all - ready) }
}
