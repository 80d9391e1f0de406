//! The provider of one call: what the administrator entered, and what the provider says about itself.

use plugin_api::{Context, Fault};

use crate::Settings;
use crate::discovery::{self, Document};

/// The provider that a call is about.
pub(crate) struct Provider<'a> {
    pub(crate) cx: &'a Context,
    pub(crate) settings: Settings,
    pub(crate) document: Document,
}

impl<'a> Provider<'a> {
    /// The provider of the call's settings.
    ///
    /// # Errors
    /// When its discovery document cannot be had, or is another issuer's.
    pub(crate) async fn discovered(cx: &'a Context) -> Result<Self, Fault> {
        let settings: Settings = cx.settings()?;
        let document = discovery::document(cx, &settings.issuer).await?;
        Ok(Self { cx, settings, document })
    }
}
