//! What has been found so far.

use super::Found;
use crate::graph::socket::Socket;

/// The ranks: exactly, at its beginning, anywhere.
const RANKS: usize = 3;

pub(super) struct Hits {
    limit: usize,
    /// By rank, in the order of finding; up to the limit of each.
    ranks: [Vec<Found>; RANKS],
}

impl Hits {
    pub(super) fn new(limit: usize) -> Self {
        Self { limit, ranks: Default::default() }
    }

    /// Whether nothing better can be found any more.
    pub(super) fn complete(&self) -> bool {
        self.ranks[0].len() >= self.limit
    }

    /// The rank of a match, unless there are enough of it.
    pub(super) fn wanted(&self, rank: Option<u8>) -> Option<u8> {
        rank.filter(|rank| self.ranks[usize::from(*rank)].len() < self.limit)
    }

    /// Takes a match; without a label it is shown by its address. What was found by several texts is one, in its best rank.
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
        self.ranks[usize::from(rank)].push(Found { socket, label, detail, rank });
    }

    pub(super) fn found(self) -> Vec<Found> {
        let mut all = Vec::new();
        self.ranks.into_iter().for_each(|found| all.extend(found));
        all.truncate(self.limit);
        all
    }
}
