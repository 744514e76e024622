//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::http::is_namespace;

/// Draws a Kubernetes cluster's network as it really is, live.
#[derive(Debug, Parser)]
#[command(name = "kubehop", version, args_conflicts_with_subcommands = true)]
pub struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    serve: ServeArgs,
}

impl Cli {
    /// What is to be done; `serve` when nothing is named.
    pub fn command(self) -> Command {
        self.command.unwrap_or(Command::Serve(self.serve))
    }
}

/// What kubehop can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the page and its API (the default).
    Serve(ServeArgs),
}

/// The flags of `serve`.
#[derive(Clone, Debug, Args)]
pub struct ServeArgs {
    /// Where to serve the page; port 0 takes a free one.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:3000")]
    pub listen: String,
    /// Where to serve the sandbox's Kubernetes API, for kubectl or a test to write to (loopback only).
    #[arg(long, value_name = "ADDR")]
    pub sandbox_api: Option<String>,
    #[command(flatten)]
    /// Which cluster.
    pub cluster: ClusterArgs,
}

/// Which cluster, and how much of it.
#[derive(Clone, Debug, Args)]
pub struct ClusterArgs {
    /// Read this kubeconfig rather than $KUBECONFIG or ~/.kube/config.
    #[arg(long, value_name = "F", conflicts_with = "sandbox")]
    pub kubeconfig: Option<PathBuf>,
    /// Start with this context of the kubeconfig rather than its current one.
    #[arg(long, value_name = "C", conflicts_with = "sandbox")]
    pub context: Option<String>,
    /// Show the built-in sandbox rather than a cluster: a scenario by name, or the objects in a .yaml, .yml or .json file.
    #[arg(long, value_name = "SCENARIO|FILE", num_args = 0..=1, require_equals = true, default_missing_value = "")]
    pub sandbox: Option<String>,
    /// Watch namespaced kinds in these namespaces only.
    #[arg(long, value_name = "a,b", value_delimiter = ',', value_parser = namespace)]
    pub namespaces: Vec<String>,
}

fn namespace(text: &str) -> Result<String, String> {
    if is_namespace(text) { Ok(text.to_owned()) } else { Err(format!("`{text}` cannot be a namespace's name")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(args: &[&str]) -> Result<ServeArgs, String> {
        let cli = Cli::try_parse_from(std::iter::once("kubehop").chain(args.iter().copied()));
        cli.map(|cli| match cli.command() {
            Command::Serve(args) => args,
        })
        .map_err(|error| error.to_string())
    }

    #[test]
    fn serve_is_the_default_command() {
        for args in [&["--listen", "127.0.0.1:0"][..], &["serve", "--listen", "127.0.0.1:0"]] {
            assert_eq!(parse(args).unwrap().listen, "127.0.0.1:0");
        }
        assert_eq!(parse(&[]).unwrap().listen, "127.0.0.1:3000");
    }

    #[test]
    fn the_sandbox_takes_its_value_after_an_equals_sign_only() {
        assert_eq!(parse(&["--sandbox"]).unwrap().cluster.sandbox.as_deref(), Some(""));
        assert_eq!(parse(&["--sandbox=dump.yaml"]).unwrap().cluster.sandbox.as_deref(), Some("dump.yaml"));
        assert!(parse(&["--sandbox", "nope"]).is_err());
        assert_eq!(parse(&[]).unwrap().cluster.sandbox, None);
    }

    #[test]
    fn namespaces_are_a_list_of_names() {
        assert_eq!(parse(&["--namespaces", "a,b"]).unwrap().cluster.namespaces, ["a", "b"]);
        let error = parse(&["--namespaces", "a,B_"]).unwrap_err();
        assert!(error.contains("--namespaces") && error.contains("B_"), "{error}");
    }

    #[test]
    fn a_command_that_is_not_there_is_not_shown() {
        let help = parse(&["--help"]).unwrap_err();
        assert!(help.contains("--sandbox-api"), "{help}");
        for later in ["trace", "diagnose", "explain", "doctor"] {
            assert!(!help.contains(later), "{later} in {help}");
        }
    }
}
