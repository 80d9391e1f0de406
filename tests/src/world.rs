//! A host with its simulator.

mod administrator;
mod database;
mod form;
mod plugins;
mod visitor;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use dingtalk_simulator::{Scenario, Simulator};
use gatehouse::app::{App, Core, StartFlags, Surroundings};
use gatehouse::clock::{Clock, ManualClock, OsEntropy};
use gatehouse::config::Config;
use gatehouse::server;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::{Client, KEY_NAME, Signer, gatehouse_program, logs, package_of, plugin_library};

pub use form::MEMBERS_ONLY;
pub use plugins::upload_body;

/// Client id and secret of the simulator's first app.
pub const CLIENT_ID: &str = "dingdemoclient0001";
/// Its secret.
pub const CLIENT_SECRET: &str = "demo-secret-0001-not-a-real-one";

/// The organisation that this app belongs to.
pub const CORP_ID: &str = "dingcorpdemo0001";

/// Where the token of a monitoring system is.
const METRICS_TOKEN: &str = "metrics.token";

/// How a host is set up.
#[derive(Clone, Default)]
pub struct Options {
    /// Base path, for example `/gate`.
    pub base_path: &'static str,
    /// Database; the embedded one if absent.
    pub database_url: Option<String>,
    /// Libraries whose signed packages are dropped into the plug-in folder, besides the DingTalk one.
    pub libraries: Vec<PathBuf>,
    /// Data folder of another node, whose master key this one shares.
    pub key_of: Option<PathBuf>,
    /// The address that people use; the listening one if absent. Nodes behind one proxy share it.
    pub public_url: Option<String>,
    /// The clock, to be shared by several nodes; one of its own if absent.
    pub clock: Option<ManualClock>,
    /// Networks whose `X-Forwarded-For` is believed.
    pub trusted_proxies: &'static [&'static str],
    /// The token of a monitoring system.
    pub metrics_token: Option<&'static str>,
    /// What is said when it is started.
    pub start: StartFlags,
    /// Packages are not installed here.
    pub no_uploads: bool,
}

/// A host, its simulator, its clock, and an administrator who is signed in.
pub struct World {
    /// DingTalk.
    pub simulator: Simulator,
    /// The host's clock.
    pub clock: ManualClock,
    /// The administrator's browser.
    pub admin: Client,
    /// Password of the user `admin`; empty if another node made that user.
    pub admin_password: String,
    /// Scheme, host, port and base path.
    pub site: String,
    /// Where this node listens.
    pub address: SocketAddr,
    /// The database.
    pub database_url: String,
    folder: TempDir,
    stop: Option<oneshot::Sender<()>>,
    server: JoinHandle<()>,
}

impl World {
    /// A host with an administrator, and nothing else.
    pub async fn new() -> Self {
        Self::with(Options::default()).await
    }

    /// A host with an administrator, the plug-in enabled, the authenticator `dingtalk` with sign-up, and its Redirect
    /// URL registered.
    pub async fn signing_in() -> Self {
        let mut world = Self::new().await;
        world.enable("auth-dingtalk").await;
        world.add_authenticator("dingtalk", true).await;
        world
    }

    /// The same, but only members of the simulated organisation may come in.
    pub async fn members_only() -> Self {
        let mut world = Self::new().await;
        world.enable("auth-dingtalk").await;
        world.add_authenticator_with("dingtalk", true, MEMBERS_ONLY).await;
        world
    }

    /// A host set up as `options` say.
    pub async fn with(options: Options) -> Self {
        logs::keep();
        let folder = tempfile::tempdir().unwrap();
        let simulator = Simulator::start(Scenario::demo().unwrap()).await.expect("the simulator starts");
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let public = options.public_url.clone().unwrap_or_else(|| format!("http://{address}"));
        let site = format!("{public}{}", options.base_path);
        let config = Config {
            public_url: Some(site.clone()),
            data_dir: folder.path().join("data"),
            database_url: options.database_url.clone(),
            allow_loopback_upstreams: true,
            plugin_keys: BTreeMap::from([(KEY_NAME.to_owned(), Signer::trusted().public())]),
            plugin_uploads: !options.no_uploads,
            metrics_token_file: options.metrics_token.map(|_| folder.path().join(METRICS_TOKEN)),
            trusted_proxies: options.trusted_proxies.iter().map(|net| net.parse().unwrap()).collect(),
            ..Config::default()
        };
        fill_folder(folder.path(), &options);
        // A day of 2026; the test moves it.
        let clock = options.clock.clone().unwrap_or_else(|| ManualClock::new(1_790_000_000_000));
        simulator.set_date(clock.now_ms());
        let database_url = config.database_url();
        let (clock_of_host, entropy) = (Arc::new(clock.clone()), Arc::new(OsEntropy));
        let (program, start) = (gatehouse_program(), options.start);
        let surroundings = Surroundings { clock: clock_of_host, entropy, program, start };
        let app: App = Core::open(config, surroundings).await.expect("the host starts");
        let admin_password = app.first_administrator().await.unwrap().map(|p| p.to_string()).unwrap_or_default();
        let (stop, stopped) = oneshot::channel();
        let server = tokio::spawn(async move {
            let stopped = async {
                let _ = stopped.await;
            };
            server::serve(app, listener, stopped).await.expect("the host serves");
        });
        let admin = Client::through(&site, &format!("http://{address}"));
        let stop = Some(stop);
        let mut world =
            Self { simulator, clock, admin, admin_password, site, address, database_url, folder, stop, server };
        if !world.admin_password.is_empty() {
            let password = world.admin_password.clone();
            let mut admin = world.browser();
            assert_eq!(admin.sign_in_with_password("admin", &password).await.status, 303);
            world.admin = admin;
        }
        world
    }

    /// A new browser.
    pub fn browser(&self) -> Client {
        Client::through(&self.site, &format!("http://{}", self.address))
    }

    /// The host's data folder.
    pub fn data_dir(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// Stops the host as SIGTERM does, and waits until it is gone.
    pub async fn stop(mut self) {
        let _ = self.stop.take().unwrap().send(());
        let _ = (&mut self.server).await;
    }
}

fn fill_folder(folder: &Path, options: &Options) {
    use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
    if let Some(token) = options.metrics_token {
        let path = folder.join(METRICS_TOKEN);
        std::fs::write(&path, format!("{token}\n")).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
    }
    let plugins = folder.join("data/plugins");
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(&plugins).unwrap();
    for library in std::iter::once(&plugin_library()).chain(&options.libraries) {
        let package = package_of(library);
        let copy = plugins.join(package.file_name().unwrap());
        std::fs::copy(package, &copy).unwrap();
        std::fs::set_permissions(&copy, std::fs::Permissions::from_mode(0o600)).unwrap();
    }
    let key = folder.join("data/master.key");
    match &options.key_of {
        Some(other) => {
            std::fs::copy(other.join("master.key"), &key).unwrap();
        }
        None if options.database_url.is_some() => {
            let made = std::process::Command::new(gatehouse_program()).args(["key", "new"]).output().unwrap();
            std::fs::write(&key, made.stdout).unwrap();
        }
        None => return,
    }
    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o600)).unwrap();
}
