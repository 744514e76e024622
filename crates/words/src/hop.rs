//! Texts of a packet's steps, and of the headers after them.

use std::net::IpAddr;

use topology::cluster::address::ip_port;
use topology::path::answer::{Hop, HopDestination, HopPlace, HopSource, HopStep};

use crate::Words;

impl Words {
    /// The action of a step.
    pub fn hop_step(&self, hop: &Hop) -> String {
        match &hop.step {
            HopStep::LookedUp { name, ip } => self.hop_looked_up(name, ip.to_string()),
            HopStep::Sent => self.hop_sent(self.hop_place(&hop.at)),
            HopStep::Arrives => self.hop_arrives(self.hop_place(&hop.at)),
            HopStep::Refused => self.hop_reject(),
            HopStep::Dropped => self.hop_drop(),
            HopStep::Translated { masquerade: true } => self.hop_dnat_masquerade(),
            HopStep::Translated { masquerade: false } => self.hop_dnat(),
            HopStep::HostPortMapped => self.hop_dnat_host_port(),
            HopStep::Routed => self.hop_routed(),
        }
    }

    /// The source in a header.
    pub fn header_source(&self, source: &HopSource) -> String {
        match source {
            HopSource::Address(ip @ IpAddr::V4(_)) => format!("{ip}:*"),
            HopSource::Address(ip @ IpAddr::V6(_)) => format!("[{ip}]:*"),
            HopSource::SomePod => self.hop_a_pod(),
            HopSource::EgressIp(node) => self.hop_egress_ip(self.hop_place(node)),
        }
    }

    /// The destination in a header.
    pub fn header_destination(&self, destination: &HopDestination) -> String {
        match destination {
            HopDestination::Address(ip) => ip.to_string(),
            HopDestination::Port(ip, port) => ip_port(*ip, *port),
            HopDestination::OneOf { listed, more } => {
                let listed: Vec<String> = listed.iter().map(|(ip, port)| ip_port(*ip, *port)).collect();
                let listed = listed.join(&self.hop_or());
                if *more == 0 { listed } else { self.hop_one_of_more(listed, *more) }
            }
        }
    }

    fn hop_place(&self, place: &HopPlace) -> String {
        match place {
            HopPlace::Node(name) => name.clone(),
            HopPlace::EvaluationNode => self.hop_the_node(),
            HopPlace::Client | HopPlace::Destination => String::new(),
        }
    }
}
