//! Where a packet goes, by the rules that kube-proxy applies, and why.
//!
//! The modules are named after the steps of a packet, in their order: a [`question`] is read, its source is found ([`source`]), the
//! destination is claimed (`claim`), its ranges are looked at (`firewall`), endpoints are chosen (`choose`), policies are asked (`policy`),
//! and the packet is delivered (`deliver`). The answer has the shape of [`answer`]. Beside them: [`endpoints`] (the join of Services and
//! EndpointSlices), [`dns`] (what the cluster's DNS answers) and [`rules`] (the names of kube-proxy's rules).
//!
//! Services and EndpointSlices are joined as kube-proxy does, by namespace, Service name, port name and protocol, never by selector or
//! targetPort (reference §0). Nothing is claimed on facts that are missing: every answer takes a [`Coverage`] (design §1.3).
//!
//! NetworkPolicies, Ingress and the Gateway API are not looked at.
//!
//! [`Coverage`]: crate::cluster::coverage::Coverage

pub mod answer;
mod choose;
mod claim;
mod deliver;
pub mod dns;
pub mod document;
pub mod endpoints;
mod firewall;
mod hops;
pub mod host_port;
mod missing;
mod nodes;
mod packet;
mod pipeline;
mod policy;
pub mod question;
pub mod resolve;
pub mod rules;
pub mod selector;
pub mod source;
#[cfg(test)]
mod tests;
pub mod trace;
// A table is read line by line.
#[cfg(test)]
#[rustfmt::skip]
mod truth;
