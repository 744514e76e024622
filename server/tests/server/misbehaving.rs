//! An API server that misbehaves costs little memory and few requests, the state says what is wrong, and nothing of it lasts.

use std::sync::atomic::Ordering::Relaxed;
use std::time::Duration;

use server::live::{Live, Options};
use topology::cluster::coverage::Known;
use topology::cluster::key::{Kind, ObjectKey};
use topology::wire::{AccessProblem, ContextState, Status};

use crate::harness::{End, FakeApi, LONGEST_DELAY, Mode, Server, WatchEvents, rows, status};

/// Most that is read of one answer, in bytes: the limit, and one piece of what comes over the network.
const MAX_READ: usize = (16 << 20) + 1_000_000;

/// Tries a mode until its problem is in the status, then for a minute, then until it is over.
///
/// `most` is the maximum number of requests in that minute, for seven kinds. With the delays that the retries have they send a list every four
/// seconds, and perhaps a watch; and every half minute where only a person can help.
async fn problem(mode: Mode, most: usize, is: fn(&AccessProblem) -> bool) -> (Status, Server) {
    let api = FakeApi::new(mode);
    let server = Server::with(super::harness::one(api.target()), Options::default());
    let lease = server.contexts.open(None).unwrap();
    let seen = status(&lease, |status| of_pods(status).is_some_and(is)).await;
    let permitted = !matches!(of_pods(&seen), Some(AccessProblem::ForbiddenOtherwise(_)));
    assert!(seen.state != ContextState::Live || !permitted, "{seen:?}");
    if seen.state == ContextState::Connecting && !matches!(of_pods(&seen), Some(AccessProblem::Busy { .. })) {
        assert!(seen.problem.is_some(), "the whole context says so too: {seen:?}");
    }
    // The first tries follow each other quickly.
    tokio::time::sleep(LONGEST_DELAY).await;
    let before = api.requests.load(Relaxed);
    tokio::time::sleep(Duration::from_secs(60)).await;
    let asked = api.requests.load(Relaxed) - before;
    assert!(asked <= most, "{asked} requests in a minute");
    assert!(api.longest.load(Relaxed) <= MAX_READ, "{} bytes read", api.longest.load(Relaxed));
    let longest_text = serde_json::to_string(&*seen).unwrap().len();
    assert!(longest_text < 20_000, "a status of {longest_text} bytes");
    let again = lease.follow_status().borrow().status.clone();
    assert!(of_pods(&again).is_some(), "it is still said: {again:?}");
    recovers(&api, &lease).await;
    ((*seen).clone(), server)
}

async fn recovers(api: &FakeApi, live: &Live) {
    api.set(Mode::Normal);
    let well = |status: &Status| {
        status.state == ContextState::Live && status.kinds.iter().all(|kind| kind.state == Known::Synced)
    };
    let seen = tokio::time::timeout(LONGEST_DELAY * 2, status(live, well)).await;
    assert_eq!(seen.expect("it recovers").problem, None);
    assert!(rows(live).iter().any(|row| row.key() == ObjectKey::new("default", "pod-2")), "{:?}", rows(live));
}

/// Such a mode does no harm: the context is live, and stays it.
async fn harmless(mode: Mode, most: usize) -> Server {
    let api = FakeApi::new(mode);
    let server = Server::with(super::harness::one(api.target()), Options::default());
    let lease = server.contexts.open(None).unwrap();
    status(&lease, |status| status.state == ContextState::Live).await;
    let before = api.requests.load(Relaxed);
    tokio::time::sleep(Duration::from_secs(60)).await;
    let asked = api.requests.load(Relaxed) - before;
    assert!(asked <= most, "{asked} requests in a minute");
    assert_eq!(lease.state(), ContextState::Live);
    server
}

fn of_pods(status: &Status) -> Option<&AccessProblem> {
    status.kinds.iter().find(|known| known.kind == Kind::Pod)?.problem.as_ref()
}

/// Most requests in a minute: of seven kinds, a list and a watch each.
const QUICK: usize = 7 * 2 * 20;
const SLOW: usize = 7 * 2 * 4;

macro_rules! modes {
    ($($name:ident: $mode:expr, $most:expr, $problem:pat,)*) => {$(
        #[tokio::test(start_paused = true)]
        async fn $name() {
            problem($mode, $most, |problem| matches!(problem, $problem)).await;
        }
    )*};
}

modes! {
    no_head_of_an_answer: Mode::Stall, QUICK, AccessProblem::Silent { .. },
    half_a_body: Mode::StallBody, QUICK, AccessProblem::Silent { .. },
    a_page_for_logging_in: Mode::OtherDocument, SLOW, AccessProblem::Undecodable { .. },
    a_truncated_list: Mode::Truncated, SLOW, AccessProblem::Undecodable { .. },
    a_page_of_a_list_that_leads_to_itself: Mode::EndlessSame, SLOW, AccessProblem::ListEndless { .. },
    // Each list is given up after 5,000 objects.
    pages_without_end: Mode::EndlessNew, 4 * 52, AccessProblem::ListEndless { .. },
    a_list_of_another_kind: Mode::WrongKind, SLOW, AccessProblem::OtherKind { .. },
    a_list_without_a_version: Mode::NoVersion, SLOW, AccessProblem::ListWithoutVersion { .. },
    a_list_of_600_megabytes: Mode::HugeList, SLOW, AccessProblem::AnswerTooLarge { megabytes: 16, .. },
    a_redirection: Mode::Redirect, SLOW, AccessProblem::HttpError { status: 302, .. },
    status_401: Mode::Status(401, None), SLOW, AccessProblem::CredentialsRefused { .. },
    status_403: Mode::Status(403, None), 7 * 20, AccessProblem::ForbiddenOtherwise(_),
    status_404: Mode::Status(404, None), SLOW, AccessProblem::NotServed { .. },
    status_410: Mode::Status(410, None), QUICK, AccessProblem::VersionExpired { .. },
    status_500: Mode::Status(500, None), QUICK, AccessProblem::HttpError { status: 500, .. },
    status_503: Mode::Status(503, None), QUICK, AccessProblem::HttpError { status: 503, .. },
    status_429_for_ages: Mode::Status(429, Some("99999999999")), SLOW, AccessProblem::Busy { seconds: 60, .. },
    status_429_for_less_than_no_time: Mode::Status(429, Some("-5")), QUICK, AccessProblem::Busy { .. },
    status_429_for_no_time: Mode::Status(429, Some("0")), QUICK, AccessProblem::Busy { seconds: 0, .. },
    status_503_for_no_time: Mode::Status(503, Some("0")), QUICK, AccessProblem::Busy { seconds: 0, .. },
    a_refusal_of_megabytes: Mode::HugeRefusal, 7 * 20, AccessProblem::ForbiddenOtherwise(_),
    a_refusal_without_end: Mode::EndlessRefusal, 7 * 20, AccessProblem::ForbiddenOtherwise(_),
    a_watch_that_always_says_expired:
        Mode::Watch(WatchEvents::Expired, End::Closed), QUICK, AccessProblem::VersionExpired { .. },
    a_watch_with_an_error: Mode::Watch(WatchEvents::Error, End::Closed), QUICK, AccessProblem::HttpError { status: 500, .. },
    a_watch_of_garbage: Mode::Watch(WatchEvents::Garbage, End::Silent), QUICK, AccessProblem::EventCutShort { .. },
    a_watch_of_blank_lines: Mode::Watch(WatchEvents::Blank, End::Silent), QUICK, AccessProblem::EventCutShort { .. },
    a_watch_with_a_cut_event: Mode::Watch(WatchEvents::Cut, End::Silent), QUICK, AccessProblem::EventCutShort { .. },
    a_watch_with_an_unknown_event: Mode::Watch(WatchEvents::Ghosts, End::Silent), QUICK, AccessProblem::UnknownEvent { .. },
    a_watch_without_names: Mode::Watch(WatchEvents::NoMetadata, End::Silent), QUICK, AccessProblem::NamelessObject { .. },
    one_endless_line_of_a_watch: Mode::EndlessLine, QUICK, AccessProblem::AnswerTooLarge { megabytes: 8, .. },
}

#[tokio::test(start_paused = true)]
async fn items_without_metadata_or_name_are_said_and_the_others_are_shown() {
    for mode in [Mode::NoMetadata, Mode::NoName] {
        let (seen, _) = problem(mode, SLOW, |problem| matches!(problem, AccessProblem::NamelessObject { .. })).await;
        let pods = seen.kinds.iter().find(|known| known.kind == Kind::Pod).unwrap();
        assert_eq!(pods.state, Known::Stale);
    }
    let api = FakeApi::new(Mode::NoMetadata);
    let server = Server::with(super::harness::one(api.target()), Options::default());
    let live = server.live();
    status(&live, |status| status.state == ContextState::Stale).await;
    assert!(rows(&live).iter().any(|row| row.key() == ObjectKey::new("default", "pod-1")), "{:?}", rows(&live));
}

#[tokio::test(start_paused = true)]
async fn what_is_odd_and_does_no_harm_is_passed_over() {
    let quiet = 7 * 2;
    harmless(Mode::ItemsNull, quiet).await;
    harmless(Mode::SameUid, quiet).await;
    harmless(Mode::Watch(WatchEvents::VersionsGoBack, End::Silent), quiet).await;
    harmless(Mode::Flood, quiet).await;
    // A watch that ends at once is asked for once a second.
    harmless(Mode::Watch(WatchEvents::None, End::Closed), 7 * 62).await;
}

#[tokio::test(start_paused = true)]
async fn nothing_of_a_secret_that_is_sent_instead_is_kept() {
    let server = harmless(Mode::Watch(WatchEvents::OtherKind, End::Silent), 7 * 2).await;
    let text = format!("{:?}", rows(&server.live()));
    assert!(!text.contains("c2VjcmV0"), "{text}");
}

#[tokio::test(start_paused = true)]
async fn a_server_that_answers_each_request_in_another_way_is_connected_when_it_stops() {
    let api = FakeApi::new(Mode::Flap);
    let server = Server::with(super::harness::one(api.target()), Options::default());
    let lease = server.contexts.open(None).unwrap();
    tokio::time::sleep(LONGEST_DELAY).await;
    let before = api.requests.load(Relaxed);
    tokio::time::sleep(Duration::from_secs(60)).await;
    assert!(api.requests.load(Relaxed) - before < 2 * QUICK);
    recovers(&api, &lease).await;
}

/// What was listed of a list without end would not be swept away by a list that ends.
#[tokio::test(start_paused = true)]
async fn nothing_of_a_list_without_end_is_kept() {
    let api = FakeApi::new(Mode::EndlessNew);
    let server = Server::with(super::harness::one(api.target()), Options::default());
    let lease = server.contexts.open(None).unwrap();
    status(&lease, |status| matches!(of_pods(status), Some(AccessProblem::ListEndless { .. }))).await;
    let pods = || rows(&lease).into_iter().filter(|row| row.kind() == Kind::Pod).count();
    assert_eq!(pods(), 0);
    recovers(&api, &lease).await;
    assert_eq!(pods(), 3);
}
