//! A cluster that can fail, a server on it, and a browser that follows it.

mod cluster;
mod fake_api;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use app::source::Source;
use axum::Router;
use axum::body::{Body, BodyDataStream};
use axum::response::Response;
use bytes::Bytes;
use futures::StreamExt;
use http::{HeaderMap, Request, StatusCode};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use server::connect::Target;
use server::contexts::{Clusters, Contexts};
use server::http::{Front, Shared, health_router, router};
use server::live::Live;
use server::live::Options;
use tokio_util::sync::CancellationToken;
use topology::cluster::index::Index;
use topology::cluster::key::{Kind, Scope};
use topology::cluster::row::Row;
use topology::wire::{Cursor, Delta, Snapshot, Status};
use tower::ServiceExt;

pub use cluster::{Cluster, Fault};
pub use fake_api::{End, FakeApi, LONGEST_DELAY, Mode, WatchEvents};

/// Time limit of every wait, by the paused clock or the real one.
const TIMEOUT: Duration = Duration::from_secs(120);

/// A server on one cluster, named `test`.
pub struct Server {
    pub contexts: Arc<Contexts>,
    pub shutdown: CancellationToken,
    pub router: Router,
    /// The router of a listener for health only.
    pub health: Router,
}

impl Server {
    pub fn new(cluster: &Cluster, options: Options) -> Self {
        Self::with(one(cluster.target()), options)
    }

    pub fn with(clusters: Clusters, options: Options) -> Self {
        Self::reached(clusters, options, Front::default())
    }

    pub fn reached(clusters: Clusters, options: Options, front: Front) -> Self {
        let contexts = Contexts::new(clusters, options);
        let shutdown = CancellationToken::new();
        let shared = Shared { front, ..Shared::new(contexts.clone(), shutdown.clone()) };
        Self { contexts, shutdown, router: router(shared.clone()), health: health_router(shared) }
    }

    pub async fn get(&self, path: &str) -> Response {
        self.get_with(path, &[]).await
    }

    /// A request to localhost, unless the headers name another host.
    pub async fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Response {
        let mut request = Request::get(path);
        if headers.iter().all(|(name, _)| *name != "host") {
            request = request.header("host", "localhost:3000");
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap()
    }

    pub async fn snapshot(&self, query: &str) -> Snapshot {
        let response = self.get(&format!("/api/v1/snapshot{query}")).await;
        assert_eq!(response.status(), StatusCode::OK);
        serde_json::from_slice(&bytes(response).await).unwrap()
    }

    pub async fn events(&self, query: &str) -> Events {
        self.events_with(query, &[]).await
    }

    pub async fn events_with(&self, query: &str, headers: &[(&str, &str)]) -> Events {
        let response = self.get_with(&format!("/api/v1/events{query}"), headers).await;
        assert_eq!(response.status(), StatusCode::OK);
        Events { headers: response.headers().clone(), body: response.into_body().into_data_stream() }
    }

    pub fn live(&self) -> Arc<Live> {
        self.contexts.open(None).unwrap().live().clone()
    }

    /// Waits until every permitted kind is listed and watched, and returns the context.
    pub async fn synced(&self) -> Arc<Live> {
        let live = self.live();
        status(&live, |status| status.state == topology::wire::ContextState::Live).await;
        live
    }
}

/// The clusters of a server on one cluster.
pub fn one(target: Target) -> Clusters {
    Clusters::One { name: "test".to_owned(), target }
}

pub async fn bytes(response: Response) -> Bytes {
    response.into_body().collect().await.unwrap().to_bytes()
}

pub async fn json(response: Response) -> Value {
    serde_json::from_slice(&bytes(response).await).unwrap()
}

/// Waits until the status matches, and returns it.
pub async fn status(live: &Live, wanted: impl Fn(&Status) -> bool) -> Arc<Status> {
    let mut following = live.follow_status();
    let waiting = following.wait_for(|event| wanted(&event.status));
    match tokio::time::timeout(TIMEOUT, waiting).await {
        Ok(event) => event.unwrap().status.clone(),
        Err(_) => panic!("the status stayed {:?}", live.follow_status().borrow().status),
    }
}

/// Waits until the rows match.
pub async fn rows_become(live: &Live, wanted: impl Fn(&Index) -> bool) {
    let mut head = live.log().follow();
    let holds = || {
        let mut holds = false;
        live.read(&mut |view| holds = wanted(view.index));
        holds
    };
    let waiting = async {
        while !holds() {
            head.changed().await.unwrap();
        }
    };
    tokio::time::timeout(TIMEOUT, waiting).await.unwrap_or_else(|_| panic!("the rows stayed {:#?}", rows(live)));
}

/// Every row, in order.
pub fn rows_of(index: &Index) -> Vec<Row> {
    Kind::ALL.into_iter().flat_map(|kind| index.rows(kind, "").cloned()).collect()
}

pub fn rows(live: &Live) -> Vec<Row> {
    let mut rows = Vec::new();
    live.read(&mut |view| rows = rows_of(view.index));
    rows
}

/// One event of a stream.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Event {
    pub name: String,
    pub id: Option<Cursor>,
    pub data: Value,
    /// The data as it was sent; the order of a row's fields is part of it.
    pub text: String,
}

/// An open event stream.
pub struct Events {
    pub headers: HeaderMap,
    body: BodyDataStream,
}

impl Events {
    /// The next chunk of the stream as it was sent; `None` at its end.
    pub async fn chunk(&mut self) -> Option<Bytes> {
        let next = tokio::time::timeout(TIMEOUT, self.body.next()).await.expect("the stream says something");
        next.map(|chunk| chunk.unwrap())
    }

    /// The next event; comments and the retry line are skipped.
    pub async fn next(&mut self) -> Option<Event> {
        loop {
            let chunk = self.chunk().await?;
            let text = std::str::from_utf8(&chunk).unwrap();
            assert!(text.ends_with("\n\n"), "a chunk is whole events: {text}");
            let mut event = Event::default();
            for line in text.lines() {
                match line.split_once(": ") {
                    Some(("event", name)) => event.name = name.to_owned(),
                    Some(("id", id)) => event.id = Some(id.parse().unwrap()),
                    Some(("data", data)) => {
                        event.data = serde_json::from_str(data).unwrap();
                        event.text = data.to_owned();
                    }
                    _ => {}
                }
            }
            if !event.name.is_empty() {
                return Some(event);
            }
        }
    }

    /// The next event of this name. Keep-alives alone do not extend the time limit.
    pub async fn named(&mut self, name: &str) -> Event {
        let wanted = async {
            loop {
                let event = self.next().await.unwrap_or_else(|| panic!("the stream ended before `{name}`"));
                if event.name == name {
                    return event;
                }
            }
        };
        tokio::time::timeout(TIMEOUT, wanted).await.unwrap_or_else(|_| panic!("no `{name}` came"))
    }
}

/// The rows of a browser: a snapshot, and the changes since.
#[derive(Default)]
pub struct Browser {
    pub index: Index,
    cursors: BTreeMap<(Option<String>, Kind), Cursor>,
    /// The id of the last event.
    pub last: Cursor,
}

impl Browser {
    pub async fn open(server: &Server, query: &str) -> Self {
        let mut browser = Self::default();
        browser.take_snapshot(server.snapshot(query).await);
        browser
    }

    /// Adds a snapshot, as when one more namespace is opened.
    pub fn take_snapshot(&mut self, snapshot: Snapshot) {
        for row in snapshot.rows {
            self.index.merge(topology::cluster::change::Change::Put(row));
        }
        for scope in snapshot.scopes {
            self.cursors.insert((scope.namespace, scope.kind), scope.cursor);
        }
        self.last = snapshot.cursor;
    }

    /// Applies an event; a change that a scope's snapshot already contains is ignored.
    pub fn take(&mut self, event: &Event) {
        let Some(id) = event.id else { return };
        let delta: Delta = serde_json::from_str(&event.text).unwrap();
        for change in delta.changes {
            let (kind, key) = change.target();
            let Scope { namespace, kind } = Scope::of(kind, &key);
            let own = self.cursors.get(&(Some(namespace), kind)).or_else(|| self.cursors.get(&(None, kind)));
            if own.is_none_or(|cursor| id > *cursor) {
                self.index.merge(change);
            }
        }
        self.last = id;
    }

    /// Follows the stream until this sequence number has come.
    pub async fn follow(&mut self, events: &mut Events, until: u64) {
        while self.last.seq < until {
            let event = events.named("delta").await;
            self.take(&event);
        }
    }
}

pub fn pod(namespace: &str, name: &str, ip: &str) -> Value {
    json!({"apiVersion": "v1", "kind": "Pod", "metadata": {"namespace": namespace, "name": name},
        "spec": {"containers": [{"name": "web", "ports": [{"containerPort": 80}]}]},
        "status": {"phase": "Running", "podIPs": [{"ip": ip}]}})
}

pub fn slice(namespace: &str, name: &str, addresses: &[String]) -> Value {
    let endpoints: Vec<Value> =
        addresses.iter().map(|ip| json!({"addresses": [ip], "conditions": {"ready": true}})).collect();
    json!({"apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice", "addressType": "IPv4",
        "metadata": {"namespace": namespace, "name": name, "labels": {"kubernetes.io/service-name": "web"}},
        "ports": [{"name": "", "protocol": "TCP", "port": 80}], "endpoints": endpoints})
}
