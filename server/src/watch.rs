//! Watching: from an API server to facts.
//!
//! One task per watched kind (and namespace, with `--namespaces`) lists and watches, and sends each change to the context's owner. It
//! holds no copy of the objects.
//!
//! Any failure, other than the regular end of a watch, makes a new watcher, hence a new list. A resumed watch is silent until the next
//! change, so it would not show when the data are current again, and it would request a resource version again and again that the server
//! answers with HTTP 410. A list shows that the data are current, and removes objects that were deleted meanwhile.

mod event;
mod follow;
mod list;
mod namespaces;
mod probe;
mod proxy;
mod retry;
mod watched;

use topology::cluster::key::Scope;
use topology::cluster::kinds::Kind;

pub(crate) use event::Event;
pub(crate) use follow::follow_scope;
pub(crate) use probe::{Permissions, probe};
pub(crate) use proxy::follow as follow_settings;
pub(crate) use retry::Retry;
pub use watched::from_event;

/// The watches of a context: each kind in each of these namespaces, or in the whole cluster if the list is empty.
pub(crate) fn scopes(namespaces: &[String]) -> Vec<Scope> {
    let in_scopes = |kind: Kind| {
        let in_namespaces = kind.namespaced() && !namespaces.is_empty();
        let namespaces = if in_namespaces { namespaces.to_vec() } else { vec![String::new()] };
        namespaces.into_iter().map(move |namespace| Scope { namespace, kind })
    };
    Kind::WATCHED.into_iter().flat_map(in_scopes).collect()
}
