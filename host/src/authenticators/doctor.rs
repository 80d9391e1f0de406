//! The connection doctor: the plug-in examines stored settings without a person signing in.

use plugin_api::{Fault, Finding};

use super::directory::Authenticator;
use crate::app::App;
use crate::audit::{self, Entry};
use crate::failure::Failure;

/// Lets the plug-in examine the settings of an authenticator; `None` when its plug-in is not there.
pub(crate) async fn examine(
    app: &App,
    actor: &str,
    one: &Authenticator,
) -> Result<Option<Result<Vec<Finding>, Fault>>, Failure> {
    let Some((plugin, kind)) = app.registry.type_of(&one.kind) else { return Ok(None) };
    let on = one.on_behalf(one.settings_in_clear(app, &kind.form)?, &kind.form);
    let outcome = plugin.check(&on).await;
    audit::record(app, Entry::new("authenticator.checked").actor(actor).subject(&one.uid)).await?;
    Ok(Some(outcome))
}
