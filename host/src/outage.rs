//! Providers that do not answer: what people are told, and how the host finds out that they are back.
//!
//! Whether a provider answers is seen by the [legs](crate::plugins::Legs) that its plug-in goes. While one of them is
//! down, the sign-in page says so, and the other ways to sign in stay as they are. Whoever signs in meanwhile is the
//! trial that ends it; and if nobody does, [`watch`] asks the plug-in to examine the connection every few seconds.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::time::Duration;

use tokio::task::{AbortHandle, JoinSet};
use ui_schema::Language;

use crate::app::App;
use crate::authenticators::directory::Authenticator;

/// How often is looked whether somebody has to be asked.
const LOOK: Duration = Duration::from_millis(250);
/// How often a provider that does not answer is asked, in milliseconds.
const EVERY: i64 = 5_000;

/// Whether the provider of this authenticator does not answer at the moment, as far as is known with these settings.
pub(crate) fn is_down(app: &App, one: &Authenticator) -> bool {
    fails(app, one, one.updated_at)
}

/// Whether something failed of late, with settings that were saved at `settings_ms` or later.
fn fails(app: &App, one: &Authenticator, settings_ms: i64) -> bool {
    app.registry.plugin(&one.plugin).is_some_and(|plugin| plugin.legs().is_down(&one.id, settings_ms))
}

/// Titles of the authenticators on the sign-in page whose providers do not answer.
pub(crate) fn titles(app: &App, language: Language) -> Vec<String> {
    let all = app.authenticators.all();
    let down = all.iter().filter(|one| one.enabled && is_down(app, one));
    down.map(|one| one.title.get(language).to_owned()).collect()
}

/// A number that tells apart which providers do not answer, for whoever keeps something made from it; 0 if all do.
pub(crate) fn stamp(app: &App) -> u64 {
    let all = app.authenticators.all();
    let mut down = all.iter().filter(|one| one.enabled && is_down(app, one)).peekable();
    if down.peek().is_none() {
        return 0;
    }
    let mut hasher = DefaultHasher::new();
    down.for_each(|one| one.id.hash(&mut hasher));
    hasher.finish().max(1)
}

/// Asks providers that do not answer whether they are back.
pub(crate) async fn watch(app: App) {
    let mut probes = Probes::default();
    loop {
        tokio::time::sleep(LOOK).await;
        probes.tidy();
        let all = app.authenticators.all();
        for one in all.iter().filter(|one| one.enabled && fails(&app, one, i64::MIN)) {
            if probes.may_begin(&one.id, app.clock.now_ms()) {
                let began = probes.running.spawn(probe(app.clone(), Authenticator::clone(one)));
                probes.last.insert(one.id.clone(), (app.clock.now_ms(), began));
            }
        }
    }
}

/// When each authenticator was last asked for, and what still runs.
#[derive(Default)]
struct Probes {
    last: HashMap<String, (i64, AbortHandle)>,
    running: JoinSet<()>,
}

impl Probes {
    /// Not too often, and one after the other. A clock that was set back delays nothing.
    fn may_begin(&self, id: &str, now: i64) -> bool {
        self.last.get(id).is_none_or(|(at, began)| began.is_finished() && !(0..EVERY).contains(&(now - at)))
    }

    fn tidy(&mut self) {
        while self.running.try_join_next().is_some() {}
    }
}

async fn probe(app: App, one: Authenticator) {
    let Some((plugin, kind)) = app.registry.type_of(&one.kind) else { return };
    let settings = match one.settings_in_clear(&app, &kind.form) {
        Ok(settings) => settings,
        Err(failure) => return tracing::warn!(authenticator = one.uid, error = %failure, "cannot be examined"),
    };
    if let Err(fault) = plugin.check(&one.on_behalf(&app, settings, &kind.form)).await {
        tracing::debug!(authenticator = one.uid, %fault, "the provider does not answer yet");
    }
}
