use axum::body::Body;
use http::{Request, StatusCode};
use sandbox::Sandbox;
use server::contexts::{Clusters, Contexts};
use server::http::{Shared, router};
use server::live::Options;
use server::work::WorkPool;
use tokio::sync::oneshot;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

use crate::harness::{Cluster, json};

const LONG: [&str; 6] = [
    "/",
    "/graph.svg",
    "/api/v1/snapshot",
    "/api/v1/trace?from=external:203.0.113.7&to=192.168.56.12:30001",
    "/api/v1/search?q=nginx",
    "/api/v1/history?kind=Service&namespace=default&name=nginx-service",
];

#[tokio::test]
async fn what_takes_long_is_refused_when_all_places_are_taken_and_the_rest_is_answered() {
    let cluster = Cluster::new(Sandbox::overview());
    let clusters = Clusters::One { name: "test".to_owned(), target: cluster.target() };
    let contexts = Contexts::new(clusters, Options::default());
    let work = WorkPool::new(1, 1);
    let shared = Shared { work: work.clone(), ..Shared::new(contexts.clone(), CancellationToken::new()) };
    let router = router(shared);
    let get = async |path: &str| {
        let request = Request::get(path).header("host", "localhost").body(Body::empty()).unwrap();
        router.clone().oneshot(request).await.unwrap()
    };
    let (finish, finished) = std::sync::mpsc::channel::<()>();
    let (began, begins) = oneshot::channel();
    let job = tokio::spawn(async move {
        let job = move |_: &_| {
            began.send(()).unwrap();
            Ok(finished.recv().is_ok())
        };
        work.run(job).await
    });
    begins.await.unwrap();
    for path in LONG {
        let refused = get(path).await;
        assert_eq!(refused.status(), StatusCode::SERVICE_UNAVAILABLE, "{path}");
        assert_eq!(refused.headers()["retry-after"], "2", "{path}");
        assert_eq!(refused.headers()["content-type"], "application/problem+json", "{path}");
        assert_eq!(json(refused).await["status"], 503, "{path}");
    }
    for path in ["/livez", "/readyz", "/metrics", "/api/v1/contexts", "/api/v1/events", "/api/v1/openapi.json"] {
        assert_eq!(get(path).await.status(), StatusCode::OK, "{path}");
    }
    finish.send(()).unwrap();
    assert_eq!(job.await.unwrap(), Ok(true));
    for path in LONG {
        assert_eq!(get(path).await.status(), StatusCode::OK, "{path}");
    }
}
