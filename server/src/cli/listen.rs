use clap::Args;

use crate::http::{BasePath, allowed_host};
use crate::listen::Limits;

/// How the page is reached.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "How it is reached")]
pub struct ListenArgs {
    /// Where to serve the page; port 0 takes a free one.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:3000")]
    pub listen: String,
    /// Where to serve /livez, /readyz and /metrics, rather than beside the page. They say nothing of the cluster.
    #[arg(long, value_name = "ADDR")]
    pub health_listen: Option<String>,
    /// Serve everything under this path, for a proxy that passes it on; one that takes it off needs no flag.
    #[arg(long, value_name = "PATH", default_value = "/")]
    pub base_path: BasePath,
    /// Answer to this name too; repeat for several. On loopback kubehop answers to localhost only, elsewhere to its IP addresses too.
    ///
    /// Behind a proxy it is the name that stands in the browser. Without this check a page of another site could read the cluster
    /// through its visitor's browser (DNS rebinding).
    #[arg(long = "allow-host", value_name = "NAME", value_delimiter = ',', value_parser = allowed_host)]
    pub allowed_hosts: Vec<String>,
    /// Let pages of this site show /graph.svg as an image, which they cannot read; repeat for several.
    #[arg(long = "embed-in", value_name = "NAME", value_delimiter = ',', value_parser = allowed_host)]
    pub embedders: Vec<String>,
    /// Maximum number of connections at once, on each listener.
    #[arg(long, value_name = "N", default_value_t = Limits::default().all, value_parser = at_least_one)]
    pub max_connections: usize,
    /// Maximum number of connections at once from one address (an IPv6 /64); loopback has no limit of its own.
    ///
    /// A proxy on another machine is one address: give it as many as it has readers.
    #[arg(long, value_name = "N", default_value_t = Limits::default().per_client, value_parser = at_least_one)]
    pub max_connections_per_client: usize,
}

impl ListenArgs {
    /// The connection limits of the flags.
    pub fn limits(&self) -> Limits {
        Limits { all: self.max_connections, per_client: self.max_connections_per_client }
    }
}

fn at_least_one(text: &str) -> Result<usize, String> {
    text.parse().ok().filter(|number| *number > 0).ok_or_else(|| "a number from 1 on".to_owned())
}
