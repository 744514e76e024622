//! Exec plugins of kubeconfigs: commands that fetch credentials (client-go `plugin/pkg/client/auth/exec`).
//!
//! kube would run them too, on the thread that asks, for as long as they like. Here they run apart, have a time limit, and are killed with all
//! that they started when it is over or when the context is closed.

#[cfg(test)]
mod tests;

use std::io::{self, Read as _};
use std::os::unix::process::{CommandExt as _, ExitStatusExt as _};
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use kube::config::{AuthInfo, ExecConfig, ExecInteractiveMode};
use parking_lot::Mutex;
use rustix::process::{Pid, Signal, kill_process, kill_process_group};
use serde::Deserialize;
use serde_json::json;
use tokio::sync::oneshot;
use tokio::time::timeout;
use topology::wire::AccessProblem;

use super::reason::reason;

/// Time limit of a plugin that asks nobody.
const LIMIT: Duration = Duration::from_secs(20);
/// Time limit of a plugin that may ask the person at the terminal, or in a browser.
const INTERACTIVE_LIMIT: Duration = Duration::from_secs(180);
/// Maximum size of what a plugin writes, in bytes.
const MAX_OUTPUT_BYTES: u64 = 1 << 20;

/// Interval at which a plugin that has written everything is looked at, until it ends.
const POLL_INTERVAL: Duration = Duration::from_millis(10);

/// Why a plugin fetched nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum PluginError {
    /// It ran too long and was killed.
    #[error("it did not end within {0} s")]
    Hangs(u64),
    /// It failed, in English.
    #[error("{0}")]
    Failed(String),
}

impl PluginError {
    /// The problem for readers. Neither the plugin's arguments nor what it wrote are in it: both may hold credentials.
    pub(super) fn problem(self, server: &str, exec: &ExecConfig) -> AccessProblem {
        let (server, command) = (server.to_owned(), reason(exec.command.as_deref().unwrap_or_default()));
        match self {
            Self::Hangs(seconds) => AccessProblem::PluginHangs { server, command, seconds },
            Self::Failed(reason) => AccessProblem::PluginFailed { server, command, reason },
        }
    }
}

/// What a plugin fetched.
#[derive(Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Fetched {
    pub(super) token: Option<String>,
    /// A certificate and its key, in PEM.
    pub(super) client_certificate_data: Option<String>,
    pub(super) client_key_data: Option<String>,
    expiration_timestamp: Option<String>,
}

impl Fetched {
    /// When the credentials expire.
    pub(super) fn expires(&self) -> Option<Timestamp> {
        self.expiration_timestamp.as_deref()?.parse().ok()
    }
}

#[derive(Deserialize)]
struct ExecCredential {
    status: Option<Fetched>,
}

/// The plugin of a user, if the user has no credentials that come before it.
pub(super) fn of(user: &AuthInfo) -> Option<&ExecConfig> {
    let has_others = user.auth_provider.is_some()
        || (user.username.is_some() && user.password.is_some())
        || user.token.is_some()
        || user.token_file.is_some();
    user.exec.as_ref().filter(|_| !has_others)
}

/// Runs a plugin and reads what it fetched.
pub(super) async fn fetch(exec: &ExecConfig) -> Result<Fetched, PluginError> {
    let limit = if is_interactive(exec) { INTERACTIVE_LIMIT } else { LIMIT };
    fetch_within(exec, limit).await
}

async fn fetch_within(exec: &ExecConfig, limit: Duration) -> Result<Fetched, PluginError> {
    let failed = |error: io::Error| PluginError::Failed(reason(&error.to_string()));
    let (running, ended) = start(command(exec)?, is_interactive(exec)).map_err(failed)?;
    let ended = timeout(limit, ended).await;
    drop(running);
    let (status, output) = match ended {
        Err(_) => return Err(PluginError::Hangs(limit.as_secs())),
        Ok(Err(_)) => return Err(PluginError::Failed("its output was not read".to_owned())),
        Ok(Ok(ended)) => ended.map_err(failed)?,
    };
    // Nobody reads the rest, which may be why it failed.
    if output.len() as u64 > MAX_OUTPUT_BYTES {
        return Err(PluginError::Failed(format!("it wrote more than {MAX_OUTPUT_BYTES} bytes")));
    }
    if !status.success() {
        let how = status.signal().map_or_else(|| status.to_string(), |signal| format!("signal {signal}"));
        return Err(PluginError::Failed(format!("it ended with {how}")));
    }
    // The parser's error may quote what it read, which is a credential.
    let credential: ExecCredential = serde_saphyr::from_slice(&output)
        .map_err(|_| PluginError::Failed("it wrote something else than an ExecCredential".to_owned()))?;
    let has_any = |fetched: &Fetched| fetched.token.is_some() || fetched.client_certificate_data.is_some();
    let without = || PluginError::Failed("its ExecCredential has neither a token nor a certificate".to_owned());
    credential.status.filter(has_any).ok_or_else(without)
}

fn is_interactive(exec: &ExecConfig) -> bool {
    exec.interactive_mode != Some(ExecInteractiveMode::Never)
}

fn command(exec: &ExecConfig) -> Result<Command, PluginError> {
    let name =
        exec.command.as_ref().ok_or_else(|| PluginError::Failed("the kubeconfig names no command".to_owned()))?;
    let mut command = Command::new(name);
    command.args(exec.args.iter().flatten());
    for variable in exec.env.iter().flatten() {
        if let (Some(name), Some(value)) = (variable.get("name"), variable.get("value")) {
            command.env(name, value);
        }
    }
    let mut spec = json!({"interactive": is_interactive(exec)});
    if exec.provide_cluster_info {
        spec["cluster"] = serde_json::to_value(&exec.cluster).unwrap_or_default();
    }
    let info = json!({"kind": "ExecCredential", "apiVersion": exec.api_version, "spec": spec});
    command.env("KUBERNETES_EXEC_INFO", info.to_string());
    for name in exec.drop_env.iter().flatten() {
        command.env_remove(name);
    }
    Ok(command)
}

/// How a plugin ended, and the beginning of what it wrote.
type Ended = io::Result<(ExitStatus, Vec<u8>)>;

/// Starts a plugin. It is killed when the first value is dropped before it has ended.
fn start(mut command: Command, interactive: bool) -> io::Result<(Running, oneshot::Receiver<Ended>)> {
    // What it complains of is for the person at the terminal.
    command.stdout(Stdio::piped()).stderr(Stdio::inherit());
    // A process group of its own is killed with all that the plugin started. It could not read from the terminal.
    if interactive {
        command.stdin(Stdio::inherit());
    } else {
        command.stdin(Stdio::null()).process_group(0);
    }
    let mut child = command.spawn()?;
    let stdout = child.stdout.take();
    let (done, ended) = oneshot::channel();
    let running = Running { child: Arc::new(Mutex::new(Some(child))), is_group: !interactive };
    let child = running.child.clone();
    // The thread ends with the plugin, which ends when it is killed.
    std::thread::Builder::new().name("plugin".to_owned()).spawn(move || {
        let output = read(stdout);
        // Nobody waits for one that was killed.
        let _ = done.send(end(&child).and_then(|status| Ok((status, output?))));
    })?;
    Ok((running, ended))
}

/// Reads what a plugin writes, up to the limit and a byte of what is beyond it.
fn read(stdout: Option<ChildStdout>) -> io::Result<Vec<u8>> {
    let mut output = Vec::new();
    let Some(stdout) = stdout else { return Ok(output) };
    stdout.take(MAX_OUTPUT_BYTES + 1).read_to_end(&mut output)?;
    Ok(output)
}

/// Waits until the plugin ends. It is asked again and again, and not waited for: it is killed under the same lock, and its number may be another
/// process's as soon as it was waited for.
fn end(child: &Mutex<Option<Child>>) -> io::Result<ExitStatus> {
    loop {
        let mut running = child.lock();
        let status = match running.as_mut() {
            Some(child) => child.try_wait()?,
            None => return Err(io::Error::other("it was stopped")),
        };
        if let Some(status) = status {
            *running = None;
            return Ok(status);
        }
        drop(running);
        std::thread::sleep(POLL_INTERVAL);
    }
}

/// A plugin that runs.
struct Running {
    /// `None` after it has ended.
    child: Arc<Mutex<Option<Child>>>,
    is_group: bool,
}

impl Drop for Running {
    fn drop(&mut self) {
        let running = self.child.lock();
        let Some(pid) = running.as_ref().and_then(|child| Pid::from_raw(i32::try_from(child.id()).ok()?)) else {
            return;
        };
        // It may have ended just now.
        let _ = if self.is_group { kill_process_group(pid, Signal::KILL) } else { kill_process(pid, Signal::KILL) };
    }
}
