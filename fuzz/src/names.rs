use std::net::IpAddr;

use kube::config::Kubeconfig;
use server::connect::context_names;
use server::http::{BasePath, allowed_host};
use topology::cluster::address::parse_ip;
use topology::cluster::key::{Kind, ObjectKey};
use topology::wire::Cursor;

use crate::text;

/// Short texts: cursors, addresses, keys, `--base-path`, `--allow-host`, the names in a kubeconfig.
pub fn names(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    if let Ok(cursor) = text.parse::<Cursor>() {
        assert_eq!(cursor.to_string().parse(), Ok(cursor));
    }
    if let Some(ip) = parse_ip(text) {
        assert_eq!(parse_ip(&ip.to_string()), Some(ip));
    } else {
        assert!(text.parse::<IpAddr>().is_err());
    }
    for kind in Kind::WATCHED {
        if let Some(key) = ObjectKey::parse(kind, text) {
            assert_eq!(key.to_string(), text);
        }
    }
    match text.parse::<BasePath>() {
        // A base path is written into URLs without escaping.
        Ok(_) => assert!(text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/-_.~".contains(&byte)), "{text}"),
        Err(error) => assert!(!error.is_empty()),
    }
    match allowed_host(text) {
        Ok(host) => {
            assert_eq!(allowed_host(&host), Ok(host.clone()));
            assert!(!host.contains(['/', '@', '?', '#', ' ', '*']), "{host}");
        }
        Err(error) => assert!(!error.is_empty()),
    }
    if let Ok(kubeconfig) = Kubeconfig::from_yaml(text) {
        assert!(context_names(&kubeconfig).len() <= kubeconfig.contexts.len());
    }
}
