//! Whether connections to the chosen endpoints work.

/// Whether connections to the chosen endpoints work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// Packets and their replies arrive, whichever endpoint is chosen.
    Always,
    /// Connections to some of the endpoints fail.
    Sometimes,
    /// It is not known whether packets arrive: that depends on a route that no API reports.
    NotKnown,
    /// Every connection fails.
    Never,
}

/// Numbers of endpoints by whether packets and their replies arrive there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ArrivalCounts {
    works: usize,
    fails: usize,
    not_known: usize,
}

impl ArrivalCounts {
    fn of(&mut self, arrives: Option<bool>) -> &mut usize {
        match arrives {
            Some(true) => &mut self.works,
            Some(false) => &mut self.fails,
            None => &mut self.not_known,
        }
    }

    /// Counts an endpoint.
    pub fn add(&mut self, arrives: Option<bool>) {
        *self.of(arrives) += 1;
    }

    /// Takes back an endpoint that was counted.
    pub fn subtract(&mut self, arrives: Option<bool>) {
        *self.of(arrives) -= 1;
    }

    /// Counts all endpoints that others count.
    pub fn add_all(&mut self, other: Self) {
        self.works += other.works;
        self.fails += other.fails;
        self.not_known += other.not_known;
    }

    /// The arrival at these endpoints. Without an endpoint: always.
    pub fn arrival(self) -> Arrival {
        match (self.works + self.not_known > 0, self.fails > 0, self.not_known > 0) {
            (_, false, false) => Arrival::Always,
            (true, true, _) => Arrival::Sometimes,
            (false, true, _) => Arrival::Never,
            (_, false, true) => Arrival::NotKnown,
        }
    }
}

impl FromIterator<Option<bool>> for ArrivalCounts {
    fn from_iter<T: IntoIterator<Item = Option<bool>>>(endpoints: T) -> Self {
        let mut counts = Self::default();
        endpoints.into_iter().for_each(|arrives| counts.add(arrives));
        counts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_arrival_is_that_of_all_endpoints() {
        let (works, fails, not_known) = (Some(true), Some(false), None);
        for (endpoints, expected) in [
            (vec![], Arrival::Always),
            (vec![works, works], Arrival::Always),
            (vec![fails, fails], Arrival::Never),
            (vec![works, fails], Arrival::Sometimes),
            (vec![not_known, fails], Arrival::Sometimes),
            (vec![works, not_known], Arrival::NotKnown),
            (vec![not_known], Arrival::NotKnown),
        ] {
            assert_eq!(ArrivalCounts::from_iter(endpoints.clone()).arrival(), expected, "{endpoints:?}");
        }
    }
}
