//! Watching: from an API server to facts.
//!
//! One task per watched kind (and namespace, with `--namespaces`) lists and watches, and sends each change to the context's owner. It
//! holds no copy of anything.
//!
//! Any failure but the regular end of a watch makes a new watcher, hence a new list. A resumed watch would be silent until the next
//! change, so nobody could tell when the data are good again; and a version that the server answers with HTTP 410 would be asked for
//! again and again. A list shows that the data are good, and sweeps the objects that were deleted meanwhile.

mod event;
mod follow;
mod namespaces;
mod probe;
mod proxy;
mod retry;
mod watched;

use topology::key::Scope;
use topology::kinds::Kind;

pub(crate) use event::Event;
pub(crate) use follow::follow_scope;
pub(crate) use probe::{Permissions, probe};
pub(crate) use proxy::follow as follow_settings;
pub(crate) use retry::Retry;
pub use watched::from_event;

/// The watches of a context: each kind in each of these namespaces, or in the whole cluster if there are none.
pub(crate) fn scopes(namespaces: &[String]) -> Vec<Scope> {
    let in_scopes = |kind: Kind| {
        let in_namespaces = kind.namespaced() && !namespaces.is_empty();
        let namespaces = if in_namespaces { namespaces.to_vec() } else { vec![String::new()] };
        namespaces.into_iter().map(move |namespace| Scope { namespace, kind })
    };
    Kind::WATCHED.into_iter().flat_map(in_scopes).collect()
}
