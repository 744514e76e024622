//! The spelling of Kubernetes' terms, which is the same in every language.

use super::files::messages;
use crate::Language;

/// Terms that are written in one way only, also inside a sentence and in the plural.
const TERMS: [&str; 17] = [
    "Cluster IP",
    "ConfigMap",
    "EndpointSlice",
    "ExternalName",
    "NetworkPolicy",
    "Node IP",
    "Pod CIDR",
    "Pod IP",
    "ServiceCIDR",
    "containerPort",
    "externalIPs",
    "externalTrafficPolicy",
    "hostPort",
    "kube-proxy",
    "kubehop",
    "nodePort",
    "targetPort",
];

/// Fields and settings with a term in their name.
const FIELDS: [&str; 4] =
    ["allocateLoadBalancerNodePorts", "externalName", "healthCheckNodePort", "localhostNodePorts"];

/// Kinds that are written with a capital.
const KINDS: [&str; 4] = ["Node", "Pod", "Role", "ClusterRole"];

/// Messages that list the words of filters or the forms of SRC, which have a spelling of their own, or the types of Services.
const LISTS_OF_WORDS: [&str; 7] = [
    "error-no-source",
    "error-no-source-kind",
    "error-pod-without-namespace",
    "filter-unknown-key",
    "filter-unknown-kind",
    "filter-unknown-type",
    "find-language",
];

/// Every place where a text has the letters of a term, in whatever case and however joined.
fn spellings<'a>(text: &'a str, term: &str) -> Vec<&'a str> {
    let is_joint = |letter: char| letter == ' ' || letter == '-';
    let wanted: Vec<char> = term.chars().filter(|letter| !is_joint(*letter)).collect();
    let found = |start: usize| {
        let (mut at, mut joints) = (0, 0);
        for (offset, letter) in text[start..].char_indices() {
            if is_joint(letter) && at > 0 && joints == 0 {
                joints = 1;
            } else if wanted.get(at).is_some_and(|wanted| wanted.eq_ignore_ascii_case(&letter)) {
                (at, joints) = (at + 1, 0);
            } else {
                return None;
            }
            if at == wanted.len() {
                return Some(&text[start..start + offset + letter.len_utf8()]);
            }
        }
        None
    };
    text.char_indices().filter_map(|(start, _)| found(start)).collect()
}

#[test]
fn terms_of_kubernetes_are_spelt_as_kubernetes_spells_them() {
    let mut wrong = Vec::new();
    for language in Language::ALL {
        let all = messages(language).into_iter().filter(|(id, _)| !LISTS_OF_WORDS.contains(&id.as_str()));
        for (id, message) in all {
            for text in &message.texts {
                // Flags are written as flags are.
                let text = text.split(' ').filter(|word| !word.starts_with("--")).collect::<Vec<_>>().join(" ");
                let text = FIELDS.into_iter().fold(text, |text, field| text.replace(field, ""));
                for term in TERMS {
                    let others = spellings(&text, term).into_iter().filter(|found| *found != term);
                    wrong.extend(others.map(|found| format!("{language:?} {id}: `{found}` is `{term}`")));
                }
                let words = text.split(|letter: char| !letter.is_ascii_alphabetic());
                let small = words.filter(|word| {
                    let singular = word.strip_suffix('s').unwrap_or(word);
                    KINDS.iter().any(|kind| kind.to_ascii_lowercase() == singular)
                });
                wrong.extend(small.map(|word| format!("{language:?} {id}: `{word}` has a capital")));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_term_is_found_however_it_is_spelt() {
    assert_eq!(
        spellings("a Nodeport, node-port, node port and nodePorts", "nodePort"),
        ["Nodeport", "node-port", "node port", "nodePort"]
    );
    assert_eq!(spellings("the Node, port 80", "nodePort"), [""; 0]);
}
