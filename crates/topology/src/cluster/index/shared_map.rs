//! A sorted map whose copies share what neither of them has changed.
//!
//! Entries are in chunks. A copy of the map copies only the list of chunks, and a change copies only its own chunk, if another map has it
//! too. So a reader takes a copy in microseconds and reads it without a lock, while the index goes on.

#[cfg(test)]
mod tests;

use std::borrow::Borrow;
use std::sync::Arc;

/// Maximum number of entries of a chunk.
const CHUNK: usize = 128;

/// A sorted map whose copies share unchanged chunks.
#[derive(Clone, Debug)]
pub(super) struct SharedMap<K, V> {
    /// Sorted chunks of sorted entries; none is empty.
    chunks: Vec<Arc<Vec<(K, V)>>>,
    len: usize,
}

impl<K, V> Default for SharedMap<K, V> {
    fn default() -> Self {
        Self { chunks: Vec::new(), len: 0 }
    }
}

impl<K: Ord + Clone, V: Clone + PartialEq> PartialEq for SharedMap<K, V> {
    fn eq(&self, other: &Self) -> bool {
        self.len == other.len && self.iter().eq(other.iter())
    }
}

impl<K: Ord + Clone, V: Clone + Eq> Eq for SharedMap<K, V> {}

/// Entries of a map, sorted. It is a type of its own, because a chain of adapters is compiled anew into every caller.
pub(super) struct Entries<'a, K, V> {
    /// What is left of the present chunk.
    chunk: std::slice::Iter<'a, (K, V)>,
    rest: std::slice::Iter<'a, Arc<Vec<(K, V)>>>,
}

impl<'a, K, V> Iterator for Entries<'a, K, V> {
    type Item = (&'a K, &'a V);

    #[inline(never)]
    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some((key, value)) = self.chunk.next() {
                return Some((key, value));
            }
            self.chunk = self.rest.next()?.iter();
        }
    }
}

impl<K: Ord + Clone, V: Clone> SharedMap<K, V> {
    /// Number of entries.
    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// The value of a key.
    pub(super) fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        let (chunk, entry) = self.find(key).ok()?;
        Some(&self.chunks[chunk][entry].1)
    }

    /// The value of a key, to be changed.
    pub(super) fn get_mut<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        let (chunk, entry) = self.find(key).ok()?;
        Some(&mut Arc::make_mut(&mut self.chunks[chunk])[entry].1)
    }

    /// Adds an entry, or replaces the value of its key.
    pub(super) fn insert(&mut self, key: K, value: V) {
        let (chunk, entry) = match self.find(&key) {
            Ok((chunk, entry)) => return Arc::make_mut(&mut self.chunks[chunk])[entry].1 = value,
            Err(at) => at,
        };
        self.len += 1;
        let Some(own) = self.chunks.get_mut(chunk) else {
            return self.chunks.push(Arc::new(vec![(key, value)]));
        };
        if own.len() < CHUNK {
            return Arc::make_mut(own).insert(entry, (key, value));
        }
        // Entries that come in their order fill the chunks; others split a full chunk into halves.
        let own = Arc::make_mut(own);
        let mut upper = if entry == CHUNK { Vec::new() } else { own.split_off(CHUNK / 2) };
        match entry.checked_sub(own.len()) {
            Some(entry) => upper.insert(entry, (key, value)),
            None => own.insert(entry, (key, value)),
        }
        self.chunks.insert(chunk + 1, Arc::new(upper));
    }

    /// Removes the entry of a key.
    pub(super) fn remove<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        let (chunk, entry) = self.find(key).ok()?;
        let own = Arc::make_mut(&mut self.chunks[chunk]);
        let (_, value) = own.remove(entry);
        let left = own.len();
        self.len -= 1;
        if left == 0 {
            self.chunks.remove(chunk);
        } else if left < CHUNK / 4 && self.chunks.get(chunk + 1).is_some_and(|next| next.len() + left <= CHUNK / 2) {
            let next = self.chunks.remove(chunk + 1);
            Arc::make_mut(&mut self.chunks[chunk]).extend(next.iter().cloned());
        }
        Some(value)
    }

    /// All entries, sorted.
    pub(super) fn iter(&self) -> Entries<'_, K, V> {
        Entries { chunk: [].iter(), rest: self.chunks.iter() }
    }

    /// The entries from a key on, sorted.
    pub(super) fn range_from<Q: Ord + ?Sized>(&self, from: &Q) -> Entries<'_, K, V>
    where
        K: Borrow<Q>,
    {
        let (chunk, entry) = self.find(from).unwrap_or_else(|at| at);
        let first = self.chunks.get(chunk).map_or(&[][..], |own| &own[entry..]);
        Entries { chunk: first.iter(), rest: self.chunks.get(chunk + 1..).unwrap_or_default().iter() }
    }

    /// Chunk and position of a key, or those at which it would be inserted.
    fn find<Q: Ord + ?Sized>(&self, key: &Q) -> Result<(usize, usize), (usize, usize)>
    where
        K: Borrow<Q>,
    {
        let not_after = |chunk: &Arc<Vec<(K, V)>>| chunk.first().is_some_and(|(first, _)| first.borrow() <= key);
        let chunk = self.chunks.partition_point(not_after).saturating_sub(1);
        let Some(own) = self.chunks.get(chunk) else { return Err((chunk, 0)) };
        match own.binary_search_by(|(other, _)| other.borrow().cmp(key)) {
            Ok(entry) => Ok((chunk, entry)),
            Err(entry) => Err((chunk, entry)),
        }
    }
}
