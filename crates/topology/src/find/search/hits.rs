//! Collects the matches of a search.

use super::SearchMatch;
use crate::graph::socket::Socket;

/// Number of ranks: equal, prefix, substring.
const RANKS: usize = 3;

pub(super) struct Hits {
    limit: usize,
    /// The matches of each rank in the order in which they were found, at most `limit` for each.
    ranks: [Vec<SearchMatch>; RANKS],
}

impl Hits {
    pub(super) fn new(limit: usize) -> Self {
        Self { limit, ranks: Default::default() }
    }

    /// Whether no further match can enter the result.
    pub(super) fn complete(&self) -> bool {
        self.ranks[0].len() >= self.limit
    }

    /// The rank of a match; `None` if there are enough matches of this rank.
    pub(super) fn wanted(&self, rank: Option<u8>) -> Option<u8> {
        rank.filter(|rank| self.ranks[usize::from(*rank)].len() < self.limit)
    }

    /// Adds a match. Without a label, the address is the label. A socket that matches several times is kept once, with its best rank.
    pub(super) fn put(&mut self, rank: u8, socket: Socket, label: Option<&str>) {
        for (other, found) in self.ranks.iter_mut().enumerate() {
            if let Some(at) = found.iter().position(|found| found.socket == socket) {
                if other <= usize::from(rank) {
                    return;
                }
                found.remove(at);
            }
        }
        let label = label.unwrap_or(&socket.address).to_owned();
        let detail = format!("{} {}", socket.object_kind, socket.object);
        self.ranks[usize::from(rank)].push(SearchMatch { socket, label, detail, rank });
    }

    pub(super) fn found(self) -> Vec<SearchMatch> {
        let mut all = Vec::new();
        self.ranks.into_iter().for_each(|found| all.extend(found));
        all.truncate(self.limit);
        all
    }
}
