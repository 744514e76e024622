//! The freshness of the data as text.

use topology::cluster::coverage::Known;
use topology::wire::{ContextState, KindStatus, Status};

use crate::conn::Failure;
use crate::freshness::Freshness;
use crate::live::Lost;
use crate::text::{Words, clock};

/// The status in the top bar: the freshness of the data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusLine {
    /// The freshness itself, as in the picture's `data-status`.
    pub state: Freshness,
    /// The status as text.
    pub text: String,
}

impl StatusLine {
    /// The status of a context. While it connects, the text includes the number of Pods and Services listed so far.
    pub fn of(status: &Status, so_far: (usize, usize), text: &Words) -> Self {
        let text = match (status.state, status.since) {
            (ContextState::Idle | ContextState::Connecting, _) => match so_far {
                (0, 0) => text.status_connecting(),
                (pods, services) => text.status_connecting_so_far(pods, services),
            },
            (ContextState::Live, _) => text.status_live(),
            (ContextState::Stale, Some(since)) => text.status_stale_since(clock(since)),
            (ContextState::Stale, None) => text.status_stale(),
        };
        Self { state: status.state.into(), text }
    }

    /// The status with the delay of the last changes, in s.
    pub fn behind(self, seconds: u32, text: &Words) -> Self {
        if seconds == 0 || self.state != Freshness::Live {
            self
        } else {
            Self { text: text.status_behind(seconds), ..self }
        }
    }

    /// The status of a page that lost the connection to the kubehop server.
    pub fn lost(lost: &Lost, text: &Words) -> Self {
        Self { state: Freshness::Stale, text: text.status_lost_since(clock(lost.since)) }
    }

    /// The status of a paused page; `waiting` is the number of waiting changes.
    pub fn paused(waiting: usize, text: &Words) -> Self {
        let text = if waiting == 0 { text.status_paused() } else { text.status_paused_waiting(waiting) };
        Self { state: Freshness::Paused, text }
    }
}

/// The kinds in this state: their names, each once, and their statuses, both in the order of the list.
fn kinds<'a>(status: &'a Status, state: Known, text: &Words) -> (Vec<String>, Vec<&'a KindStatus>) {
    let all: Vec<_> = status.kinds.iter().filter(|kind| kind.state == state).collect();
    let mut names: Vec<_> = all.iter().map(|kind| text.objects_of_kind(kind.kind)).collect();
    names.dedup();
    (names, all)
}

/// The kinds whose first list is not complete, as text; empty if there are none.
pub fn loading(status: &Status, text: &Words) -> String {
    let (names, _) = kinds(status, Known::Loading, text);
    if names.is_empty() { String::new() } else { text.status_still_loading(text.list(&names)) }
}

/// The message that the kubehop server does not answer, with the reason.
pub fn no_answer(failure: &Failure, text: &Words) -> String {
    match failure {
        Failure::Unexplained => text.status_no_answer(),
        failure => text.status_no_answer_because(failure.text(text)),
    }
}

/// The problems of the connection to the cluster for the banner: an error, stale kinds, or kinds that kubehop may not watch.
pub fn connection_problems(status: &Status, text: &Words) -> Option<String> {
    let problem = text.problem_or_error(status.problem.as_ref(), status.error.as_deref());
    let mut sentences: Vec<String> = problem.iter().map(|problem| text.status_cluster_trouble(problem)).collect();
    let (names, all) = kinds(status, Known::Stale, text);
    if let Some(since) = all.iter().filter_map(|kind| kind.since).min() {
        sentences.push(text.status_stale_kinds(clock(since), text.list(&names)));
    }
    let (names, all) = kinds(status, Known::Forbidden, text);
    if !names.is_empty() {
        sentences.push(text.status_forbidden_kinds(text.list(&names)));
        let refusal = |kind: &&KindStatus| text.problem_or_error(kind.problem.as_ref(), kind.error.as_deref());
        sentences.extend(all.iter().find_map(refusal).map(|refusal| text.status_refused(refusal)));
    }
    (!sentences.is_empty()).then(|| text.sentences(&sentences))
}

#[cfg(test)]
mod tests {
    use topology::cluster::key::Kind;
    use topology::wire::AccessProblem;

    use super::*;
    use crate::text::Language;

    fn kind(kind: Kind, namespace: Option<&str>, state: Known, error: Option<&str>) -> KindStatus {
        let since = (state == Known::Stale).then_some(0);
        let (namespace, error) = (namespace.map(str::to_owned), error.map(str::to_owned));
        KindStatus { kind, namespace, state, since, error, problem: None }
    }

    #[test]
    fn connection_problems_name_kinds_once_and_include_the_message_of_the_api_server() {
        let status = Status {
            kinds: vec![
                kind(Kind::Node, None, Known::Forbidden, Some("nodes is forbidden: User \"x\" cannot list resource")),
                kind(Kind::Service, None, Known::Synced, None),
                kind(Kind::Pod, Some("a"), Known::Stale, Some("closed")),
                kind(Kind::Pod, Some("b"), Known::Stale, Some("closed")),
            ],
            ..Status::default()
        };
        assert_eq!(
            connection_problems(&status, Language::English.words()).unwrap(),
            "Stale since 00:00:00 UTC: Pods. No permission to list and watch Nodes: what depends on it is unknown. \
             The API server says: nodes is forbidden: User \"x\" cannot list resource"
        );
        assert_eq!(connection_problems(&Status::default(), Language::English.words()), None);
    }

    #[test]
    fn a_known_problem_is_in_the_readers_language_and_an_unknown_one_in_the_servers_words() {
        let refused = AccessProblem::ConnectionRefused { server: "https://a".into() };
        let banner = |problem: AccessProblem| {
            let status = Status { problem: Some(problem), error: Some("in English".into()), ..Status::default() };
            connection_problems(&status, Language::Chinese.words()).unwrap()
        };
        assert_eq!(banner(refused), "集群：连不上 https://a 处的 API server：连接被拒绝，那里没有进程在监听。");
        assert_eq!(banner(AccessProblem::Unknown), "集群：in English。");
    }

    #[test]
    fn a_connecting_status_counts_listed_objects_and_names_missing_kinds() {
        let status = Status { kinds: vec![kind(Kind::Pod, None, Known::Loading, None)], ..Status::default() };
        assert_eq!(StatusLine::of(&status, (0, 0), Language::English.words()).text, "Connecting");
        assert_eq!(
            StatusLine::of(&status, (142, 1), Language::English.words()).text,
            "Connecting: 142 Pods, 1 Service so far"
        );
        assert_eq!(loading(&status, Language::English.words()), "The first list is under way: Pods.");
    }
}
