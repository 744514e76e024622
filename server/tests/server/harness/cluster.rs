//! A cluster that can fail.

use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering::Relaxed;

use axum::body::Body;
use axum::response::{IntoResponse, Response};
use futures::StreamExt;
use http::{Request, StatusCode};
use kube::client::ClientBuilder;
use parking_lot::Mutex;
use sandbox::Sandbox;
use serde_json::json;
use server::connect::{Target, WatchdogLayer};
use tower::ServiceExt;

/// How the cluster treats requests.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Fault {
    #[default]
    None,
    /// Nothing listens.
    Down,
    /// Requests whose path contains the text, with its query, get this status.
    Answer(&'static str, u16),
    /// Requests whose path contains the text get 429, with this Retry-After in seconds.
    Busy(&'static str, u64),
    /// Requests whose path contains none of these texts are forbidden.
    Only(&'static [&'static str]),
    /// As `Only`; if `busy`, the other requests get 429.
    OnlyOrBusy { only: &'static [&'static str], busy: bool },
    /// Requests whose path contains the text are never answered.
    Hung(&'static str),
    /// Running watches send nothing and do not end.
    Silent,
    /// Watches end at once.
    Short,
    /// In the events of watches the first text is replaced by the second.
    Garbled(&'static str, &'static str),
}

/// The sandbox behind a client that can fail.
#[derive(Clone)]
pub struct Cluster {
    pub sandbox: Sandbox,
    /// Number of requested watches.
    pub watched: Arc<AtomicUsize>,
    fault: Arc<Mutex<Fault>>,
}

impl Cluster {
    pub fn new(sandbox: Sandbox) -> Self {
        Self { sandbox, watched: Arc::default(), fault: Arc::default() }
    }

    /// Sets the fault for further requests, and ends the running watches.
    pub fn fail(&self, fault: Fault) {
        self.set_fault(fault);
        self.sandbox.store().close_watches();
    }

    /// Sets the fault; running watches go on.
    pub fn set_fault(&self, fault: Fault) {
        *self.fault.lock() = fault;
    }

    pub fn target(&self) -> Target {
        let (router, fault) = (self.sandbox.read_router(), self.fault.clone());
        let watched = self.watched.clone();
        let service = tower::service_fn(move |request: Request<kube::client::Body>| {
            let (router, faults) = (router.clone(), fault.clone());
            if request.uri().query().is_some_and(|query| query.contains("watch=true")) {
                watched.fetch_add(1, Relaxed);
            }
            let fault = faults.lock().clone();
            async move {
                let path = request.uri().to_string();
                match fault {
                    Fault::Down => Err(std::io::Error::from(std::io::ErrorKind::ConnectionRefused)),
                    Fault::Answer(part, code) if path.contains(part) => Ok(refusal(code)),
                    Fault::Busy(part, seconds) if path.contains(part) => {
                        Ok((StatusCode::TOO_MANY_REQUESTS, [("retry-after", seconds.to_string())], "too many")
                            .into_response())
                    }
                    Fault::Only(parts) if !parts.iter().any(|part| path.contains(part)) => Ok(refusal(403)),
                    Fault::Hung(part) if path.contains(part) => std::future::pending().await,
                    Fault::OnlyOrBusy { only, .. } if !only.iter().any(|part| path.contains(part)) => Ok(refusal(403)),
                    Fault::OnlyOrBusy { busy: true, .. } => {
                        Ok((StatusCode::TOO_MANY_REQUESTS, [("retry-after", "1")], "too many").into_response())
                    }
                    Fault::Only(_)
                    | Fault::OnlyOrBusy { .. }
                    | Fault::None
                    | Fault::Answer(..)
                    | Fault::Busy(..)
                    | Fault::Hung(_)
                    | Fault::Silent
                    | Fault::Short
                    | Fault::Garbled(..) => {
                        let response = router.oneshot(request).await.unwrap_or_else(|never| match never {});
                        Ok(response.map(|body| {
                            if path.contains("watch=true") { faulty_watch_body(body, faults) } else { body }
                        }))
                    }
                }
            }
        });
        let client = ClientBuilder::new(service, "default").with_layer(&WatchdogLayer).build();
        Target::Fixed { client, server: "https://test:6443".to_owned() }
    }
}

/// The body of a watch under the faults [`Fault::Short`], [`Fault::Silent`] and [`Fault::Garbled`].
fn faulty_watch_body(body: Body, fault: Arc<Mutex<Fault>>) -> Body {
    if *fault.lock() == Fault::Short {
        return Body::empty();
    }
    Body::from_stream(body.into_data_stream().then(move |piece| {
        let fault = fault.lock().clone();
        async move {
            match fault {
                Fault::Silent => std::future::pending().await,
                Fault::Garbled(text, replacement) => {
                    piece.map(|bytes| String::from_utf8_lossy(&bytes).replace(text, replacement).into())
                }
                _ => piece,
            }
        }
    }))
}

fn refusal(code: u16) -> Response {
    let body = json!({"kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Failure",
        "message": format!("refused with {code}"), "reason": "Test", "code": code});
    (StatusCode::from_u16(code).unwrap(), axum::Json(body)).into_response()
}
