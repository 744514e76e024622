//! The command line.

mod listen;
mod settings;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use topology::cluster::name::is_namespace;
use words::Language;

pub use listen::ListenArgs;
pub use settings::SettingsArgs;

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
        self.command.unwrap_or_else(|| Command::Serve(Box::new(self.serve)))
    }
}

/// What kubehop can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the page and its API (the default).
    Serve(Box<ServeArgs>),
    /// Say where a packet goes, and why.
    ///
    /// SRC is external:IP, pod:NAMESPACE/NAME, pod-ip:IP, node:NAME or localhost:NODE.
    /// DST is IP:PORT[/PROTOCOL], [IPv6]:PORT[/PROTOCOL], dns:NAME[:PORT][/PROTOCOL][?A|AAAA|SRV|PTR|CNAME|TXT|MX], IP or IP/icmp.
    ///
    /// Exit status: 0 if the packet and its reply arrive on every Node (a name without a port: if it resolves), 1 if not or if that
    /// is not known, 2 if the question is wrong or the cluster cannot be reached.
    Trace(Box<TraceArgs>),
    /// Look whether the cluster can be seen, and say what to mend. It only reads.
    ///
    /// Exit status: 0 if nothing is in the way, 1 if something is, 2 if a flag is wrong or no cluster is configured.
    Doctor(Box<DoctorArgs>),
}

/// The flags of `doctor`.
#[derive(Clone, Debug, Args)]
pub struct DoctorArgs {
    /// How to print what was found.
    #[arg(
        short = 'o',
        long,
        value_enum,
        value_name = "text|json",
        default_value = "text",
        hide_possible_values = true
    )]
    pub output: Output,
    /// Which cluster.
    #[command(flatten)]
    pub cluster: ClusterArgs,
    /// kube-proxy's settings.
    #[command(flatten)]
    pub proxy: SettingsArgs,
}

/// The flags of `serve`.
#[derive(Clone, Debug, Args)]
pub struct ServeArgs {
    /// How the page is reached.
    #[command(flatten)]
    pub listen: ListenArgs,
    /// How to write the log, which goes to stderr. RUST_LOG says how much.
    #[arg(long, value_enum, value_name = "text|json", default_value = "text", hide_possible_values = true)]
    pub log_format: Output,
    /// Where to serve the sandbox's Kubernetes API, for kubectl or a test to write to (loopback only).
    #[arg(long, value_name = "ADDR")]
    pub sandbox_api: Option<String>,
    #[command(flatten)]
    /// Which cluster.
    pub cluster: ClusterArgs,
    /// kube-proxy's settings.
    #[command(flatten)]
    pub proxy: SettingsArgs,
}

/// The flags of `trace`.
#[derive(Clone, Debug, Args)]
pub struct TraceArgs {
    /// Where the packet comes from.
    #[arg(long, value_name = "SRC", required_unless_present = "batch")]
    pub from: Option<String>,
    /// Where it is sent.
    #[arg(long, value_name = "DST", required_unless_present = "batch")]
    pub to: Option<String>,
    /// Ask about this Node only.
    #[arg(long, value_name = "N")]
    pub node: Option<String>,
    /// Answer many questions: a line each, `SRC DST [NODE]`; the answers are JSON, a line each.
    #[arg(long, value_name = "FILE|-", conflicts_with_all = ["from", "to", "node"])]
    pub batch: Option<PathBuf>,
    /// Read the cluster from YAML or JSON as kubectl prints it, also in gzip, rather than from an API server; repeat for several. `-` is
    /// stdin; of a directory its .yaml, .yml and .json files are read.
    #[arg(short = 'f', long = "filename", value_name = "FILE|DIR|-", conflicts_with_all = ["kubeconfig", "context", "sandbox", "namespaces"])]
    pub files: Vec<PathBuf>,
    /// How to print the answer.
    #[arg(
        short = 'o',
        long,
        value_enum,
        value_name = "text|json",
        default_value = "text",
        hide_possible_values = true
    )]
    pub output: Output,
    /// The language of the answer's sentences; without it text follows the locale, and JSON is English.
    #[arg(long, value_name = "en|zh", value_parser = language)]
    pub lang: Option<Language>,
    /// Which cluster.
    #[command(flatten)]
    pub cluster: ClusterArgs,
    /// kube-proxy's settings.
    #[command(flatten)]
    pub proxy: SettingsArgs,
}

impl TraceArgs {
    /// The language of what people read: `--lang`, else the locale's.
    pub fn language(&self) -> Language {
        self.lang.unwrap_or_else(locale_language)
    }

    /// The language of sentences in JSON: `--lang`, else English, whatever the locale.
    pub fn json_language(&self) -> Language {
        self.lang.unwrap_or_default()
    }
}

/// How an answer is printed, or a log written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Output {
    /// For people.
    Text,
    /// For programs: an answer as the API gives it, a log with an object per line.
    Json,
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
    ///
    /// The scenarios are `overview` (the default), `empty`, and `scale:NODES,PODS,SERVICES[,CHANGES per second]`: a cluster of that
    /// size that changes all the time, as in scale:5000,150000,10000.
    #[arg(long, value_name = "SCENARIO|FILE", num_args = 0..=1, require_equals = true, default_missing_value = "")]
    pub sandbox: Option<String>,
    /// Watch namespaced kinds in these namespaces only.
    #[arg(long, value_name = "a,b", value_delimiter = ',', value_parser = namespace)]
    pub namespaces: Vec<String>,
}

/// The language of this process's locale.
pub fn locale_language() -> Language {
    Language::of_locale(|name| std::env::var(name).ok())
}

fn language(text: &str) -> Result<Language, String> {
    let named = Language::ALL.into_iter().find(|language| language.code() == text);
    named.ok_or_else(|| format!("`{text}` is no language: en or zh"))
}

fn namespace(text: &str) -> Result<String, String> {
    if is_namespace(text) { Ok(text.to_owned()) } else { Err(format!("`{text}` cannot be a namespace's name")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn command(args: &[&str]) -> Result<Command, String> {
        let cli = Cli::try_parse_from(std::iter::once("kubehop").chain(args.iter().copied()));
        cli.map(Cli::command).map_err(|error| error.to_string())
    }

    fn parse(args: &[&str]) -> Result<ServeArgs, String> {
        command(args).map(|command| match command {
            Command::Serve(args) => *args,
            other => panic!("not serve: {other:?}"),
        })
    }

    fn trace(args: &[&str]) -> Result<TraceArgs, String> {
        command(&[&["trace"], args].concat()).map(|command| match command {
            Command::Trace(args) => *args,
            other => panic!("not trace: {other:?}"),
        })
    }

    #[test]
    fn serve_is_the_default_command() {
        for args in [&["--listen", "127.0.0.1:0"][..], &["serve", "--listen", "127.0.0.1:0"]] {
            assert_eq!(parse(args).unwrap().listen.listen, "127.0.0.1:0");
        }
        assert_eq!(parse(&[]).unwrap().listen.listen, "127.0.0.1:3000");
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
        for later in ["diagnose", "explain"] {
            assert!(!help.contains(later), "{later} in {help}");
        }
    }

    #[test]
    fn a_trace_has_a_source_and_a_destination_or_a_batch_of_them() {
        let args =
            trace(&["--from", "external:1.2.3.4", "--to", "10.0.0.1:80", "-f", "a.yaml", "-f", "-", "-o", "json"])
                .unwrap();
        assert_eq!((args.files.len(), args.output), (2, Output::Json));
        assert!(trace(&["--batch", "-", "-f", "a.yaml"]).is_ok());
        assert!(trace(&["--to", "10.0.0.1:80"]).unwrap_err().contains("--from"));
        assert!(trace(&["--batch", "-", "--to", "10.0.0.1:80"]).is_err());
        assert!(trace(&["--batch", "-", "-f", "a.yaml", "--context", "c"]).is_err());
    }

    #[test]
    fn switches_of_kube_proxy_take_a_value_or_none() {
        let mode = |args: &[&str]| parse(args).unwrap().proxy.flags().unwrap().settings(None).0;
        assert!(mode(&["--masquerade-all"]).masquerade_all);
        assert!(!mode(&["--masquerade-all=false"]).masquerade_all);
        assert!(!mode(&["--localhost-node-ports", "false"]).localhost_node_ports);
        let overrides = mode(&["--hostname-override", "n1=a", "--hostname-override", "n2=b"]).hostname_overrides;
        assert_eq!(overrides.len(), 2);
        assert!(
            parse(&["--proxy-mode", "userspace"])
                .unwrap()
                .proxy
                .flags()
                .unwrap_err()
                .to_string()
                .contains("--proxy-mode: `userspace`")
        );
    }
}
