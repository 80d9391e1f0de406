//! What happens beside the requests: memory is kept true, and what has expired is cleared away.

use std::time::{Duration, Instant};

use crate::app::App;
use crate::failure::Failure;
use crate::signin::{explanation, rehearsal};
use crate::store::revisions::{self, Revisions};
use crate::store::{attempts, explanations, pending_links, rehearsals, sessions};

/// Keeps the snapshots in memory true: reads the numbers of [`revisions`] a few times a second and refreshes what
/// changed, whoever changed it; and clears away what has expired.
pub(crate) async fn follow_changes(app: App) {
    const EVERY: Duration = Duration::from_millis(250);
    let mut seen = Revisions::default();
    let mut turn = 0_u32;
    loop {
        match look(&app, seen).await {
            Ok(now) => seen = now,
            Err(failure) => {
                tracing::warn!(error = %failure, "the database does not answer; memory is trusted for a second at most")
            }
        }
        if turn.is_multiple_of(240) {
            if let Err(failure) = sweep(&app).await {
                tracing::warn!(error = %failure, "expired rows were not cleared away");
            }
            // It may take a few milliseconds; no request waits for it.
            let _ = tokio::task::spawn_blocking(release_memory).await;
        }
        turn = turn.wrapping_add(1);
        tokio::time::sleep(EVERY).await;
    }
}

/// How long memory is trusted after the numbers were asked for: revocations reach every node within a second.
const TRUST: Duration = Duration::from_millis(900);

async fn look(app: &App, seen: Revisions) -> Result<Revisions, Failure> {
    let asked = Instant::now();
    let mut now = {
        let mut conn = app.store.read().await?;
        revisions::read(&mut conn).await?
    };
    if now.sessions != seen.sessions {
        app.guard.forget_all();
    }
    // Before anything slow: while a plug-in loads, this runs out, and sessions are looked up in the database.
    app.guard.trust_for(TRUST.saturating_sub(asked.elapsed()));
    if now.authenticators != seen.authenticators {
        app.authenticators.reload(&app.store).await?;
    }
    if now.plugins != seen.plugins && !crate::plugins::service::reconcile(app).await? {
        // Not yet: the next look sees a change again.
        now.plugins = seen.plugins;
    }
    Ok(now)
}

/// Gives memory back that a rush of sign-ins left behind; glibc keeps it otherwise.
#[cfg(target_env = "gnu")]
fn release_memory() {
    // SAFETY: `malloc_trim` may be called at any time from any thread; it takes the allocator's own locks.
    unsafe { libc::malloc_trim(0) };
}

#[cfg(not(target_env = "gnu"))]
fn release_memory() {}

async fn sweep(app: &App) -> Result<(), Failure> {
    let (now, idle) = (app.clock.now_ms(), app.guard.limits().idle);
    app.store
        .write(move |conn| {
            Box::pin(async move {
                attempts::sweep(conn, now).await?;
                pending_links::sweep(conn, now).await?;
                explanations::sweep(conn, now.saturating_sub(explanation::KEPT)).await?;
                rehearsals::sweep(conn, now.saturating_sub(rehearsal::KEPT)).await?;
                Ok(sessions::sweep(conn, now, now.saturating_sub(idle)).await?)
            })
        })
        .await
}
