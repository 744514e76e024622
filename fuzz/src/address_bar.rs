use app::url::{MAX_ZOOM, MIN_ZOOM, PageUrl, names};
use leptos::prelude::Owner;
use topology::picture::Scene;

use crate::cluster::{OVERVIEW, whole};
use crate::text;

/// The query of the page's URL, which anybody can write.
pub fn address_bar(bytes: &[u8]) {
    let Some(query) = text(bytes) else { return };
    // Signals belong to an owner, and are freed with it.
    let owner = Owner::new();
    owner.with(|| read(query));
    owner.cleanup();
}

fn read(query: &str) {
    let url = PageUrl::of(query);
    let written = url.with(&[]);
    let again = PageUrl::of(&written);
    assert_eq!(again.with(&[]), written);
    for name in ["context", "namespaces", "select", "from", "to", "find", "hide", "zoom", "lang"] {
        assert_eq!(again.get(name), url.get(name), "{name} of {query:?}");
        let with = PageUrl::of(&url.with(&[(name, query)]));
        assert_eq!(with.get(name), query.trim(), "{name}");
    }
    assert!(names(query).iter().all(|name| !name.is_empty() && !name.contains(',')));
    for big in [false, true] {
        let asked = url.requested_look(big);
        assert!(asked.zoom.is_none_or(|zoom| (MIN_ZOOM..=MAX_ZOOM).contains(&zoom)));
        Scene::with(whole(&OVERVIEW), asked.look);
    }
}
