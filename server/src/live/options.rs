use std::time::Duration;

use topology::wire::log::LogLimits;

use crate::metrics::Metrics;
use crate::proxy::ProxyFlags;

/// Settings of all contexts.
#[derive(Clone, Debug)]
pub struct Options {
    /// The namespaces in which namespaced kinds are watched; empty for the whole cluster.
    pub namespaces: Vec<String>,
    /// kube-proxy's settings, as far as flags give them.
    pub proxy: ProxyFlags,
    /// The limits of each context's log.
    pub limits: LogLimits,
    /// The counters.
    pub metrics: Metrics,
    /// How long a context stays connected after its last user has gone.
    pub linger: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            namespaces: Vec::new(),
            proxy: ProxyFlags::default(),
            limits: LogLimits::default(),
            metrics: Metrics::default(),
            linger: Duration::from_secs(5 * 60),
        }
    }
}
