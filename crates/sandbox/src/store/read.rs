//! Reads: one object, a page of a list at a pinned version, the events after a version.

use std::cmp::Ordering;
use std::collections::{BTreeMap, btree_map};
use std::iter::Peekable;
use std::ops::Bound;
use std::sync::Arc;

use serde_json::Value;

use super::{State, Store};
use crate::object::{Key, Object};
use crate::resources::Resource;
use crate::selector::Selector;
use crate::status::Status;
use crate::watch_cache::Event;

/// The start of the next page of a list. It pins the version, so that all pages show one moment.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Cursor {
    pub(crate) version: u64,
    /// The last object of the page before.
    pub(crate) after: Key,
    /// Number of objects that follow, if known.
    pub(crate) remaining: Option<usize>,
}

/// Some of the selected objects, in order.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) version: u64,
    pub(crate) items: Vec<Arc<Object>>,
    pub(crate) next: Option<Cursor>,
}

impl Store {
    /// One object; `namespace` is ignored for cluster-scoped resources.
    pub fn get(&self, resource: &Resource, namespace: &str, name: &str) -> Option<Value> {
        let object = self.object(resource, namespace, name)?;
        serde_json::from_slice(object.json()).ok()
    }

    /// The objects of a namespace, or of all namespaces, in order.
    pub fn list(&self, resource: &Resource, namespace: Option<&str>) -> Vec<Value> {
        let selector = Selector::everything(namespace);
        let page = self.page(resource, &selector, None, None, usize::MAX);
        let items = page.map(|page| page.items).unwrap_or_default();
        items.iter().filter_map(|object| serde_json::from_slice(object.json()).ok()).collect()
    }

    pub(crate) fn object(&self, resource: &Resource, namespace: &str, name: &str) -> Option<Arc<Object>> {
        let namespace = if resource.namespaced { namespace } else { "" };
        self.state.read().table(resource).objects.get(&Key::new(namespace, name)).cloned()
    }

    /// Up to `limit` objects as they were at a version (`None`: now), after those of the pages before.
    ///
    /// Nothing is stored between two pages: an older version is the current one with the events of the watch cache undone.
    pub(crate) fn page(
        &self,
        resource: &Resource,
        selector: &Selector,
        version: Option<u64>,
        after: Option<&Cursor>,
        limit: usize,
    ) -> Result<Page, Status> {
        let state = self.state.read();
        let version = after.map(|cursor| cursor.version).or(version).unwrap_or(state.version);
        let then = state.undo(resource, version)?;

        let start = match (after, &selector.namespace) {
            (Some(cursor), _) => Bound::Excluded(cursor.after.clone()),
            (None, Some(namespace)) => Bound::Included(Key::new(namespace, "")),
            (None, None) => Bound::Unbounded,
        };
        let range = (start, Bound::Unbounded);
        let past = Past {
            now: state.table(resource).objects.range(range.clone()).peekable(),
            then: then.range(range).peekable(),
        };
        let in_scope =
            |object: &&Arc<Object>| selector.namespace.as_deref().is_none_or(|ns| ns == &*object.key.namespace);
        let mut selected = past.take_while(in_scope).filter(|object| selector.matches(object));

        let items: Vec<_> = selected.by_ref().take(limit).cloned().collect();
        let next = match (selected.next(), items.last()) {
            (Some(_), Some(last)) => {
                // Counting the remaining objects walks over them, so it is done on the first page and carried in the cursor.
                let known = after.and_then(|cursor| cursor.remaining).map(|left| left.saturating_sub(items.len()));
                let remaining = selector.takes_all().then(|| known.unwrap_or_else(|| selected.count() + 1));
                Some(Cursor { version, after: last.key.clone(), remaining })
            }
            _ => None,
        };
        Ok(Page { version, items, next })
    }

    /// Up to `limit` events after a version, and the version that is reached with them.
    pub(crate) fn events(&self, resource: &Resource, after: u64, limit: usize) -> Result<(Vec<Event>, u64), Status> {
        let state = self.state.read();
        let events = state.table(resource).watch_cache.after(after).ok_or_else(|| too_old(after))?;
        let events: Vec<_> = events.take(limit).cloned().collect();
        let reached = match events.last() {
            Some(last) if events.len() == limit => last.resource_version,
            _ => state.version,
        };
        Ok((events, reached))
    }

    /// Checks whether a watch may begin after a version.
    pub(crate) fn check_watchable(&self, resource: &Resource, version: u64) -> Result<(), Status> {
        let state = self.state.read();
        // A version of the future is of another store: that of an earlier process.
        let known = version >= state.compacted && version <= state.version;
        let reached = known && state.table(resource).watch_cache.reaches(version);
        if reached { Ok(()) } else { Err(too_old(version)) }
    }
}

impl State {
    fn undo(&self, resource: &Resource, version: u64) -> Result<BTreeMap<Key, Option<Arc<Object>>>, Status> {
        match version.cmp(&self.version) {
            Ordering::Equal => Ok(BTreeMap::new()),
            Ordering::Greater => Err(Status::version_too_large(version, self.version)),
            Ordering::Less if version < self.compacted => Err(token_too_old()),
            Ordering::Less => self.table(resource).watch_cache.undo(version).ok_or_else(token_too_old),
        }
    }
}

fn too_old(version: u64) -> Status {
    Status::expired(format!("too old resource version: {version}"))
}

fn token_too_old() -> Status {
    Status::expired(
        "The provided continue parameter is too old to display a consistent list result. You must start a new list \
         without the continue parameter.",
    )
}

/// The objects of an older version: the current ones, except those that the undone events replace.
struct Past<'a> {
    now: Peekable<btree_map::Range<'a, Key, Arc<Object>>>,
    then: Peekable<btree_map::Range<'a, Key, Option<Arc<Object>>>>,
}

impl<'a> Iterator for Past<'a> {
    type Item = &'a Arc<Object>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let order = match (self.now.peek(), self.then.peek()) {
                (_, None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (Some((now, _)), Some((then, _))) => now.cmp(then),
            };
            if order == Ordering::Less {
                return self.now.next().map(|(_, object)| object);
            }
            if order == Ordering::Equal {
                self.now.next();
            }
            if let Some((_, Some(object))) = self.then.next() {
                return Some(object);
            }
        }
    }
}
