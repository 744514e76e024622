//! `kubehop doctor`, on a cluster that has something wrong with it.

use sandbox::Sandbox;
use server::connect::Target;
use server::doctor::{Report, Verdict, examine};
use server::proxy::ProxyFlags;

use crate::harness::{Cluster, Fault};

async fn report(fault: Fault, namespaces: &[&str]) -> Report {
    let cluster = Cluster::new(Sandbox::overview());
    cluster.fail(fault);
    let target: Target = cluster.target();
    let namespaces: Vec<String> = namespaces.iter().map(|name| (*name).to_owned()).collect();
    examine(&target, &namespaces, &ProxyFlags::default()).await
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
