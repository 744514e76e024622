//! The inspector without a selection: the summary of the cluster.

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;
use topology::cluster::coverage::Known;
use topology::cluster::key::Kind;
use topology::cluster::settings::{DetectLocal, Effective, ProxyMode, Setting};
use topology::path::answer::AssumedSettings;
use topology::wire::{ContextState, KindStatus};

use super::section::Section;
use crate::model::{AddressRanges, ClusterSummary};
use crate::text::{Words, clock, text};

/// Maximum number of address ranges of one sort that are listed.
const RANGES: usize = 3;

/// kube-apiserver's default `--service-node-port-range`.
const NODE_PORTS: &str = "30000–32767";

/// The setting, as KubeProxyConfiguration names it.
const CLUSTER_CIDR: &str = "clusterCIDR";

fn ranges(all: &[String]) -> String {
    let mut text = all.iter().take(RANGES).cloned().collect::<Vec<_>>().join(", ");
    if all.len() > RANGES {
        text.push_str(", …");
    }
    text
}

/// The state of a kind's watch as text, and whether it needs attention.
fn known(status: &KindStatus, text: &Words) -> (String, bool) {
    let words = match (status.state, status.since) {
        (Known::Stale, Some(since)) => text.known_stale_since(clock(since)),
        (state, _) => text.known(state),
    };
    (words, matches!(status.state, Known::Stale | Known::Forbidden))
}

/// One line per kind and state. A kind that is watched per namespace has a line for each state that occurs.
fn known_lines(kinds: &[KindStatus], text: &Words) -> Vec<(String, String, bool)> {
    let mut lines: BTreeMap<(Kind, String, bool), Vec<&str>> = BTreeMap::new();
    for status in kinds {
        let (words, attention) = known(status, text);
        let namespaces = lines.entry((status.kind, words, attention)).or_default();
        namespaces.extend(status.namespace.as_deref());
    }
    let name = |kind: Kind, namespaces: &[&str]| {
        let kind = text.objects_of_kind(kind);
        match namespaces {
            [] => kind,
            [one] => text.known_in_namespace(kind, one),
            many => text.known_in_namespaces(kind, many.len()),
        }
    };
    lines
        .into_iter()
        .map(|((kind, words, attention), namespaces)| (name(kind, &namespaces), words, attention))
        .collect()
}

#[component]
fn Ranges(all: Arc<AddressRanges>) -> AnyView {
    let words = text();
    let node_ips =
        all.node_ips.map(|(low, high)| if low == high { low.to_string() } else { format!("{low} – {high}") });
    let line = |name: String, value: String, remark: String| {
        (!value.is_empty()).then(|| {
            view! {
                <dt>{name}</dt>
                <dd><span class="mono">{value}</span>" "<span class="muted">{remark}</span></dd>
            }
        })
    };
    view! {
        <Section heading=words.summary_ranges()>
            <dl class="facts">
                {line(words.summary_node_ip(), node_ips.unwrap_or_default(), String::new())}
                {line(words.summary_pod_ip(), ranges(&all.pod_cidrs), String::new())}
                {line(words.summary_cluster_ip(), ranges(&all.service_cidrs), words.summary_virtual_ip())}
                <dt>{words.summary_node_port()}</dt>
                <dd><span class="mono">{NODE_PORTS}</span>" "<span class="pill">{words.setting_assumed_default()}</span></dd>
            </dl>
        </Section>
    }
    .into_any()
}

#[component]
fn Proxy(settings: AssumedSettings) -> AnyView {
    let words = text();
    let on = match settings.proxy_mode {
        ProxyMode::Iptables | ProxyMode::Ipvs => words.summary_node_port_everywhere(),
        ProxyMode::Nftables => words.summary_node_port_primary(),
        ProxyMode::NoKubeProxy => words.summary_node_port_unknown(),
    };
    let unknown = (!settings.proxy_mode.is_evaluated()).then(|| {
        view! {
            <dt>{words.summary_rules()}</dt>
            <dd>{words.summary_rules_not_evaluated()}</dd>
        }
    });
    // The other detectors do not read it.
    let cluster_cidr = (settings.all.detect_local == DetectLocal::ClusterCIDR).then(|| {
        let Effective { value, source } = settings.all.effective(Setting::ClusterCidr);
        let value = if value.is_empty() { words.summary_no_cluster_cidr() } else { value };
        view! {
            <dt>{CLUSTER_CIDR}</dt>
            <dd>{value}" "<span class="pill">{words.setting_source(source)}</span></dd>
        }
    });
    view! {
        <Section heading=words.summary_kube_proxy()>
            <dl class="facts">
                <dt>{words.summary_mode()}</dt>
                <dd>{settings.proxy_mode.as_str()}" "<span class="pill">{words.setting_source(settings.source)}</span></dd>
                {unknown}
                {cluster_cidr}
                <dt>{words.summary_node_port_on()}</dt>
                <dd>{on}</dd>
            </dl>
        </Section>
    }
    .into_any()
}

/// The context's name and the number of objects in view.
pub(super) fn head(summary: &ClusterSummary) -> AnyView {
    let words = text();
    let empty = summary.services + summary.pods + summary.nodes == 0;
    let waiting = empty && matches!(summary.status.state, ContextState::Idle | ContextState::Connecting);
    let sentence = match summary.closed {
        _ if waiting => words.frame_waiting(),
        Some((services, pods)) => words.summary_nothing_open(services, pods, summary.nodes),
        None => words.summary_in_view(summary.services, summary.pods, summary.nodes),
    };
    view! {
        <section class="sec">
            <p class="crumb">{words.summary_cluster()}</p>
            <h1>{summary.context.clone()}</h1>
            <p class="second">{sentence}</p>
        </section>
    }
    .into_any()
}

/// The part below the problems: address ranges, kube-proxy, and the state of each kind's watch.
pub(super) fn rest(summary: ClusterSummary) -> AnyView {
    let words = text();
    let kinds = &summary.status.kinds;
    let all_live = !kinds.is_empty() && kinds.iter().all(|kind| matches!(kind.state, Known::Synced | Known::Absent));
    let lines = known_lines(kinds, words);
    let lines = lines.into_iter().map(|(name, state, attention)| {
        let tone = if attention { "tone-warn" } else { "" };
        view! {
            <dt>{name}</dt>
            <dd class=tone>{state}</dd>
        }
    });
    let lines = lines.collect_view();
    let refused = summary.status.kinds.iter().filter(|kind| kind.state == Known::Forbidden);
    let refused = refused.filter_map(|kind| words.problem_or_error(kind.problem.as_ref(), kind.error.as_deref()));
    // Preformatted, because the text includes the RBAC rule in YAML.
    let refused = refused.map(|refusal| view! { <pre>{refusal}</pre> });
    let refused = refused.collect_view();
    view! {
        <Ranges all=summary.ranges.clone()/>
        <Proxy settings=summary.settings/>
        <Section heading=words.summary_what_is_known()>
            <details class="known" open=!all_live>
                <summary>{if all_live { words.known_all_live() } else { words.known_not_all_live() }}</summary>
                <dl class="facts">
                    {lines}
                    <dt>{words.summary_policies()}</dt>
                    <dd class="muted">{words.summary_not_evaluated()}</dd>
                </dl>
            </details>
            {refused}
        </Section>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    fn status(kind: Kind, namespace: Option<&str>, state: Known, since: Option<i64>) -> KindStatus {
        KindStatus { kind, namespace: namespace.map(str::to_owned), state, since, error: None, problem: None }
    }

    #[test]
    fn each_kind_is_listed_with_its_state() {
        let kinds = [
            status(Kind::Node, None, Known::Forbidden, None),
            status(Kind::Pod, Some("default"), Known::Synced, None),
            status(Kind::Pod, Some("shop"), Known::Synced, None),
            status(Kind::Service, None, Known::Stale, Some(0)),
        ];
        let lines = known_lines(&kinds, Language::English.words());
        let expected = [
            ("Nodes", "no permission to list and watch", true),
            ("Services", "stale since 00:00:00 UTC", true),
            ("Pods in 2 namespaces", "live", false),
        ];
        assert_eq!(lines, expected.map(|(name, state, attention)| (name.to_owned(), state.to_owned(), attention)));
    }
}
