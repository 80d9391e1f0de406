//! The threads of one plug-in.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinHandle;

use crate::plugins::lock;
use crate::plugins::threads::{own_id, step_back};

/// Two threads that poll a plug-in's futures: with one, a single blocking call would stop everything.
///
/// They have neither timers nor sockets; a plug-in borrows those from the host.
pub(super) struct Worker {
    /// Always there, until it is dropped.
    runtime: Option<Runtime>,
    /// What the system calls the threads.
    threads: Arc<Mutex<Vec<libc::id_t>>>,
}

impl Worker {
    pub(super) fn start(id: &str) -> io::Result<Self> {
        let threads = Arc::<Mutex<Vec<_>>>::default();
        let started = Arc::clone(&threads);
        let runtime = Builder::new_multi_thread()
            .worker_threads(2)
            .max_blocking_threads(1)
            .thread_name(format!("plugin:{id}"))
            .on_thread_start(move || lock(&started).push(own_id()))
            .build()?;
        Ok(Self { runtime: Some(runtime), threads })
    }

    /// Starts `work`; its answer is `None` when it panicked or its threads went away.
    pub(super) fn spawn<T: Send + 'static>(&self, work: impl Future<Output = T> + Send + 'static) -> Task<T> {
        Task(self.runtime.as_ref().map(|runtime| runtime.spawn(work)))
    }

    /// Lets everybody else go first from now on.
    pub(super) fn step_back(&self) {
        lock(&self.threads).iter().copied().for_each(step_back);
    }
}

impl Drop for Worker {
    /// Does not wait: a thread that hangs is left to itself, and dropping a runtime the usual way would block.
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// Work on a plug-in's threads; dropping it aborts the work.
pub(super) struct Task<T>(Option<JoinHandle<T>>);

impl<T> Future for Task<T> {
    type Output = Option<T>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<T>> {
        match &mut self.0 {
            Some(task) => Pin::new(task).poll(cx).map(Result::ok),
            None => Poll::Ready(None),
        }
    }
}

impl<T> Drop for Task<T> {
    fn drop(&mut self) {
        if let Some(task) = &self.0 {
            task.abort();
        }
    }
}
