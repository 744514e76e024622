mod roles;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::response::IntoResponse;
use http::{Method, Request};
use k8s_openapi::api::core::v1::Pod;
use kube::api::{DeleteParams, Patch, PatchParams, PostParams};
use kube::client::ClientBuilder;
use kube::{Api, Client};
use tower::{Layer, ServiceExt};

use super::*;

fn counted() -> (Client, Arc<AtomicUsize>) {
    let calls = Arc::new(AtomicUsize::new(0));
    let counter = calls.clone();
    let service = tower::service_fn(move |_: Request<kube::client::Body>| {
        counter.fetch_add(1, Ordering::SeqCst);
        async { Ok::<_, std::convert::Infallible>("{}".into_response()) }
    });
    (ClientBuilder::new(service, "default").with_layer(&ReadOnlyLayer).build(), calls)
}

#[tokio::test]
async fn only_get_leaves_the_client() {
    let service = ReadOnlyLayer.layer(tower::service_fn(async |_: Request<()>| Ok::<_, std::convert::Infallible>(())));
    for method in ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "CONNECT", "TRACE", "LINK"] {
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let request = Request::builder().method(method.clone()).body(()).unwrap();
        let refused =
            service.clone().oneshot(request).await.err().map(|error| error.downcast::<MethodNotAllowed>().unwrap().0);
        assert_eq!(refused, (method != Method::GET).then_some(method));
    }
}

#[tokio::test]
async fn a_client_cannot_write() {
    let (client, calls) = counted();
    let pods: Api<Pod> = Api::default_namespaced(client);
    let errors = [
        pods.create(&PostParams::default(), &Pod::default()).await.err(),
        pods.patch("x", &PatchParams::default(), &Patch::Merge(Pod::default())).await.err(),
        pods.delete("x", &DeleteParams::default()).await.err(),
        pods.delete_collection(&DeleteParams::default(), &kube::api::ListParams::default()).await.err(),
    ];
    for error in errors {
        assert!(reason::chain(&error.unwrap()).contains("only reads"));
    }
    assert_eq!(calls.load(Ordering::SeqCst), 0);
}
