//! The authenticators as every request sees them: a snapshot in memory, replaced as a whole when something changed.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use arc_swap::ArcSwap;
use plugin_api::About;
use serde_json::Value;
use sha2::{Digest, Sha256};
use ui_schema::{Form, Role, Text};

use super::{PASSWORD, seal};
use crate::app::App;
use crate::failure::Failure;
use crate::ids;
use crate::plugins::{OnBehalf, Trace};
use crate::store::Store;
use crate::store::authenticators::{self, AuthenticatorRow, SecretRow};
use crate::users::refresh::Fields;

/// One authenticator.
#[derive(Clone, Debug)]
pub(crate) struct Authenticator {
    pub(crate) id: String,
    pub(crate) uid: String,
    /// Id of its type.
    pub(crate) kind: String,
    /// Id of the plug-in that registers the type; empty for the built-in one.
    pub(crate) plugin: String,
    pub(crate) title: Text,
    pub(crate) description: Text,
    pub(crate) enabled: bool,
    pub(crate) position: i64,
    /// What is not secret.
    pub(crate) settings: Value,
    /// Which fields of a user a sign-in refreshes.
    pub(crate) refresh: Fields,
    /// Sealed secrets by field.
    pub(crate) secrets: BTreeMap<String, SecretRow>,
    pub(crate) created_at: i64,
    pub(crate) updated_at: i64,
}

impl Authenticator {
    /// All settings, with the secrets in clear, for one call of the plug-in.
    pub(crate) fn settings_in_clear(&self, app: &App, form: &Form) -> Result<Value, Failure> {
        let mut clear = BTreeMap::new();
        for (field, secret) in &self.secrets {
            clear.insert(field.clone(), seal::open(&app.vault, secret)?);
        }
        Ok(form.join(self.settings.clone(), &clear))
    }

    /// What a call of the plug-in is made for, with `settings` in clear: the stored ones, those that an attempt began
    /// with, or those that are to be examined. What is got with one of them is never used with another.
    pub(crate) fn on_behalf(&self, app: &App, settings: Value, form: &Form) -> OnBehalf {
        OnBehalf {
            authenticator: self.id.clone(),
            cache_key: format!("{}/{}", self.id, ids::hex(&Sha256::digest(settings.to_string()))),
            settings_ms: self.updated_at,
            upstreams: form.upstreams(&settings),
            settings,
            about: About::of(&self.kind, &app.redirect_url(&self.uid)),
            trace: Trace::default(),
        }
    }

    /// What an attempt, and a stored secret, depends on: see [`fingerprint`].
    pub(crate) fn fingerprint(&self, form: &Form) -> Value {
        fingerprint(form, &self.settings)
    }

    pub(super) fn from_row(row: AuthenticatorRow) -> Self {
        Self {
            settings: serde_json::from_str(&row.settings).unwrap_or_else(|_| Value::Object(Default::default())),
            title: Text::new(row.title_en, row.title_zh),
            description: Text::new(row.description_en, row.description_zh),
            refresh: Fields::parse(&row.refresh),
            secrets: BTreeMap::new(),
            id: row.id,
            uid: row.uid,
            kind: row.kind,
            plugin: row.plugin,
            enabled: row.enabled,
            position: row.position,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}

/// The settings that say with whom the plug-in speaks and as whom: all but the secrets and what decides about people
/// only ([`Role::is_policy`]). If they change, running attempts end and the secret has to be entered again, so that nobody
/// can have it sent somewhere else.
pub(crate) fn fingerprint(form: &Form, settings: &Value) -> Value {
    let mut settings = form.with_defaults(settings.clone());
    if let Some(object) = settings.as_object_mut() {
        for field in form.fields().iter().filter(|field| field.is_secret() || field.role.is_some_and(Role::is_policy)) {
            object.remove(&field.name);
        }
    }
    settings
}

/// The snapshot.
pub(crate) struct Directory {
    current: ArcSwap<Vec<Arc<Authenticator>>>,
    generation: AtomicU64,
    /// Held from reading to storing, so that nobody stores what they read before somebody else's change over it.
    reloading: tokio::sync::Mutex<()>,
}

impl Directory {
    /// Reads everything.
    pub(crate) async fn load(store: &Store) -> Result<Self, Failure> {
        let current = ArcSwap::from_pointee(read(store).await?);
        Ok(Self { current, generation: AtomicU64::new(0), reloading: tokio::sync::Mutex::default() })
    }

    /// Reads everything again.
    pub(crate) async fn reload(&self, store: &Store) -> Result<(), Failure> {
        let _one_at_a_time = self.reloading.lock().await;
        self.current.store(Arc::new(read(store).await?));
        self.generation.fetch_add(1, Ordering::AcqRel);
        Ok(())
    }

    /// A number that grows with every change, for whoever keeps something made from the authenticators.
    pub(crate) fn generation(&self) -> u64 {
        self.generation.load(Ordering::Acquire)
    }

    /// All of them, in the administrator's order.
    pub(crate) fn all(&self) -> Arc<Vec<Arc<Authenticator>>> {
        self.current.load_full()
    }

    pub(crate) fn find(&self, uid: &str) -> Option<Arc<Authenticator>> {
        self.current.load().iter().find(|one| one.uid == uid).cloned()
    }

    /// The authenticator `uid`, if it is switched on and not the built-in one.
    pub(crate) fn enabled(&self, uid: &str) -> Option<Arc<Authenticator>> {
        self.find(uid).filter(|one| one.enabled && one.kind != PASSWORD)
    }

    pub(crate) fn password_is_enabled(&self) -> bool {
        self.current.load().iter().any(|one| one.kind == PASSWORD && one.enabled)
    }
}

async fn read(store: &Store) -> Result<Vec<Arc<Authenticator>>, Failure> {
    let mut conn = store.read().await?;
    let mut all: Vec<Authenticator> =
        authenticators::all(&mut conn).await?.into_iter().map(Authenticator::from_row).collect();
    for secret in authenticators::secrets(&mut conn).await? {
        if let Some(owner) = all.iter_mut().find(|one| one.id == secret.authenticator_id) {
            owner.secrets.insert(secret.field.clone(), secret);
        }
    }
    Ok(all.into_iter().map(Arc::new).collect())
}
