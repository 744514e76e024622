//! The languages have the same texts, with the same arguments; Kubernetes' terms are spelt as Kubernetes spells them.

mod error;
mod files;
mod path;
mod terms;

use std::fs;

use files::{files, messages, root};
use topology::graph::socket::SocketKind;

use crate::{Language, Words};

#[test]
fn a_language_is_found_by_its_tag() {
    let (english, chinese) = (Some(Language::English), Some(Language::Chinese));
    for (tag, expected) in [
        ("zh", chinese),
        ("ZH-TW", chinese),
        ("zh-Hans", chinese),
        ("zh_CN.UTF-8", chinese),
        ("en", english),
        ("en_GB", english),
        ("zhuang", None),
        ("é", None),
        ("", None),
    ] {
        assert_eq!(Language::of_tag(tag), expected, "{tag}");
    }
}

#[test]
fn a_process_speaks_the_language_of_its_locale() {
    let locale = |set: &[(&str, &str)]| {
        let set = set.to_vec();
        Language::of_locale(|name| set.iter().find(|(own, _)| *own == name).map(|(_, value)| (*value).to_owned()))
    };
    for (set, expected) in [
        (&[][..], Language::English),
        (&[("LANG", "zh_CN.UTF-8")], Language::Chinese),
        (&[("LANG", "C.UTF-8")], Language::English),
        (&[("LC_ALL", ""), ("LC_MESSAGES", "zh"), ("LANG", "en_GB")], Language::Chinese),
        (&[("LC_ALL", "C"), ("LANG", "zh_CN.UTF-8")], Language::English),
    ] {
        assert_eq!(locale(set), expected, "{set:?}");
    }
}

#[test]
fn every_language_has_the_same_messages_with_the_same_arguments() {
    let arguments =
        |language| -> Vec<_> { messages(language).into_iter().map(|(id, message)| (id, message.arguments)).collect() };
    let english = arguments(Language::English);
    for language in Language::ALL {
        assert_eq!(arguments(language), english, "{language:?}");
    }
}

/// Messages that Chinese readers write as they stand in manifests, commands and packets, or that hold no word at all.
const SAME_IN_CHINESE: [&str; 49] = [
    "ask-pod",
    "card-port",
    "card-port-named",
    "card-target-port",
    "details-change",
    "hop-destination",
    "hop-dnat",
    "hop-source",
    "inspector-container-port",
    "inspector-host-port",
    "inspector-node",
    "inspector-node-port",
    "inspector-port",
    "inspector-target-port",
    "kind-endpoints",
    "lanes-container-port",
    "lanes-container-rest",
    "lanes-host-port",
    "lanes-node-port",
    "lanes-pod",
    "lanes-pod-rest",
    "lanes-service-port",
    "lanes-service-ports",
    "lanes-service-rest",
    "legend-host-port",
    "legend-ip",
    "rule-probability",
    "socket-cluster-ip",
    "socket-container-port",
    "socket-host-port",
    "socket-node-ip",
    "socket-node-port",
    "socket-pod-ip",
    "socket-port",
    "summary-cluster-ip",
    "summary-kube-proxy",
    "summary-node-ip",
    "summary-node-port",
    "summary-pod-ip",
    "table-chain",
    "table-cluster-ip-port",
    "table-container-port",
    "trace-arrival",
    "trace-by-cni",
    "trace-by-dns",
    "trace-by-portmap",
    "trace-node-port",
    "trace-pod",
    "trace-target-port",
];

/// Chinese messages that hold no Chinese character: terms of Kubernetes that have a plural in English, punctuation, and the link to English.
const WITHOUT_CHINESE: [&str; 49] = [
    "access-kubeconfig-incomplete",
    "doctor-version",
    "error-in-parameter",
    "error-in-text",
    "file-place",
    "find-chip",
    "http-manifest-not-written",
    "inspector-out-because",
    "kind-endpoint-slices",
    "kind-namespaces",
    "kind-nodes",
    "kind-pods",
    "kind-service-cidrs",
    "kind-services",
    "lanes-node-rest",
    "list-separator",
    "namespaces-pods",
    "namespaces-services",
    "picture-asked",
    "problem-refused",
    "problems-by-node",
    "problems-ready-because",
    "question-wrong-from",
    "question-wrong-to",
    "remark-phase-because",
    "remark-pod-in-state",
    "sentence-joined",
    "sentence-separator",
    "sentence-whole",
    "serve-no-cluster-for-context",
    "serve-no-scenario",
    "socket-label",
    "socket-label-state",
    "summary-policies",
    "table-node",
    "table-pods",
    "table-service",
    "table-target-port",
    "top-other-language",
    "top-read-in-other-language",
    "trace-also",
    "trace-entry-cluster-ip",
    "trace-entry-external-ip",
    "trace-entry-host-port",
    "trace-entry-node-port",
    "trace-entry-pod-ip",
    "trace-setting",
    "trace-translated",
    "trace-unused-because",
];

#[test]
fn no_chinese_text_is_english() {
    let english = messages(Language::English);
    let (mut wrong, mut expected) = (Vec::new(), Vec::new());
    for (id, chinese) in messages(Language::Chinese) {
        let same = chinese.written() == english[&id].written();
        let in_chinese =
            chinese.texts.iter().any(|text| text.chars().any(|letter| ('\u{4e00}'..'\u{a000}').contains(&letter)));
        if same || !in_chinese {
            wrong.push(id);
        }
    }
    expected.extend(SAME_IN_CHINESE.iter().chain(&WITHOUT_CHINESE).map(|id| (*id).to_owned()));
    expected.sort();
    wrong.sort();
    assert_eq!(wrong, expected);
}

#[test]
fn english_has_no_chinese_but_the_link_to_it() {
    for (id, english) in messages(Language::English) {
        let chinese = english.written().chars().any(|letter| letter >= '\u{3000}');
        assert_eq!(chinese, ["top-other-language", "top-read-in-other-language"].contains(&id.as_str()), "{id}");
    }
}

#[test]
fn chinese_is_punctuated_as_chinese() {
    for (id, chinese) in messages(Language::Chinese) {
        let english = [", ", ". ", ": ", " (", "( ", ";", "!"];
        // Between an address and a port a colon has a space on either side.
        let texts = chinese.texts.iter().map(|text| text.replace(" : ", ""));
        let wrong = texts.into_iter().any(|text| english.iter().any(|mark| text.contains(mark)));
        assert!(!wrong || id == "top-read-in-other-language", "{id}: {}", chinese.written());
    }
}

#[test]
fn every_kind_of_socket_is_explained_in_whole_sentences() {
    for kind in [SocketKind::NodePort, SocketKind::Dns, SocketKind::External, SocketKind::LoadBalancerIp] {
        assert!(Language::English.words().socket_sentence(kind).ends_with('.'), "{kind:?}");
        assert!(Language::Chinese.words().socket_sentence(kind).ends_with('。'), "{kind:?}");
    }
}

#[test]
fn english_plurals_are_right_for_none_one_and_two() {
    let words: &Words = Language::English.words();
    let made = |count: usize| {
        [
            words.card_endpoints(count),
            words.card_pods(count),
            words.card_nodes(count),
            words.card_more_nodes(count),
            words.card_namespace_counts(count, count),
            words.status_paused_waiting(count),
            words.status_connecting_so_far(count, count),
            words.outcome_dns_answers(count),
            words.inspector_rules_of_many(count, "iptables"),
            words.note_mirrored_endpoints(count),
        ]
        .join("; ")
    };
    let one = "1 endpoint; 1 Pod; 1 Node; 1 more Node; 1 Service, 1 Pod; Paused, 1 change waiting; \
               Connecting: 1 Pod, 1 Service so far; DNS answers with 1 Pod IP; the same on 1 Node, iptables; \
               mirrored from Endpoints: 1 address";
    let many = "# endpoints; # Pods; # Nodes; # more Nodes; # Services, # Pods; Paused, # changes waiting; \
                Connecting: # Pods, # Services so far; DNS answers with # Pod IPs; the same on # Nodes, iptables; \
                mirrored from Endpoints: # addresses";
    assert_eq!(made(1), one);
    for count in [0, 2, 150_000] {
        assert_eq!(made(count), many.replace('#', &count.to_string()));
    }
    assert_eq!(
        words.summary_in_view(6, 9, 1),
        "6 Services, 9 Pods and 1 Node in view. Select any address to see its path."
    );
}

#[test]
fn names_stand_in_a_list_and_sentences_after_each_other() {
    let (english, chinese) = (Language::English.words(), Language::Chinese.words());
    assert_eq!((english.list(&["a", "b"]), chinese.list(&["a", "b"])), ("a, b".to_owned(), "a、b".to_owned()));
    assert_eq!(english.list::<&str>(&[]), "");
    assert_eq!(english.alternatives(&["a"]), "a");
    assert_eq!(english.alternatives(&["a", "b", "c"]), "a, b or c");
    assert_eq!(chinese.alternatives(&["a", "b", "c"]), "a、b 或 c");
    assert_eq!(
        (english.sentences(&["A.", "B."]), chinese.sentences(&["甲。", "乙。"])),
        ("A. B.".to_owned(), "甲。乙。".to_owned())
    );
}

#[test]
fn every_text_is_used() {
    let sources = ["app/src", "server/src", "crates"].map(|folder| files(&root().join(folder), "rs"));
    let sources = sources.into_iter().flatten().filter(|path| !path.ends_with("words/src/tests.rs"));
    let sources: String = sources.map(|path| fs::read_to_string(path).unwrap()).collect();
    let is_used = |id: &String| {
        let name = id.replace('-', "_");
        [format!(".{name}("), format!("Words::{name}")].iter().any(|used| sources.contains(used))
    };
    let unused: Vec<String> = messages(Language::English).into_keys().filter(|id| !is_used(id)).collect();
    assert!(unused.is_empty(), "{unused:#?}");
}

#[test]
fn what_cannot_be_read_of_a_filter_is_said_with_what_would_be_right() {
    for (text, english, chinese) in [
        (
            "prot:80",
            "`prot:` is no key; keys are kind, ns, name, label, port, ip, node, type, is",
            "`prot:` 不是键；可用的键有 kind、ns、name、label、port、ip、node、type、is",
        ),
        ("ip:10.244.1", "`ip:10.244.1` is no IP address or CIDR", "`ip:10.244.1` 不是 IP 地址，也不是 CIDR"),
        ("a ns:", "`ns:` is empty; write as in ns:default", "`ns:` 后面是空的；请写成 ns:default 这样"),
        ("a \"b c", "`\"b c` has no closing quote", "`\"b c` 缺少收尾的引号"),
    ] {
        let error = topology::find::filter::Filter::parse(text).unwrap_err();
        assert_eq!(Language::English.words().filter_error(&error), english);
        assert_eq!(Language::Chinese.words().filter_error(&error), chinese);
    }
}
