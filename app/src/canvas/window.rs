//! The mounted parts of the picture: those in view, and those near it so that scrolling shows them at once.

use topology::picture::{Slot, SlotKey};

use super::Viewport;

/// Distance from the view within which parts are mounted, in px of the window.
const MARGIN: f64 = 1200.0;

/// The parts in or near the view, from top to bottom.
pub(super) fn near(slots: &[Slot], view: Viewport) -> Vec<SlotKey> {
    let top = (view.top - MARGIN) / view.scale;
    let bottom = (view.top + view.height + MARGIN) / view.scale;
    // Slots are sorted by y, so a binary search finds the first slot that reaches into the view.
    let first = slots.partition_point(|slot| f64::from(slot.y + slot.height) < top);
    slots[first..].iter().take_while(|slot| f64::from(slot.y) <= bottom).map(|slot| slot.key.clone()).collect()
}

/// The anchor of the view: the first part whose top is in view. It must not move when other parts do.
pub(super) fn anchor(slots: &[Slot], view: Viewport) -> Option<&Slot> {
    let top = view.top / view.scale;
    slots.iter().find(|slot| f64::from(slot.y) >= top && matches!(slot.key, SlotKey::Group(_)))
}

#[cfg(test)]
mod tests {
    use topology::cluster::key::ObjectKey;
    use topology::graph::UnitKey;

    use super::*;

    fn slots() -> Vec<Slot> {
        let key = |n: i32| SlotKey::Group(UnitKey::service(ObjectKey::new("default", format!("s{n:03}"))));
        (0..200).map(|n| Slot { key: key(n), y: n * 100, height: 80 }).collect()
    }

    #[test]
    fn only_parts_near_the_view_are_mounted() {
        let view = Viewport { top: 10_000.0, height: 800.0, ..Viewport::default() };
        let near = near(&slots(), view);
        assert_eq!(near.len(), 33, "12 above, 8 in view, 12 below and the one at the edge");
        assert!(near.contains(&slots()[100].key));
        assert!(!near.contains(&slots()[0].key));
    }

    #[test]
    fn the_first_part_whose_top_is_seen_stays_where_it_is() {
        let view = Viewport { top: 150.0, height: 800.0, ..Viewport::default() };
        assert_eq!(anchor(&slots(), view).map(|slot| slot.y), Some(200));
    }
}
