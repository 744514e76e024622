use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;

fn entries(map: &SharedMap<u16, u8>) -> Vec<(u16, u8)> {
    map.iter().map(|(key, value)| (*key, *value)).collect()
}

#[test]
fn entries_that_come_in_order_fill_the_chunks() {
    let mut map = SharedMap::default();
    (0..10 * CHUNK).for_each(|n| map.insert(n, ()));
    assert!(map.chunks.iter().all(|chunk| chunk.len() == CHUNK));
}

#[test]
fn a_change_copies_its_own_chunk_and_no_other() {
    let mut map = SharedMap::default();
    (0..10 * CHUNK).for_each(|n| map.insert(n, 0));
    let copy = map.clone();
    map.insert(5, 1);
    let shared = map.chunks.iter().zip(&copy.chunks).filter(|(own, other)| Arc::ptr_eq(own, other)).count();
    assert_eq!((shared, map.get(&5), copy.get(&5)), (9, Some(&1), Some(&0)));
}

proptest! {
    #![proptest_config(fixed_seed::config(71, 64))]

    #[test]
    fn a_map_and_its_copies_equal_those_of_the_standard_library(
        steps in prop::collection::vec((0..3u8, 0..900u16, any::<u8>()), 1..3000),
        from in 0..900u16,
        copied_at in 0..3000usize,
    ) {
        let (mut map, mut expected) = (SharedMap::default(), BTreeMap::new());
        let mut copy = None;
        for (n, (step, key, value)) in steps.into_iter().enumerate() {
            if n == copied_at {
                copy = Some((map.clone(), expected.clone()));
            }
            match step {
                0 => prop_assert_eq!(map.remove(&key), expected.remove(&key)),
                1 => prop_assert_eq!(map.get_mut(&key).map(|own| *own = value), expected.get_mut(&key).map(|own| *own = value)),
                _ => {
                    map.insert(key, value);
                    expected.insert(key, value);
                }
            }
        }
        for (map, expected) in copy.into_iter().chain([(map, expected)]) {
            prop_assert_eq!(map.len(), expected.len());
            prop_assert!(map.chunks.iter().all(|chunk| (1..=CHUNK).contains(&chunk.len())));
            let range: Vec<(u16, u8)> = map.range_from(&from).map(|(key, value)| (*key, *value)).collect();
            let of_expected = expected.range(from..).map(|(key, value)| (*key, *value));
            prop_assert_eq!(range, of_expected.collect::<Vec<_>>());
            prop_assert_eq!(entries(&map), expected.into_iter().collect::<Vec<_>>());
        }
    }
}
