//! The proxy between kubehop and an API server: the kubeconfig's `proxy-url`, else the environment's, as kubectl chooses it (Go
//! `golang.org/x/net/http/httpproxy`).

use std::net::IpAddr;

use http::Uri;
use ipnet::IpNet;
use kube::Config;
use kube::config::Kubeconfig;
use topology::wire::AccessProblem;

/// The schemes of proxies that can be used.
const SCHEMES: [&str; 3] = ["http", "https", "socks5"];

/// Whether the proxy of the current context is named in the kubeconfig.
pub(super) fn named(kubeconfig: &Kubeconfig) -> Option<String> {
    let context = kubeconfig.contexts.iter().find(|own| Some(&own.name) == kubeconfig.current_context.as_ref())?;
    let cluster = &context.context.as_ref()?.cluster;
    let named = kubeconfig.clusters.iter().find(|own| own.name == *cluster)?;
    named.cluster.as_ref()?.proxy_url.clone().filter(|url| !url.is_empty())
}

/// Sets the proxy: the named one, else the one that the environment has for the server's URL. kube would take the environment's for any URL, and
/// would look for the proxy's own name in `NO_PROXY`.
pub(super) fn choose(config: &mut Config, named: Option<String>, variable: impl Fn(&str) -> Option<String>) {
    let chosen = named.or_else(|| of_environment(&config.cluster_url, variable));
    // What does not parse was refused by kube, or is the environment's and of no use.
    config.proxy_url = chosen.and_then(|url| url.parse().ok());
}

/// Refuses a proxy that cannot be used. Its name is said without user and password.
pub(super) fn check(config: &Config, server: &str) -> Result<(), AccessProblem> {
    let Some(proxy) = &config.proxy_url else { return Ok(()) };
    if proxy.scheme_str().is_some_and(|scheme| SCHEMES.contains(&scheme)) {
        return Ok(());
    }
    let name = proxy.authority().map_or("", |authority| authority.as_str());
    let name = name.rsplit_once('@').map_or(name, |(_, name)| name);
    Err(AccessProblem::ProxyUnsupported { server: server.to_owned(), proxy: name.to_owned() })
}

fn of_environment(server: &Uri, variable: impl Fn(&str) -> Option<String>) -> Option<String> {
    let either = |names: [&str; 2]| names.into_iter().find_map(|name| variable(name).filter(|value| !value.is_empty()));
    let is_https = server.scheme_str() == Some("https");
    let proxy = either(if is_https { ["HTTPS_PROXY", "https_proxy"] } else { ["HTTP_PROXY", "http_proxy"] })?;
    let host = server.host()?.trim_matches(['[', ']']).to_ascii_lowercase();
    let port = server.port_u16().unwrap_or(if is_https { 443 } else { 80 });
    let is_here = host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback());
    let exceptions = either(["NO_PROXY", "no_proxy"]).unwrap_or_default();
    let is_excepted =
        exceptions.split(',').any(|exception| excepts(&exception.trim().to_ascii_lowercase(), &host, port));
    if is_here || is_excepted {
        return None;
    }
    Some(if proxy.contains("://") { proxy } else { format!("http://{proxy}") })
}

/// Whether an element of `NO_PROXY` stands for a host: `*`, an IP, a CIDR, or a domain, all of these perhaps with a port.
fn excepts(exception: &str, host: &str, port: u16) -> bool {
    if exception.is_empty() || exception == "*" {
        return !exception.is_empty();
    }
    if let Ok(net) = exception.parse::<IpNet>() {
        return host.parse().is_ok_and(|ip: IpAddr| net.contains(&ip));
    }
    let (name, own_port) = match exception.rsplit_once(':') {
        Some((name, digits)) if !name.contains(':') || name.ends_with(']') => (name, digits.parse().ok()),
        _ => (exception, None),
    };
    if own_port.is_some_and(|own: u16| own != port) {
        return false;
    }
    let name = name.trim_matches(['[', ']']);
    let domain = name.strip_prefix("*.").or_else(|| name.strip_prefix('.'));
    let is_below = |domain: &str| host.strip_suffix(domain).is_some_and(|sub| sub.ends_with('.'));
    match domain {
        Some(domain) => is_below(domain),
        None => host == name || is_below(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(url: &str, named: Option<&str>, environment: &[(&str, &str)]) -> Option<String> {
        let mut config = Config::new(url.parse().unwrap());
        let variable =
            |name: &str| environment.iter().find(|(own, _)| *own == name).map(|(_, value)| (*value).to_owned());
        choose(&mut config, named.map(str::to_owned), variable);
        config.proxy_url.map(|url| url.to_string())
    }

    #[test]
    fn the_kubeconfigs_proxy_comes_first_and_the_environments_is_by_scheme() {
        let both = [("HTTPS_PROXY", "http://s:1"), ("http_proxy", "p:2")];
        assert_eq!(chosen("https://a.example", None, &both).as_deref(), Some("http://s:1/"));
        assert_eq!(chosen("http://a.example", None, &both).as_deref(), Some("http://p:2/"));
        assert_eq!(chosen("https://a.example", Some("socks5://k:3"), &both).as_deref(), Some("socks5://k:3/"));
        let but = [("HTTPS_PROXY", "http://s:1"), ("NO_PROXY", "*")];
        assert_eq!(chosen("https://a.example", Some("socks5://k:3"), &but).as_deref(), Some("socks5://k:3/"));
        for loopback in ["https://localhost:6443", "https://127.0.0.1:6443", "https://[::1]:6443"] {
            assert_eq!(chosen(loopback, None, &both), None, "{loopback}");
        }
    }

    #[test]
    fn no_proxy_is_about_the_server() {
        for (exceptions, url, direct) in [
            ("a.example", "https://a.example:6443", true),
            ("example", "https://a.example:6443", true),
            (".example", "https://a.example:6443", true),
            ("*.example", "https://A.example:6443", true),
            (".a.example", "https://a.example:6443", false),
            ("b.example,,", "https://a.example:6443", false),
            ("a.example:6443", "https://a.example:6443", true),
            ("a.example:443", "https://a.example:6443", false),
            ("10.0.0.0/8, 192.0.2.1", "https://10.1.2.3:6443", true),
            ("10.0.0.0/8, 192.0.2.1", "https://192.0.2.1", true),
            ("10.0.0.0/8, 192.0.2.1", "https://192.0.2.2", false),
            ("fd00::/8", "https://[fd00::1]:6443", true),
            ("[fd00::1]:6443", "https://[fd00::1]:6443", true),
            ("proxy.example", "https://10.1.2.3:6443", false),
        ] {
            let environment = [("HTTPS_PROXY", "http://proxy.example:1"), ("NO_PROXY", exceptions)];
            assert_eq!(chosen(url, None, &environment).is_none(), direct, "{exceptions} {url}");
        }
    }

    #[test]
    fn a_proxy_without_a_scheme_is_refused_without_its_password() {
        let mut config = Config::new("https://a.example".parse().unwrap());
        config.proxy_url = Some("jo:s3cret@p.example:3128".parse().unwrap());
        let AccessProblem::ProxyUnsupported { proxy, .. } = check(&config, "https://a.example").unwrap_err() else {
            panic!("another problem")
        };
        assert_eq!(proxy, "p.example:3128");
    }
}
