//! The limit of open files: a connection is one, and so are the connections to API servers.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// Least number of files that no connection takes.
const MIN_RESERVED: u64 = 32;

/// Raises the soft limit of open files to the hard one, and returns the limit in effect; `None` if there is none.
pub(crate) fn raise_limit() -> Option<u64> {
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    if current == maximum || setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum }).is_err() {
        return current;
    }
    maximum
}

/// Number of connections for which there are files: a quarter is left for API servers, kubeconfigs and plugins.
pub(crate) fn connections(limit: Option<u64>) -> usize {
    let left = limit.map(|limit| limit.saturating_sub(MIN_RESERVED.max(limit / 4)).max(1));
    left.and_then(|left| usize::try_from(left).ok()).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_files_are_left_for_everything_else() {
        let left = [None, Some(0), Some(33), Some(400), Some(1 << 20)].map(connections);
        assert_eq!(left, [usize::MAX, 1, 1, 300, 786_432]);
    }
}
