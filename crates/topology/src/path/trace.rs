//! Answers a question. [`dns`] looks up a name, and each of its addresses is resolved like an address in a question.

#[cfg(test)]
mod tests;

use std::net::IpAddr;

use crate::cluster::key::{Kind, ObjectKey};
use crate::cluster::port::TransportProtocol;
use crate::cluster::view::Cluster;
use crate::path::answer::{
    AssumedSettings, Evaluation, Hop, HopDestination, HopPlace, HopStep, MissingKind, Outcome, Rcode, Reason, Trace,
    TraceDestination,
};
use crate::path::dns::{self, DnsLookup};
use crate::path::headless;
use crate::path::missing::Needs;
use crate::path::question::{Destination, DnsQuestion, Source, Target};
use crate::path::resolve;
use crate::path::source::shown;

/// Why a question has no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unanswerable {
    /// The source's Pod is known not to exist.
    NoSourcePod {
        /// The Pod.
        pod: ObjectKey,
        /// Pods in the same namespace or with the same name.
        known: KnownNames,
    },
    /// The source's Node is known not to exist.
    NoSourceNode {
        /// The Node.
        node: String,
        /// The known Nodes.
        known: KnownNames,
    },
    /// The evaluation node in the question is known not to exist.
    NoNode {
        /// The Node.
        node: String,
        /// The known Nodes.
        known: KnownNames,
    },
}

/// Names of existing objects: all of them, or the first few and the number of the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownNames {
    /// The listed names.
    pub listed: Vec<String>,
    /// Number of names that are not listed.
    pub more: usize,
}

impl KnownNames {
    /// Maximum number of names that are all listed. If there are more, one name less is listed.
    const LISTED: usize = 6;

    fn of(names: impl Iterator<Item = String>) -> Self {
        let mut listed: Vec<String> = names.collect();
        let all = listed.len();
        if all > Self::LISTED {
            listed.truncate(Self::LISTED - 1);
        }
        Self { more: all - listed.len(), listed }
    }
}

/// Answers where a packet goes. `node` restricts the answer to one evaluation node.
///
/// # Errors
///
/// The source or the Node is known not to exist. If its existence is not known, the answer is UNKNOWN.
pub fn trace(cluster: Cluster<'_>, from: &Source, to: &Target, node: Option<&str>) -> Result<Trace, Unanswerable> {
    if let Some(node) = node {
        check_node(cluster, node)?;
    }
    let ipv4 = matches!(to, Target::Name(_) | Target::Address(Destination { ip: IpAddr::V4(_), .. }));
    let blank = Trace {
        from: shown(cluster.index, from, node, ipv4),
        to: match to {
            Target::Address(to) => Some(to.to()),
            Target::Name(_) => None,
        },
        dns: None,
        settings: AssumedSettings::from(cluster.settings),
        evaluations: Vec::new(),
        missing: Vec::new(),
        remarks: Vec::new(),
    };
    if let Some(because) = not_sending(cluster, from)? {
        let answer = Trace { evaluations: vec![unknown(because, blank.to.clone())], ..blank };
        let missing = missing(cluster, &answer, |_| ());
        return Ok(Trace { missing, ..answer });
    }
    let answer = match to {
        Target::Address(to) => resolve::answer(cluster, from, *to, node),
        Target::Name(question) => by_name(cluster, from, question, node, blank),
    };
    let missing = missing(cluster, &answer, |needs| match to {
        Target::Address(to) => needs.of_nodes(cluster, from, *to, node),
        Target::Name(question) => {
            needs.of_name(cluster, from, question);
            for to in answer.evaluations.iter().filter_map(|evaluation| evaluation.to.as_ref()) {
                needs.of_nodes(cluster, from, Destination { ip: to.ip, port: to.port, protocol: to.protocol }, node);
            }
        }
    });
    Ok(Trace { missing, ..answer })
}

/// The facts that the evaluations and the question need and that are not known.
fn missing(cluster: Cluster<'_>, answer: &Trace, of_question: impl FnOnce(&mut Needs)) -> Vec<MissingKind> {
    if cluster.coverage.is_synced() {
        return Vec::new();
    }
    let mut needs = Needs::default();
    of_question(&mut needs);
    answer.evaluations.iter().for_each(|evaluation| needs.of_evaluation(cluster, evaluation));
    needs.missing(cluster)
}

/// Whether the packet arrives in every evaluation. Without evaluations: whether the name has records.
pub fn arrives(trace: &Trace) -> bool {
    match &trace.dns {
        Some(dns) if trace.evaluations.is_empty() => dns.rcode == Rcode::NoError,
        _ => !trace.evaluations.is_empty() && trace.evaluations.iter().all(Evaluation::arrives),
    }
}

fn by_name(cluster: Cluster<'_>, from: &Source, question: &DnsQuestion, node: Option<&str>, blank: Trace) -> Trace {
    let found = match dns::answer(cluster, from, question) {
        DnsLookup::Known(found) => found,
        DnsLookup::NotKnown(because) => {
            return Trace { evaluations: vec![unknown(because, blank.to.clone())], ..blank };
        }
    };
    let dns = Some(found.dns);
    let to = |ip: IpAddr| Destination { ip, port: question.port, protocol: question.protocol };
    if question.port.is_none() && question.protocol != TransportProtocol::Icmp {
        return Trace { dns, ..blank };
    }
    let headless = dns::headless_service_of(cluster, from, &question.name);
    let headless = headless.map(|service| (service, headless::addresses(cluster.index, service)));
    let mut answer = Trace { dns, ..blank };
    for (n, ip) in found.addresses.iter().enumerate() {
        let mut one = resolve::answer(cluster, from, to(*ip), node);
        let lookup = Hop {
            at: one.from.node.clone().map_or(HopPlace::Client, HopPlace::Node),
            step: HopStep::LookedUp { name: question.name.clone(), ip: *ip },
            src: None,
            dst: question.port.map_or(HopDestination::Address(*ip), |port| HopDestination::Port(*ip, port)),
        };
        for evaluation in &mut one.evaluations {
            evaluation.hops.insert(0, lookup.clone());
            if let Some((service, addresses)) = &headless {
                headless::check_port(service, addresses, evaluation);
            }
        }
        answer.evaluations.append(&mut one.evaluations);
        if n == 0 {
            answer.from = one.from;
        }
    }
    if let (true, Some(outside)) = (answer.evaluations.is_empty(), found.outside) {
        let because = Reason::AliasOutsideCluster { name: question.name.clone(), target: outside };
        answer.evaluations.push(unknown(because, answer.to.clone()));
    }
    answer
}

/// An evaluation that the known facts do not decide.
fn unknown(because: Reason, to: Option<TraceDestination>) -> Evaluation {
    Evaluation::new(Outcome::Unknown, because, to, None)
}

fn check_node(cluster: Cluster<'_>, name: &str) -> Result<(), Unanswerable> {
    let known = cluster.index.node(name).is_some() || !cluster.coverage.of(Kind::Node).complete();
    // A question can name a Node although a dump has no Nodes at all.
    if known || cluster.index.nodes().next().is_none() {
        Ok(())
    } else {
        Err(Unanswerable::NoNode { node: name.to_owned(), known: nodes(cluster) })
    }
}

fn nodes(cluster: Cluster<'_>) -> KnownNames {
    KnownNames::of(cluster.index.nodes().map(|node| node.name.clone()))
}

/// The reason why packets of this source cannot be resolved; `None` if they can.
pub(crate) fn not_sending(cluster: Cluster<'_>, from: &Source) -> Result<Option<Reason>, Unanswerable> {
    match from {
        Source::Node(name) | Source::Localhost(name) if cluster.index.node(name).is_none() => {
            if cluster.coverage.of(Kind::Node).complete() {
                return Err(Unanswerable::NoSourceNode { node: name.clone(), known: nodes(cluster) });
            }
            Ok(Some(Reason::SourceNodeNotKnown { node: name.clone() }))
        }
        Source::Pod(key) => match cluster.index.pod(key) {
            None if cluster.coverage.in_namespace(Kind::Pod, &key.namespace).complete() => {
                let pods = cluster.index.pods().filter(|pod| pod.namespace == key.namespace || pod.name == key.name);
                let known = KnownNames::of(pods.map(|pod| pod.key().to_string()));
                Err(Unanswerable::NoSourcePod { pod: key.clone(), known })
            }
            None => Ok(Some(Reason::SourcePodNotKnown { pod: key.clone() })),
            Some(pod) if pod.ended() => Ok(Some(Reason::SourcePodEnded { pod: key.clone(), phase: pod.phase.clone() })),
            Some(pod) if pod.node.is_none() && pod.ips.is_empty() => {
                Ok(Some(Reason::SourcePodNotScheduled { pod: key.clone() }))
            }
            Some(_) => Ok(None),
        },
        _ => Ok(None),
    }
}
