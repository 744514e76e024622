//! `kubehop doctor`: whether kubehop can see the cluster, and what to mend. It asks by GET only.

use std::fmt;
use std::io::Write as _;
use std::time::Duration;

use k8s_openapi::api::core::v1::ConfigMap;
use kube::Api;
use serde::Serialize;
use tokio::time::timeout;
use topology::cluster::key::Scope;
use topology::cluster::kinds::{GroupResource, Kind};
use topology::cluster::settings::{Setting, SettingSource};
use words::{Language, Words};

use crate::cli::{DoctorArgs, Output, locale_language};
use crate::connect::{Connection, DeniedRequest, Rule, Target, WatchFailure};
use crate::contexts::Clusters;
use crate::printable;
use crate::proxy::{CONFIG_MAP, NAMESPACE, ProxyConfig, ProxyFlags};
use crate::serve::{BadInput, ServeError, choose};
use crate::watch::{self, Permissions};

const TIMEOUT: Duration = Duration::from_secs(10);
/// EndpointSlices are `discovery.k8s.io/v1` from here on.
const OLDEST: u32 = 21;

/// How one thing is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// As it should be.
    Ok,
    /// kubehop works, but assumes something.
    Warning,
    /// Something cannot be seen.
    Error,
}

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Check {
    /// What it is about: `connection`, `version`, `permissions`, `kube-proxy`.
    pub about: &'static str,
    /// How it is.
    pub verdict: Verdict,
    /// What was found, and what to mend.
    pub message: String,
}

/// Everything that was looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// In the order in which it was looked at.
    pub checks: Vec<Check>,
}

impl Report {
    fn add(&mut self, about: &'static str, verdict: Verdict, message: String) {
        self.checks.push(Check { about, verdict, message });
    }

    /// Whether nothing is in the way.
    pub fn is_well(&self) -> bool {
        self.checks.iter().all(|check| check.verdict != Verdict::Error)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for Check { about, verdict, message } in &self.checks {
            let verdict = match verdict {
                Verdict::Ok => "ok",
                Verdict::Warning => "warning",
                Verdict::Error => "ERROR",
            };
            writeln!(f, "{verdict:<8} {about:<12} {}", printable::line(message))?;
        }
        Ok(())
    }
}

/// Looks, prints, and returns the exit code (design §4.1): 1 if something is in the way.
///
/// # Errors
///
/// What was asked for cannot be done, or no cluster is configured.
pub async fn run(args: DoctorArgs) -> Result<u8, ServeError> {
    let flags = args.proxy.flags().map_err(|error| ServeError::BadInput(BadInput::Settings(error)))?;
    let target = match choose(&args.cluster)?.clusters {
        Clusters::One { target, .. } => target,
        Clusters::Kubeconfig { file, context } => Target::Kubeconfig { file, context },
    };
    // JSON is for programs: it is English.
    let words = match args.output {
        Output::Text => locale_language().words(),
        Output::Json => Language::English.words(),
    };
    let report = examine(&target, &args.cluster.namespaces, &flags, words).await;
    let text = match args.output {
        Output::Text => report.to_string(),
        Output::Json => serde_json::to_string_pretty(&report).map_err(std::io::Error::from)? + "\n",
    };
    match std::io::stdout().write_all(text.as_bytes()) {
        // Whoever reads it has seen enough.
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => return Err(error.into()),
        Ok(()) | Err(_) => {}
    }
    Ok(u8::from(!report.is_well()))
}

/// Looks at a cluster; the messages are in this language.
pub async fn examine(target: &Target, namespaces: &[String], flags: &ProxyFlags, words: &Words) -> Report {
    let mut report = Report::default();
    let connection = match target.connect().await {
        Ok(connection) => connection,
        Err(problem) => {
            report.add("connection", Verdict::Error, words.access_problem(&problem));
            return report;
        }
    };
    if !version(&connection, &mut report, words).await {
        return report;
    }
    for scope in watch::scopes(namespaces) {
        permission(&scope, &connection, &mut report, words).await;
    }
    proxy(&connection, flags, &mut report, words).await;
    report
}

/// Whether the server answers.
async fn version(connection: &Connection, report: &mut Report, words: &Words) -> bool {
    let server = &connection.server;
    let resource = GroupResource { group: "", resource: "/version" };
    let asked =
        DeniedRequest { resource, verb: "get", namespace: "", rule: Rule { resource, name: "", verbs: &["get"] } };
    let answer = match timeout(TIMEOUT, connection.client.apiserver_version()).await {
        Err(_) => Err(WatchFailure::silent(server, TIMEOUT.as_secs())),
        Ok(answer) => answer.map_err(|error| WatchFailure::of_client(&error, server, asked)),
    };
    match answer {
        Ok(info) => {
            report.add("connection", Verdict::Ok, words.doctor_answers(server));
            let minor = info.minor.trim_end_matches(|end: char| !end.is_ascii_digit()).parse::<u32>().ok();
            let old = info.major == "1" && minor.is_some_and(|minor| minor < OLDEST);
            let (verdict, message) = if old {
                (Verdict::Error, words.doctor_version_too_old(&info.git_version, OLDEST))
            } else {
                (Verdict::Ok, words.doctor_version(&info.git_version))
            };
            report.add("version", verdict, message);
            true
        }
        Err(failure) if failure.with_connection() => {
            report.add("connection", Verdict::Error, words.access_problem(failure.problem()));
            false
        }
        // A server that keeps its version to itself may show the rest.
        Err(_) => {
            report.add("connection", Verdict::Ok, words.doctor_answers(server));
            report.add("version", Verdict::Warning, words.doctor_no_version());
            true
        }
    }
}

/// That a kind may be listed and watched in a scope.
fn permitted(scope: &Scope, words: &Words) -> String {
    let kind = scope.kind.as_str();
    match (scope.kind.namespaced(), scope.namespace.as_str()) {
        (true, "") => words.doctor_permitted_everywhere(kind),
        (true, namespace) => words.doctor_permitted_in(kind, namespace),
        (false, _) => words.doctor_permitted(kind),
    }
}

async fn permission(scope: &Scope, connection: &Connection, report: &mut Report, words: &Words) {
    let kind = scope.kind;
    let Permissions { watch, get, namespaces } = watch::probe(scope, connection).await;
    let (verdict, message) = match watch {
        Ok(()) => (Verdict::Ok, permitted(scope, words)),
        Err(WatchFailure::Absent(_)) if kind.api().optional => (Verdict::Ok, absent(kind, words)),
        Err(failure) => {
            let problem = words.access_problem(failure.problem());
            match namespaces.as_slice() {
                [] => (Verdict::Error, problem),
                shown => (Verdict::Warning, words.doctor_shown_only_in(kind.as_str(), words.list(shown), problem)),
            }
        }
    };
    report.add("permissions", verdict, message);
    if let Err(failure) = get {
        let message = words.doctor_no_manifests(kind.as_str(), words.access_problem(failure.problem()));
        report.add("permissions", Verdict::Warning, message);
    }
}

/// That the cluster does not have a kind, and what to do.
fn absent(kind: Kind, words: &Words) -> String {
    match kind {
        Kind::ServiceCIDR => words.doctor_absent_service_cidr(kind.as_str()),
        kind => words.doctor_absent(kind.as_str()),
    }
}

async fn proxy(connection: &Connection, flags: &ProxyFlags, report: &mut Report, words: &Words) {
    let api: Api<ConfigMap> = Api::namespaced(connection.client.clone(), NAMESPACE);
    let config = match timeout(TIMEOUT, api.get_opt(CONFIG_MAP)).await {
        Ok(Ok(map)) => map.and_then(|map| ProxyConfig::of(&map.data.unwrap_or_default())),
        Ok(Err(error)) => {
            let rule = Rule::proxy_config();
            let asked = DeniedRequest { resource: rule.resource, verb: "get", namespace: NAMESPACE, rule };
            let failure = WatchFailure::of_client(&error, &connection.server, asked);
            report.add("kube-proxy", Verdict::Warning, words.access_problem(failure.problem()));
            None
        }
        Err(_) => {
            let failure = WatchFailure::silent(&connection.server, TIMEOUT.as_secs());
            report.add("kube-proxy", Verdict::Warning, words.access_problem(failure.problem()));
            None
        }
    };
    let (settings, complaints) = flags.settings(config.as_ref());
    for complaint in complaints {
        report.add("kube-proxy", Verdict::Warning, complaint.text(words));
    }
    for setting in [Setting::ProxyMode, Setting::ClusterCidr] {
        let effective = settings.effective(setting);
        let value = if effective.value.is_empty() { words.doctor_no_value() } else { effective.value };
        let name = setting.flag().trim_start_matches("--");
        let (verdict, message) = match effective.source {
            SettingSource::Flag => (Verdict::Ok, words.doctor_setting_from_flag(name, value)),
            SettingSource::ConfigMap => {
                let map = format!("{NAMESPACE}/{CONFIG_MAP}");
                (Verdict::Ok, words.doctor_setting_from_config_map(name, value, map))
            }
            SettingSource::Default => (Verdict::Warning, words.doctor_setting_assumed(name, value, setting.flag())),
            // doctor reads no Nodes and no Pods, by which the others are recognised.
            other => (Verdict::Ok, words.trace_setting(name, value, words.trace_setting_origin(other))),
        };
        report.add("kube-proxy", verdict, message);
    }
    if !settings.proxy_mode.is_evaluated() {
        report.add("kube-proxy", Verdict::Warning, words.doctor_mode_not_evaluated(settings.proxy_mode.as_str()));
    }
}
