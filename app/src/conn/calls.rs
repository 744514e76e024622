//! Requests to the server's API: the address and the type of the answer of each. The server's handlers return the same types, but for a trace, of which
//! the page reads an outline.

use serde::de::DeserializeOwned;
use topology::cluster::key::{Kind, ObjectKey};
use topology::path::document::TraceOutline;
use topology::wire::{ContextSummary, Cursor, ObjectChange, ObjectManifest, SearchHit, Snapshot};

use super::Query;

/// A request to the server's API.
pub trait Call {
    /// The type of the answer.
    type Answer: DeserializeOwned + 'static;

    /// The address, relative to the page, because the page may be under a base path.
    fn address(&self) -> String;
}

/// An address of the server with these parameters, without the empty ones.
pub fn address(path: &str, params: &[(&str, &str)]) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(params.iter().filter(|(_, value)| !value.is_empty()));
    format!("{path}?{}", query.finish())
}

/// The address of a method of the API, without the empty parameters.
fn of_method(method: &str, params: &[(&str, &str)]) -> String {
    address(&format!("./api/v1/{method}"), params).trim_end_matches('?').to_owned()
}

fn of_query<'a>(query: &'a Query, namespaces: &'a str) -> [(&'static str, &'a str); 3] {
    [
        ("context", query.context.as_deref().unwrap_or_default()),
        ("namespaces", namespaces),
        ("overview", if query.overview { "true" } else { "" }),
    ]
}

/// Requests all rows of the namespaces that the page holds.
pub struct SnapshotCall<'a>(pub &'a Query);

impl Call for SnapshotCall<'_> {
    type Answer = Snapshot;

    fn address(&self) -> String {
        of_method("snapshot", &of_query(self.0, &self.0.namespaces.join(",")))
    }
}

/// The address of the stream of changes after a position.
pub fn events_address(query: &Query, since: Cursor) -> String {
    let (namespaces, since) = (query.namespaces.join(","), since.to_string());
    let [context, namespaces, overview] = of_query(query, &namespaces);
    of_method("events", &[context, namespaces, overview, ("since", &since), ("alive", "true")])
}

/// Requests the list of contexts.
pub struct ContextsCall;

impl Call for ContextsCall {
    type Answer = Vec<ContextSummary>;

    fn address(&self) -> String {
        of_method("contexts", &[])
    }
}

/// Searches for a text in all namespaces.
pub struct SearchCall<'a> {
    /// The context; none for the current one.
    pub context: Option<&'a str>,
    /// The text to search for.
    pub text: &'a str,
}

impl Call for SearchCall<'_> {
    type Answer = Vec<SearchHit>;

    fn address(&self) -> String {
        of_method("search", &[("context", self.context.unwrap_or_default()), ("q", self.text)])
    }
}

/// Requests the trace of a packet.
pub struct TraceCall<'a> {
    /// The context; none for the current one.
    pub context: Option<&'a str>,
    /// The source, in its exact text.
    pub from: &'a str,
    /// The destination, in its exact text.
    pub to: &'a str,
}

impl TraceCall<'_> {
    /// The address of the same trace as text for people, in this language; an empty `lang` is English.
    pub fn text_address(&self, lang: &str) -> String {
        self.of("text", lang)
    }

    fn of(&self, output: &str, lang: &str) -> String {
        let context = self.context.unwrap_or_default();
        let packet = [("context", context), ("from", self.from), ("to", self.to)];
        of_method("trace", &[&packet[..], &[("output", output), ("lang", lang)]].concat())
    }
}

/// Requests the trace of a packet with its reasons in this language.
pub struct OutlineCall<'a> {
    /// The packet.
    pub packet: TraceCall<'a>,
    /// The tag of the language.
    pub lang: &'a str,
}

impl Call for OutlineCall<'_> {
    type Answer = TraceOutline;

    fn address(&self) -> String {
        self.packet.of("", self.lang)
    }
}

/// Requests an object's recent changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryCall {
    /// The context; empty for the current one.
    pub context: String,
    /// The object's kind.
    pub kind: Kind,
    /// The object.
    pub key: ObjectKey,
}

impl Call for HistoryCall {
    type Answer = Vec<ObjectChange>;

    fn address(&self) -> String {
        let Self { context, kind, key } = self;
        let object = [("kind", kind.as_str()), ("namespace", key.namespace.as_str()), ("name", key.name.as_str())];
        of_method("history", &[&[("context", context.as_str())], &object[..]].concat())
    }
}

/// Requests an object's manifest, with the lines responsible for a socket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ManifestCall {
    /// The context; empty for the current one.
    pub context: String,
    /// The object's kind.
    pub kind: Kind,
    /// The object.
    pub key: ObjectKey,
    /// The socket, as in the page's `select=`.
    pub socket: String,
}

impl Call for ManifestCall {
    type Answer = ObjectManifest;

    fn address(&self) -> String {
        let Self { context, kind, key, socket } = self;
        of_method(
            "object",
            &[
                ("context", context),
                ("kind", kind.as_str()),
                ("namespace", &key.namespace),
                ("name", &key.name),
                ("socket", socket),
            ],
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_relative_and_leaves_out_what_is_empty() {
        let all = Query::default();
        assert_eq!(SnapshotCall(&all).address(), "./api/v1/snapshot");
        assert_eq!(ContextsCall.address(), "./api/v1/contexts");
        let some =
            Query { context: Some("a&b".into()), namespaces: vec!["shop".into(), "infra".into()], overview: true };
        assert_eq!(
            SnapshotCall(&some).address(),
            "./api/v1/snapshot?context=a%26b&namespaces=shop%2Cinfra&overview=true"
        );
        assert_eq!(events_address(&all, Cursor { epoch: 1, seq: 2 }), "./api/v1/events?since=00000001-2&alive=true");
        let trace = TraceCall { context: None, from: "pod:a/b", to: "10.0.0.1:80" };
        let packet = "./api/v1/trace?from=pod%3Aa%2Fb&to=10.0.0.1%3A80";
        assert_eq!(trace.text_address(""), format!("{packet}&output=text"));
        assert_eq!(trace.text_address("zh"), format!("{packet}&output=text&lang=zh"));
        assert_eq!(OutlineCall { packet: trace, lang: "zh" }.address(), format!("{packet}&lang=zh"));
    }
}
