use topology::ask::What;
use topology::coverage::Known;
use topology::key::Kind;

use crate::text::{AskWords, FrameWords, KnownWords, LaneWords, LegendWords};

pub(super) const FRAME: FrameWords = FrameWords {
    product: "kubehop",
    context: "Context",
    namespaces: "Namespaces",
    all_namespaces: "all",
    dismiss: "Dismiss",
    top_label: "What is shown",
    heads_label: "Lanes",
    picture_label: "Network of the cluster, from client to container",
    legend_label: "Legend",
    inspector_label: "Details",
    waiting: "Waiting for the first lists from the API server.",
    nothing: "No Service and no hostPort in these namespaces.",
    still_picture: "This is a still picture of one moment: it becomes live with JavaScript.",
    zoom: "Zoom: less or more of each group",
    zoom_in: "Zoom in",
    zoom_out: "Zoom out",
    showing_services: |some, all| format!("showing {some} of {all} Services"),
};

pub(super) const ASK: AskWords = AskWords {
    label: "Trace a packet",
    from: "From",
    to: "To",
    trace: "Trace",
    from_anywhere: "outside, or a Pod",
    to_example: "IP:port, name or object",
    assumed_outside: |ip| format!("{ip} (outside)"),
    assumed_pod: "a Pod",
    what: |what| match what {
        What::Outside => "a client outside the cluster",
        What::Pod => "Pod",
        What::Node => "a process on the Node",
        What::Localhost => "a process on the Node, by loopback",
        What::Socket(kind) => (super::picture::SOCKET.name)(kind),
    },
};

pub(super) const LANES: LaneWords = LaneWords {
    client: ("Client", "where from"),
    node: ("Node", "Node IP : nodePort, hostPort"),
    service: ("Service", "Cluster IP : port → targetPort"),
    slice: ("EndpointSlice", "address : port"),
    pod: ("Pod", "Pod IP"),
    container: ("Container", "containerPort"),
    any_pod: "a Pod",
    node_port: |port| format!("nodePort {port}"),
    host_port: |port| format!("hostPort {port}"),
    service_ports: |port, target| format!("port {port} → targetPort {target}"),
    service_port: |port| format!("port {port}"),
    in_use: |n| format!("{n} in use"),
    container_port: |port| format!("containerPort {port}"),
};

pub(super) const LEGEND: LegendWords = LegendWords {
    ip: "IP",
    port: "port",
    host_port: "hostPort",
    pair: "IP:port",
    pods: "Pods enter",
    dns_name: "DNS name",
    packet: "packet",
    path: "path",
    unused: "not used",
    dns_only: "DNS only",
    ready: "ready",
    not_ready: "not ready",
    terminating: "terminating",
    broken: "broken",
    outside: "outside",
};

pub(super) const KNOWN: KnownWords = KnownWords {
    state: |known| match known {
        Known::NotLoaded => "not asked for",
        Known::Loading => "first list under way",
        Known::Synced => "live",
        Known::Stale => "stale",
        Known::Forbidden => "no permission to list and watch",
        Known::Absent => "not in this cluster",
    },
    kind: |kind| match kind {
        Kind::Node => "Nodes",
        Kind::Namespace => "Namespaces",
        Kind::ServiceCIDR => "ServiceCIDRs",
        Kind::Service => "Services",
        Kind::EndpointSlice => "EndpointSlices",
        Kind::Endpoint => "endpoints",
        Kind::Endpoints => "Endpoints",
        Kind::Pod => "Pods",
    },
    stale_since: |time| format!("stale since {time}"),
    in_namespace: |kind, namespace| format!("{kind} in {namespace}"),
    in_namespaces: |kind, n| format!("{kind} in {n} namespaces"),
};
