use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::Arc;

use parking_lot::Mutex;

/// How many connections there may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// In all.
    pub all: usize,
    /// Of one client address.
    pub per_client: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { all: 8192, per_client: 256 }
    }
}

/// Who holds how many connections.
#[derive(Clone, Debug)]
pub(super) struct Places {
    limits: Limits,
    taken: Arc<Mutex<Taken>>,
}

#[derive(Debug, Default)]
struct Taken {
    all: usize,
    by_client: HashMap<IpAddr, usize>,
}

impl Places {
    pub(super) fn new(limits: Limits) -> Self {
        Self { limits, taken: Arc::default() }
    }

    /// A place for one connection, for as long as it is held; none if there are too many.
    pub(super) fn take(&self, address: IpAddr) -> Option<Place> {
        let client = client(address);
        let mut taken = self.taken.lock();
        if taken.all >= self.limits.all {
            return None;
        }
        if let Some(client) = client {
            let own = taken.by_client.entry(client).or_default();
            if *own >= self.limits.per_client {
                return None;
            }
            *own += 1;
        }
        taken.all += 1;
        Some(Place { client, taken: self.taken.clone() })
    }
}

/// Which client an address stands for; none on loopback, where everybody behind `kubectl port-forward`, and every proxy beside
/// kubehop, has the same one. An IPv6 client has a whole /64 to choose addresses from.
fn client(address: IpAddr) -> Option<IpAddr> {
    let address = address.to_canonical();
    (!address.is_loopback()).then(|| match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(whole) => Ipv6Addr::from_bits(whole.to_bits() & !u128::from(u64::MAX)).into(),
    })
}

/// The place of one connection.
#[derive(Debug)]
pub(super) struct Place {
    client: Option<IpAddr>,
    taken: Arc<Mutex<Taken>>,
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.taken.lock();
        taken.all -= 1;
        let Some(client) = self.client else { return };
        if let Some(own) = taken.by_client.get_mut(&client) {
            *own -= 1;
            if *own == 0 {
                taken.by_client.remove(&client);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn a_client_has_so_many_places_and_gives_them_back() {
        let places = Places::new(Limits { all: 5, per_client: 2 });
        let held = [places.take(ip("10.0.0.1")), places.take(ip("::ffff:10.0.0.1"))];
        assert!(held.iter().all(Option::is_some));
        assert!(places.take(ip("10.0.0.1")).is_none());
        assert!(places.take(ip("10.0.0.2")).is_some());
        drop(held);
        assert!(places.take(ip("10.0.0.1")).is_some());
        let taken = places.taken.lock();
        assert!(taken.all == 0 && taken.by_client.is_empty(), "{taken:?}");
    }

    #[test]
    fn an_ipv6_client_is_its_64() {
        let places = Places::new(Limits { all: 9, per_client: 1 });
        let _held = places.take(ip("fd00:0:0:1::1")).unwrap();
        assert!(places.take(ip("fd00:0:0:1:ffff::2")).is_none());
        assert!(places.take(ip("fd00:0:0:2::1")).is_some());
    }

    #[test]
    fn loopback_is_bounded_by_all_only() {
        let places = Places::new(Limits { all: 3, per_client: 1 });
        let held: Vec<_> = ["127.0.0.1", "127.0.0.1", "::1"].map(|text| places.take(ip(text))).into();
        assert!(held.iter().all(Option::is_some));
        assert!(places.take(ip("127.0.0.1")).is_none() && places.take(ip("10.0.0.1")).is_none());
    }
}
