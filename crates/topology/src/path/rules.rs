//! The exact names of kube-proxy's rules (reference §2.11 and §2.12).

pub mod walk;

use sha2::{Digest, Sha256};

use crate::cluster::address::ip_port;
use crate::cluster::key::ObjectKey;
use crate::cluster::port::Protocol;
use crate::cluster::settings::Backend;
use crate::path::answer::ChainRole;

/// Length in bytes to which kube-proxy truncates names. nftables allows 256 bytes.
const NFT_NAME: usize = 240;

/// A Service port: the input for the names of its rules.
#[derive(Clone, Copy, Debug)]
pub struct ServicePortName<'a> {
    /// The Service.
    pub service: &'a ObjectKey,
    /// The port's name, empty if it has none.
    pub port: &'a str,
    /// The protocol.
    pub protocol: Protocol,
}

impl ServicePortName<'_> {
    /// The name of a chain.
    pub fn chain(&self, backend: Backend, role: ChainRole) -> String {
        match backend {
            Backend::Iptables => {
                let prefix = match role {
                    ChainRole::Cluster => "KUBE-SVC-",
                    ChainRole::Local => "KUBE-SVL-",
                    ChainRole::External => "KUBE-EXT-",
                    ChainRole::Firewall => "KUBE-FW-",
                };
                format!("{prefix}{}", hash(&self.iptables_text(), 16))
            }
            Backend::Nftables => {
                let prefix = match role {
                    ChainRole::Cluster => "service-",
                    ChainRole::Local => "local-",
                    ChainRole::External => "external-",
                    ChainRole::Firewall => "firewall-",
                };
                format!("{prefix}{}", nftables_base(&self.nftables_text()))
            }
        }
    }

    /// The name of one endpoint's rule: its iptables chain, or the common name of its nftables chain and set.
    pub fn endpoint(&self, backend: Backend, ip: std::net::IpAddr, port: u16) -> String {
        match backend {
            Backend::Iptables => {
                format!("KUBE-SEP-{}", hash(&format!("{}{}", self.iptables_text(), ip_port(ip, port)), 16))
            }
            Backend::Nftables => {
                let ip = ip.to_string().replace(':', ".");
                format!("endpoint-{}", nftables_base(&format!("{}__{ip}/{port}", self.nftables_text())))
            }
        }
    }

    fn iptables_text(&self) -> String {
        let Self { service, port, protocol } = self;
        let colon = if port.is_empty() { "" } else { ":" };
        format!("{service}{colon}{port}{}", protocol.lower())
    }

    fn nftables_text(&self) -> String {
        format!("{}/{}/{}", self.service, self.protocol.lower(), self.port)
    }
}

fn nftables_base(name: &str) -> String {
    let mut base = format!("{}-{name}", hash(name, 8));
    if base.len() > NFT_NAME {
        // Names of Services and ports are ASCII. Other names are cut at the previous character boundary.
        let mut end = NFT_NAME - 3;
        while !base.is_char_boundary(end) {
            end -= 1;
        }
        base.truncate(end);
        base.push_str("...");
    }
    base
}

/// The first `length` characters of a text's SHA-256 in base 32 (RFC 4648).
fn hash(text: &str, length: usize) -> String {
    const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let digest = Sha256::digest(text.as_bytes());
    let letter = |n: usize| {
        let (byte, bit) = (n * 5 / 8, n * 5 % 8);
        let two = u16::from(digest[byte]) << 8 | u16::from(*digest.get(byte + 1).unwrap_or(&0));
        char::from(LETTERS[usize::from(two >> (11 - bit) & 31)])
    };
    (0..length).map(letter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(namespace: &str, service: &str, port: &str, protocol: Protocol, check: impl FnOnce(ServicePortName<'_>)) {
        check(ServicePortName { service: &ObjectKey::new(namespace, service), port, protocol });
    }

    #[test]
    fn kp105_names_equal_those_of_the_real_kube_proxy() {
        let ip = |text: &str| text.parse().unwrap();
        let (iptables, nftables) = (Backend::Iptables, Backend::Nftables);
        names("ns1", "svc1", "p80", Protocol::Tcp, |name| {
            assert_eq!(name.chain(iptables, ChainRole::Cluster), "KUBE-SVC-XPGD46QRK7WJZT7O");
            assert_eq!(name.endpoint(iptables, ip("10.180.0.1"), 80), "KUBE-SEP-SXIVWICOYRO3J4NJ");
            assert_eq!(name.endpoint(iptables, ip("fd00:10:180::1"), 80), "KUBE-SEP-OGYCNMB4EMRUSJ6N");
            assert_eq!(name.chain(nftables, ChainRole::Cluster), "service-ULMVA6XW-ns1/svc1/tcp/p80");
            assert_eq!(
                name.endpoint(nftables, ip("10.180.0.1"), 80),
                "endpoint-5OJB2KTY-ns1/svc1/tcp/p80__10.180.0.1/80"
            );
            assert_eq!(
                name.endpoint(nftables, ip("fd00:10:180::1"), 80),
                "endpoint-ZVRFLKHO-ns1/svc1/tcp/p80__fd00.10.180..1/80"
            );
        });
        names("ns1", "svc1", "", Protocol::Tcp, |name| {
            assert_eq!(name.chain(iptables, ChainRole::Cluster), "KUBE-SVC-AQI2S6QIMU7PVVRP");
            assert_eq!(name.chain(nftables, ChainRole::Cluster), "service-6KJ5P52A-ns1/svc1/tcp/");
        });
        names("default", "kubernetes", "https", Protocol::Tcp, |name| {
            assert_eq!(name.chain(iptables, ChainRole::Cluster), "KUBE-SVC-NPX46M4PTMTKRN6Y");
        });
        names("kube-system", "kube-dns", "dns", Protocol::Udp, |name| {
            assert_eq!(name.chain(iptables, ChainRole::Cluster), "KUBE-SVC-TCOU7JCQXEZGVUNU");
        });
    }

    #[test]
    fn a_long_name_is_cut_without_panic_whatever_it_is_made_of() {
        for text in ["x".repeat(400), "ü".repeat(400)] {
            names("ns1", &text, "p", Protocol::Tcp, |name| {
                let chain = name.chain(Backend::Nftables, ChainRole::Cluster);
                assert!(chain.ends_with("...") && chain.len() <= NFT_NAME + "service-".len());
            });
        }
    }
}
