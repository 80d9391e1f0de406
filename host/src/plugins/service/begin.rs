//! Beginning to serve, whatever the plug-ins do meanwhile.

use std::time::Duration;

use tokio::time::timeout;

use super::start;
use crate::app::App;
use crate::failure::Failure;

/// How long the first request may have to wait for plug-ins. They take a fraction of it; one that hangs takes seconds.
const PATIENCE: Duration = Duration::from_secs(3);

/// Loads what was enabled when the host last ran, so that the first sign-in page has every button on it; but not at any
/// price. What takes longer goes on beside the requests, and is there when it is ready.
pub(crate) async fn begin(app: &App) -> Result<(), Failure> {
    let inner = app.clone();
    let mut loading = tokio::spawn(async move { start(&inner).await });
    match timeout(PATIENCE, &mut loading).await {
        Ok(Ok(outcome)) => outcome,
        Ok(Err(error)) => Err(Failure::new(error.to_string())),
        Err(_) => {
            tracing::warn!("plug-ins take long to load; people are served without them meanwhile");
            tokio::spawn(async move {
                if let Ok(Err(failure)) = loading.await {
                    tracing::error!(error = %failure, "not all plug-ins could be looked at");
                }
            });
            Ok(())
        }
    }
}
