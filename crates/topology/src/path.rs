//! Resolves the path of a packet by kube-proxy's rules, with the reason.
//!
//! The modules are the steps of a packet, in this order: [`question`] parses the question, [`source`] locates the source, `claim` finds who
//! claims the destination, `firewall` applies source ranges, `choose` selects endpoints, `policy` applies NetworkPolicies, and `deliver`
//! builds the evaluation. `proxy_mode` has what no step decides. [`answer`] has the types of the answer. Helpers: [`endpoints`] joins Services and EndpointSlices, [`dns`] computes
//! the DNS answer, [`rules`] names kube-proxy's rules.
//!
//! Services and EndpointSlices are joined as in kube-proxy, by namespace, Service name, port name and protocol, never by selector or
//! targetPort (reference §0). Every answer takes a [`Coverage`]: missing facts make the answer UNKNOWN, never wrong (design §1.3).
//!
//! NetworkPolicies, Ingress and the Gateway API are not evaluated.
//!
//! [`Coverage`]: crate::cluster::coverage::Coverage

pub mod answer;
mod assumed;
mod choose;
mod claim;
mod deliver;
pub mod dns;
pub mod document;
mod doubts;
mod duplicates;
pub mod endpoints;
mod filters;
mod firewall;
pub(crate) mod headless;
mod hops;
pub mod host_port;
mod missing;
pub mod no_endpoint;
mod nodes;
mod packet;
mod pipeline;
mod policy;
mod proxy_mode;
pub mod question;
mod remarks;
pub mod resolve;
pub mod rules;
pub mod selector;
mod shared;
pub mod source;
#[cfg(test)]
mod tests;
pub mod trace;
// One row of the table is one line, so rustfmt must not wrap it.
#[cfg(test)]
#[rustfmt::skip]
mod truth_table;
