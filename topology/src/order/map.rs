//! A sorted map and a sorted set, made for small code.
//!
//! The standard library's B-tree is some 4 kB in WebAssembly for each pair of types: for all of the page's, a fifteenth of its
//! module. Here entries stand in sorted blocks of at most [`FULL`], so that finding one costs two binary searches, and adding or
//! removing one moves at most a block.

use std::borrow::Borrow;
use std::cmp::Ordering;
use std::fmt;

use serde::{Serialize, Serializer};

/// A block that has so many entries is split.
const FULL: usize = if cfg!(test) { 4 } else { 128 };

/// Entries by their keys, in the order of the keys.
#[derive(Clone)]
pub struct Map<K, V> {
    /// None is empty; the keys ascend from block to block.
    blocks: Vec<Vec<(K, V)>>,
    len: usize,
}

/// Where something is: the block, and the place in it; an `Err` has the place where it would be.
type Place = (usize, Result<usize, usize>);

/// A binary search; `compare` says how the entry at a position compares with what is looked for.
fn search(count: usize, compare: &dyn Fn(usize) -> Ordering) -> Result<usize, usize> {
    let (mut from, mut to) = (0, count);
    while from < to {
        let middle = from + (to - from) / 2;
        match compare(middle) {
            Ordering::Less => from = middle + 1,
            Ordering::Equal => return Ok(middle),
            Ordering::Greater => to = middle,
        }
    }
    Err(from)
}

fn place(blocks: usize, first: &dyn Fn(usize) -> Ordering, within: &dyn Fn(usize) -> Result<usize, usize>) -> Place {
    match search(blocks, first) {
        Ok(block) => (block, Ok(0)),
        Err(0) => (0, Err(0)),
        Err(next) => (next - 1, within(next - 1)),
    }
}

impl<K, V> Map<K, V> {
    /// An empty one.
    pub const fn new() -> Self {
        Self { blocks: Vec::new(), len: 0 }
    }

    /// The number of entries.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// All entries.
    pub fn iter(&self) -> Iter<'_, K, V> {
        Iter { block: [].iter(), rest: self.blocks.iter() }
    }

    /// All keys.
    pub fn keys(&self) -> impl Iterator<Item = &K> {
        self.iter().map(|(key, _)| key)
    }

    /// All values, by their keys.
    pub fn values(&self) -> impl Iterator<Item = &V> {
        self.iter().map(|(_, value)| value)
    }

    /// Takes all entries out.
    pub fn clear(&mut self) {
        *self = Self::new();
    }

    /// Keeps the entries of which a function says so.
    pub fn retain(&mut self, mut keep: impl FnMut(&K, &V) -> bool) {
        self.blocks.iter_mut().for_each(|block| block.retain(|(key, value)| keep(key, value)));
        self.blocks.retain(|block| !block.is_empty());
        self.len = self.blocks.iter().map(Vec::len).sum();
    }
}

impl<K: Ord, V> Map<K, V> {
    fn place<Q: Ord + ?Sized>(&self, key: &Q) -> Place
    where
        K: Borrow<Q>,
    {
        let compare = |block: usize, n: usize| self.blocks[block][n].0.borrow().cmp(key);
        place(self.blocks.len(), &|block| compare(block, 0), &|block| {
            search(self.blocks[block].len(), &|n| compare(block, n))
        })
    }

    /// The value of a key.
    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        match self.place(key) {
            (block, Ok(n)) => Some(&self.blocks[block][n].1),
            _ => None,
        }
    }

    /// The value of a key, to be changed.
    pub fn get_mut<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        match self.place(key) {
            (block, Ok(n)) => Some(&mut self.blocks[block][n].1),
            _ => None,
        }
    }

    /// Whether a key has a value.
    pub fn contains_key<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.place(key).1.is_ok()
    }

    /// Gives a key its value; returns the one it had.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        match self.place(&key) {
            (block, Ok(n)) => Some(std::mem::replace(&mut self.blocks[block][n].1, value)),
            (block, Err(n)) => {
                self.insert_at(block, n, (key, value));
                None
            }
        }
    }

    /// Puts in a new entry, and returns where it is.
    fn insert_at(&mut self, block: usize, n: usize, entry: (K, V)) -> (usize, usize) {
        self.len += 1;
        let last = block + 1 == self.blocks.len();
        let Some(entries) = self.blocks.get_mut(block) else {
            self.blocks.push(vec![entry]);
            return (block, 0);
        };
        if entries.len() < FULL {
            entries.insert(n, entry);
            return (block, n);
        }
        // What comes in order, as lists do, leaves full blocks behind.
        let at_the_end = n == FULL && last;
        let mut after = entries.split_off(if at_the_end { FULL } else { FULL / 2 });
        let at = match n.checked_sub(entries.len()) {
            Some(n) => {
                after.insert(n, entry);
                (block + 1, n)
            }
            None => {
                entries.insert(n, entry);
                (block, n)
            }
        };
        self.blocks.insert(block + 1, after);
        at
    }

    /// The value of a key, which it is given if it has none.
    pub fn or_insert_with(&mut self, key: K, make: impl FnOnce() -> V) -> &mut V {
        let (block, n) = match self.place(&key) {
            (block, Ok(n)) => (block, n),
            (block, Err(n)) => self.insert_at(block, n, (key, make())),
        };
        &mut self.blocks[block][n].1
    }

    /// Takes a key and its value out; returns the value.
    pub fn remove<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        let (block, Ok(n)) = self.place(key) else { return None };
        let (_, value) = self.blocks[block].remove(n);
        if self.blocks[block].is_empty() {
            self.blocks.remove(block);
        }
        self.len -= 1;
        Some(value)
    }

    /// The entries from a key on.
    pub fn starting_at<Q: Ord + ?Sized>(&self, key: &Q) -> Iter<'_, K, V>
    where
        K: Borrow<Q>,
    {
        let (block, Ok(n) | Err(n)) = self.place(key);
        match self.blocks.get(block..) {
            Some([first, rest @ ..]) => Iter { block: first[n..].iter(), rest: rest.iter() },
            _ => self.iter(),
        }
    }
}

/// The entries of a [`Map`].
pub struct Iter<'a, K, V> {
    block: std::slice::Iter<'a, (K, V)>,
    rest: std::slice::Iter<'a, Vec<(K, V)>>,
}

impl<'a, K, V> Iterator for Iter<'a, K, V> {
    type Item = (&'a K, &'a V);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some((key, value)) = self.block.next() {
                return Some((key, value));
            }
            self.block = self.rest.next()?.iter();
        }
    }
}

impl<K, V> Clone for Iter<'_, K, V> {
    fn clone(&self) -> Self {
        Self { block: self.block.clone(), rest: self.rest.clone() }
    }
}

impl<'a, K, V> IntoIterator for &'a Map<K, V> {
    type Item = (&'a K, &'a V);
    type IntoIter = Iter<'a, K, V>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<K, V> IntoIterator for Map<K, V> {
    type Item = (K, V);
    type IntoIter = std::iter::Flatten<std::vec::IntoIter<Vec<(K, V)>>>;

    fn into_iter(self) -> Self::IntoIter {
        self.blocks.into_iter().flatten()
    }
}

impl<K: Ord, V> Extend<(K, V)> for Map<K, V> {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, entries: I) {
        for (key, value) in entries {
            self.insert(key, value);
        }
    }
}

impl<K: Ord, V> FromIterator<(K, V)> for Map<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let mut map = Self::new();
        map.extend(entries);
        map
    }
}

impl<K: Ord, V, const N: usize> From<[(K, V); N]> for Map<K, V> {
    fn from(entries: [(K, V); N]) -> Self {
        entries.into_iter().collect()
    }
}

impl<K, V> Default for Map<K, V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<K: PartialEq, V: PartialEq> PartialEq for Map<K, V> {
    fn eq(&self, other: &Self) -> bool {
        self.len == other.len && self.iter().eq(other.iter())
    }
}

impl<K: Eq, V: Eq> Eq for Map<K, V> {}

impl<K: fmt::Debug, V: fmt::Debug> fmt::Debug for Map<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

impl<K: Serialize, V: Serialize> Serialize for Map<K, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    #[derive(Clone, Debug)]
    enum Do {
        Insert(u8, u8),
        OrInsert(u8, u8),
        Remove(u8),
        Retain(u8),
    }

    fn act() -> impl Strategy<Value = Do> {
        prop_oneof![
            4 => any::<(u8, u8)>().prop_map(|(key, value)| Do::Insert(key, value)),
            2 => any::<(u8, u8)>().prop_map(|(key, value)| Do::OrInsert(key, value)),
            3 => any::<u8>().prop_map(Do::Remove),
            1 => (2_u8..9).prop_map(Do::Retain),
        ]
    }

    proptest! {
        #![proptest_config(fixed_seed::config(28, 256))]

        #[test]
        fn it_does_as_the_standard_library_does(acts in proptest::collection::vec(act(), 0..300), probe: u8) {
            let (mut map, mut model) = (Map::new(), BTreeMap::new());
            for act in acts {
                match act {
                    Do::Insert(key, value) => prop_assert_eq!(map.insert(key, value), model.insert(key, value)),
                    Do::OrInsert(key, value) => {
                        prop_assert_eq!(map.or_insert_with(key, || value), model.entry(key).or_insert(value));
                    }
                    Do::Remove(key) => prop_assert_eq!(map.remove(&key), model.remove(&key)),
                    Do::Retain(by) => {
                        map.retain(|key, _| key % by != 0);
                        model.retain(|key, _| key % by != 0);
                    }
                }
                prop_assert!(map.blocks.iter().all(|block| !block.is_empty() && block.len() <= FULL));
            }
            prop_assert_eq!(map.len(), model.len());
            prop_assert_eq!(map.get(&probe), model.get(&probe));
            prop_assert!(map.iter().eq(model.iter()));
            prop_assert!(map.starting_at(&probe).eq(model.range(probe..)));
            prop_assert_eq!(&map, &model.clone().into_iter().collect());
            prop_assert_eq!(serde_json::to_string(&map).unwrap(), serde_json::to_string(&model).unwrap());
            prop_assert!(map.into_iter().eq(model));
        }
    }
}
