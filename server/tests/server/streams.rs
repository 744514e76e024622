use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use sandbox::Sandbox;
use server::live::Options;
use tokio::net::TcpStream;
use topology::wire::Cursor;
use topology::wire::log::LogLimits;

use crate::harness::{Browser, Cluster, Fault, Server, pod, rows, rows_become, rows_of};
use crate::sync::write;

fn cluster_and_server(options: Options) -> (Cluster, Server) {
    let cluster = Cluster::new(Sandbox::overview());
    let server = Server::new(&cluster, options);
    (cluster, server)
}

fn small_ring(frames: usize) -> Options {
    Options { limits: LogLimits { frames, ..LogLimits::default() }, ..Options::default() }
}

/// Creates Pods one frame at a time.
async fn frames(cluster: &Cluster, server: &Server, names: std::ops::Range<usize>) {
    for n in names {
        cluster.sandbox.store().create(pod("default", &format!("p{n}"), "10.9.0.1")).unwrap();
        let key = topology::cluster::key::ObjectKey::new("default", format!("p{n}"));
        rows_become(&server.live(), |index| index.pod(&key).is_some()).await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_client_that_follows_has_the_servers_rows() {
    for seed in 0..12 {
        let mut random = StdRng::seed_from_u64(seed);
        let (cluster, server) = cluster_and_server(Options::default());
        let live = server.synced().await;
        let mut browser = Browser::open(&server, "").await;
        let mut events = server.events(&format!("?since={}", browser.last)).await;
        for _ in 0..150 {
            write(&cluster, &mut random);
            match random.random_range(0..30) {
                0 => cluster.sandbox.store().close_watches(),
                1 => {
                    // The connection breaks; the cursor brings the changes sent meanwhile.
                    events = server.events(&format!("?since={}", browser.last)).await;
                }
                2 => browser = Browser::open(&server, "").await,
                3..10 => tokio::time::advance(std::time::Duration::from_millis(random.random_range(0..200))).await,
                _ => tokio::task::yield_now().await,
            }
        }
        cluster.fail(Fault::None);
        cluster.sandbox.store().create(pod("z", "last", "10.8.0.1")).unwrap();
        rows_become(&live, |index| index.pod(&topology::cluster::key::ObjectKey::new("z", "last")).is_some()).await;
        events =
            if random.random_bool(0.5) { events } else { server.events(&format!("?since={}", browser.last)).await };
        browser.follow(&mut events, *live.log().follow().borrow()).await;
        assert_eq!(rows_of(&browser.index), rows(&live), "seed {seed}");
    }
}

#[tokio::test(start_paused = true)]
async fn one_more_namespace_needs_its_snapshot_and_the_stream_from_the_lowest_cursor() {
    let (cluster, server) = cluster_and_server(Options::default());
    let live = server.synced().await;
    let store = cluster.sandbox.store();
    for namespace in ["a", "b"] {
        store.create(pod(namespace, "web", "10.0.0.1")).unwrap();
    }
    rows_become(&live, |index| index.pods().any(|pod| pod.namespace == "b")).await;
    let mut browser = Browser::open(&server, "?namespaces=a").await;
    assert!(browser.index.pods().all(|pod| pod.namespace == "a"));
    let lowest = browser.last;
    // Both namespaces change before the second snapshot, and after it.
    for (name, open) in [("before", true), ("after", false)] {
        for namespace in ["a", "b", "c"] {
            store.create(pod(namespace, name, "10.0.0.2")).unwrap();
        }
        rows_become(&live, |index| index.pod(&topology::cluster::key::ObjectKey::new("c", name)).is_some()).await;
        if open {
            store.delete(&sandbox::resources::PODS, "b", "web").unwrap();
            rows_become(&live, |index| index.pod(&topology::cluster::key::ObjectKey::new("b", "web")).is_none()).await;
            browser.take_snapshot(server.snapshot("?namespaces=b").await);
        }
    }
    browser.last = lowest;
    let mut events = server.events(&format!("?namespaces=a,b&since={lowest}")).await;
    browser.follow(&mut events, 0).await;
    store.create(pod("a", "end", "10.0.0.3")).unwrap();
    while browser.index.pod(&topology::cluster::key::ObjectKey::new("a", "end")).is_none() {
        let delta = events.named("delta").await;
        browser.take(&delta);
    }
    let expected: Vec<String> = rows(&live)
        .iter()
        .filter(|row| {
            row.kind() == topology::cluster::key::Kind::Pod && ["a", "b"].contains(&row.key().namespace.as_str())
        })
        .map(|row| row.key().to_string())
        .collect();
    let pods: Vec<String> = browser.index.pods().map(|pod| pod.key().to_string()).collect();
    assert_eq!(pods, expected);
}

#[tokio::test(start_paused = true)]
async fn a_stream_begins_with_the_retry_time_and_the_status_and_may_not_be_buffered() {
    let (_cluster, server) = cluster_and_server(Options::default());
    server.synced().await;
    let mut events = server.events("").await;
    for (name, value) in [
        ("content-type", "text/event-stream"),
        ("cache-control", "no-cache, no-transform"),
        ("x-accel-buffering", "no"),
        ("x-content-type-options", "nosniff"),
    ] {
        assert_eq!(events.headers[name], value);
    }
    assert_eq!(events.chunk().await.unwrap(), "retry: 2000\n\n");
    let status = events.next().await.unwrap();
    assert_eq!((status.name.as_str(), status.id, &status.data["state"]), ("status", None, &"live".into()));
}

#[tokio::test(start_paused = true)]
async fn without_a_cursor_a_stream_begins_now() {
    let (cluster, server) = cluster_and_server(Options::default());
    server.synced().await;
    server.snapshot("").await;
    frames(&cluster, &server, 0..3).await;
    let mut events = server.events("").await;
    frames(&cluster, &server, 3..4).await;
    assert_eq!(events.named("delta").await.data["changes"][0]["key"], "default/p3");
}

#[tokio::test(start_paused = true)]
async fn the_last_event_id_wins_over_since() {
    let (cluster, server) = cluster_and_server(Options::default());
    server.synced().await;
    let begin = server.snapshot("").await.cursor;
    frames(&cluster, &server, 0..3).await;
    let later = Cursor { seq: begin.seq + 2, ..begin };
    let query = format!("?since={begin}");
    let mut events = server.events_with(&query, &[("last-event-id", &later.to_string())]).await;
    let delta = events.named("delta").await;
    assert_eq!((delta.id.unwrap().seq, &delta.data["changes"][0]["key"]), (begin.seq + 3, &"default/p2".into()));
}

#[tokio::test(start_paused = true)]
async fn a_position_that_is_not_in_the_log_gets_a_reset_and_the_end() {
    let (cluster, server) = cluster_and_server(small_ring(2));
    server.synced().await;
    let begin = server.snapshot("").await.cursor;
    frames(&cluster, &server, 0..3).await;
    let unknown = Cursor { epoch: begin.epoch ^ 1, ..begin };
    let future = Cursor { seq: begin.seq + 4, ..begin };
    for since in [begin, unknown, future] {
        let mut events = server.events(&format!("?since={since}")).await;
        let reset = events.named("reset").await;
        assert_eq!(reset.id, None);
        assert!(reset.data["reason"].is_string(), "{}", reset.data);
        assert_eq!(events.next().await, None, "{since}");
    }
    let kept = Cursor { seq: begin.seq + 1, ..begin };
    let mut events = server.events(&format!("?since={kept}")).await;
    assert_eq!(events.named("delta").await.id.unwrap().seq, begin.seq + 2);
}

#[tokio::test(start_paused = true)]
async fn a_slow_client_is_reset_while_a_fast_one_gets_everything() {
    let (cluster, server) = cluster_and_server(small_ring(4));
    server.synced().await;
    let begin = server.snapshot("").await.cursor;
    let query = format!("?since={begin}");
    let (mut slow, mut fast) = (server.events(&query).await, server.events(&query).await);
    slow.named("status").await;
    for n in 0..20 {
        frames(&cluster, &server, n..n + 1).await;
        let delta = fast.named("delta").await;
        assert_eq!(
            (delta.id.unwrap().seq, &delta.data["changes"][0]["key"]),
            (begin.seq + 1 + n as u64, &format!("default/p{n}").into())
        );
    }
    assert_eq!(slow.next().await.unwrap().name, "reset");
    assert_eq!(slow.next().await, None);
}

#[tokio::test(start_paused = true)]
async fn a_frame_is_encoded_once_for_all_clients() {
    let (cluster, server) = cluster_and_server(Options::default());
    server.synced().await;
    let (mut one, mut other) = (server.events("").await, server.events("?namespaces=default").await);
    for events in [&mut one, &mut other] {
        events.named("status").await;
    }
    frames(&cluster, &server, 0..1).await;
    let (one, other) = (one.chunk().await.unwrap(), other.chunk().await.unwrap());
    assert!(one.starts_with(b"id: "));
    assert_eq!(one.as_ptr(), other.as_ptr());
}

#[tokio::test(start_paused = true)]
async fn a_silent_stream_is_kept_alive_every_15_seconds() {
    let (_cluster, server) = cluster_and_server(Options::default());
    server.synced().await;
    let mut events = server.events("").await;
    events.named("status").await;
    let begin = tokio::time::Instant::now();
    for n in 1..=3 {
        assert_eq!(events.chunk().await.unwrap(), ":\n\n");
        assert_eq!(begin.elapsed().as_secs(), 15 * n);
    }
    // A browser hides comments from a page, so a page requests keep-alive events.
    let mut events = server.events("?alive=true").await;
    events.named("status").await;
    assert_eq!(events.chunk().await.unwrap(), "event: alive\ndata:\n\n");
}

#[tokio::test(start_paused = true)]
async fn shutdown_ends_every_stream() {
    let (_cluster, server) = cluster_and_server(Options::default());
    server.synced().await;
    let mut streams = vec![server.events("").await, server.events("?namespaces=default").await];
    for events in &mut streams {
        events.named("status").await;
    }
    server.shutdown.cancel();
    for events in &mut streams {
        assert_eq!(events.next().await, None);
    }
}

#[tokio::test(start_paused = true)]
async fn a_status_change_is_sent_when_it_happens() {
    let (cluster, server) = cluster_and_server(Options::default());
    server.synced().await;
    let mut events = server.events("").await;
    assert_eq!(events.named("status").await.data["state"], "live");
    cluster.fail(Fault::Down);
    let stale = events.named("status").await;
    assert_eq!(stale.data["state"], "stale");
    assert!(stale.data["since"].is_i64(), "{}", stale.data);
    cluster.fail(Fault::None);
    while events.named("status").await.data["state"] != "live" {}
}

#[tokio::test]
async fn a_client_that_goes_away_leaves_nothing_behind() {
    let (_cluster, server) = cluster_and_server(Options::default());
    server.synced().await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let serving = tokio::spawn(axum::serve(listener, server.router.clone()).into_future());
    let mut clients = Vec::new();
    for _ in 0..20 {
        let stream = TcpStream::connect(address).await.unwrap();
        stream.writable().await.unwrap();
        let request = format!("GET /api/v1/events HTTP/1.1\r\nhost: {address}\r\n\r\n");
        assert_eq!(stream.try_write(request.as_bytes()).unwrap(), request.len());
        stream.readable().await.unwrap();
        clients.push(stream);
    }
    assert_eq!(server.contexts.users(), 20);
    let tasks = tokio::runtime::Handle::current().metrics().num_alive_tasks();
    clients.clear();
    let gone = async {
        while server.contexts.users() > 0 || tokio::runtime::Handle::current().metrics().num_alive_tasks() > tasks - 20
        {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(20), gone).await.expect("streams and connections end");
    serving.abort();
}
