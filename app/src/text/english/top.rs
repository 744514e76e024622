use topology::wire::ContextState;

use super::count;
use crate::text::{HelpWords, StatusWords, TopWords};

pub(super) const TOP: TopWords = TopWords {
    loading: "Loading",
    no_contexts: |error| format!("The contexts cannot be listed: {error}"),
    context_state: |state| match state {
        ContextState::Idle => "not connected",
        ContextState::Connecting => "connecting",
        ContextState::Live => "live",
        ContextState::Stale => "stale",
    },
    not_in_cluster: "not in this cluster",
    not_known: "nothing known of it",
    overview: "overview",
    filter_namespaces: "Filter the namespaces",
    some_of: |n, all| format!("{n} of {all}"),
    view: "View",
    graph: "Graph",
    table: "Table",
    pause: "Pause",
    resume: "Resume",
    languages: ("EN", "中文"),
    other_language: "用中文阅读",
    theme_system: "Theme: as the system",
    theme_light: "Theme: light",
    theme_dark: "Theme: dark",
    help: "Help",
    more: "More",
};

pub(super) const STATUS: StatusWords = StatusWords {
    connecting: "Connecting",
    connecting_so_far: |pods, services| {
        format!("Connecting: {}, {} so far", count(pods, "Pod"), count(services, "Service"))
    },
    still_loading: |kinds| format!("The first list is under way: {}.", kinds.join(", ")),
    live: "Live",
    behind: |seconds| format!("Live, {seconds} s behind"),
    paused: "Paused",
    paused_waiting: |n| format!("Paused, {} waiting", count(n, "change")),
    stale: "Stale",
    stale_since: |time| format!("Stale since {time}"),
    stale_kinds: |kinds, time| format!("Stale since {time}: {}.", kinds.join(", ")),
    lost_since: |time| format!("Connection lost at {time}"),
    forbidden_kinds: |kinds| {
        format!("No permission to list and watch {}: what depends on it is unknown.", kinds.join(", "))
    },
    refused: |words| format!("The API server says: {words}"),
    cluster_trouble: |words| format!("Cluster: {words}"),
    server_trouble: |words| match words {
        "" => "The kubehop server does not answer. Trying again.".to_owned(),
        words => format!("The kubehop server does not answer ({words}). Trying again."),
    },
};

pub(super) const HELP: HelpWords = HelpWords {
    title: "Keys and signs",
    close: "Close",
    keys: "Keys",
    key: [
        ("/", "search for an address, a port or a name"),
        ("f", "filter: show or hide what a term names"),
        ("Tab", "go to the next address in the order of a packet"),
        ("← →", "follow a path from one address to the next"),
        ("↑ ↓", "go to the address above or below in the same lane"),
        ("Enter", "select the address: its path lights up"),
        ("Esc", "give up the selection, or close what is open"),
        ("+ −", "zoom in and out; so does Ctrl with the mouse wheel"),
        ("0", "zoom back to 100 %"),
        ("g", "show the graph"),
        ("t", "show the table"),
        ("p", "pause the picture; changes wait until it goes on"),
        ("?", "show this help"),
    ],
    shapes: "Shapes: what an address is",
    shape: [
        "an address without a port: of a Node, a Pod, a Service",
        "a port: of a Service, a container, a nodePort on a Node",
        "a hostPort: a port of one Pod, opened on its Node",
        "an address with a port: one line of an EndpointSlice",
        "where Pods enter: the Cluster IP answers inside the cluster only",
        "a name that the cluster's DNS knows",
    ],
    lines: "Lines: what goes between them",
    line: [
        "packets go this way",
        "packets of what is selected go this way",
        "this way exists, and no packet takes it now",
        "only DNS leads here: the client connects to the answer itself",
    ],
    states: "States of an endpoint",
    state: [
        "it gets new connections",
        "its readiness probe fails: it gets no new connections",
        "its Pod is ending: it gets new connections only where nothing else is ready",
        "the path ends here: refused at once (REJECT) or without an answer (DROP)",
        "outside the cluster: kubehop cannot tell whether anybody answers",
    ],
};
