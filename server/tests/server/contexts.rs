use std::time::Duration;

use sandbox::Sandbox;
use server::live::Options;
use topology::wire::ContextState;

use crate::harness::{Cluster, Server, status};

#[tokio::test(start_paused = true)]
async fn a_context_connects_when_it_is_opened_and_disconnects_after_its_last_user() {
    let cluster = Cluster::new(Sandbox::overview());
    let server = Server::new(&cluster, Options::default());
    let state = || server.contexts.summaries()[0].state;
    assert_eq!(state(), ContextState::Idle);

    let lease = server.contexts.open(None).unwrap();
    status(&lease, |status| status.state == ContextState::Live).await;
    let epoch = lease.now().epoch;
    tokio::time::sleep(Duration::from_secs(3600)).await;
    assert_eq!(state(), ContextState::Live, "it is in use");

    drop(lease);
    tokio::time::sleep(Duration::from_secs(299)).await;
    assert_eq!(server.contexts.open(None).unwrap().now().epoch, epoch, "it lingers, and a use begins the time anew");
    tokio::time::sleep(Duration::from_secs(299)).await;
    assert_eq!(state(), ContextState::Live);
    tokio::time::sleep(Duration::from_secs(2)).await;
    assert_eq!(state(), ContextState::Idle);

    let again = server.contexts.open(None).unwrap();
    assert_ne!(again.now().epoch, epoch, "a cursor of the old connection is unknown to the new one");
}

#[tokio::test(start_paused = true)]
async fn a_disconnected_context_leaves_no_task() {
    let cluster = Cluster::new(Sandbox::overview());
    let server = Server::new(&cluster, Options::default());
    let alive = || tokio::runtime::Handle::current().metrics().num_alive_tasks();
    let before = alive();
    drop(server.synced().await);
    assert!(alive() > before);
    tokio::time::sleep(Duration::from_secs(301)).await;
    let gone = async {
        while alive() > before {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(60), gone).await.expect("every task ends");
}

#[tokio::test(start_paused = true)]
async fn an_open_stream_keeps_its_context_connected() {
    let cluster = Cluster::new(Sandbox::overview());
    let server = Server::new(&cluster, Options::default());
    server.synced().await;
    let events = server.events("").await;
    assert_eq!(server.contexts.users(), 1);
    tokio::time::sleep(Duration::from_secs(3600)).await;
    assert_eq!(server.contexts.summaries()[0].state, ContextState::Live);
    drop(events);
    assert_eq!(server.contexts.users(), 0);
}
