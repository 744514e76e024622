//! Long work for requests: traces, pictures, searches, snapshots. It runs on other threads than those that serve, which are then free for
//! streams and short answers. Few jobs run at a time and few wait; who comes when all places are taken is refused at once.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;

/// Maximum number of jobs that run at a time. There are no more than processors.
const MOST_RUNNING: usize = 4;
/// Maximum number of jobs that run or wait.
const MOST_ADMITTED: usize = 64;
/// Maximum time that a job waits until it runs.
const MOST_WAITING: Duration = Duration::from_secs(10);

/// The places of jobs. Clones share them.
#[derive(Clone, Debug)]
pub struct WorkPool {
    running: Arc<Semaphore>,
    admitted: Arc<Semaphore>,
}

/// Why a job was not done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotDone {
    /// All places are taken.
    Full,
    /// Nobody waits for the result any more: the reader has gone, or its time has passed.
    Unwanted,
}

/// Whether somebody still waits for the result of a job.
#[derive(Debug)]
pub struct Wanted(CancellationToken);

impl Wanted {
    /// Ends a job between two steps if nobody waits for its result any more.
    ///
    /// # Errors
    ///
    /// Nobody waits.
    pub fn check(&self) -> Result<(), NotDone> {
        if self.0.is_cancelled() { Err(NotDone::Unwanted) } else { Ok(()) }
    }
}

impl Default for WorkPool {
    fn default() -> Self {
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        Self::new(processors.min(MOST_RUNNING), MOST_ADMITTED)
    }
}

impl WorkPool {
    /// A pool in which this number of jobs run at a time, and this number run or wait.
    pub fn new(running: usize, admitted: usize) -> Self {
        Self { running: Arc::new(Semaphore::new(running)), admitted: Arc::new(Semaphore::new(admitted)) }
    }

    /// Does a job when its turn comes. If the returned future is dropped, a job that waits is not begun, and one that runs is told.
    ///
    /// # Errors
    ///
    /// All places are taken, or the job has waited too long.
    pub async fn run<T: Send + 'static>(
        &self,
        job: impl FnOnce(&Wanted) -> Result<T, NotDone> + Send + 'static,
    ) -> Result<T, NotDone> {
        let admitted = self.admitted.clone().try_acquire_owned().map_err(|_| NotDone::Full)?;
        let turn = tokio::time::timeout(MOST_WAITING, self.running.clone().acquire_owned()).await;
        let Ok(Ok(running)) = turn else { return Err(NotDone::Full) };
        let wanted = CancellationToken::new();
        let _cancels_when_dropped = wanted.clone().drop_guard();
        let done = tokio::task::spawn_blocking(move || {
            let _places = (admitted, running);
            job(&Wanted(wanted))
        });
        match done.await {
            Ok(result) => result,
            // As if the job had run here.
            Err(failed) if failed.is_panic() => std::panic::resume_unwind(failed.into_panic()),
            Err(_) => Err(NotDone::Unwanted),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use tokio::task::JoinSet;

    use super::*;

    #[tokio::test]
    async fn jobs_beyond_the_places_are_refused_and_the_others_are_done_in_turn() {
        let pool = WorkPool::new(1, 3);
        let (finish, finished) = mpsc::channel::<()>();
        let mut jobs = JoinSet::new();
        let first = pool.clone();
        jobs.spawn(async move { first.run(move |_| Ok(finished.recv().is_ok())).await });
        for _ in 0..2 {
            let next = pool.clone();
            jobs.spawn(async move { next.run(|_| Ok(true)).await });
        }
        while pool.admitted.available_permits() > 0 {
            tokio::task::yield_now().await;
        }
        assert_eq!(pool.run(|_| Ok(true)).await, Err(NotDone::Full));
        finish.send(()).unwrap();
        assert_eq!(jobs.join_all().await, [Ok(true); 3]);
        assert_eq!((pool.running.available_permits(), pool.admitted.available_permits()), (1, 3));
    }

    #[tokio::test]
    async fn a_job_whose_reader_has_gone_is_told_and_gives_its_place_back() {
        let pool = WorkPool::new(1, 1);
        let (began, begins) = tokio::sync::oneshot::channel();
        let (ended, ends) = tokio::sync::oneshot::channel();
        let job = move |wanted: &Wanted| {
            began.send(()).unwrap();
            while wanted.check().is_ok() {
                std::thread::yield_now();
            }
            ended.send(()).unwrap();
            wanted.check()
        };
        let reader = tokio::spawn({
            let pool = pool.clone();
            async move { pool.run(job).await }
        });
        begins.await.unwrap();
        reader.abort();
        ends.await.unwrap();
        let _place = pool.admitted.acquire().await.unwrap();
    }

    #[tokio::test]
    async fn a_job_that_waits_is_not_begun_if_its_reader_goes() {
        let pool = WorkPool::new(1, 2);
        let running = pool.running.clone().acquire_owned().await.unwrap();
        let begun = Arc::new(std::sync::atomic::AtomicBool::new(false));
        let (other, at) = (pool.clone(), begun.clone());
        let begin = move |_: &Wanted| {
            at.store(true, std::sync::atomic::Ordering::Relaxed);
            Ok(())
        };
        let reader = tokio::spawn(async move { other.run(begin).await });
        while pool.admitted.available_permits() == 2 {
            tokio::task::yield_now().await;
        }
        reader.abort();
        assert!(reader.await.unwrap_err().is_cancelled());
        drop(running);
        assert_eq!(pool.run(|_| Ok(())).await, Ok(()));
        assert!(!begun.load(std::sync::atomic::Ordering::Relaxed));
    }

    #[tokio::test(start_paused = true)]
    async fn a_job_does_not_wait_for_ever() {
        let pool = WorkPool::new(1, 2);
        let _running = pool.running.clone().acquire_owned().await.unwrap();
        assert_eq!(pool.run(|_| Ok(())).await, Err(NotDone::Full));
    }
}
