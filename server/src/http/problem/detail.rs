//! What was wrong with a request, as a value.

use app::still::PictureProblem;
use topology::cluster::key::{Kind, ObjectKey};
use topology::wire::AccessProblem;
use words::Words;

use crate::contexts::UnknownContext;
use crate::question::AskError;

/// What was wrong with a request, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Detail {
    /// The query does not parse; what the parser says.
    QueryDoesNotParse(String),
    /// A parameter is missing from this usage.
    Missing(&'static str, &'static str),
    /// A parameter is neither true nor false.
    NoFlag(&'static str, String),
    /// A parameter is no selection.
    NoSelection(&'static str, String),
    /// A parameter is none of the two values that there are.
    NoChoice(&'static str, String, [&'static str; 2]),
    /// kubehop does not read this kind.
    NoKind(String),
    /// A parameter cannot be a namespace's name.
    NoNamespace(&'static str, String),
    /// A namespace was given for a kind that has none.
    NotNamespaced(Kind),
    /// A parameter or a header is no cursor.
    NoCursor(&'static str, String),
    /// This cannot be the name of such an object.
    NoName(Kind, String),
    /// There are no manifests of this kind.
    NoManifestOfKind(Kind),
    /// There is no such context.
    NoContext(UnknownContext),
    /// Only these namespaces are shown, and not that one.
    NamespaceNotShown(Vec<String>, String),
    /// The cluster's data cannot be had.
    Access(AccessProblem),
    /// There is no connection to the cluster yet.
    NotConnected,
    /// An object's manifest is longer than so many kB.
    ManifestTooLong(Kind, ObjectKey, usize),
    /// An object cannot be written as YAML.
    ManifestNotWritten(Kind, ObjectKey, String),
    /// The API server answered with something else than this object.
    OtherAnswer(String, Kind, ObjectKey),
    /// The API server does not have this object.
    NoObject(String, Kind, ObjectKey),
    /// The API has no such path.
    NoApiPath(String),
    /// The site has no such file.
    NoFile,
    /// The method is another than GET.
    OnlyGet,
    /// The listener for health has no such path.
    OnlyHealth,
    /// The path is outside of this base path.
    OutsideBasePath(String),
    /// The path does not parse.
    PathDoesNotParse,
    /// The URL has so many bytes, and may have so many.
    UrlTooLong(usize, usize),
    /// The request has a body.
    Body,
    /// Every form of an answer is refused, the plain one too.
    NoCoding,
    /// There was no answer within so many seconds.
    TooSlow(u64),
    /// All places of long work are taken.
    Busy,
    /// The server is being stopped.
    Stopping,
    /// The request does not say what it was sent to.
    NoHost,
    /// The request was sent to a name that is not this server's, which listens on loopback only.
    MisdirectedOnLoopback(String),
    /// The request was sent to a name that is not this server's.
    Misdirected(String),
    /// A page of another origin sent the request.
    OtherOrigin(String),
    /// A page of another site sent the request, as the browser says.
    CrossSite(String),
    /// A question cannot be read or answered.
    Question(AskError),
    /// A picture is not drawn.
    Picture(PictureProblem),
    /// What a library says, in its own words.
    Library(String),
}

impl Detail {
    /// In words.
    pub fn text(&self, words: &Words) -> String {
        match self {
            Self::QueryDoesNotParse(reason) => words.http_query_does_not_parse(reason),
            Self::Missing(parameter, usage) => words.http_missing(parameter, usage),
            Self::NoFlag(parameter, value) => words.http_no_flag(parameter, value),
            Self::NoSelection(parameter, value) => words.http_no_selection(parameter, value),
            Self::NoChoice(parameter, value, [one, other]) => words.http_no_choice(parameter, value, one, other),
            Self::NoKind(kind) => words.http_no_kind(kind),
            Self::NoNamespace(parameter, value) => words.http_no_namespace(parameter, value),
            Self::NotNamespaced(kind) => words.http_not_namespaced(kind.as_str()),
            Self::NoCursor(parameter, value) => words.http_no_cursor(parameter, value),
            Self::NoName(kind, name) => words.http_no_name(name, kind.as_str()),
            Self::NoManifestOfKind(kind) => {
                let with_manifest = Kind::WATCHED.into_iter().filter(|kind| kind.has_manifest());
                let with_manifest: Vec<&str> = with_manifest.map(Kind::as_str).collect();
                words.http_no_manifest_of_kind(kind.as_str(), words.alternatives(&with_manifest))
            }
            Self::NoContext(unknown) => unknown.text(words),
            Self::NamespaceNotShown(shown, namespace) => words.http_namespace_not_shown(words.list(shown), namespace),
            Self::Access(problem) => words.access_problem(problem),
            Self::NotConnected => words.http_not_connected(),
            Self::ManifestTooLong(kind, key, kilobytes) => {
                words.http_manifest_too_long(kind.as_str(), key.to_string(), *kilobytes)
            }
            Self::ManifestNotWritten(kind, key, reason) => {
                words.http_manifest_not_written(kind.as_str(), key.to_string(), reason)
            }
            Self::OtherAnswer(server, kind, key) => words.http_other_answer(server, kind.as_str(), key.to_string()),
            Self::NoObject(server, kind, key) => words.http_no_object(server, kind.as_str(), key.to_string()),
            Self::NoApiPath(path) => words.http_no_api_path(path),
            Self::NoFile => words.http_no_file(),
            Self::OnlyGet => words.http_only_get(),
            Self::OnlyHealth => words.http_only_health(),
            Self::OutsideBasePath(path) => words.http_outside_base_path(path),
            Self::PathDoesNotParse => words.http_path_does_not_parse(),
            Self::UrlTooLong(length, longest) => words.http_url_too_long(*length, *longest),
            Self::Body => words.http_body(),
            Self::NoCoding => words.http_no_coding(),
            Self::TooSlow(seconds) => words.http_too_slow(*seconds),
            Self::Busy => words.http_busy(),
            Self::Stopping => words.http_stopping(),
            Self::NoHost => words.http_no_host(),
            Self::MisdirectedOnLoopback(host) => words.http_misdirected_on_loopback(host),
            Self::Misdirected(host) => words.http_misdirected(host),
            Self::OtherOrigin(origin) => words.http_other_origin(origin),
            Self::CrossSite(site) => words.http_cross_site(site),
            Self::Question(error) => error.text(words),
            Self::Picture(problem) => problem.text(words),
            Self::Library(text) => text.clone(),
        }
    }
}
