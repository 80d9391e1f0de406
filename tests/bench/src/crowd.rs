//! A thousand people who sign in at once, at a provider that takes its time.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Barrier;
use tokio::task::JoinSet;

use crate::Outcome;
use crate::browser::Coding;
use crate::numbers::{median, percentile};
use crate::people::{self, PEOPLE};
use crate::stage::{Site, Stage};

/// How long the provider takes for each of its two calls.
const DELAY: Duration = Duration::from_millis(300);

/// How one crowd fared.
#[derive(Default)]
pub(crate) struct Crowd {
    /// Milliseconds that the site added to what the provider took: the middle one, and that of the unluckiest percent.
    pub(crate) added_p50: f64,
    pub(crate) added_p99: f64,
    /// How many were not signed in, in all waves.
    pub(crate) failed: usize,
    /// The first reason.
    pub(crate) reason: Option<String>,
}

/// The crowd at the product, and at the reference.
pub(crate) async fn compare(stage: &Stage, waves: usize) -> Outcome<(Crowd, Crowd)> {
    stage.delay_provider(Some(DELAY)).await?;
    let (mut product, mut reference) = (Vec::new(), Vec::new());
    for _ in 0..waves {
        reference.push(wave(&stage.reference).await?);
        product.push(wave(&stage.product).await?);
    }
    stage.delay_provider(None).await?;
    Ok((together(product), together(reference)))
}

async fn wave(site: &Site) -> Outcome<Crowd> {
    let gate = Arc::new(Barrier::new(PEOPLE));
    let mut crowd = JoinSet::new();
    for number in 0..PEOPLE {
        let mut browser = site.browser(Coding::Gzip).await?;
        let gate = Arc::clone(&gate);
        crowd.spawn(async move {
            gate.wait().await;
            let time = browser.sign_in(&people::id(number)).await.map_err(|error| error.to_string());
            (time, browser)
        });
    }
    // The browsers stay until everybody is done, so that no connection is closed while others are measured.
    let (outcomes, _browsers): (Vec<_>, Vec<_>) = crowd.join_all().await.into_iter().unzip();
    let reason = outcomes.iter().find_map(|outcome| outcome.clone().err());
    let mut times: Vec<Duration> = outcomes.into_iter().flatten().collect();
    times.sort();
    let added = |share| percentile(&times, share).saturating_sub(2 * DELAY).as_secs_f64() * 1e3;
    Ok(Crowd { added_p50: added(0.5), added_p99: added(0.99), failed: PEOPLE - times.len(), reason })
}

fn together(waves: Vec<Crowd>) -> Crowd {
    Crowd {
        added_p50: median(waves.iter().map(|wave| wave.added_p50).collect()),
        added_p99: median(waves.iter().map(|wave| wave.added_p99).collect()),
        failed: waves.iter().map(|wave| wave.failed).sum(),
        reason: waves.into_iter().find_map(|wave| wave.reason),
    }
}
