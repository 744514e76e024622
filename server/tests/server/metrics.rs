//! The metrics that Prometheus reads.

use sandbox::Sandbox;
use server::live::Options;
use topology::cluster::key::{Kind, ObjectKey};
use topology::wire::Status;

use crate::harness::{Cluster, Fault, Server, bytes, pod, rows, rows_become, status};

async fn metrics(server: &Server) -> String {
    let response = server.get("/metrics").await;
    assert!(response.headers()["content-type"].to_str().unwrap().starts_with("application/openmetrics-text"));
    String::from_utf8(bytes(response).await.to_vec()).unwrap()
}

/// The value of one line.
fn value(text: &str, series: &str) -> f64 {
    let line = text.lines().find_map(|line| line.strip_prefix(series)?.strip_prefix(' '));
    line.unwrap_or_else(|| panic!("no {series} in\n{text}")).parse().unwrap()
}

#[tokio::test(start_paused = true)]
async fn metrics_count_watches_streams_and_traces() {
    let cluster = Cluster::new(Sandbox::overview());
    let server = Server::new(&cluster, Options::default());
    let live = server.synced().await;
    let before = metrics(&server).await;
    assert!(before.ends_with("# EOF\n"));
    assert_eq!(value(&before, "kubehop_watch_lists_total{kind=\"Pod\"}"), 1.0);
    assert_eq!(value(&before, "kubehop_watches{kind=\"Pod\",state=\"synced\"}"), 1.0);
    assert_eq!(value(&before, "kubehop_watch_stale_seconds{kind=\"Pod\"}"), 0.0);
    assert_eq!(value(&before, "kubehop_contexts{state=\"live\"}"), 1.0);
    assert!(value(&before, "kubehop_watch_last_event_timestamp_seconds{kind=\"Pod\"}") > 1.7e9);
    let pods = value(&before, "kubehop_index_rows{kind=\"Pod\"}");

    let mut events = server.events("").await;
    events.named("status").await;
    cluster.sandbox.store().create(pod("default", "new", "10.0.0.1")).unwrap();
    let delta = events.chunk().await.unwrap();
    server.get("/api/v1/trace?from=external:203.0.113.2&to=192.168.56.12:30001").await;
    let after = metrics(&server).await;
    assert_eq!(value(&after, "kubehop_index_rows{kind=\"Pod\"}"), pods + 1.0);
    assert_eq!(value(&after, "kubehop_sse_clients"), 1.0);
    assert_eq!(value(&after, "kubehop_log_frames_total"), 1.0);
    assert_eq!(value(&after, "kubehop_log_frame_bytes_total"), delta.len() as f64);
    assert!(value(&after, "kubehop_sse_sent_bytes_total") >= delta.len() as f64);
    assert_eq!(value(&after, "kubehop_trace_duration_seconds_count"), 1.0);
    let applied = "kubehop_watch_events_total{kind=\"Pod\",op=\"apply\"}";
    assert_eq!(value(&after, applied), value(&before, applied) + 1.0);

    drop(events);
    let mut lost = server.events("?since=00000001-1").await;
    lost.named("reset").await;
    cluster.fail(Fault::Down);
    // The watches of the kinds fail one after the other.
    let stale = |status: &Status| status.kinds.iter().any(|kind| kind.kind == Kind::Pod && kind.since.is_some());
    status(&live, stale).await;
    let down = metrics(&server).await;
    assert_eq!(value(&down, "kubehop_sse_resets_total{reason=\"unknown-epoch\"}"), 1.0);
    assert!(value(&down, "kubehop_watch_failures_total{kind=\"Pod\",reason=\"unreachable\"}") >= 1.0);
    drop(lost);
    assert_eq!(value(&metrics(&server).await, "kubehop_sse_clients"), 0.0);
    cluster.fail(Fault::None);
    status(&live, |status| status.since.is_none()).await;
    assert!(value(&metrics(&server).await, "kubehop_watch_lists_total{kind=\"Pod\"}") >= 2.0);
}

#[tokio::test(start_paused = true)]
async fn metrics_contain_no_name_of_the_cluster() {
    let cluster = Cluster::new(Sandbox::overview());
    let server = Server::new(&cluster, Options::default());
    let live = server.synced().await;
    cluster.sandbox.store().create(pod("secret-team", "secret-web", "10.99.98.97")).unwrap();
    rows_become(&live, |index| index.pod(&ObjectKey::new("secret-team", "secret-web")).is_some()).await;
    let text = metrics(&server).await;
    let namespaced = rows(&live).into_iter().filter(|row| row.kind() != Kind::ServiceCIDR);
    let names = namespaced.flat_map(|row| [row.key().name, row.key().namespace]).filter(|name| !name.is_empty());
    for name in names.chain(["10.99.98.97", "192.168.56", "10.96.", "https://test:6443", "\"test\""].map(str::to_owned))
    {
        assert!(!text.contains(&name), "{name} in\n{text}");
    }
}
