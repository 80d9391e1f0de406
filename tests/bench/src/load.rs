//! Processor time per operation under steady load.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::task::JoinSet;

use crate::browser::{Browser, Coding};
use crate::numbers::median;
use crate::stage::{Site, Stage};
use crate::{Outcome, people};

/// Connections that are busy at once: enough to keep the server busy, few enough for none to wait long.
const LINES: usize = 32;

/// What a visitor does over and over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Work {
    /// Page, click, way back, first page, by somebody who has signed in before.
    SignIn,
    /// `/api/v1/me`.
    Check,
    /// The sign-in page.
    Page,
}

/// How much of it is done.
#[derive(Clone, Copy)]
pub(crate) struct Amount {
    pub(crate) rounds: usize,
    pub(crate) operations: usize,
}

/// Median microseconds per operation.
#[derive(Clone, Copy)]
pub(crate) struct Compared {
    pub(crate) product: f64,
    pub(crate) reference: f64,
}

/// Loads the reference and the product in turn.
pub(crate) async fn compare(stage: &Stage, work: Work, coding: Coding, amount: Amount) -> Outcome<Compared> {
    let (mut product, mut reference) = (Vec::new(), Vec::new());
    for _ in 0..amount.rounds {
        reference.push(cost(&stage.reference, work, coding, amount.operations).await?);
        product.push(cost(&stage.product, work, coding, amount.operations).await?);
    }
    Ok(Compared { product: median(product), reference: median(reference) })
}

/// Microseconds of processor time of the server per operation.
async fn cost(site: &Site, work: Work, coding: Coding, operations: usize) -> Outcome<f64> {
    let mut browsers = Vec::with_capacity(LINES);
    for number in 0..LINES {
        let mut browser = site.browser(coding).await?;
        if work == Work::Check {
            browser.sign_in(&people::id(number)).await?;
        }
        work.once(&mut browser, number).await?;
        browsers.push(browser);
    }
    let next = Arc::new(AtomicUsize::new(0));
    let before = site.program.cpu_time()?;
    let mut lines = JoinSet::new();
    for mut browser in browsers {
        let next = Arc::clone(&next);
        lines.spawn(async move {
            loop {
                match next.fetch_add(1, Ordering::Relaxed) {
                    number if number < operations => work.once(&mut browser, number).await?,
                    _ => return Outcome::Ok(browser),
                }
            }
        });
    }
    let browsers = lines.join_all().await;
    let spent = site.program.cpu_time()?.saturating_sub(before);
    // Connections are closed only now, because closing costs the server something as well.
    browsers.into_iter().collect::<Outcome<Vec<_>>>()?;
    Ok(spent.as_secs_f64() * 1e6 / operations as f64)
}

impl Work {
    async fn once(self, browser: &mut Browser, number: usize) -> Outcome<()> {
        match self {
            Self::SignIn => browser.sign_in(&people::id(number)).await.map(drop),
            Self::Check => browser.page("/api/v1/me").await.map(drop),
            Self::Page => browser.page("/signin").await.map(drop),
        }
    }
}
