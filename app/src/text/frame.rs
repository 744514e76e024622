//! Texts around the picture.

use topology::ask::What;
use topology::coverage::Known;
use topology::key::Kind;

/// Top bar, strip for trouble, labels of the landmarks.
#[expect(missing_docs, reason = "named after the text; `english` shows each one")]
pub struct FrameWords {
    pub product: &'static str,
    pub context: &'static str,
    pub namespaces: &'static str,
    pub all_namespaces: &'static str,
    pub dismiss: &'static str,
    /// The label of the top bar, the lane heads, the picture, the legend and the inspector.
    pub top_label: &'static str,
    pub heads_label: &'static str,
    pub picture_label: &'static str,
    pub legend_label: &'static str,
    pub inspector_label: &'static str,
    /// In place of the picture while the first lists are under way.
    pub waiting: &'static str,
    /// In place of the picture when there is nothing to draw.
    pub nothing: &'static str,
    pub still_picture: &'static str,
    pub zoom: &'static str,
    pub zoom_in: &'static str,
    pub zoom_out: &'static str,
    /// In a picture of a part: so many Services of so many.
    pub showing_services: fn(usize, usize) -> String,
}

/// The From and To bar.
#[expect(missing_docs, reason = "named after the text; `english` shows each one")]
pub struct AskWords {
    pub label: &'static str,
    pub from: &'static str,
    pub to: &'static str,
    pub trace: &'static str,
    /// In the empty fields.
    pub from_anywhere: &'static str,
    pub to_example: &'static str,
    /// What is taken for the source when none is given; with its address.
    pub assumed_outside: fn(&str) -> String,
    pub assumed_pod: &'static str,
    /// What a text that is offered stands for.
    pub what: fn(What) -> &'static str,
}

/// The heads of the lanes and their second lines, at rest and with a path.
#[expect(missing_docs, reason = "named after the text; `english` shows each one")]
pub struct LaneWords {
    pub client: (&'static str, &'static str),
    pub node: (&'static str, &'static str),
    pub service: (&'static str, &'static str),
    pub slice: (&'static str, &'static str),
    pub pod: (&'static str, &'static str),
    pub container: (&'static str, &'static str),
    pub any_pod: &'static str,
    pub node_port: fn(u16) -> String,
    pub host_port: fn(u16) -> String,
    /// port and targetPort.
    pub service_ports: fn(u16, &str) -> String,
    /// A headless Service: the port alone.
    pub service_port: fn(u16) -> String,
    pub in_use: fn(usize) -> String,
    pub container_port: fn(u16) -> String,
}

/// The legend.
#[expect(missing_docs, reason = "named after the text; `english` shows each one")]
pub struct LegendWords {
    pub ip: &'static str,
    pub port: &'static str,
    pub host_port: &'static str,
    pub pair: &'static str,
    pub pods: &'static str,
    pub dns_name: &'static str,
    pub packet: &'static str,
    pub path: &'static str,
    pub unused: &'static str,
    pub dns_only: &'static str,
    pub ready: &'static str,
    pub not_ready: &'static str,
    pub terminating: &'static str,
    pub broken: &'static str,
    pub outside: &'static str,
}

/// How well something is known.
#[expect(missing_docs, reason = "named after the text; `english` shows each one")]
pub struct KnownWords {
    pub state: fn(Known) -> &'static str,
    /// The objects of a kind.
    pub kind: fn(Kind) -> &'static str,
    /// With the time of day.
    pub stale_since: fn(&str) -> String,
    pub in_namespace: fn(&str, &str) -> String,
    pub in_namespaces: fn(&str, usize) -> String,
}
