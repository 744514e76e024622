//! kube-proxy's settings from the ConfigMap `kube-system/kube-proxy`: read when the cluster is connected and then every few minutes, not
//! watched. It is the only ConfigMap that kubehop reads.

use std::time::Duration;

use k8s_openapi::api::core::v1::ConfigMap;
use kube::Api;
use tokio::sync::{mpsc, watch};
use tokio::time::{sleep, timeout};
use topology::wire::AccessProblem;

use super::event::Event;
use super::retry::Retry;
use crate::connect::{Connection, Rule, WatchFailure};
use crate::proxy::{CONFIG_MAP, NAMESPACE, ProxyConfig, ProxyFlags};

/// Interval of reading. Settings change only when an administrator restarts kube-proxy.
const READ_INTERVAL: Duration = Duration::from_secs(5 * 60);
const TIMEOUT: Duration = Duration::from_secs(10);

/// Reads the settings repeatedly. It ends when the owner is gone, or with its task.
pub(crate) async fn follow(
    flags: ProxyFlags,
    mut connections: watch::Receiver<Connection>,
    events: mpsc::Sender<Event>,
) {
    let mut retry = Retry::default();
    let mut logged = Vec::new();
    let mut refused = false;
    loop {
        let connection = connections.borrow_and_update().clone();
        let config = read(&connection, &mut refused).await;
        let unreachable = config.is_none();
        if let Some(config) = config {
            let (settings, complaints) = flags.settings(config.as_ref());
            for complaint in complaints.iter().filter(|complaint| !logged.contains(*complaint)) {
                tracing::warn!("{complaint}");
            }
            logged = complaints;
            if events.send(Event::Settings(settings)).await.is_err() {
                return;
            }
            retry = Retry::default();
        }
        let delay =
            if unreachable { retry.after(&WatchFailure::Unreachable(AccessProblem::Unknown)) } else { READ_INTERVAL };
        tokio::select! {
            () = sleep(delay) => {}
            Ok(()) = connections.changed() => {}
        }
    }
}

/// The ConfigMap's content, if it exists and may be read; the outer `None` means that the server did not answer.
async fn read(connection: &Connection, refused: &mut bool) -> Option<Option<ProxyConfig>> {
    let api: Api<ConfigMap> = Api::namespaced(connection.client.clone(), NAMESPACE);
    match timeout(TIMEOUT, api.get_opt(CONFIG_MAP)).await {
        Ok(Ok(Some(map))) => Some(ProxyConfig::of(&map.data.unwrap_or_default())),
        Ok(Err(kube::Error::Api(status))) if status.code == 403 => {
            let rule = Rule::proxy_config();
            if !std::mem::replace(refused, true) {
                tracing::info!(
                    "kube-proxy's settings are assumed to be the defaults: the ConfigMap {NAMESPACE}/{CONFIG_MAP} may not be read; grant \
                 it in {}: {rule}",
                    Rule::role(NAMESPACE)
                );
            }
            Some(None)
        }
        // The defaults are assumed then, and the answer says so.
        Ok(Ok(None) | Err(kube::Error::Api(_) | kube::Error::SerdeError(_))) => Some(None),
        Ok(Err(_)) | Err(_) => None,
    }
}
