//! Work that may hang, on threads of its own: reading files, which may be pipes or on a file system that does not answer.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Semaphore, oneshot};
use tokio::time::timeout;

/// Maximum number of threads that hang for one kubeconfig. While so many do, nothing more is tried.
const MAX_THREADS: usize = 4;
/// Time limit of one piece of work.
const LIMIT: Duration = Duration::from_secs(5);

/// The work did not end in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Hangs {
    /// The time limit.
    pub(super) seconds: u64,
}

/// Threads for work that may hang. They are neither those that serve nor tokio's, which the end of the process would wait for.
#[derive(Clone, Debug)]
pub(super) struct OffThread {
    free: Arc<Semaphore>,
    limit: Duration,
}

impl Default for OffThread {
    fn default() -> Self {
        Self { free: Arc::new(Semaphore::new(MAX_THREADS)), limit: LIMIT }
    }
}

impl OffThread {
    /// Threads with another time limit.
    pub(super) fn within(limit: Duration) -> Self {
        Self { limit, ..Self::default() }
    }

    /// The time limit.
    pub(super) fn limit(&self) -> Duration {
        self.limit
    }

    /// Does the work; its result is dropped if it comes too late.
    pub(super) async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Hangs> {
        let hangs = Hangs { seconds: self.limit.as_secs() };
        let started = async {
            let permit = self.free.clone().acquire_owned().await.ok()?;
            let (done, result) = oneshot::channel();
            let work = move || {
                // Nobody waits for a result that comes too late.
                let _ = done.send(work());
                drop(permit);
            };
            std::thread::Builder::new().name("kubeconfig".to_owned()).spawn(work).ok()?;
            result.await.ok()
        };
        timeout(self.limit, started).await.ok().flatten().ok_or(hangs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_hangs_is_given_up_and_takes_a_limited_number_of_threads() {
        let threads = OffThread::within(Duration::from_millis(20));
        let (release, held) = std::sync::mpsc::channel::<()>();
        let held = Arc::new(parking_lot::Mutex::new(held));
        let begun = Arc::new(std::sync::atomic::AtomicUsize::new(0));
        for _ in 0..3 * MAX_THREADS {
            let (held, begun) = (held.clone(), begun.clone());
            let hanging = move || {
                begun.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
                held.lock().recv()
            };
            assert!(threads.run(hanging).await.is_err());
        }
        assert_eq!(begun.load(std::sync::atomic::Ordering::SeqCst), MAX_THREADS);
        drop(release);
        while threads.run(|| 7).await != Ok(7) {}
    }
}
