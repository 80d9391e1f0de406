//! What every part of the host shares: configuration, database, vault, clock, plug-ins, and the snapshots in memory.

use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::sync::Semaphore;
use url::Url;

use crate::authenticators::directory::Directory;
use crate::clock::{Clock, Entropy};
use crate::config::{Config, ConfigError};
use crate::failure::Failure;
use crate::metrics::Metrics;
use crate::outbound::{Outbound, OutboundLimits};
use crate::plugins::package::TrustedKeys;
use crate::plugins::{CallLimits, Means, Policy, Probe, Registry, Setup};
use crate::session::Limits;
use crate::session::guard::Guard;
use crate::signin::shelf::Shelf;
use crate::store::Store;
use crate::store::authenticators::{self, AuthenticatorRow};
use crate::urls::{Urls, with_query};
use crate::users::passwords::Passwords;
use crate::vault::Vault;

/// The host, shared by all requests.
pub type App = Arc<Core>;

/// What every part of the host shares.
pub struct Core {
    pub(crate) config: Config,
    /// The public address, without a slash at its end.
    pub(crate) base: Url,
    /// Scheme, host and port of the public address.
    pub(crate) origin: String,
    pub(crate) urls: Urls,
    pub(crate) store: Store,
    pub(crate) vault: Vault,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) entropy: Arc<dyn Entropy>,
    pub(crate) registry: Arc<Registry>,
    pub(crate) guard: Arc<Guard>,
    pub(crate) authenticators: Directory,
    pub(crate) passwords: Passwords,
    pub(crate) sign_in_pages: Shelf,
    pub(crate) metrics: Arc<Metrics>,
    /// Held by whoever sends a package: each is held in memory as a whole.
    pub(crate) uploads: Semaphore,
}

/// What is not configuration: where time, randomness and the probing program come from.
pub struct Surroundings {
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub entropy: Arc<dyn Entropy>,
    /// The `gatehouse` program, which tries plug-ins out in a process of its own.
    pub program: PathBuf,
    /// What was said when it was started.
    pub start: StartFlags,
}

/// What is only ever said at a start, so that no file and no variable makes it last.
#[derive(Clone, Copy, Debug, Default)]
pub struct StartFlags {
    /// Plug-ins that nobody known has signed may run too; for development.
    pub allow_unsigned_plugins: bool,
    /// No plug-in runs at all.
    pub safe_mode: bool,
}

/// Why the host does not start.
#[derive(Debug)]
pub enum StartError {
    /// The configuration.
    Config(ConfigError),
    /// Anything else.
    Failure(Failure),
}

impl Core {
    /// Opens the data directory, the vault and the database, and makes what a first start needs. No plug-in is loaded
    /// yet.
    ///
    /// # Errors
    /// When any of it cannot be used safely.
    pub async fn open(config: Config, surroundings: Surroundings) -> Result<App, StartError> {
        let base = config.base_url()?;
        let metrics = Arc::new(Metrics::open(&config, surroundings.clock.now_ms())?);
        prepare_folder(&config.data_dir)?;
        prepare_folder(&config.plugin_dir())?;
        let Surroundings { clock, entropy, program, start } = surroundings;
        let is_new = !config.data_dir.join("gatehouse.db").exists() && config.database_url.is_none();
        let vault = open_vault(&config, &*entropy, is_new)?;
        if is_new {
            make_private_database(&config.data_dir)?;
        }
        let store = Store::open(&config.database_url()).await.map_err(Failure::from)?;
        let registry = open_registry(&config, store.clone(), clock.clone(), entropy.clone(), program, start)?;
        let limits = Limits {
            idle: i64::from(config.session_idle_minutes) * 60_000,
            absolute: i64::from(config.session_absolute_hours) * 3_600_000,
        };
        let core = Arc::new(Self {
            urls: Urls::new(base.path()),
            origin: base.origin().ascii_serialization(),
            guard: Arc::new(Guard::new(store.clone(), limits)),
            passwords: Passwords::new(entropy.clone()),
            sign_in_pages: Shelf::new(),
            metrics,
            uploads: Semaphore::new(1),
            authenticators: Directory::load(&store).await?,
            registry,
            base,
            config,
            store,
            vault,
            clock,
            entropy,
        });
        core.check_master_keys()?;
        core.make_password_authenticator().await?;
        Ok(core)
    }

    /// A host with the wrong master key would start, and fail at the first sign-in.
    fn check_master_keys(&self) -> Result<(), ConfigError> {
        let all = self.authenticators.all();
        let mut secrets = all.iter().flat_map(|one| one.secrets.values());
        let outcome = secrets.try_for_each(|secret| self.vault.check_key(&secret.key_id));
        outcome.map_err(|error| ConfigError(error.to_string()))
    }

    /// The Redirect URL of an authenticator, to be copied into the provider's console.
    pub(crate) fn redirect_url(&self, uid: &str) -> String {
        format!("{}{}", self.origin, self.urls.sign_in_callback(uid))
    }

    /// The link for the provider's own client. `query` is sent along as it is, because the client replaces parts of it;
    /// `landing` is where people land.
    pub(crate) fn client_url(&self, uid: &str, query: Option<&str>, landing: Option<&str>) -> String {
        let address = with_query(self.urls.sign_in_client(uid), &[("redirect", landing.unwrap_or_default())]);
        let joint = query.map(|query| format!("{}{query}", if address.contains('?') { '&' } else { '?' }));
        format!("{}{address}{}", self.origin, joint.unwrap_or_default())
    }

    /// The built-in authenticator, which is there from the start.
    async fn make_password_authenticator(self: &App) -> Result<(), Failure> {
        let uid = crate::authenticators::PASSWORD;
        if self.authenticators.find(uid).is_some() {
            return Ok(());
        }
        let now = self.clock.now_ms();
        let row = AuthenticatorRow {
            id: uid.into(),
            uid: uid.into(),
            kind: uid.into(),
            plugin: String::new(),
            title_en: "Password".into(),
            title_zh: "密码登录".into(),
            description_en: String::new(),
            description_zh: String::new(),
            enabled: true,
            position: 0,
            settings: "{}".into(),
            refresh: String::new(),
            created_at: now,
            updated_at: now,
        };
        let made = self
            .store
            .write(move |conn| Box::pin(async move { Ok::<_, Failure>(authenticators::insert(conn, &row).await?) }))
            .await;
        // Another node may have been first.
        self.authenticators.reload(&self.store).await?;
        if self.authenticators.find(uid).is_some() { Ok(()) } else { made }
    }
}

fn open_registry(
    config: &Config,
    store: Store,
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
    program: PathBuf,
    start: StartFlags,
) -> Result<Arc<Registry>, StartError> {
    let limits = OutboundLimits {
        allow_loopback: config.allow_loopback_upstreams,
        private: config.private_upstreams.clone(),
        ..OutboundLimits::default()
    };
    let setup = Setup {
        folder: config.plugin_dir(),
        packages: Some(store),
        policy: Policy {
            keys: TrustedKeys::parse(&config.plugin_keys).map_err(ConfigError)?,
            allow_unsigned: start.allow_unsigned_plugins,
            safe_mode: start.safe_mode,
        },
        data: config.data_dir.clone(),
        probe: Probe::new(program),
        open: Duration::from_secs(5),
        limits: CallLimits::default(),
        means: Means { runtime: Handle::current(), outbound: Arc::new(Outbound::new(limits)), clock, entropy },
    };
    Ok(Registry::new(setup).map_err(|error| Failure::new(format!("plug-ins: {error}")))?)
}

/// A folder that only this user can look into; made if it is not there, refused if others can write to it.
fn prepare_folder(path: &Path) -> Result<(), ConfigError> {
    let fail = |error: std::io::Error| ConfigError(format!("{}: {error}", path.display()));
    if !path.exists() {
        std::fs::DirBuilder::new().recursive(true).mode(0o700).create(path).map_err(fail)?;
    }
    let mode = std::fs::metadata(path).map_err(fail)?.permissions().mode();
    if mode & 0o022 != 0 {
        return Err(ConfigError(format!("{}: others can write to it; run: chmod go-w on it", path.display())));
    }
    Ok(())
}

/// An empty database that nobody else can read; SQLite gives the files beside it the same permissions.
fn make_private_database(data_dir: &Path) -> Result<(), Failure> {
    let path = data_dir.join("gatehouse.db");
    let made = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path);
    made.map(|_| ()).map_err(|error| Failure::new(format!("{}: {error}", path.display())))
}

/// Reads the master keys; makes one at the very first start.
fn open_vault(config: &Config, entropy: &dyn Entropy, is_new: bool) -> Result<Vault, ConfigError> {
    let path = config.master_key_file();
    if is_new && config.master_key_file.is_none() && !path.exists() {
        use std::io::Write;
        let key = Vault::new_key(entropy);
        let fail = |error: std::io::Error| ConfigError(format!("{}: {error}", path.display()));
        let mut file =
            std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path).map_err(fail)?;
        writeln!(file, "{}", key.as_str()).and_then(|()| file.sync_all()).map_err(fail)?;
    }
    Vault::from_file(&path).map_err(|error| ConfigError(error.to_string()))
}

impl From<ConfigError> for StartError {
    fn from(error: ConfigError) -> Self {
        Self::Config(error)
    }
}

impl From<Failure> for StartError {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

impl std::fmt::Display for StartError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Config(error) => write!(f, "configuration: {error}"),
            Self::Failure(failure) => write!(f, "{failure}"),
        }
    }
}

impl std::error::Error for StartError {}
