//! `kubehop doctor`, on a cluster that has something wrong with it.

use sandbox::Sandbox;
use server::connect::Target;
use server::doctor::{Report, Verdict, examine};
use server::proxy::ProxyFlags;
use words::Language;

use crate::harness::{Cluster, Fault};

async fn report(fault: Fault, namespaces: &[&str]) -> Report {
    let cluster = Cluster::new(Sandbox::overview());
    cluster.fail(fault);
    let target: Target = cluster.target();
    let namespaces: Vec<String> = namespaces.iter().map(|name| (*name).to_owned()).collect();
    examine(&target, &namespaces, &ProxyFlags::default(), Language::English.words()).await
}

fn errors(report: &Report) -> Vec<&str> {
    let errors = report.checks.iter().filter(|check| check.verdict == Verdict::Error);
    errors.map(|check| check.message.as_str()).collect()
}

#[tokio::test(start_paused = true)]
async fn a_cluster_that_is_well_says_so() {
    let report = report(Fault::None, &[]).await;
    assert!(report.is_well(), "{report}");
    let text = report.to_string();
    for part in ["https://test:6443 answers", "Kubernetes v1.", "Pod: list and watch in all namespaces", "proxy-mode: "]
    {
        assert!(text.contains(part), "{part} in\n{text}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_not_permitted_is_named_with_the_rule_that_permits_it() {
    let whole = report(Fault::Answer("/pods", 403), &[]).await;
    assert_eq!(errors(&whole).len(), 1, "{whole}");
    assert!(errors(&whole)[0].contains("pods: list is forbidden"), "{whole}");
    assert!(errors(&whole)[0].contains(r#"a ClusterRole: {apiGroups: [""], resources: ["pods"]"#), "{whole}");

    let watch = report(Fault::Answer("services?&watch=true", 403), &["default"]).await;
    assert!(errors(&watch)[0].contains("services: watch is forbidden"), "{watch}");
    assert!(errors(&watch)[0].contains("a Role in the namespace default"), "{watch}");

    let settings = report(Fault::Answer("/configmaps/", 403), &[]).await;
    assert!(settings.is_well(), "{settings}");
    assert!(settings.to_string().contains(r#"resourceNames: ["kube-proxy"], verbs: ["get"]"#), "{settings}");
    assert!(settings.to_string().contains("say so with --proxy-mode"), "{settings}");
}

#[tokio::test(start_paused = true)]
async fn a_cluster_that_is_not_there_is_one_error() {
    for (fault, part) in [(Fault::Down, "connection refused"), (Fault::Answer("/", 401), "refuses the credentials")] {
        let report = report(fault, &[]).await;
        assert_eq!((report.checks.len(), report.is_well()), (1, false), "{report}");
        assert!(errors(&report)[0].contains(part), "{report}");
    }
}

#[tokio::test(start_paused = true)]
async fn rights_in_some_namespaces_and_manifests_that_may_not_be_read_are_remarks() {
    let partly = report(
        Fault::Only(&["/version", "/nodes", "/api/v1/namespaces?", "servicecidrs", "/namespaces/default/"]),
        &[],
    );
    let partly = partly.await;
    assert!(partly.is_well(), "{partly}");
    let pods = partly.checks.iter().find(|check| check.message.starts_with("Pod: shown in default only.")).unwrap();
    assert_eq!(pods.verdict, Verdict::Warning);
    assert!(pods.message.contains("pods: list is forbidden"), "{partly}");

    let unread = report(Fault::Answer("/pods/kubehop-doctor", 403), &[]).await;
    assert!(unread.is_well() && unread.to_string().contains("pods: get is forbidden"), "{unread}");
}

#[tokio::test(start_paused = true)]
async fn settings_that_nobody_answers_for_are_said_to_be_assumed() {
    let late = report(Fault::Hung("/configmaps/"), &[]).await;
    assert!(late.is_well() && late.to_string().contains("has not answered for 10 s"), "{late}");
}
