//! A client of the router.

use axum::Router;
use axum::body::{Body, Bytes};
use http::{Method, Request};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tower::ServiceExt;

pub const PODS: &str = "/api/v1/namespaces/default/pods";

/// Sends one request and reads the whole answer; a body that is not JSON becomes a JSON string.
pub async fn send(router: &Router, method: Method, uri: &str, media_type: &str, body: impl Into<Body>) -> (u16, Value) {
    let request = Request::builder().method(method).uri(uri).header("content-type", media_type);
    let request = request.body(body.into()).expect("request");
    let response = router.clone().oneshot(request).await.expect("infallible");
    let status = response.status().as_u16();
    let body = response.into_body().collect().await.expect("body").to_bytes();
    let text = || Value::String(String::from_utf8_lossy(&body).into_owned());
    (status, serde_json::from_slice(&body).unwrap_or_else(|_| text()))
}

pub async fn get(router: &Router, uri: &str) -> (u16, Value) {
    send(router, Method::GET, uri, "", Body::empty()).await
}

pub async fn post(router: &Router, uri: &str, object: &Value) -> (u16, Value) {
    send(router, Method::POST, uri, "application/json", object.to_string()).await
}

pub async fn merge(router: &Router, uri: &str, patch: &Value) -> (u16, Value) {
    send(router, Method::PATCH, uri, "application/merge-patch+json", patch.to_string()).await
}

pub fn pod(name: &str, app: &str) -> Value {
    json!({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": name, "labels": {"app": app}}})
}

pub fn names(list: &Value) -> Vec<&str> {
    let items = list["items"].as_array().expect("a list");
    items.iter().map(|item| item["metadata"]["name"].as_str().expect("a name")).collect()
}

/// A watch that is read event by event.
pub struct Watch {
    body: Body,
    buffer: Vec<u8>,
}

impl Watch {
    pub async fn open(router: &Router, uri: &str) -> Self {
        let request = Request::get(uri).body(Body::empty()).expect("request");
        let response = router.clone().oneshot(request).await.expect("infallible");
        assert_eq!(response.status(), 200);
        Self { body: response.into_body(), buffer: Vec::new() }
    }

    /// The next event as its type and object; `None` when the stream ends.
    pub async fn next(&mut self) -> Option<(String, Value)> {
        loop {
            if let Some(end) = self.buffer.iter().position(|byte| *byte == b'\n') {
                let line: Vec<u8> = self.buffer.drain(..=end).collect();
                let event: Value = serde_json::from_slice(&line).expect("an event");
                return Some((event["type"].as_str().expect("a type").to_owned(), event["object"].clone()));
            }
            let piece: Bytes = self.body.frame().await?.expect("body").into_data().expect("data");
            self.buffer.extend_from_slice(&piece);
        }
    }

    /// The next event as `TYPE name`.
    pub async fn brief(&mut self) -> String {
        let (kind, object) = self.next().await.expect("an event");
        format!("{kind} {}", object["metadata"]["name"].as_str().unwrap_or_default()).trim_end().to_owned()
    }
}
