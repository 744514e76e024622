use std::time::Duration;

use rand::Rng;

use crate::connect::WatchFailure;

const MIN_DELAY: Duration = Duration::from_millis(200);
/// Maximum delay after an outage: short, so that the picture is live again within seconds of the server's return.
const MAX_DELAY: Duration = Duration::from_secs(4);
/// Maximum delay after a refusal, or an answer that is none, which only a person can change.
const MAX_DELAY_REFUSED: Duration = Duration::from_secs(30);

/// Number of failures in a row after which a watch that sends what does not decode is as hopeless as such a list.
const PATIENCE: u32 = 20;

/// The delay before the next try: it doubles, with jitter, so that watches that failed together do not retry together.
#[derive(Clone, Debug, Default)]
pub(crate) struct Retry {
    failures: u32,
}

impl Retry {
    /// The delay after one more failure.
    pub(crate) fn after(&mut self, failure: &WatchFailure) -> Duration {
        let longest = match failure {
            WatchFailure::Forbidden(_)
            | WatchFailure::Unauthorized(_)
            | WatchFailure::Absent(_)
            | WatchFailure::Malformed(_) => MAX_DELAY_REFUSED,
            _ => MAX_DELAY,
        };
        self.delay(failure, longest)
    }

    /// The delay after one more failure of a watch whose list was complete. An event that does not decode hides a change until the next list, so
    /// that comes within seconds; but not for ever, because lists are long.
    pub(crate) fn after_watch(&mut self, failure: &WatchFailure) -> Duration {
        match failure {
            WatchFailure::Malformed(_) if self.failures < PATIENCE => self.delay(failure, MAX_DELAY),
            _ => self.after(failure),
        }
    }

    fn delay(&mut self, failure: &WatchFailure, longest: Duration) -> Duration {
        self.failures += 1;
        if matches!(failure, WatchFailure::Expired(_)) && self.failures == 1 {
            return Duration::ZERO;
        }
        let doubled = MIN_DELAY.saturating_mul(1 << (self.failures - 1).min(16)).min(longest);
        if let WatchFailure::Busy(_, after) = failure {
            // Jitter, so that waiting clients do not all retry at the same moment. A server that names no time, or none at all, gets more of it
            // each time.
            return doubled.max(*after).mul_f64(rand::rng().random_range(1.0..=1.25));
        }
        doubled.mul_f64(rand::rng().random_range(0.75..=1.0))
    }
}

#[cfg(test)]
mod tests {
    use topology::wire::AccessProblem;

    use super::*;

    fn longest(failure: &WatchFailure) -> Duration {
        let mut retry = Retry::default();
        (0..100).map(|_| retry.after(failure)).max().unwrap()
    }

    #[test]
    fn an_outage_is_retried_within_seconds_and_a_refusal_within_half_a_minute() {
        assert!(longest(&WatchFailure::Unreachable(AccessProblem::Unknown)) <= Duration::from_secs(4));
        let refused = longest(&WatchFailure::Forbidden(AccessProblem::Unknown));
        assert!(refused > Duration::from_secs(15) && refused <= Duration::from_secs(30), "{refused:?}");
        let mut retry = Retry::default();
        let garbled = WatchFailure::Malformed(AccessProblem::Unknown);
        let delays: Vec<Duration> = (0..100).map(|_| retry.after_watch(&garbled)).collect();
        assert!(delays[..20].iter().all(|delay| *delay <= Duration::from_secs(4)), "{delays:?}");
        assert!(delays[20..].iter().all(|delay| *delay > Duration::from_secs(15)), "{delays:?}");
    }

    #[test]
    fn a_retry_after_of_the_server_is_kept() {
        let mut retry = Retry::default();
        let delay = retry.after(&WatchFailure::Busy(AccessProblem::Unknown, Duration::from_secs(7)));
        assert!((7.0..=8.75).contains(&delay.as_secs_f64()), "{delay:?}");
    }

    #[test]
    fn a_server_that_wants_to_be_asked_again_at_once_is_asked_less_and_less() {
        let mut retry = Retry::default();
        let delays: Vec<Duration> =
            (0..8).map(|_| retry.after(&WatchFailure::Busy(AccessProblem::Unknown, Duration::ZERO))).collect();
        assert!(delays[0] < Duration::from_millis(300) && delays[7] >= Duration::from_secs(4), "{delays:?}");
    }

    #[test]
    fn an_expired_version_is_listed_anew_at_once_but_not_in_a_loop() {
        let mut retry = Retry::default();
        let expired = WatchFailure::Expired(AccessProblem::Unknown);
        assert_eq!(retry.after(&expired), Duration::ZERO);
        assert!(retry.after(&expired) > Duration::ZERO);
    }
}
