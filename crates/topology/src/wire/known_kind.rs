//! Kinds in messages from a server that can be newer than the page.

use serde::{Deserialize, Deserializer};

use crate::cluster::key::Kind;

/// The name of a kind in a received message; `None` for a kind that this version does not know. A newer server may send such a kind to an
/// older page, which skips it.
pub(super) struct KnownKind(pub(super) Option<Kind>);

impl<'de> Deserialize<'de> for KnownKind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|name| Self(Kind::parse(&name)))
    }
}
