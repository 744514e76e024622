//! How fresh the data is, in words.

use topology::cluster::coverage::Known;
use topology::wire::{ContextState, KindStatus, Status};

use crate::conn::Failure;
use crate::live::Lost;
use crate::text::{Words, clock};

/// What the top bar says about the data's freshness.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusLine {
    /// `connecting`, `live`, `paused` or `stale`, as in the picture's `data-status`.
    pub state: &'static str,
    /// The same in words.
    pub text: String,
}

impl StatusLine {
    /// The status as the server tells it; while it connects, with the Pods and Services that are there already.
    pub fn of(status: &Status, so_far: (usize, usize), text: &Words) -> Self {
        let (state, text) = match (status.state, status.since) {
            (ContextState::Idle | ContextState::Connecting, _) => match so_far {
                (0, 0) => ("connecting", text.status_connecting()),
                (pods, services) => ("connecting", text.status_connecting_so_far(pods, services)),
            },
            (ContextState::Live, _) => ("live", text.status_live()),
            (ContextState::Stale, Some(since)) => ("stale", text.status_stale_since(clock(since))),
            (ContextState::Stale, None) => ("stale", text.status_stale()),
        };
        Self { state, text }
    }

    /// The same, where the last changes came so many seconds late.
    pub fn behind(self, seconds: u32, text: &Words) -> Self {
        if seconds == 0 || self.state != "live" { self } else { Self { text: text.status_behind(seconds), ..self } }
    }

    /// The kubehop server does not answer any more.
    pub fn lost(lost: &Lost, text: &Words) -> Self {
        Self { state: "stale", text: text.status_lost_since(clock(lost.since)) }
    }

    /// The reader has stopped the picture, and so many changes wait.
    pub fn paused(waiting: usize, text: &Words) -> Self {
        let text = if waiting == 0 { text.status_paused() } else { text.status_paused_waiting(waiting) };
        Self { state: "paused", text }
    }
}

/// The names of the kinds that are in this state, each once, in the order in which they are listed.
fn kinds<'a>(status: &'a Status, state: Known, text: &Words) -> (Vec<String>, Vec<&'a KindStatus>) {
    let all: Vec<_> = status.kinds.iter().filter(|kind| kind.state == state).collect();
    let mut names: Vec<_> = all.iter().map(|kind| text.objects_of_kind(kind.kind)).collect();
    names.dedup();
    (names, all)
}

/// What is still being listed, while that is so.
pub fn loading(status: &Status, text: &Words) -> String {
    let (names, _) = kinds(status, Known::Loading, text);
    if names.is_empty() { String::new() } else { text.status_still_loading(text.list(&names)) }
}

/// That the kubehop server does not answer, and why.
pub fn no_answer(failure: &Failure, text: &Words) -> String {
    match failure {
        Failure::Unexplained => text.status_no_answer(),
        failure => text.status_no_answer_because(failure.text(text)),
    }
}

/// What a reader must be told at once about the connection to the cluster: an error, kinds of an earlier moment, or kinds that may
/// not be watched.
pub fn trouble(status: &Status, text: &Words) -> Option<String> {
    let own = text.problem_or_error(status.problem.as_ref(), status.error.as_deref());
    let mut said: Vec<String> = own.iter().map(|problem| text.status_cluster_trouble(problem)).collect();
    let (names, all) = kinds(status, Known::Stale, text);
    if let Some(since) = all.iter().filter_map(|kind| kind.since).min() {
        said.push(text.status_stale_kinds(clock(since), text.list(&names)));
    }
    let (names, all) = kinds(status, Known::Forbidden, text);
    if !names.is_empty() {
        said.push(text.status_forbidden_kinds(text.list(&names)));
        let refusal = |kind: &&KindStatus| text.problem_or_error(kind.problem.as_ref(), kind.error.as_deref());
        said.extend(all.iter().find_map(refusal).map(|refusal| text.status_refused(refusal)));
    }
    (!said.is_empty()).then(|| text.sentences(&said))
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
    fn trouble_names_kinds_once_and_says_what_the_api_server_said() {
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
            trouble(&status, Language::English.words()).unwrap(),
            "Stale since 00:00:00 UTC: Pods. No permission to list and watch Nodes: what depends on it is unknown. \
             The API server says: nodes is forbidden: User \"x\" cannot list resource"
        );
        assert_eq!(trouble(&Status::default(), Language::English.words()), None);
    }

    #[test]
    fn a_problem_is_told_in_the_readers_language_and_one_that_is_not_known_in_the_servers_words() {
        let refused = AccessProblem::ConnectionRefused { server: "https://a".into() };
        let told = |problem: AccessProblem| {
            let status = Status { problem: Some(problem), error: Some("in English".into()), ..Status::default() };
            trouble(&status, Language::Chinese.words()).unwrap()
        };
        assert_eq!(told(refused), "集群：连不上 https://a 处的 API server：连接被拒绝，那里没有进程在监听。");
        assert_eq!(told(AccessProblem::Unknown), "集群：in English。");
    }

    #[test]
    fn connecting_says_what_is_there_already_and_what_is_not() {
        let status = Status { kinds: vec![kind(Kind::Pod, None, Known::Loading, None)], ..Status::default() };
        assert_eq!(StatusLine::of(&status, (0, 0), Language::English.words()).text, "Connecting");
        assert_eq!(
            StatusLine::of(&status, (142, 1), Language::English.words()).text,
            "Connecting: 142 Pods, 1 Service so far"
        );
        assert_eq!(loading(&status, Language::English.words()), "The first list is under way: Pods.");
    }
}
