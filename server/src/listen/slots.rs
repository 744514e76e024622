use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::Arc;

use parking_lot::Mutex;

/// Maximum numbers of connections.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Of all clients together.
    pub all: usize,
    /// Of one client address.
    pub per_client: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { all: 8192, per_client: 256 }
    }
}

/// The slots for connections, and which client holds how many of them.
#[derive(Clone, Debug)]
pub(super) struct ConnectionSlots {
    limits: Limits,
    taken: Arc<Mutex<Taken>>,
}

#[derive(Debug, Default)]
struct Taken {
    all: usize,
    by_client: HashMap<IpAddr, usize>,
}

impl ConnectionSlots {
    pub(super) fn new(limits: Limits) -> Self {
        Self { limits, taken: Arc::default() }
    }

    /// Takes a slot for one connection, until the slot is dropped; `None` if there are too many connections.
    pub(super) fn take(&self, address: IpAddr) -> Option<ConnectionSlot> {
        let client = client(address);
        let mut taken = self.taken.lock();
        if taken.all >= self.limits.all {
            return None;
        }
        if let Some(client) = client {
            let held_by_client = taken.by_client.entry(client).or_default();
            if *held_by_client >= self.limits.per_client {
                return None;
            }
            *held_by_client += 1;
        }
        taken.all += 1;
        Some(ConnectionSlot { client, taken: self.taken.clone() })
    }
}

/// The client of an address; `None` on loopback, where all users of `kubectl port-forward`, and every proxy on this machine, have the
/// same address. An IPv6 client can use a whole /64.
fn client(address: IpAddr) -> Option<IpAddr> {
    let address = address.to_canonical();
    (!address.is_loopback()).then(|| match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(whole) => Ipv6Addr::from_bits(whole.to_bits() & !u128::from(u64::MAX)).into(),
    })
}

/// The slot of one connection.
#[derive(Debug)]
pub(super) struct ConnectionSlot {
    client: Option<IpAddr>,
    taken: Arc<Mutex<Taken>>,
}

impl Drop for ConnectionSlot {
    fn drop(&mut self) {
        let mut taken = self.taken.lock();
        taken.all -= 1;
        let Some(client) = self.client else { return };
        if let Some(held_by_client) = taken.by_client.get_mut(&client) {
            *held_by_client -= 1;
            if *held_by_client == 0 {
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
    fn a_client_has_a_limited_number_of_slots_and_returns_them() {
        let slots = ConnectionSlots::new(Limits { all: 5, per_client: 2 });
        let held = [slots.take(ip("10.0.0.1")), slots.take(ip("::ffff:10.0.0.1"))];
        assert!(held.iter().all(Option::is_some));
        assert!(slots.take(ip("10.0.0.1")).is_none());
        assert!(slots.take(ip("10.0.0.2")).is_some());
        drop(held);
        assert!(slots.take(ip("10.0.0.1")).is_some());
        let taken = slots.taken.lock();
        assert!(taken.all == 0 && taken.by_client.is_empty(), "{taken:?}");
    }

    #[test]
    fn an_ipv6_client_is_its_slash_64() {
        let slots = ConnectionSlots::new(Limits { all: 9, per_client: 1 });
        let _held = slots.take(ip("fd00:0:0:1::1")).unwrap();
        assert!(slots.take(ip("fd00:0:0:1:ffff::2")).is_none());
        assert!(slots.take(ip("fd00:0:0:2::1")).is_some());
    }

    #[test]
    fn loopback_is_limited_by_the_total_only() {
        let slots = ConnectionSlots::new(Limits { all: 3, per_client: 1 });
        let held: Vec<_> = ["127.0.0.1", "127.0.0.1", "::1"].map(|text| slots.take(ip(text))).into();
        assert!(held.iter().all(Option::is_some));
        assert!(slots.take(ip("127.0.0.1")).is_none() && slots.take(ip("10.0.0.1")).is_none());
    }
}
