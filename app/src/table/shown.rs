//! The mounted rows: the first few hundred, and more on demand.

use topology::graph::{UnitKey, UnitKind};
use topology::picture::{Slot, SlotKey};

/// Number of rows that are mounted at first, and that are added each time.
pub const STEP: usize = 300;

/// The mounted part of the table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shown {
    /// Namespaces with the keys of their groups, in the picture's order.
    pub namespaces: Vec<(String, Vec<String>)>,
    /// Number of mounted Services, and number of all.
    pub services: (usize, usize),
    /// Number of mounted Pods with hostPorts, and number of all.
    pub host_ports: (usize, usize),
    /// Whether some rows are not mounted.
    pub more: bool,
}

/// The groups that have a row among the first `limit` rows. `rows` returns the number of rows of a group.
pub fn shown(slots: &[Slot], limit: usize, rows: impl Fn(&UnitKey) -> usize) -> Shown {
    let mut shown = Shown::default();
    let mut before = 0;
    for slot in slots {
        let key = match &slot.key {
            SlotKey::Group(key) => key,
            // A namespace that is not opened has only its heading.
            SlotKey::Namespace(name) => {
                shown.namespaces.push((name.clone(), Vec::new()));
                continue;
            }
            SlotKey::Nodes | SlotKey::OffNodes => continue,
        };
        let mounted = usize::from(before < limit);
        shown.more |= mounted == 0;
        let count = match key.kind {
            UnitKind::Service => Some(&mut shown.services),
            UnitKind::HostPorts => Some(&mut shown.host_ports),
            UnitKind::Pods | UnitKind::Node => None,
        };
        if let Some((so_many, all)) = count {
            *so_many += mounted;
            *all += 1;
        }
        if mounted == 0 {
            continue;
        }
        before += rows(key);
        match shown.namespaces.last_mut().filter(|(name, _)| name == key.namespace()) {
            Some((_, groups)) => groups.push(key.to_string()),
            None => shown.namespaces.push((key.namespace().to_owned(), vec![key.to_string()])),
        }
    }
    shown
}

/// The smallest multiple of [`STEP`] at which this group is mounted.
pub fn limit_for(slots: &[Slot], wanted: &UnitKey, rows: impl Fn(&UnitKey) -> usize) -> usize {
    let keys = slots.iter().filter_map(|slot| match &slot.key {
        SlotKey::Group(key) => Some(key),
        _ => None,
    });
    let before: usize = keys.take_while(|key| *key != wanted).map(rows).sum();
    (before / STEP + 1) * STEP
}

#[cfg(test)]
mod tests {
    use topology::cluster::key::ObjectKey;

    use super::*;

    fn slots() -> Vec<Slot> {
        let service = |n: usize| UnitKey::service(ObjectKey::new(if n < 400 { "a" } else { "b" }, format!("s{n:04}")));
        let keys = (0..1212).map(service).chain([UnitKey::host_ports(ObjectKey::new("b", "t"))]);
        keys.map(|key| Slot { key: SlotKey::Group(key), y: 0, height: 0 }).collect()
    }

    #[test]
    fn the_first_rows_are_mounted_and_the_rest_is_counted() {
        let found = shown(&slots(), STEP, |_| 1);
        assert_eq!((found.services, found.host_ports, found.more), ((300, 1212), (0, 1), true));
        assert_eq!(found.namespaces.len(), 1);
        assert_eq!(found.namespaces[0].1[0], "service/a/s0000");
    }

    #[test]
    fn a_group_of_many_rows_is_mounted_whole() {
        assert_eq!(shown(&slots(), STEP, |_| 200).services, (2, 1212));
    }

    #[test]
    fn when_all_are_mounted_nothing_is_missing() {
        let found = shown(&slots(), 2000, |_| 1);
        assert_eq!((found.services, found.host_ports, found.more), ((1212, 1212), (1, 1), false));
        assert_eq!(found.namespaces.len(), 2);
    }

    #[test]
    fn what_is_selected_further_down_is_mounted_too() {
        let wanted = UnitKey::service(ObjectKey::new("b", "s0950"));
        let limit = limit_for(&slots(), &wanted, |_| 1);
        assert_eq!(limit, 1200);
        let found = shown(&slots(), limit, |_| 1);
        assert!(found.namespaces[1].1.contains(&wanted.to_string()));
    }
}
