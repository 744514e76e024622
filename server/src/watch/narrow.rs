//! Rights in some namespaces only: where a kind may not be listed in the whole cluster, the namespaces are found in which it may.

use std::time::Duration;

use futures::{StreamExt, stream};
use kube::api::ListParams;
use tokio::time::timeout;

use super::{NamespacePart, Watched};
use crate::connect::Connection;

/// How long one question may take.
const TIMEOUT: Duration = Duration::from_secs(10);
/// So many namespaces are tried; for others there is `--namespaces`.
const MOST: u32 = 100;
/// So many are tried at once.
const AT_ONCE: usize = 4;

/// Whether the kind may be listed in a namespace, or everywhere if it is empty.
pub(super) async fn may_list<K: Watched>(connection: &Connection, namespace: &str) -> bool {
    let api = K::api(connection.client.clone(), namespace);
    matches!(timeout(TIMEOUT, api.list(&ListParams::default().limit(1))).await, Ok(Ok(_)))
}

/// The namespaces in which the kind may be listed: of those that there are, as far as that may be known, and of the one that the
/// credentials are for (the kubeconfig's context, or the Pod's own).
pub(super) async fn namespaces<K: Watched>(connection: &Connection) -> Vec<String> {
    let mut candidates = vec![connection.client.default_namespace().to_owned()];
    let all = NamespacePart::api(connection.client.clone(), "");
    if let Ok(Ok(list)) = timeout(TIMEOUT, all.list(&ListParams::default().limit(MOST))).await {
        if list.metadata.continue_.is_some_and(|more| !more.is_empty()) {
            tracing::warn!("only the first {MOST} namespaces are tried for rights: name others with --namespaces");
        }
        candidates.extend(list.items.iter().filter_map(Watched::key).map(|key| key.name));
    }
    candidates.sort();
    candidates.dedup();
    let tried = stream::iter(candidates).map(async |namespace| {
        let may = may_list::<K>(connection, &namespace).await;
        may.then_some(namespace)
    });
    let mut found: Vec<String> =
        tried.buffer_unordered(AT_ONCE).filter_map(async |namespace| namespace).collect().await;
    found.sort();
    found
}
