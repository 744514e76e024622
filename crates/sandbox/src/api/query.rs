//! The query of a list or watch.

use crate::status::Status;
use crate::store::Cursor;

use super::cursor::decode_cursor;

/// The parameters that the sandbox understands; unknown ones are ignored, as an API server does.
#[derive(Debug, Default)]
pub(crate) struct Options {
    pub(crate) watch: bool,
    pub(crate) labels: String,
    pub(crate) fields: String,
    /// Maximum number of items of a page; `None` or 0 is no limit.
    pub(crate) limit: Option<usize>,
    pub(crate) cursor: Option<Cursor>,
    /// `None`: unset, which means the latest version; 0 means any version.
    pub(crate) version: Option<u64>,
    pub(crate) version_match: VersionMatch,
    pub(crate) bookmarks: bool,
    pub(crate) timeout_seconds: Option<u64>,
    pub(crate) initial_events: Option<bool>,
    pub(crate) dry_run: bool,
}

/// The `resourceVersionMatch` of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) enum VersionMatch {
    #[default]
    Unset,
    Exact,
    NotOlderThan,
}

impl Options {
    pub(crate) fn parse(pairs: Vec<(String, String)>) -> Result<Self, Status> {
        let mut options = Self::default();
        for (name, value) in pairs {
            match name.as_str() {
                "watch" => options.watch = flag(&value),
                "labelSelector" => options.labels = value,
                "fieldSelector" => options.fields = value,
                "limit" => options.limit = number(&name, &value)?.filter(|limit| *limit > 0),
                "continue" if value.is_empty() => {}
                "continue" => {
                    let malformed = || Status::bad_request("continue key is not valid");
                    options.cursor = Some(decode_cursor(&value).ok_or_else(malformed)?);
                }
                "resourceVersion" => options.version = number(&name, &value)?,
                "resourceVersionMatch" => options.version_match = version_match(&value)?,
                "allowWatchBookmarks" => options.bookmarks = flag(&value),
                "timeoutSeconds" => options.timeout_seconds = number(&name, &value)?.filter(|seconds| *seconds > 0),
                "sendInitialEvents" => options.initial_events = Some(flag(&value)),
                "dryRun" => options.dry_run = !value.is_empty(),
                _ => {}
            }
        }
        options.check()
    }

    fn check(self) -> Result<Self, Status> {
        let refuse = |why: &str| Err(Status::bad_request(why));
        if self.watch {
            if self.initial_events == Some(true) && self.version_match != VersionMatch::NotOlderThan {
                return refuse("sendInitialEvents requires setting resourceVersionMatch to NotOlderThan");
            }
            return Ok(self);
        }
        if self.initial_events.is_some() {
            return refuse("sendInitialEvents is forbidden for list");
        }
        if self.cursor.is_some() && self.version.is_some_and(|version| version > 0) {
            return refuse("specifying resource version is not allowed when using continue");
        }
        if self.version_match != VersionMatch::Unset && self.version.is_none() {
            return refuse("resourceVersionMatch is forbidden unless resourceVersion is provided");
        }
        if self.version_match == VersionMatch::Exact && self.version == Some(0) {
            return refuse("resourceVersionMatch \"Exact\" is forbidden for resourceVersion \"0\"");
        }
        Ok(self)
    }
}

fn flag(value: &str) -> bool {
    !matches!(value, "0" | "false" | "False" | "FALSE" | "f" | "F")
}

fn number<N: std::str::FromStr>(name: &str, value: &str) -> Result<Option<N>, Status> {
    if value.is_empty() {
        return Ok(None);
    }
    let parsed = value.parse().map_err(|_| Status::bad_request(format!("invalid {name}: {value:?} is not a number")));
    parsed.map(Some)
}

fn version_match(value: &str) -> Result<VersionMatch, Status> {
    match value {
        "" => Ok(VersionMatch::Unset),
        "Exact" => Ok(VersionMatch::Exact),
        "NotOlderThan" => Ok(VersionMatch::NotOlderThan),
        _ => Err(Status::bad_request(format!("resourceVersionMatch: {value:?} is not Exact or NotOlderThan"))),
    }
}
