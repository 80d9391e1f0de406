//! Releases and copies that take turns: one is loaded beside the one that runs, then everybody is sent to it.

use std::sync::Arc;

use super::{EnabledBy, Registry, Wanted};
use crate::plugins::catalogue::Release;
use crate::plugins::{LoadedPlugin, Refused};

impl Registry {
    /// Loads a release beside the one that runs. Nobody is sent to it before [`swap`](Self::swap).
    ///
    /// # Errors
    /// Why it was refused.
    pub(in crate::plugins) async fn load_beside(
        self: &Arc<Self>,
        id: &str,
        wanted: Wanted,
    ) -> Result<Arc<LoadedPlugin>, Refused> {
        let (registry, id) = (Arc::clone(self), id.to_owned());
        let whole_way = tokio::spawn(async move {
            let _one_at_a_time = registry.alone(&id).await;
            registry.load(&id, &wanted, EnabledBy::Administrator).await
        });
        whole_way.await.unwrap_or_else(|error| Err(Refused::CannotOpen(error.to_string())))
    }

    /// Examines the bytes of a package, and whether it would be let in. Nothing is run.
    ///
    /// # Errors
    /// Why it would not be.
    pub(in crate::plugins) async fn examine_package(&self, bytes: Arc<[u8]>) -> Result<Arc<Release>, Refused> {
        let release = self.catalogue.examine(bytes).await?;
        match self.policy.admit(&release.trust) {
            // Nothing runs now; that does not keep anybody from getting things ready.
            Ok(()) | Err(Refused::SafeMode) => Ok(release),
            Err(why) => Err(why),
        }
    }

    /// Whether a release would be let in.
    pub fn admits(&self, release: &Release) -> bool {
        self.policy.admit(&release.trust).is_ok()
    }

    /// Whether the types of `plugin` are its own.
    ///
    /// # Errors
    /// [`Refused::TypeTaken`].
    pub(in crate::plugins) fn check_types(&self, plugin: &LoadedPlugin) -> Result<(), Refused> {
        self.now.load().check_types(plugin)
    }

    /// Sends everybody to `plugin` from now on. Calls under way at the one before come to their end there.
    ///
    /// # Errors
    /// [`Refused::TypeTaken`].
    pub(in crate::plugins) async fn swap(&self, plugin: &Arc<LoadedPlugin>) -> Result<(), Refused> {
        let _one_at_a_time = self.alone(&plugin.manifest().id).await;
        self.publish(plugin).map(drop)
    }

    /// Notes why `id` could not be loaded; what runs goes on.
    pub(in crate::plugins) fn refuse(&self, id: &str, why: &Refused) {
        tracing::error!(plugin = id, %why, "plug-in refused");
        self.change(|next| next.fail(id, why));
    }

    /// Replaces a copy whose threads hang by a fresh one of the same release.
    ///
    /// # Errors
    /// Why there is no fresh one; the old one still has the plug-in's place.
    pub(in crate::plugins) async fn revive(&self, wedged: &Arc<LoadedPlugin>) -> Result<Arc<LoadedPlugin>, Refused> {
        self.loader.mapped().is_wedged(wedged.copy());
        let _one_at_a_time = self.alone(&wedged.manifest().id).await;
        let opened = self.catalogue.open(wedged.release()).await?;
        let fresh = self.loader.load_afresh(opened).await?;
        fresh.is_the_second_copy();
        self.publish(&fresh)
    }

    /// Takes away a plug-in that cannot go on, and says why.
    pub(in crate::plugins) async fn stop(&self, id: &str, why: &Refused) {
        self.disable(id).await;
        self.refuse(id, why);
    }
}
