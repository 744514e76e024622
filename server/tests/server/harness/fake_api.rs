//! An API server that misbehaves.

use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering::Relaxed;
use std::time::Duration;

use axum::body::Body;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures::{Stream, StreamExt, stream};
use http::{Request, StatusCode, header};
use kube::client::ClientBuilder;
use parking_lot::Mutex;
use serde_json::{Value, json};
use server::connect::{Target, WatchdogLayer};
use topology::cluster::key::Kind;

/// How the API server answers: named as in the issue's `fakeapi.py`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// As it should: three objects of each kind, and watches without events.
    Normal,
    /// No head of an answer comes.
    Stall,
    /// The head of an answer comes, and half of its body.
    StallBody,
    /// A page for logging in, with status 200.
    OtherDocument,
    Truncated,
    /// Each page of a list leads to itself.
    EndlessSame,
    /// Each page of a list leads to one with other objects.
    EndlessNew,
    WrongKind,
    NoMetadata,
    NoName,
    ItemsNull,
    NoVersion,
    SameUid,
    /// A list of Pods has an object of 600 MB.
    HugeList,
    Redirect,
    /// Every request gets this status, and perhaps a `Retry-After`.
    Status(u16, Option<&'static str>),
    /// A refusal has 5 MB.
    HugeRefusal,
    /// A refusal that does not end.
    EndlessRefusal,
    /// Each request is answered in another way.
    Flap,
    /// The events of each watch; after them it ends, or sends nothing more.
    Watch(WatchEvents, End),
    /// A watch of Pods has a line without end.
    EndlessLine,
    /// A watch of Pods has very many events at once.
    Flood,
}

/// The events of a watch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WatchEvents {
    None,
    Expired,
    Error,
    Garbage,
    Blank,
    Cut,
    VersionsGoBack,
    /// WatchEvents about objects that do not exist, and one of an unknown type.
    Ghosts,
    NoMetadata,
    OtherKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    Closed,
    Silent,
}

/// The API server.
#[derive(Clone)]
pub struct FakeApi {
    mode: Arc<Mutex<Mode>>,
    /// Number of requests.
    pub requests: Arc<AtomicUsize>,
    /// Bytes that were taken of the body of which most was taken.
    pub longest: Arc<AtomicUsize>,
}

impl FakeApi {
    pub fn new(mode: Mode) -> Self {
        Self { mode: Arc::new(Mutex::new(mode)), requests: Arc::default(), longest: Arc::default() }
    }

    pub fn set(&self, mode: Mode) {
        *self.mode.lock() = mode;
    }

    pub fn target(&self) -> Target {
        let api = self.clone();
        let service = tower::service_fn(move |request: Request<kube::client::Body>| {
            let api = api.clone();
            async move { Ok::<_, std::io::Error>(api.counted(api.answer(&request.uri().to_string()).await)) }
        });
        let client = ClientBuilder::new(service, "default").with_layer(&WatchdogLayer).build();
        Target::Fixed { client, server: "https://test:6443".to_owned() }
    }

    fn counted(&self, response: Response) -> Response {
        let longest = self.longest.clone();
        response.map(|body| {
            let mut read = 0;
            Body::from_stream(body.into_data_stream().map(move |piece| {
                read += piece.as_ref().map_or(0, Bytes::len);
                longest.fetch_max(read, Relaxed);
                piece
            }))
        })
    }

    async fn answer(&self, path: &str) -> Response {
        let number = self.requests.fetch_add(1, Relaxed);
        let plural = |kind: Kind| kind.api().path(kind.api().version(), "");
        let Some(kind) = Kind::WATCHED.into_iter().find(|kind| path.starts_with(&format!("{}?", plural(*kind)))) else {
            return refusal(404, "x");
        };
        let watch = path.contains("watch=true");
        let mode = *self.mode.lock();
        match (mode, watch) {
            (Mode::Stall, _) => std::future::pending().await,
            (Mode::StallBody, _) => Body::from_stream(then_silent("{\"a")).into_response(),
            (Mode::OtherDocument, _) => "<html>login</html>".into_response(),
            (Mode::Truncated, _) => {
                let text = list(kind, 0..1).to_string();
                text[..text.len() - 20].to_owned().into_response()
            }
            (Mode::Redirect, _) => (StatusCode::FOUND, [(header::LOCATION, "http://127.0.0.1:1/")]).into_response(),
            (Mode::Status(code, retry_after), _) => {
                let mut response = refusal(code, "x");
                if let Some(value) = retry_after {
                    response.headers_mut().insert(header::RETRY_AFTER, value.parse().unwrap());
                }
                response
            }
            (Mode::HugeRefusal, _) => {
                (StatusCode::FORBIDDEN, Body::from_stream(megabytes("{\"message\":\"", 5))).into_response()
            }
            (Mode::EndlessRefusal, _) => {
                (StatusCode::FORBIDDEN, Body::from_stream(megabytes("{\"message\":\"", usize::MAX))).into_response()
            }
            (Mode::Flap, _) if !number.is_multiple_of(5) => refusal([401, 403, 429, 500][number % 5 - 1], "x"),
            (Mode::Watch(events, end), true) => watched(kind, events, end),
            (Mode::EndlessLine, true) if kind == Kind::Pod => {
                Body::from_stream(megabytes("{\"type\":\"MODIFIED\",\"object\":{\"metadata\":{\"name\":\"", 700))
                    .into_response()
            }
            (Mode::Flood, true) if kind == Kind::Pod => {
                let event = |n: usize| Ok::<_, std::io::Error>(event("MODIFIED", object(Kind::Pod, n % 500, n)));
                Body::from_stream(stream::iter((0..5_000).map(event)).chain(stream::pending())).into_response()
            }
            (_, true) => Body::from_stream(then_silent("")).into_response(),
            (mode, false) => listed(kind, mode, number),
        }
    }
}

fn listed(kind: Kind, mode: Mode, number: usize) -> Response {
    let mut answer = list(kind, 0..3);
    match mode {
        Mode::EndlessSame => {
            answer = list(kind, 0..100);
            answer["metadata"]["continue"] = "same".into();
        }
        Mode::EndlessNew if kind == Kind::Pod => {
            answer = list(kind, number * 100..number * 100 + 100);
            answer["metadata"]["continue"] = format!("c{number}").into();
        }
        Mode::WrongKind => {
            answer["kind"] = "SecretList".into();
            answer["items"] = json!([{"kind": "Secret", "apiVersion": "v1", "metadata": {"name": "a", "namespace": "b"},
                "data": {"p": "c2VjcmV0"}}]);
        }
        Mode::NoMetadata => {
            answer["items"] = json!([{}, {"spec": 5}, {"metadata": null}, object(kind, 1, 10)]);
        }
        Mode::NoName => {
            answer["items"] =
                json!([{"metadata": {"namespace": "x"}}, {"metadata": {"name": ""}}, object(kind, 1, 10)]);
        }
        Mode::ItemsNull => answer["items"] = Value::Null,
        Mode::NoVersion => answer["metadata"] = json!({}),
        Mode::SameUid => {
            let same = |n: usize| {
                let mut object = object(kind, n % 2, 10);
                object["metadata"]["uid"] = "same".into();
                object
            };
            answer["items"] = (0..6).map(same).collect();
        }
        Mode::HugeList if kind == Kind::Pod => {
            let head = "{\"metadata\":{\"resourceVersion\":\"1\"},\"items\":[{\"metadata\":{\"name\":\"a\",\"annotations\":{\"x\":\"";
            return Body::from_stream(megabytes(head, 600)).into_response();
        }
        _ => {}
    }
    axum::Json(answer).into_response()
}

fn watched(kind: Kind, events: WatchEvents, end: End) -> Response {
    let lines = match events {
        WatchEvents::None => Vec::new(),
        WatchEvents::Expired => vec![event("ERROR", status(410, "too old"))],
        WatchEvents::Error => vec![event("ERROR", status(500, "boom"))],
        WatchEvents::Garbage => vec![Bytes::from_static(b"\xff\x00 not json\n")],
        WatchEvents::Blank => vec![Bytes::from_static(b"\n\n\n")],
        WatchEvents::Cut => vec![Bytes::from_static(b"{\"type\":\"MODIFIED\",\"object\":{\"metadata\":{\"na\n")],
        WatchEvents::VersionsGoBack => {
            let bookmark = json!({"kind": kind.as_str(), "apiVersion": "v1", "metadata": {"resourceVersion": "1"}});
            let back = (1..20).rev().map(|version| event("MODIFIED", object(kind, 1, version * 50)));
            back.chain([event("BOOKMARK", bookmark)]).collect()
        }
        WatchEvents::Ghosts => vec![
            event("DELETED", object(kind, 99, 11)),
            event("DELETED", object(kind, 1, 12)),
            event("MODIFIED", object(kind, 1, 13)),
            event("ADDED", object(kind, 1, 14)),
            event("FOO", object(kind, 1, 15)),
        ],
        WatchEvents::NoMetadata => vec![event("MODIFIED", json!({}))],
        WatchEvents::OtherKind => vec![event(
            "MODIFIED",
            json!({"kind": "Secret", "apiVersion": "v1", "data": {"a": "c2VjcmV0"},
                "metadata": {"name": "s", "namespace": "d", "resourceVersion": "15"}}),
        )],
    };
    let sent = stream::iter(lines.into_iter().map(Ok::<_, std::io::Error>));
    match end {
        End::Closed => Body::from_stream(sent).into_response(),
        End::Silent => Body::from_stream(sent.chain(stream::pending())).into_response(),
    }
}

fn object(kind: Kind, number: usize, version: usize) -> Value {
    let name = kind.as_str().to_lowercase();
    let mut object = json!({"metadata": {"name": format!("{name}-{number}"), "uid": format!("u-{kind}-{number}"),
        "resourceVersion": version.to_string()}});
    if kind.namespaced() {
        object["metadata"]["namespace"] = "default".into();
    }
    let (high, low) = (number >> 8 & 255, number & 255);
    match kind {
        Kind::Pod => {
            object["spec"] = json!({"nodeName": "node-1", "containers": [{"name": "c"}]});
            object["status"] = json!({"phase": "Running", "podIP": format!("10.0.{high}.{low}")});
        }
        Kind::Service => {
            object["spec"] = json!({"clusterIP": format!("10.96.{high}.{low}"), "ports": [{"port": 80}]});
        }
        _ => {}
    }
    object
}

fn list(kind: Kind, numbers: std::ops::Range<usize>) -> Value {
    let items: Vec<Value> = numbers.map(|number| object(kind, number, 10)).collect();
    json!({"kind": format!("{kind}List"), "apiVersion": "v1", "metadata": {"resourceVersion": "10"}, "items": items})
}

fn status(code: u16, message: &str) -> Value {
    json!({"kind": "Status", "apiVersion": "v1", "status": "Failure", "message": message, "reason": "X", "code": code})
}

fn refusal(code: u16, message: &str) -> Response {
    (StatusCode::from_u16(code).unwrap(), axum::Json(status(code, message))).into_response()
}

fn event(kind: &str, object: Value) -> Bytes {
    format!("{}\n", json!({"type": kind, "object": object})).into()
}

fn then_silent(text: &'static str) -> impl Stream<Item = Result<Bytes, std::io::Error>> {
    stream::once(async move { Ok(Bytes::from_static(text.as_bytes())) }).chain(stream::pending())
}

/// A beginning, and megabytes of one letter after it; then silence.
fn megabytes(head: &'static str, number: usize) -> impl Stream<Item = Result<Bytes, std::io::Error>> {
    let megabyte = Bytes::from(vec![b'y'; 1_000_000]);
    let head = stream::once(async move { Ok(Bytes::from_static(head.as_bytes())) });
    head.chain(stream::repeat(megabyte).take(number).map(Ok)).chain(stream::pending())
}

/// Enough for every delay before a next try.
pub const LONGEST_DELAY: Duration = Duration::from_secs(80);
