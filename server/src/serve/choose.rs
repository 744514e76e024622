use std::path::Path;

use kube::client::ClientBuilder;
use sandbox::Sandbox;
use yaml::OtherText;

use super::{BadInput, ServeError};
use crate::cli::ClusterArgs;
use crate::connect::{KubeconfigFile, ReadOnlyLayer, Target, WatchdogLayer};
use crate::contexts::{Clusters, chosen};
use crate::dump::decoded;

/// The chosen clusters.
pub struct Chosen {
    /// The clusters.
    pub clusters: Clusters,
    /// The sandbox, if it was chosen.
    pub sandbox: Option<Sandbox>,
}

/// Chooses by the flags: the sandbox, else the kubeconfig, else the Pod's service account.
///
/// A kubeconfig that exists (or is named) but cannot be read is chosen too: it may be corrected while the server runs.
pub(crate) fn choose(args: &ClusterArgs) -> Result<Chosen, ServeError> {
    if let Some(value) = &args.sandbox {
        let sandbox = open_sandbox(value)?;
        let clusters = Clusters::One { name: "sandbox".to_owned(), target: sandbox_target(&sandbox) };
        return Ok(Chosen { clusters, sandbox: Some(sandbox) });
    }
    let file = args.kubeconfig.clone().map(KubeconfigFile::explicit).or_else(KubeconfigFile::default_if_present);
    let clusters = match file {
        Some(file) => from_kubeconfig(file, args)?,
        None => None,
    };
    let clusters = clusters
        .or_else(in_cluster)
        .ok_or_else(|| ServeError::BadInput(BadInput::NoCluster { context: args.context.clone() }))?;
    Ok(Chosen { clusters, sandbox: None })
}

/// `None` if the kubeconfig has no current context and was not named by a flag.
fn from_kubeconfig(file: KubeconfigFile, args: &ClusterArgs) -> Result<Option<Clusters>, ServeError> {
    let context = args.context.clone();
    match file.first_names() {
        Some(names) if chosen(context.as_ref(), &names).is_none() => {
            let known = names.contexts.clone();
            match &context {
                Some(context) => {
                    let (context, file) = (context.clone(), file.name());
                    return Err(ServeError::BadInput(BadInput::NoSuchContext { context, file, known }));
                }
                None if args.kubeconfig.is_none() => return Ok(None),
                // An empty file may be written later.
                None if names.contexts.is_empty() => {
                    tracing::warn!("{} has no contexts; it is read again until it has", file.name())
                }
                None => {
                    return Err(ServeError::BadInput(BadInput::NoCurrentContext { file: file.name(), known }));
                }
            }
        }
        // The context reports the error when it is opened, and reads the file again until it works.
        Some(_) | None => {}
    }
    Ok(Some(Clusters::Kubeconfig { file, context }))
}

fn in_cluster() -> Option<Clusters> {
    let in_pod = std::env::var_os("KUBERNETES_SERVICE_HOST").is_some()
        && Path::new("/var/run/secrets/kubernetes.io/serviceaccount/token").exists();
    in_pod.then(|| Clusters::One { name: "in-cluster".to_owned(), target: Target::InCluster })
}

fn sandbox_target(sandbox: &Sandbox) -> Target {
    let client = ClientBuilder::new(sandbox.read_router(), "default")
        .with_layer(&WatchdogLayer)
        .with_layer(&ReadOnlyLayer)
        .build();
    Target::Fixed { client, server: "the sandbox".to_owned() }
}

fn open_sandbox(value: &str) -> Result<Sandbox, ServeError> {
    let is_file = [".yaml", ".yml", ".json"].iter().any(|ending| value.ends_with(ending));
    if !is_file {
        return Sandbox::scenario(value).map_err(|error| {
            ServeError::BadInput(BadInput::NoScenario { value: value.to_owned(), error: Box::new(error) })
        });
    }
    let bytes = std::fs::read(value).map_err(|error| {
        let (value, error) = (value.to_owned(), error.to_string());
        ServeError::BadInput(BadInput::UnreadableSandboxFile { value, error })
    })?;
    let text = decoded(bytes)
        .map_err(|what| ServeError::BadInput(BadInput::SandboxFileNotText { value: value.to_owned(), what }))?;
    Sandbox::load(&text, value).map_err(|error| {
        let what = OtherText::recognise(&text, value, error.line);
        ServeError::BadInput(BadInput::InvalidSandboxFile { value: value.to_owned(), error: Box::new(error), what })
    })
}
