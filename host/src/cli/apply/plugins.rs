//! `[[plugins]]`: which plug-ins are enabled.

use serde::Deserialize;

use super::{ACTOR, Change, Run};
use crate::cli::Problem;
use crate::plugins::{EnabledBy, Wanted, service};
use crate::store::plugins;

/// What the file says about one plug-in.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PluginSpec {
    pub(super) id: String,
    #[serde(default = "yes")]
    enabled: bool,
}

const fn yes() -> bool {
    true
}

impl PluginSpec {
    pub(super) async fn apply(&self, run: &Run<'_>) -> Result<Change, Problem> {
        let (app, id) = (run.app, self.id.as_str());
        let decided = {
            let mut conn = app.store.read().await?;
            plugins::all(&mut conn).await?.into_iter().any(|row| row.id == id && row.enabled)
        };
        // An enabled plug-in that does not load here is enabled anew, which tells why it does not.
        let runs = app.registry.plugin(id).is_some();
        if decided == self.enabled && runs == self.enabled {
            return Ok(Change::Unchanged);
        }
        match (self.enabled, run.dry) {
            (true, false) => service::enable(app, ACTOR, id).await?,
            (false, false) => service::disable(app, ACTOR, id).await?,
            // In this process only: authenticators of its types can be checked then.
            (true, true) => drop(app.registry.enable(id, Wanted::Best, EnabledBy::Administrator).await?),
            (false, true) => app.registry.disable(id).await,
        }
        Ok(Change::Changed)
    }
}
