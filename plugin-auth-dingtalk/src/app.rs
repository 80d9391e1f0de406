//! The application as which DingTalk is asked, for the length of one call.

use std::time::Duration;

use plugin_api::{Context, Fault};

use crate::{Servers, Settings, explain};

/// The settings, the servers that they choose, and what the host lends. Deliberately without `Debug`: it holds the
/// Client Secret.
pub(crate) struct App<'a> {
    pub(crate) cx: &'a Context,
    pub(crate) settings: Settings,
    pub(crate) servers: Servers,
    began_ms: u64,
}

impl<'a> App<'a> {
    /// How long the whole call may take; the host gives up after ten seconds.
    const DEADLINE: Duration = Duration::from_millis(9_500);

    /// # Errors
    /// [`plugin_api::FaultKind::Misconfigured`] when the settings are another version's or name no servers.
    pub(crate) fn of(cx: &'a Context) -> Result<Self, Fault> {
        let settings: Settings = cx.settings()?;
        let servers = Servers::of(&settings).map_err(|fault| explain::explained(fault, &settings.client_id, None))?;
        Ok(Self { cx, settings, servers, began_ms: cx.now_ms() })
    }

    /// How long the call has been going on.
    pub(crate) fn elapsed(&self) -> Duration {
        Duration::from_millis(self.cx.now_ms().saturating_sub(self.began_ms))
    }

    /// How much of the call is left.
    pub(crate) fn remaining(&self) -> Duration {
        Self::DEADLINE.saturating_sub(self.elapsed())
    }
}
