mod complete;

use topology::socket::SocketKind;

use super::*;

#[test]
fn a_share_is_a_fraction_where_the_parts_are_equal() {
    for (probability, expected) in
        [(1.0, "1/1"), (0.5, "1/2"), (1.0 / 3.0, "1/3"), (1.0 / 7.0, "1/7"), (0.4, "40 %"), (0.0, "0 %")]
    {
        assert_eq!(share(probability), expected);
    }
}

#[test]
fn a_number_has_one_decimal() {
    for (number, expected) in [(0.0, "0.0"), (12.34, "12.3"), (-0.04, "0.0"), (-7.96, "-8.0"), (1499.97, "1500.0")] {
        assert_eq!(tenths(number), expected);
    }
}

#[test]
fn a_moment_reads_as_a_time_of_day() {
    for (ms, expected) in [(0, "00:00:00 UTC"), (1_795_398_744_999, "01:52:24 UTC"), (-1, "23:59:59 UTC")] {
        assert_eq!(clock(ms), expected);
    }
}

#[test]
fn a_large_count_is_read_in_groups_of_three() {
    for (n, expected) in [(0, "0"), (300, "300"), (1_212, "1,212"), (1_000_000, "1,000,000")] {
        assert_eq!(grouped(n), expected);
    }
}

#[test]
fn counts_agree_with_their_nouns() {
    assert_eq!((ENGLISH.card.endpoints)(1), "1 endpoint");
    assert_eq!((ENGLISH.card.endpoints)(6), "6 endpoints");
    assert_eq!(
        (ENGLISH.summary.in_view)(6, 9, 1),
        "6 Services, 9 Pods and 1 Node in view. Select any address to see its path."
    );
}

#[test]
fn every_kind_of_socket_is_explained_in_whole_sentences() {
    for kind in [SocketKind::NodePort, SocketKind::Dns, SocketKind::External, SocketKind::LoadBalancerIp] {
        let sentence = (ENGLISH.socket.sentence)(kind);
        assert!(sentence.ends_with('.'), "{sentence}");
    }
}

/// What Chinese readers write as it stands in manifests, commands and packets, and what holds no word at all.
const SAME_IN_CHINESE: [&str; 32] = [
    // Names of things.
    "kubehop",
    "Node",
    "Pod",
    "Pod IP",
    "Node IP",
    "Cluster IP",
    "IP",
    "Endpoints",
    "kube-proxy",
    "DNAT",
    // Fields of objects.
    "port",
    "nodePort",
    "hostPort",
    "targetPort",
    "containerPort",
    "nodePort 1",
    "hostPort 1",
    "port 1",
    "port 1 → targetPort 2",
    "containerPort 1",
    // Of a packet, and of a rule as iptables prints it.
    "src",
    "dst",
    "p 0.5",
    // A range of numbers, and the second line of the lane of Services.
    "30000–32767",
    "Cluster IP : port → targetPort",
    // The names of the languages.
    "EN",
    "中文",
    // Kinds, where English has no plural for them either.
    "Namespace",
    "ServiceCIDR",
    "Service",
    "EndpointSlice",
    "NetworkPolicy",
];

#[test]
fn no_chinese_text_is_missing_or_english() {
    let (english, chinese) = (complete::all(&ENGLISH), complete::all(&CHINESE));
    assert_eq!(english.len(), chinese.len());
    let mut wrong = Vec::new();
    for ((name, english), (_, chinese)) in english.iter().zip(&chinese) {
        assert!(!english.trim().is_empty() && !chinese.trim().is_empty(), "{name}");
        let same = SAME_IN_CHINESE.contains(&chinese.as_str());
        let han = chinese.chars().any(|letter| letter > '\u{3000}');
        if !same && (chinese == english || !han && *name != "TopWords.other_language") {
            wrong.push(format!("{name}: {chinese}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn chinese_is_punctuated_as_chinese() {
    for (name, text) in complete::all(&CHINESE) {
        let wrong = [", ", ". ", " (", "( ", ";", "!"].iter().any(|mark| text.contains(mark));
        assert!(!wrong, "{name}: {text}");
    }
}

#[test]
fn english_plurals_are_right_for_none_one_and_two() {
    let made = |n| {
        [
            (ENGLISH.card.endpoints)(n),
            (ENGLISH.card.pods)(n),
            (ENGLISH.card.ports)(n),
            (ENGLISH.card.nodes)(n),
            (ENGLISH.card.more_nodes)(n),
            (ENGLISH.card.namespace_counts)(n, n),
            (ENGLISH.status.paused_waiting)(n),
            (ENGLISH.status.connecting_so_far)(n, n),
            (ENGLISH.outcome.dns_answers)(n),
            (ENGLISH.inspector.rules_of_many)(n, "iptables"),
        ]
        .join("; ")
    };
    let one = "1 endpoint; 1 Pod; 1 port; 1 Node; 1 more Node; 1 Service, 1 Pod; Paused, 1 change waiting; \
               Connecting: 1 Pod, 1 Service so far; DNS answers with 1 Pod IP; the same on 1 Node, iptables";
    let many = "# endpoints; # Pods; # ports; # Nodes; # more Nodes; # Services, # Pods; Paused, # changes waiting; \
                Connecting: # Pods, # Services so far; DNS answers with # Pod IPs; the same on # Nodes, iptables";
    assert_eq!(made(1), one);
    for n in [0, 2] {
        assert_eq!(made(n), many.replace('#', &n.to_string()));
    }
}
