//! Tests whether terms hold for the members of a group.

use std::net::IpAddr;

use super::members::Member;
use super::{Part, State, Term, Test};
use crate::cluster::facts::ServiceType;
use crate::cluster::index::Index;

/// Whether all of these terms hold. Namespace terms are skipped, because the caller has tested them.
pub(super) fn all_terms_hold(terms: &[Term], index: &Index, members: &[Member<'_>]) -> bool {
    let kind = |term: &Term| match term.test {
        Test::Kind(part) if !term.not => Some(part),
        _ => None,
    };
    let kinds: Vec<Part> = terms.iter().filter_map(kind).collect();
    terms.iter().all(|term| match term.test {
        Test::Namespace(_) => true,
        _ => holds(&term.test, &kinds, index, members) != term.not,
    })
}

fn holds(test: &Test, kinds: &[Part], index: &Index, members: &[Member<'_>]) -> bool {
    let count = |part| members.iter().filter(|member| member.part() == part).count();
    match test {
        Test::Kind(part) => count(*part) > 0,
        Test::Ready => {
            let of_pods = kinds.contains(&Part::Pod) || count(Part::Endpoint) == 0;
            let part = if of_pods { Part::Pod } else { Part::Endpoint };
            let mut of_part = members.iter().filter(|member| member.part() == part).peekable();
            // An ExternalName Service has no endpoints, so it counts as ready.
            let by_name =
                matches!(members, [Member::Service(service)] if service.service_type == ServiceType::ExternalName);
            by_name || of_part.peek().is_some() && of_part.all(|member| member.state() == Some(State::Ready))
        }
        Test::Is(State::Empty) => {
            let could = |member: &Member<'_>| matches!(member, Member::Service(service) if service.service_type != ServiceType::ExternalName);
            members.iter().any(could) && count(Part::Endpoint) == 0
        }
        _ => members.iter().any(|member| test_applies_to(test, kinds, member.part()) && fulfils(test, index, member)),
    }
}

/// Whether a test applies to members of this kind, given the kinds that the alternative names.
fn test_applies_to(test: &Test, kinds: &[Part], part: Part) -> bool {
    let by = |kind: &Part| match kind {
        // A Service has the Nodes and states of its endpoints.
        Part::Service if matches!(test, Test::Is(_) | Test::Node(_)) => part != Part::Node,
        Part::Slice => matches!(part, Part::Slice | Part::Endpoint),
        own => *own == part,
    };
    if kinds.is_empty() { part != Part::Node } else { kinds.iter().any(by) }
}

fn fulfils(test: &Test, index: &Index, member: &Member<'_>) -> bool {
    match test {
        Test::Name(wanted) if wanted.contains('*') => glob(wanted, member.name().1),
        Test::Name(wanted) => member.name().1.contains(wanted),
        Test::Label(key, wanted) => {
            let value = member.labels().and_then(|labels| labels.get(key));
            value.is_some_and(|value| wanted.as_ref().is_none_or(|wanted| glob(wanted, value)))
        }
        Test::Port(first, last) => member.ports().iter().any(|(port, _)| (first..=last).contains(&port)),
        Test::PortName(wanted) => member.ports().iter().any(|(_, name)| name == wanted),
        Test::Ip(network) => {
            let within = |ip: &IpAddr| network.contains(ip);
            member.ips(index).iter().any(within) || by_node_port(index, member, &within)
        }
        Test::Node(wanted) => member.node().is_some_and(|name| glob(wanted, name)),
        Test::Type(wanted) => matches!(member, Member::Service(service) if wanted.holds(service)),
        Test::Is(State::Outside) => match member {
            Member::Service(service) => service.service_type == ServiceType::ExternalName,
            Member::Endpoint { outside, .. } => *outside,
            _ => false,
        },
        Test::Is(state) => member.state() == Some(*state),
        Test::Word(word) => has_word(word, index, member),
        // These tests apply to groups, not to members.
        Test::Kind(_) | Test::Namespace(_) | Test::Ready => false,
    }
}

/// Whether a member is a Service with a nodePort on a Node address that `within` accepts.
fn by_node_port(index: &Index, member: &Member<'_>, within: &dyn Fn(&IpAddr) -> bool) -> bool {
    let Member::Service(service) = member else { return false };
    let here = |ip: IpAddr| within(&ip) && service.proxied_in(ip.is_ipv4());
    service.ports.iter().any(|port| port.node_port.is_some())
        && index.nodes().any(|node| node.ips().any(|ip| here(ip.0)))
}

/// Whether a member's name, namespace or address contains the word, or the word is one of its ports.
fn has_word(word: &str, index: &Index, member: &Member<'_>) -> bool {
    let (namespace, name) = member.name();
    let outside = match member {
        Member::Service(service) => service.external_name.as_deref(),
        Member::Endpoint { fact, .. } => Some(fact.address.as_str()),
        _ => None,
    };
    // `NAMESPACE/NAME`, as in other texts.
    let (within, rest) = word.split_once('/').unwrap_or((namespace, word));
    if namespace.contains(word)
        || (namespace == within && name.contains(rest))
        || outside.is_some_and(|address| address.contains(word))
    {
        return true;
    }
    // Texts of addresses are not made if no address can contain the word.
    if !word.bytes().all(|byte| byte.is_ascii_hexdigit() || matches!(byte, b'.' | b':')) {
        return false;
    }
    if word.parse().is_ok_and(|number: u16| number > 0 && member.ports().iter().any(|(port, _)| *port == number)) {
        return true;
    }
    let meant = word.parse::<IpAddr>();
    member.ips(index).iter().any(|ip| ip.to_string().contains(word))
        || meant.is_ok_and(|meant| by_node_port(index, member, &|ip| *ip == meant))
}

/// Whether a text matches a pattern in which `*` stands for any text.
pub(super) fn glob(wanted: &str, text: &str) -> bool {
    let Some((start, rest)) = wanted.split_once('*') else { return wanted == text };
    let Some(mut text) = text.strip_prefix(start) else { return false };
    let (middle, end) = rest.rsplit_once('*').unwrap_or(("", rest));
    for part in middle.split('*') {
        let Some((_, after)) = text.split_once(part) else { return false };
        text = after;
    }
    text.ends_with(end)
}
