//! Group commit for SQLite.
//!
//! SQLite lets one transaction write at a time, and making one durable costs an `fsync`. So writes queue at one task:
//! it takes whatever is waiting, runs each inside its own savepoint of a shared transaction (a single statement needs
//! none), commits once, and only then tells each caller. A write that fails rolls back to its savepoint and does not disturb the others.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use sqlx::Connection;
use tokio::sync::{mpsc, oneshot};

use super::{Conn, StoreError};

/// How many writes share a commit at most.
const BATCH: usize = 128;
/// How many writes may wait; further callers wait to queue.
const QUEUE: usize = 4096;

/// Why a queued write has no result of its own: the shared transaction did not commit, or the writer is gone.
#[derive(Clone, Debug)]
pub(crate) struct WriteFault(Arc<str>);

impl std::fmt::Display for WriteFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for WriteFault {}

impl From<WriteFault> for StoreError {
    fn from(fault: WriteFault) -> Self {
        Self(sqlx::Error::AnyDriverError(Box::new(fault)))
    }
}

/// What remains to be done once it is known whether the transaction committed.
struct Done {
    keep: bool,
    reply: Box<dyn FnOnce(Result<(), WriteFault>) + Send>,
}

type Run = Box<dyn for<'c> FnOnce(&'c mut Conn) -> BoxFuture<'c, Done> + Send>;

struct Job {
    run: Run,
    /// How much it does, so how much may have to be undone.
    extent: Extent,
}

/// How much a write does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    /// One statement, which takes effect as a whole or not at all by itself.
    Statement,
    /// Several, which belong together.
    Several,
}

/// The queue in front of the one writing connection.
#[derive(Clone)]
pub(super) struct Writer {
    queue: mpsc::Sender<Job>,
}

impl Writer {
    /// Starts the task that owns `conn`; it ends when the last `Writer` is dropped.
    pub(super) fn start(conn: Conn) -> Self {
        let (queue, jobs) = mpsc::channel(QUEUE);
        tokio::spawn(run(conn, jobs));
        Self { queue }
    }

    pub(super) async fn write<T, E, W>(&self, extent: Extent, work: W) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        W: for<'c> FnOnce(&'c mut Conn) -> BoxFuture<'c, Result<T, E>> + Send + 'static,
    {
        let (sender, receiver) = oneshot::channel::<Result<T, E>>();
        let run: Run = Box::new(move |conn| {
            Box::pin(async move {
                let result = match AssertUnwindSafe(work(conn)).catch_unwind().await {
                    Ok(result) => result,
                    Err(_) => Err(E::from(fault("a write panicked").into())),
                };
                let keep = result.is_ok();
                let reply = move |committed: Result<(), WriteFault>| {
                    let result = match committed {
                        Err(fault) if keep => Err(E::from(fault.into())),
                        _ => result,
                    };
                    // The caller may have gone away; the write counts all the same.
                    let _ = sender.send(result);
                };
                Done { keep, reply: Box::new(reply) }
            })
        });
        self.queue.send(Job { run, extent }).await.map_err(|_| E::from(fault("the writer stopped").into()))?;
        receiver.await.unwrap_or_else(|_| Err(E::from(fault("the writer stopped").into())))
    }
}

async fn run(mut conn: Conn, mut jobs: mpsc::Receiver<Job>) {
    let mut batch = Vec::with_capacity(BATCH);
    while jobs.recv_many(&mut batch, BATCH).await > 0 {
        let mut done = Vec::with_capacity(batch.len());
        let outcome = transact(&mut conn, &mut batch, &mut done).await;
        if outcome.is_err() {
            // Whatever state the transaction is in, the next batch starts from a clean one.
            let _ = sqlx::query("ROLLBACK").execute(&mut conn).await;
        }
        let outcome = outcome.map_err(|error| fault(&error.to_string()));
        for Done { reply, .. } in done {
            reply(outcome.clone());
        }
        // Jobs that never ran drop their senders here, which tells their callers.
        batch.clear();
    }
    let _ = conn.close().await;
}

async fn transact(conn: &mut Conn, batch: &mut Vec<Job>, done: &mut Vec<Done>) -> Result<(), sqlx::Error> {
    let alone = batch.len() == 1;
    sqlx::query("BEGIN IMMEDIATE").execute(&mut *conn).await?;
    for job in batch.drain(..) {
        if alone {
            let one = (job.run)(conn).await;
            let end = if one.keep { "COMMIT" } else { "ROLLBACK" };
            done.push(one);
            sqlx::query(end).execute(&mut *conn).await?;
            return Ok(());
        }
        if job.extent == Extent::Statement {
            done.push((job.run)(conn).await);
            continue;
        }
        sqlx::query("SAVEPOINT one").execute(&mut *conn).await?;
        let one = (job.run)(conn).await;
        if !one.keep {
            sqlx::query("ROLLBACK TO one").execute(&mut *conn).await?;
        }
        done.push(one);
        sqlx::query("RELEASE one").execute(&mut *conn).await?;
    }
    sqlx::query("COMMIT").execute(&mut *conn).await?;
    Ok(())
}

fn fault(text: &str) -> WriteFault {
    WriteFault(text.into())
}
