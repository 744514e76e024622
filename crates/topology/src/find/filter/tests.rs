mod cluster;

use proptest::prelude::*;

use super::*;
use crate::graph::Graph;
pub(crate) use cluster::index;

/// Every unit, in its order.
fn groups(index: &Index) -> Vec<UnitKey> {
    Graph::of(index, None, false).keys(index).into_iter().collect()
}

const OLD: &str = "service/kube-system/old";
const EDGE: &str = "hostPorts/ns1/edge";
const SVC1: &str = "service/ns1/svc1";
const DB: &str = "service/shop/db";
const LOST: &str = "service/shop/lost";
const MAIL: &str = "service/shop/mail";
const TOOLS: &str = "pods/tools/";
const ALL: [&str; 7] = [OLD, EDGE, SVC1, DB, LOST, MAIL, TOOLS];

fn check(index: &Index, filter: &str, expected: &[&str]) {
    let filter = Filter::parse(filter).unwrap_or_else(|error| panic!("{filter}: {error:?}"));
    let found: Vec<String> =
        groups(index).iter().filter(|key| filter.holds(index, key)).map(ToString::to_string).collect();
    assert_eq!(found, expected, "{filter}");
}

#[test]
fn a_filter_finds_groups() {
    let index = index();
    let table: &[(&str, &[&str])] = &[
        ("", &ALL),
        ("  ", &ALL),
        // Kinds, and what belongs to a group.
        ("kind:service", &[OLD, SVC1, DB, LOST, MAIL]),
        ("KIND:Svc", &[OLD, SVC1, DB, LOST, MAIL]),
        ("kind:pods", &[EDGE, SVC1, DB, TOOLS]),
        ("kind:ep", &[OLD, SVC1, DB]),
        ("kind:slice name:db", &[DB]),
        ("kind:hostport", &[EDGE]),
        ("kind:node name:n1", &[EDGE, SVC1]),
        ("kind:service not kind:pod", &[OLD, LOST, MAIL]),
        // Names and namespaces.
        ("ns:shop", &[DB, LOST, MAIL]),
        ("namespace:*s*", &[OLD, EDGE, SVC1, DB, LOST, MAIL, TOOLS]),
        ("ns:s*p !name:db", &[LOST, MAIL]),
        ("ns:sho", &[]),
        ("name:A1", &[SVC1]),
        ("kind:service name:a1", &[]),
        ("name:*b", &[DB]),
        ("name:d*-*", &[DB]),
        ("kind:node node:n*", &[EDGE, SVC1, DB, TOOLS]),
        // Labels of Pods, and selectors.
        ("label:app", &[EDGE, DB, TOOLS]),
        ("label:app=db", &[DB]),
        ("label:app=*e", &[EDGE]),
        ("kind:service label:app", &[DB]),
        ("label:app=DB", &[]),
        ("label:nothing", &[]),
        // All ports that there are.
        ("port:30080", &[SVC1]),
        ("kind:service port:80", &[OLD, SVC1, DB, LOST, MAIL]),
        ("kind:pod port:80", &[]),
        ("kind:endpoint port:5432", &[DB]),
        ("port:8443", &[EDGE]),
        ("kind:hostport port:8080", &[]),
        ("port:8400-9000", &[OLD, EDGE]),
        ("port:pg", &[DB]),
        ("kind:pod port:http", &[EDGE, SVC1, DB, TOOLS]),
        (":30080", &[SVC1]),
        // Addresses.
        ("ip:172.30.0.41", &[SVC1]),
        ("ip:172.30.0.0/24", &[SVC1, LOST]),
        ("172.30.0.0/24", &[SVC1, LOST]),
        ("ip:198.51.100.7", &[LOST]),
        ("ip:fd00:10::/64", &[OLD]),
        ("ip:192.0.2.53", &[OLD]),
        ("kind:pod ip:10.0.3.0/24", &[DB, TOOLS]),
        ("ip:192.168.0.2", &[EDGE, SVC1]),
        ("ip:192.168.0.3", &[SVC1]),
        ("kind:node ip:192.168.0.3", &[SVC1, TOOLS]),
        // Where it runs.
        ("node:n3", &[DB, TOOLS]),
        ("kind:service node:n3", &[DB]),
        ("not node:n*", &[OLD, LOST, MAIL]),
        // Types of Services.
        ("type:nodeport", &[SVC1]),
        ("type:ClusterIP", &[OLD, DB]),
        ("type:headless", &[DB]),
        ("type:LoadBalancer or type:ExternalName", &[LOST, MAIL]),
        // States.
        ("is:ready", &[OLD, EDGE, SVC1, TOOLS]),
        ("is:not-ready", &[DB]),
        ("kind:service is:not-ready", &[DB]),
        ("is:terminating", &[TOOLS]),
        ("is:outside", &[OLD, MAIL]),
        ("is:empty", &[LOST]),
        ("ready", &[OLD, EDGE, SVC1, MAIL]),
        ("kind:pod ready", &[EDGE, SVC1]),
        ("not ready", &[DB, LOST, TOOLS]),
        ("kind:service not ready -is:empty -type:externalname", &[DB]),
        // Words.
        ("shop", &[DB, LOST, MAIL]),
        ("DB", &[DB]),
        ("shop/lo", &[LOST]),
        ("172.30", &[SVC1, LOST]),
        ("192.168.0.2", &[EDGE, SVC1]),
        ("FD00:10:0::A", &[OLD]),
        ("fd00:10", &[OLD]),
        ("30080", &[SVC1]),
        ("3008", &[]),
        ("smtp", &[MAIL]),
        ("\"ready\"", &[]),
        // Terms together.
        ("kind:service port:80 ns:ns1 or ip:10.0.3.8", &[SVC1, TOOLS]),
        ("not not ns:tools", &[TOOLS]),
        ("not !ns:tools", &[TOOLS]),
        ("-ns:shop -ns:tools", &[OLD, EDGE, SVC1]),
        ("not label:app=sh", &[OLD, EDGE, SVC1, DB, LOST, MAIL]),
    ];
    for (filter, expected) in table {
        check(&index, filter, expected);
    }
}

#[test]
fn an_address_that_the_load_balancer_answers_itself_is_not_the_services() {
    let mut index = index();
    let key = ObjectKey::new("shop", "lost");
    let mut lost = index.service(&key).expect("the fixture has it").clone();
    lost.load_balancer[0].proxy_mode = true;
    crate::testing::put(&mut index, crate::cluster::row::Row::Service(lost));
    check(&index, "ip:198.51.100.7", &[]);
    check(&index, "198.51.100.7", &[]);
}

#[test]
fn a_pod_is_judged_alone_too() {
    let index = index();
    let holds =
        |filter: &str, name: &str| Filter::parse(filter).unwrap().holds_pod(&index, &ObjectKey::new("tools", name));
    for (filter, shell, idle) in
        [("ready", true, false), ("not name:shell", false, true), ("ns:tools", true, true), ("node:n3", false, true)]
    {
        assert_eq!((holds(filter, "shell"), holds(filter, "idle")), (shell, idle), "{filter}");
    }
}

#[test]
fn what_is_wrong_is_named_with_its_place() {
    for (text, at, word, problem) in [
        ("ready prot:80", 6, "prot:", FilterProblem::Key),
        ("ip:10.244.1", 0, "ip:10.244.1", FilterProblem::Ip),
        ("ip:10.0.0.0/33", 0, "ip:10.0.0.0/33", FilterProblem::Ip),
        ("a !kind:ingress", 3, "kind:ingress", FilterProblem::Kind),
        ("type:Node", 0, "type:Node", FilterProblem::Type),
        ("is:broken", 0, "is:broken", FilterProblem::State),
        ("port:0", 0, "port:0", FilterProblem::Port),
        ("port:70000", 0, "port:70000", FilterProblem::Port),
        ("port:90-80", 0, "port:90-80", FilterProblem::Port),
        ("port:80-", 0, "port:80-", FilterProblem::Port),
        ("label:=x", 0, "label:=x", FilterProblem::Label),
        ("a ns:", 2, "ns:", FilterProblem::NoValue),
        ("a \"\"", 2, "\"\"", FilterProblem::NoValue),
        ("name:\"\"", 0, "name:\"\"", FilterProblem::NoValue),
        ("节点 ns:", 7, "ns:", FilterProblem::NoValue),
        ("a not", 2, "not", FilterProblem::NoTerm),
        ("not or a", 0, "not", FilterProblem::NoTerm),
        ("or a", 0, "or", FilterProblem::NoTerm),
        ("a or or b", 5, "or", FilterProblem::NoTerm),
        ("a or", 2, "or", FilterProblem::NoTerm),
        ("a -", 2, "-", FilterProblem::NoTerm),
        ("a \"b c", 2, "\"b c", FilterProblem::Quote),
    ] {
        assert_eq!(Filter::parse(text).unwrap_err(), FilterError { at, word: word.to_owned(), problem }, "{text}");
    }
}

#[test]
fn a_filter_has_one_text() {
    for (text, normal) in [
        ("  KIND:svc   PORT:080 ", "kind:service port:80"),
        ("-ns:kube-* !ready", "not ns:kube-* not ready"),
        ("a OR NOT b", "a or not b"),
        ("ip:10.0.0.7/24 ip:10.0.0.7/32 10.0.0.7", "ip:10.0.0.0/24 ip:10.0.0.7 10.0.0.7"),
        ("ip:FD00:0::1", "ip:fd00::1"),
        ("port:80-80 port:80-90 port:HTTP", "port:80 port:80-90 port:http"),
        ("label:app=A label:app label:\"app=a b\"", "label:app=A label:app label:\"app=a b\""),
        ("\"my name\" \"nginx\" \"not\" \"a:b\" -\"-x\"", "\"my name\" nginx \"not\" \"a:b\" not \"-x\""),
        ("type:EXTERNALNAME is:Not-Ready", "type:ExternalName is:not-ready"),
    ] {
        assert_eq!(Filter::parse(text).unwrap().to_string(), normal, "{text}");
    }
}

#[test]
fn chips_are_taken_away_one_by_one() {
    let filter = Filter::parse("kind:svc -ns:shop 80").unwrap();
    assert_eq!(filter.chips(), ["kind:service", "not ns:shop", "80"]);
    assert_eq!(filter.without(1).to_string(), "kind:service 80");
    assert_eq!(filter.without(3), filter);
    assert!(filter.without(0).without(0).without(0).is_empty());
    let either = Filter::parse("a b or c").unwrap();
    assert_eq!(either.chips(), ["a b or c"]);
    assert!(either.without(0).is_empty());
    assert_eq!(Filter::default().chips(), [""; 0]);
}

#[test]
fn stars_stand_for_anything() {
    for (wanted, text, expected) in [
        ("web", "web", true),
        ("web", "web-0", false),
        ("web*", "web", true),
        ("*web", "the-web", true),
        ("*a*b*", "xxaxxbxx", true),
        ("*a*b*", "xxbxxaxx", false),
        ("ab*ba", "aba", false),
        ("**", "", true),
        ("a*b*b", "ab", false),
    ] {
        assert_eq!(judge::glob(wanted, text), expected, "{wanted} {text}");
    }
}

proptest! {
    #![proptest_config(fixed_seed::config(27, 256))]

    #[test]
    fn a_filter_survives_its_text(words in proptest::collection::vec(word(), 0..6), any in ".{0,24}") {
        for text in [words.join(" "), any] {
            let Ok(filter) = Filter::parse(&text) else { continue };
            let shown = filter.to_string();
            let read = Filter::parse(&shown);
            prop_assert_eq!(read, Ok(filter), "{} is shown as {}", text, shown);
        }
    }
}

/// What filters are made of, whole and broken.
fn word() -> impl Strategy<Value = String> {
    let key =
        proptest::sample::select(vec!["", "ns:", "kind:", "name:", "label:", "port:", "ip:", "node:", "is:", ":"]);
    let value = proptest::sample::select(vec![
        "or",
        "not",
        "ready",
        "pods",
        "a b",
        "80",
        "80-90",
        "http",
        "10.0.0.0/8",
        "10.0.0.1",
        "fd00:0::1",
        "::",
        "app=x",
        "App=",
        "*",
        "ns:x",
        "-",
        "x",
    ]);
    let form = proptest::sample::select(vec!["", "-", "!", "!-", "\"", "k\""]);
    (form, key, value).prop_map(|(form, key, value)| match form {
        "\"" => format!("\"{key}{value}\""),
        "k\"" => format!("{key}\"{value}\""),
        negation => format!("{negation}{key}{value}"),
    })
}
