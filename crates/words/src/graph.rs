//! Texts of the picture and the table: readiness, notes, troubles, kinds of sockets.

use topology::graph::socket::SocketKind;
use topology::graph::trouble::TroubleCause;
use topology::graph::{EndpointState, Note, Readiness, Trouble, UnlistedNodes};
use topology::path::no_endpoint::NoEndpointCause;

use crate::Words;

impl Words {
    /// The readiness of an endpoint or a Pod.
    pub fn endpoint_state(&self, state: EndpointState) -> String {
        match state {
            EndpointState::Ready => self.endpoint_ready(),
            EndpointState::NotReady => self.endpoint_not_ready(),
            EndpointState::Terminating => self.endpoint_terminating(),
        }
    }

    /// A note beside the element that it is about.
    pub fn note(&self, note: &Note) -> String {
        match note {
            Note::HostPort => self.note_host_port(),
            Note::CName => self.note_cname(),
            Note::PortWithoutEndpoint(cause) => self.trouble_cause(*cause),
            Note::Endpoints { addresses, mirrored: true } => self.note_mirrored_endpoints(*addresses),
            Note::Endpoints { addresses, mirrored: false } => self.note_also_in_endpoints(*addresses),
            Note::NotKnown => self.note_not_known(),
        }
    }

    /// The cause why a port has no endpoint that gets packets.
    pub fn trouble_cause(&self, cause: NoEndpointCause) -> String {
        match cause {
            NoEndpointCause::NoSlice => self.dead_no_slice(),
            NoEndpointCause::EmptySlice => self.dead_empty_slice(),
            NoEndpointCause::HeadlessLabel => self.dead_headless_label(),
            NoEndpointCause::OtherFamily => self.dead_other_family(),
            NoEndpointCause::NoneReady => self.dead_none_ready(),
            NoEndpointCause::NoPortMatches => self.dead_no_port_matches(),
        }
    }

    /// A trouble of a Service or a Pod, in a few words.
    pub fn trouble_text(&self, trouble: &Trouble) -> String {
        match trouble {
            Trouble::Refused { all: true, cause } => self.problem_refused(self.trouble_cause(*cause)),
            Trouble::Refused { all: false, cause } => self.problem_some_ports_refused(self.trouble_cause(*cause)),
            Trouble::NoAddress(cause) => self.problem_no_address(self.trouble_cause(*cause)),
            Trouble::Dropped { nodes, on, of } if *on > nodes.len() => {
                self.problem_dropped_more(*on, *of, self.list(nodes))
            }
            Trouble::Dropped { nodes, on, of } => self.problem_dropped(*on, *of, self.list(nodes)),
            Trouble::NotReady { readiness, because } => {
                let out = readiness.not_ready();
                match because {
                    Some(because) => self.problem_not_ready_because(out, readiness.total, because),
                    None => self.problem_not_ready(out, readiness.total),
                }
            }
            Trouble::NotKnown => self.problem_not_known(),
        }
    }

    /// The outcome of packets in one word, or the number of ready endpoints.
    pub fn trouble_short(&self, trouble: &Trouble) -> String {
        match trouble {
            Trouble::Refused { .. } => "REJECT".to_owned(),
            Trouble::NoAddress(_) => "NODATA".to_owned(),
            Trouble::Dropped { .. } => "DROP".to_owned(),
            Trouble::NotReady { readiness, .. } => self.ready_of(*readiness),
            Trouble::NotKnown => self.problem_verdict_not_known(),
        }
    }

    /// The cause of troubles, as the heading of a list.
    pub fn trouble_heading(&self, cause: TroubleCause) -> String {
        match cause {
            TroubleCause::Refused(cause) => self.problems_cause_refused(self.trouble_cause(cause)),
            TroubleCause::NoAddress(cause) => self.problems_cause_no_address(self.trouble_cause(cause)),
            TroubleCause::NoLocalEndpoint => self.problems_cause_no_local_endpoint(),
            TroubleCause::NotReady => self.problems_cause_not_ready(),
            TroubleCause::NotKnown => self.problems_cause_not_known(),
        }
    }

    /// What becomes of packets, and where, below a heading that says the cause.
    pub fn trouble_verdict(&self, trouble: &Trouble) -> String {
        match trouble {
            Trouble::Refused { all: false, .. } => self.problems_some_ports(),
            Trouble::Dropped { on, of, .. } => self.problems_dropped_on(*on, *of),
            Trouble::NotReady { readiness, because: Some(because) } => {
                self.problems_ready_because(self.ready_of(*readiness), because)
            }
            _ => self.trouble_short(trouble),
        }
    }

    /// The number of ready endpoints of all endpoints; of usable ones, if some are ready and kube-proxy does not take them.
    pub fn ready_of(&self, readiness: Readiness) -> String {
        match readiness.unread {
            0 => self.card_ready_of(readiness.ready, readiness.total),
            _ => self.card_usable_of(readiness.ready, readiness.total),
        }
    }

    /// The Nodes that a nodePort does not list.
    pub fn unlisted_nodes(&self, unlisted: UnlistedNodes) -> String {
        match unlisted {
            UnlistedNodes { others: false, nodes, .. } => self.card_any_of_nodes(nodes),
            UnlistedNodes { opens: true, nodes, .. } => self.card_other_nodes(nodes),
            UnlistedNodes { nodes, .. } => self.card_more_nodes(nodes),
        }
    }

    /// The name of a kind of socket, as on cards and in the inspector.
    pub fn socket_name(&self, kind: SocketKind) -> String {
        match kind {
            SocketKind::NodeIp => self.socket_node_ip(),
            SocketKind::NodePort => self.socket_node_port(),
            SocketKind::HostPort => self.socket_host_port(),
            SocketKind::ClusterIp => self.socket_cluster_ip(),
            SocketKind::Port => self.socket_port(),
            SocketKind::Dns => self.socket_dns(),
            SocketKind::Endpoint => self.socket_endpoint(),
            SocketKind::PodIp => self.socket_pod_ip(),
            SocketKind::ContainerPort => self.socket_container_port(),
            SocketKind::External => self.socket_external(),
            SocketKind::ExternalIp => self.socket_external_ip(),
            SocketKind::LoadBalancerIp => self.socket_load_balancer_ip(),
        }
    }

    /// One or two sentences that explain a kind of socket to a newcomer.
    pub fn socket_sentence(&self, kind: SocketKind) -> String {
        match kind {
            SocketKind::NodeIp => self.socket_node_ip_sentence(),
            SocketKind::NodePort => self.socket_node_port_sentence(),
            SocketKind::HostPort => self.socket_host_port_sentence(),
            SocketKind::ClusterIp => self.socket_cluster_ip_sentence(),
            SocketKind::Port => self.socket_port_sentence(),
            SocketKind::Dns => self.socket_dns_sentence(),
            SocketKind::Endpoint => self.socket_endpoint_sentence(),
            SocketKind::PodIp => self.socket_pod_ip_sentence(),
            SocketKind::ContainerPort => self.socket_container_port_sentence(),
            SocketKind::External => self.socket_external_sentence(),
            SocketKind::ExternalIp => self.socket_external_ip_sentence(),
            SocketKind::LoadBalancerIp => self.socket_load_balancer_ip_sentence(),
        }
    }
}
