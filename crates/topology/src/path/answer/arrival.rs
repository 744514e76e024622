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

impl Arrival {
    /// The arrival at endpoints, each with whether packets and their replies arrive there. Without an endpoint: always.
    pub fn of(endpoints: impl Iterator<Item = Option<bool>>) -> Self {
        let (mut works, mut fails, mut not_known) = (false, false, false);
        for arrives in endpoints {
            match arrives {
                Some(true) => works = true,
                Some(false) => fails = true,
                None => not_known = true,
            }
        }
        match (works || not_known, fails, not_known) {
            (_, false, false) => Self::Always,
            (true, true, _) => Self::Sometimes,
            (false, true, _) => Self::Never,
            (_, false, true) => Self::NotKnown,
        }
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
            assert_eq!(Arrival::of(endpoints.iter().copied()), expected, "{endpoints:?}");
        }
    }
}
