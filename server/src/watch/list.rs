//! One list of a scope, page by page.

use std::time::Duration;

use kube::Api;
use kube::api::ListParams;
use tokio::sync::mpsc;
use tokio::time::timeout;
use topology::cluster::key::Scope;
use topology::decode::Decoder;
use topology::wire::AccessProblem;

use super::event::{Event, OwnerGone, send};
use super::watched::Watched;
use crate::connect::{DeniedRequest, WatchFailure};

/// Time limit of one page of a list; after it the server counts as dead.
const TIMEOUT: Duration = Duration::from_secs(60);
/// Maximum number of objects of a list that says how many are left, and of one that does not, as every API server since Kubernetes 1.15 does
/// in a list without a selector. More of them would be the server's way to fill the memory.
const MAX_OBJECTS: u64 = 2_000_000;
const MAX_UNCOUNTED_OBJECTS: u64 = 5_000;
/// Maximum number of pages in a row after which as many objects are said to remain as before. The number is an estimate (API, `ListMeta`).
const MAX_STANDING_PAGES: u32 = 10;

/// Why a list or a watch ends.
pub(super) enum Stop {
    /// Nobody takes its events.
    OwnerGone,
    /// This is wrong.
    Failed(WatchFailure),
}

impl From<OwnerGone> for Stop {
    fn from(OwnerGone: OwnerGone) -> Self {
        Self::OwnerGone
    }
}

impl From<WatchFailure> for Stop {
    fn from(failure: WatchFailure) -> Self {
        Self::Failed(failure)
    }
}

/// A list that is complete.
pub(super) struct Listed {
    /// The version from which it is watched.
    pub(super) version: String,
    /// Whether an object could not be taken, because it has no name.
    pub(super) nameless: bool,
}

/// Lists a scope in pages of this many objects, and sends what it holds. [`Event::ListComplete`] is the caller's.
pub(super) async fn list<D: Decoder>(
    api: &Api<Watched<D>>,
    scope: &Scope,
    server: &str,
    page: u32,
    events: &mpsc::Sender<Event>,
) -> Result<Listed, Stop> {
    send(events, Event::ListBegins(scope.clone())).await?;
    let mut params = ListParams::default().limit(page);
    let mut progress = Progress::default();
    let mut nameless = false;
    loop {
        let list = timeout(TIMEOUT, api.list(&params)).await;
        let list = list.map_err(|_| WatchFailure::silent(server, TIMEOUT.as_secs()))?.map_err(|error| {
            WatchFailure::of_client(&error, server, DeniedRequest::of_kind(D::KIND, "list", &scope.namespace))
        })?;
        check_kind::<D>(&list.types.kind, server)?;
        let found = list.items.len() as u64;
        for item in list.items {
            match item.object {
                Some(object) => send(events, Event::Apply(object)).await?,
                None => nameless = true,
            }
        }
        let metadata = list.metadata;
        match metadata.continue_.filter(|token| !token.is_empty()) {
            Some(token) => {
                progress
                    .page(found, metadata.remaining_item_count, params.continue_token.as_ref() == Some(&token))
                    .map_err(|Endless(objects)| {
                        WatchFailure::Malformed(AccessProblem::ListEndless { server: server.to_owned(), objects })
                    })?;
                params.continue_token = Some(token);
            }
            None => {
                let version = metadata.resource_version.filter(|version| !version.is_empty());
                let version = version.ok_or_else(|| {
                    WatchFailure::Malformed(AccessProblem::ListWithoutVersion { server: server.to_owned() })
                })?;
                return Ok(Listed { version, nameless });
            }
        }
    }
}

/// A list says what it is a list of; one that does not is taken for what was asked for.
fn check_kind<D: Decoder>(found: &str, server: &str) -> Result<(), WatchFailure> {
    let expected = format!("{}List", D::KIND.as_str());
    if found.is_empty() || found == "List" || found == expected {
        return Ok(());
    }
    Err(WatchFailure::other_kind(server, found, expected))
}

/// A list that gives no sign of an end, after this many objects.
struct Endless(u64);

/// How far a list has come.
#[derive(Default)]
struct Progress {
    objects: u64,
    remaining: Option<i64>,
    /// Number of pages since the remaining number was last smaller than before.
    standing: u32,
}

impl Progress {
    /// One more page, which is not the last: it has this many objects, and after it so many remain, or nobody knows how many. `same` is whether
    /// it leads to itself.
    fn page(&mut self, objects: u64, remaining: Option<i64>, same: bool) -> Result<(), Endless> {
        // A page without objects counts too.
        self.objects += objects.max(1);
        let fewer = self.remaining.zip(remaining).is_none_or(|(before, now)| now < before);
        self.standing = if fewer { 0 } else { self.standing + 1 };
        let most = if remaining.is_some() { MAX_OBJECTS } else { MAX_UNCOUNTED_OBJECTS };
        self.remaining = remaining;
        if same || self.standing > MAX_STANDING_PAGES || self.objects > most {
            Err(Endless(self.objects))
        } else {
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn end(pages: impl Iterator<Item = (u64, Option<i64>)>) -> Option<u64> {
        let mut progress = Progress::default();
        pages.take(1_000_000).find_map(|(objects, left)| progress.page(objects, left, false).err()).map(|Endless(n)| n)
    }

    #[test]
    fn a_list_of_any_size_that_gets_shorter_is_read_and_one_that_does_not_is_given_up() {
        assert_eq!(end((0..10_000).rev().map(|left| (100, Some(left * 100)))), None, "a million objects");
        assert_eq!(end(std::iter::repeat((100, Some(100)))), Some(1_200));
        assert_eq!(end(std::iter::repeat((100, None))), Some(5_100));
        assert_eq!(end(std::iter::repeat((0, None))), Some(5_001));
        // It says that fewer are left each time, and they never end.
        assert_eq!(end((0..1_000_000).rev().map(|left| (100, Some(left)))), Some(2_000_100));
    }
}
