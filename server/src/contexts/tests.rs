use kube::client::ClientBuilder;
use sandbox::Sandbox;
use topology::wire::AccessProblem;

use super::*;
use crate::connect::Target;

fn on_sandbox() -> Arc<Contexts> {
    let client = ClientBuilder::new(Sandbox::overview().read_router(), "default").build();
    let target = Target::Fixed { client, server: "https://test:6443".to_owned() };
    Contexts::new(Clusters::One { name: "test".to_owned(), target }, Options::default())
}

async fn becomes(live: &Live, wanted: impl Fn(&topology::wire::Status) -> bool) {
    let mut status = live.follow_status();
    let waiting = status.wait_for(|event| wanted(&event.status));
    tokio::time::timeout(Duration::from_secs(120), waiting).await.unwrap().unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_context_whose_work_panics_says_so_and_a_new_one_takes_its_place_after_a_growing_pause() {
    let contexts = on_sandbox();
    let mut lease = contexts.open(None).unwrap();
    for delay in [1, 2, 4, 8, 16, 32, 60, 60] {
        becomes(&lease, |status| status.state == ContextState::Live).await;
        tokio::spawn(lease.live().clone().watch_over(async { panic!("as the test wants") }));
        becomes(&lease, |status| matches!(status.problem, Some(AccessProblem::ContextFailed { .. }))).await;
        assert_ne!(lease.state(), ContextState::Live);
        lease.closed().cancelled().await;
        let new = contexts.open(None).unwrap();
        assert_ne!(new.now().epoch, lease.now().epoch, "whoever follows the old one begins anew");
        let says =
            |status: &topology::wire::Status| status.problem == Some(AccessProblem::ContextFailed { seconds: delay });
        becomes(&new, says).await;
        let begin = Instant::now();
        becomes(&new, |status| status.state == ContextState::Live).await;
        assert_eq!(begin.elapsed().as_secs(), delay);
        lease = new;
    }
    // After it has worked for a while, the next pause is short again.
    tokio::time::sleep(Duration::from_secs(3600)).await;
    tokio::spawn(lease.live().clone().watch_over(async { panic!("as the test wants") }));
    lease.closed().cancelled().await;
    let new = contexts.open(None).unwrap();
    becomes(&new, |status| status.problem == Some(AccessProblem::ContextFailed { seconds: 1 })).await;
}
