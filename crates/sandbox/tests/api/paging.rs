use sandbox::Sandbox;

use crate::client::{PODS, get, merge, names, pod};

fn five() -> Sandbox {
    let sandbox = Sandbox::empty();
    for name in ["a", "b", "c", "d", "e"] {
        sandbox.store().create(pod(name, "x")).expect("created");
    }
    sandbox
}

#[tokio::test]
async fn all_pages_of_a_list_show_one_version() {
    let (sandbox, mut uri, mut seen, mut left) = (five(), format!("{PODS}?limit=2"), Vec::new(), Vec::new());
    let router = sandbox.router();
    let version = sandbox.store().resource_version().to_string();
    loop {
        let (_, page) = get(&router, &uri).await;
        assert_eq!(page["metadata"]["resourceVersion"], version.as_str());
        seen.extend(names(&page).into_iter().map(str::to_owned));
        let Some(next) = page["metadata"]["continue"].as_str() else { break };
        left.push(page["metadata"]["remainingItemCount"].clone());
        uri = format!("{PODS}?limit=2&continue={next}");
        let store = sandbox.store();
        store.delete(&sandbox::resources::PODS, "default", if seen.len() == 2 { "d" } else { "a" }).unwrap();
        store.create(pod(&format!("c{}", seen.len()), "x")).unwrap();
    }
    assert_eq!(seen, ["a", "b", "c", "d", "e"]);
    assert_eq!(left, [3, 1]);
    assert_eq!(names(&get(&router, PODS).await.1), ["b", "c", "c2", "c4", "e"]);
}

#[tokio::test]
async fn an_expired_continue_token_is_410() {
    let sandbox = five();
    let (_, page) = get(&sandbox.router(), &format!("{PODS}?limit=2")).await;
    sandbox.store().create(pod("z", "x")).unwrap();
    sandbox.store().compact();
    let next = page["metadata"]["continue"].as_str().unwrap();
    let (code, status) = get(&sandbox.router(), &format!("{PODS}?limit=2&continue={next}")).await;
    assert_eq!((code, &status["reason"], &status["kind"]), (410, &"Expired".into(), &"Status".into()));
}

#[tokio::test]
async fn lists_honour_the_resource_version() {
    let sandbox = five();
    let router = sandbox.router();
    let then = sandbox.store().resource_version();
    sandbox.store().create(pod("z", "x")).unwrap();
    let exact = format!("{PODS}?resourceVersion={then}&resourceVersionMatch=Exact");
    assert_eq!(names(&get(&router, &exact).await.1).len(), 5);
    let any = format!("{PODS}?resourceVersion=0&resourceVersionMatch=NotOlderThan");
    assert_eq!(names(&get(&router, &any).await.1).len(), 6);
    let (code, status) = get(&router, &format!("{PODS}?resourceVersion=999")).await;
    assert_eq!((code, &status["reason"]), (504, &"Timeout".into()));
}

#[tokio::test]
async fn selectors_narrow_a_list_and_hide_the_count() {
    let router = five().router();
    merge(&router, &format!("{PODS}/b"), &serde_json::json!({"metadata": {"labels": {"app": "y"}}})).await;
    merge(&router, &format!("{PODS}/c/status"), &serde_json::json!({"status": {"phase": "Running"}})).await;
    let list = async |query: &str| get(&router, &format!("{PODS}?{query}")).await;
    assert_eq!(names(&list("labelSelector=app%20in%20(y,z)").await.1), ["b"]);
    assert_eq!(names(&list("fieldSelector=status.phase%3DRunning").await.1), ["c"]);
    assert_eq!(names(&list("fieldSelector=metadata.namespace!=default").await.1).len(), 0);
    let (_, page) = list("labelSelector=app=x&limit=3").await;
    assert_eq!(names(&page), ["a", "c", "d"]);
    assert!(page["metadata"]["remainingItemCount"].is_null() && page["metadata"]["continue"].is_string());
    assert_eq!(list("fieldSelector=spec.image=x").await.0, 400);
}

#[tokio::test]
async fn a_long_list_is_sent_in_chunks_of_one_json_document() {
    let sandbox = Sandbox::empty();
    for place in 0..1000 {
        sandbox.store().create(pod(&format!("p{place:04}"), "x")).unwrap();
    }
    let (_, list) = get(&sandbox.router(), "/api/v1/pods").await;
    assert_eq!((names(&list).len(), &list["kind"]), (1000, &"PodList".into()));
    assert!(list["items"][0]["kind"].is_null(), "items carry no kind");
}
