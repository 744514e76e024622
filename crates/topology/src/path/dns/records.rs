//! The records of an answer for a name in one of the cluster's zones.

use std::net::IpAddr;

use crate::path::answer::Reason;

/// The records of an answer, by type.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Records {
    /// Targets, with the dot at the end.
    pub(super) cnames: Vec<String>,
    pub(super) addresses: Vec<IpAddr>,
    /// Port and target.
    pub(super) services: Vec<(u16, String)>,
    pub(super) names: Vec<String>,
    pub(super) texts: Vec<String>,
    /// The target of the first CNAME that leads out of the cluster's domain.
    pub(super) outside: Option<String>,
}

impl Records {
    pub(super) fn is_empty(&self) -> bool {
        self.cnames.is_empty()
            && self.addresses.is_empty()
            && self.services.is_empty()
            && self.names.is_empty()
            && self.texts.is_empty()
    }

    pub(super) fn append(&mut self, more: Self) {
        more.cnames.into_iter().for_each(|target| self.alias(target));
        self.addresses.extend(more.addresses);
        self.services.extend(more.services);
        self.names.extend(more.names);
        self.texts.extend(more.texts);
        self.outside = self.outside.take().or(more.outside);
    }

    pub(super) fn alias(&mut self, target: String) {
        if !self.cnames.contains(&target) {
            self.cnames.push(target);
        }
    }
}

/// The zone's answer for a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ZoneAnswer {
    /// The name does not exist.
    Nothing,
    /// The name exists. Holds its records of the queried types, if any.
    Records(Records),
}

pub(super) type ZoneResult = Result<ZoneAnswer, Reason>;

/// The part of a name before the domain; `None` if the name is not in the domain.
pub(super) fn within<'n>(name: &'n str, domain: &str) -> Option<&'n str> {
    let rest = name.strip_suffix(domain)?;
    if rest.is_empty() { Some(rest) } else { rest.strip_suffix('.') }
}
