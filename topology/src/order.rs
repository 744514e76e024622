//! Sorting and collecting without a copy of the code for every type.
//!
//! The standard library's sort is compiled anew for each type and each comparison, some 4 kB each. Here positions are sorted, which
//! is one type. Its B-trees are as large: [`Map`] and [`Set`] take their place in all that the page holds.

mod map;
mod set;

use std::cmp::Ordering;

pub use map::Map;
pub use set::Set;

/// Sorts; what is equal keeps its order.
pub fn sort<T: Ord>(items: &mut [T]) {
    sort_by(items, T::cmp);
}

/// Sorts by a comparison; what is equal keeps its order.
pub fn sort_by<T>(items: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    let mut from = positions(items.len(), &|a, b| compare(&items[a], &items[b]));
    // Each cycle of the permutation, by swaps; a position that is done is its own source.
    for start in 0..items.len() {
        let mut at = start;
        loop {
            let source = std::mem::replace(&mut from[at], at);
            if source == start || source == at {
                break;
            }
            items.swap(at, source);
            at = source;
        }
    }
}

fn positions(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut positions: Vec<usize> = (0..count).collect();
    positions.sort_by(|a, b| compare(*a, *b));
    positions
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(fixed_seed::config(28, 256))]

        #[test]
        fn it_sorts_as_the_standard_library_does(items: Vec<(u8, u8)>) {
            let mut sorted = items.clone();
            sorted.sort();
            let mut own = items.clone();
            sort(&mut own);
            prop_assert_eq!(&own, &sorted);
            let mut by_first = items.clone();
            by_first.sort_by_key(|item| item.0);
            let mut own = items;
            sort_by(&mut own, |a, b| a.0.cmp(&b.0));
            prop_assert_eq!(own, by_first);
        }
    }
}
