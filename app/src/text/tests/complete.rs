//! Every text of a catalogue, so that none is forgotten: the patterns name all fields, and a new one does not compile until it is here.

use topology::ask::What;
use topology::coverage::Known;
use topology::graph::{EndpointState, Note};
use topology::health::{Readiness, Trouble, Why};
use topology::key::Kind;
use topology::rules::Does;
use topology::settings::{ProxyMode, Source};
use topology::socket::SocketKind;
use topology::trace::Outcome;
use topology::wire::ContextState;

use crate::text::*;

/// Every text of these words: `plain` fields as they are, the others as an example makes them.
macro_rules! words {
    ($out:ident, $words:expr, $type:ident; $($plain:ident)*; $($made:ident = $example:expr;)*) => {{
        let $type { $($plain,)* $($made,)* } = $words;
        $($out.push((concat!(stringify!($type), ".", stringify!($plain)), $plain.to_string()));)*
        $($out.extend($example.into_iter().map(|text| (concat!(stringify!($type), ".", stringify!($made)), text.to_string())));)*
    }};
}

const SOCKETS: [SocketKind; 12] = [
    SocketKind::NodeIp,
    SocketKind::NodePort,
    SocketKind::HostPort,
    SocketKind::ClusterIp,
    SocketKind::Port,
    SocketKind::Dns,
    SocketKind::Endpoint,
    SocketKind::PodIp,
    SocketKind::ContainerPort,
    SocketKind::External,
    SocketKind::ExternalIp,
    SocketKind::LoadBalancerIp,
];

/// Name and text of everything that a language says.
pub fn all(language: &Catalogue) -> Vec<(&'static str, String)> {
    let mut said = Vec::new();
    around(language, &mut said);
    picture(language, &mut said);
    inspector(language, &mut said);
    said
}

fn around(language: &Catalogue, said: &mut Vec<(&'static str, String)>) {
    words!(said, &language.frame, FrameWords;
        product context namespaces all_namespaces dismiss top_label heads_label picture_label legend_label inspector_label
        waiting nothing still_picture zoom zoom_in zoom_out; showing_services = [showing_services(2, 3)];);
    words!(said, &language.top, TopWords;
        loading not_in_cluster not_known overview filter_namespaces view graph table pause resume other_language
        theme_system theme_light theme_dark help more;
        no_contexts = [no_contexts("E")];
        context_state = [ContextState::Idle, ContextState::Connecting, ContextState::Live, ContextState::Stale].map(context_state);
        some_of = [some_of(5, 19)];
        languages = [languages.0, languages.1];);
    words!(said, &language.status, StatusWords;
        connecting live paused stale;
        connecting_so_far = [connecting_so_far(2, 3)];
        still_loading = [still_loading(&["K"])];
        behind = [behind(2)];
        paused_waiting = [paused_waiting(2)];
        stale_since = [stale_since("T")];
        stale_kinds = [stale_kinds(&["K"], "T")];
        lost_since = [lost_since("T")];
        forbidden_kinds = [forbidden_kinds(&["K"])];
        refused = [refused("E")];
        cluster_trouble = [cluster_trouble("E")];
        server_trouble = [server_trouble(""), server_trouble("E")];);
    words!(said, &language.help, HelpWords;
        title close keys shapes lines states;
        key = key.map(|(_, meaning)| meaning);
        shape = *shape; line = *line; state = *state;);
    words!(said, &language.ask, AskWords;
        label from to trace from_anywhere to_example assumed_pod;
        assumed_outside = [assumed_outside("I")];
        what = [What::Outside, What::Pod, What::Node, What::Localhost].map(what););
    words!(said, &language.find, FindWords;
        search search_label nothing filters find hide apply problems_only by_node open_first examples language;
        remove = [remove("F")]; showing = [showing(2, 3)]; showing_nodes = [showing_nodes(2, 3)];
        problems = [problems(0, 0), problems(2, 3)];);
    words!(said, &language.lanes, LaneWords;
        any_pod;
        client = [client.0, client.1]; node = [node.0, node.1]; service = [service.0, service.1];
        slice = [slice.0, slice.1]; pod = [pod.0, pod.1]; container = [container.0, container.1];
        node_port = [node_port(1)]; host_port = [host_port(1)]; service_ports = [service_ports(1, "2")];
        service_port = [service_port(1)]; in_use = [in_use(2)]; container_port = [container_port(1)];);
    words!(said, &language.legend, LegendWords;
        ip port host_port pair pods dns_name packet path unused dns_only ready not_ready terminating broken outside;);
    words!(said, &language.known, KnownWords; ;
        state = [Known::NotLoaded, Known::Loading, Known::Synced, Known::Stale, Known::Forbidden, Known::Absent].map(state);
        kind = [Kind::Node, Kind::Namespace, Kind::ServiceCIDR, Kind::Service, Kind::EndpointSlice, Kind::Endpoint,
            Kind::Endpoints, Kind::Pod].map(kind);
        stale_since = [stale_since("T")];
        in_namespace = [in_namespace("K", "N")];
        in_namespaces = [in_namespaces("K", 2)];);
}

fn picture(language: &Catalogue, said: &mut Vec<(&'static str, String)>) {
    words!(said, &language.card, CardWords;
        outside any_client port target_port port_not_mapped dns_gives_pod_ips headless no_cluster_ip dns_only outside_unchecked
        outside_dns ready_unchecked no_endpoints no_selector not_declared no_ip pod_not_known by_hand mirrored node_ready
        node_not_ready all_nodes_ready pod_cidr pods_without_service rules_evaluated_here;
        state = [EndpointState::Ready, EndpointState::NotReady, EndpointState::Terminating].map(state);
        endpoints = [endpoints(2)]; pods = [pods(2)]; ports = [ports(2)]; ready_of = [ready_of(1, 2)]; ready = [ready(2)];
        end = Outcome::ALL.map(|outcome| end(outcome).1);
        note = [
            Note::HostPort, Note::CName, Note::Dead(Why::NoSlice), Note::Dead(Why::EmptySlice), Note::Dead(Why::NoneReady), Note::Dead(Why::NoPortMatches), Note::NotKnown,
            Note::Endpoints { addresses: 2, mirrored: true }, Note::Endpoints { addresses: 2, mirrored: false },
        ].map(|one| note(&one));
        trouble = [
            Trouble::Refused { all: true, why: Why::NoSlice }, Trouble::Refused { all: false, why: Why::NoSlice },
            Trouble::NoAddress(Why::NoneReady), Trouble::Dropped { nodes: vec!["N".into()], on: 2, of: 3 },
            Trouble::NotReady { readiness: Readiness { ready: 1, terminating: 0, total: 2 }, because: None }, Trouble::NotKnown,
        ].map(|one| trouble(&one));
        managed_by = [managed_by("M")]; any_of_nodes = [any_of_nodes(4)]; more_nodes = [more_nodes(4)];
        node_process = [node_process("N")]; showing_nodes = [showing_nodes(3, 4)]; nodes = [nodes(2)];
        nodes_not_ready = [nodes_not_ready(2)]; namespace_counts = [namespace_counts(2, 3)];);
    words!(said, &language.socket, SocketWords;
        selected on_path;
        name = SOCKETS.map(name);
        sentence = SOCKETS.map(sentence);
        label = [label(SocketKind::Endpoint, "A", "O")];
        label_state = [label_state("L", "S")];);
}

fn inspector(language: &Catalogue, said: &mut Vec<(&'static str, String)>) {
    words!(said, &language.outcome, OutcomeWords;
        delivered_to_only delivered_by_node host_port direct direct_sentence reject reject_detail drop drop_detail unhandled ambiguous policy_deny
        unknown differs asymmetric;
        short = Outcome::ALL.map(short);
        delivered_to = [delivered_to(2)]; several = [several(2)]; dns_answers = [dns_answers(2)];);
    words!(said, &language.hop, HopWords;
        dnat dnat_masquerade reject drop dnat_host_port routed source destination;
        arrives = [arrives("N")]; sent = [sent("N")]; header = [header("n, egress IP or one of 2 more")];);
    words!(said, &language.inspector, InspectorWords;
        close gone gone_detail four_ports node_port host_port port target_port container_port not_declared packet endpoints share out
        out_by_policy address node by_node outcome endpoint_count either destinations destination reached_by opened_on_node
        reached_by_none rules traced dns_answer dns_detail name_resolves name_needs_port check from_inside copy copied
        policy_unevaluated differs_elsewhere;
        on_node = [on_node("K", "N")]; rules_of = [rules_of("N", "M")]; rules_of_many = [rules_of_many(2, "M")];
        in_container = [in_container("C")]; and_more = [and_more(2)];
        rule = [Does::Port(1), Does::Destination("A".into()), Does::SourceRanges, Does::Masquerade, Does::External, Does::Choose(2),
            Does::Probability("0.5".into()), Does::Otherwise, Does::OneOf(2), Does::Reject, Does::Drop].map(|does| rule(&does));
        source = [("external", ""), ("pod", ""), ("pod", "P"), ("pod-ip", ""), ("localhost", ""), ("node", "")]
            .map(|(kind, pod)| source(kind, pod, "I", Some("N")));
        dns_says = [dns_says("NXDOMAIN"), dns_says("NODATA")];
        would_reach = [would_reach("S")];
        assumes = [Source::Default, Source::Flag, Source::ConfigMap].map(|from| assumes(ProxyMode::Iptables, from));
        only_open = [only_open("N")]; also_elsewhere = [also_elsewhere("N")];);
    words!(said, &language.summary, SummaryWords;
        cluster ranges node_ip pod_ip cluster_ip virtual_ip node_port node_port_range assumed_default from_flag from_config_map
        kube_proxy mode node_port_on node_port_everywhere node_port_primary what_is_known policies not_evaluated;
        in_view = [in_view(2, 3, 4)]; nothing_open = [nothing_open(2, 3, 4)];);
}
