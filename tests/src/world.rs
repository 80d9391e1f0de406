//! A host with its simulator.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use dingtalk_simulator::{Scenario, Simulator};
use gatehouse::app::{App, Core, Surroundings};
use gatehouse::clock::{ManualClock, OsEntropy};
use gatehouse::config::Config;
use gatehouse::server;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::{Client, Reply, gatehouse_program, logs, plugin_library};

/// Client id and secret of the simulator's first app.
pub const CLIENT_ID: &str = "dingdemoclient0001";
/// Its secret.
pub const CLIENT_SECRET: &str = "demo-secret-0001-not-a-real-one";

/// How a host is set up.
#[derive(Clone, Default)]
pub struct Options {
    /// Base path, for example `/gate`.
    pub base_path: &'static str,
    /// Database; the embedded one if absent.
    pub database_url: Option<String>,
    /// Libraries to drop into the plug-in folder, besides the DingTalk one.
    pub libraries: Vec<PathBuf>,
    /// Data folder of another node, whose master key this one shares.
    pub key_of: Option<PathBuf>,
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

    /// A host set up as `options` say.
    pub async fn with(options: Options) -> Self {
        logs::keep();
        let folder = tempfile::tempdir().unwrap();
        let simulator = Simulator::start(Scenario::demo().unwrap()).await.expect("the simulator starts");
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let site = format!("http://{}{}", listener.local_addr().unwrap(), options.base_path);
        let config = Config {
            public_url: Some(site.clone()),
            data_dir: folder.path().join("data"),
            database_url: options.database_url.clone(),
            allow_loopback_upstreams: true,
            ..Config::default()
        };
        fill_folder(folder.path(), &options);
        // A day of 2026; the test moves it.
        let clock = ManualClock::new(1_790_000_000_000);
        let surroundings = Surroundings {
            clock: Arc::new(clock.clone()),
            entropy: Arc::new(OsEntropy),
            program: gatehouse_program(),
        };
        let app: App = Core::open(config, surroundings).await.expect("the host starts");
        let admin_password = app.first_administrator().await.unwrap().map(|p| p.to_string()).unwrap_or_default();
        let (stop, stopped) = oneshot::channel();
        let server = tokio::spawn(async move {
            let stopped = async {
                let _ = stopped.await;
            };
            server::serve(app, listener, stopped).await.expect("the host serves");
        });
        let admin = Client::new(&site);
        let mut world = Self { simulator, clock, admin, admin_password, site, folder, stop: Some(stop), server };
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
        Client::new(&self.site)
    }

    /// The host's data folder.
    pub fn data_dir(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// Enables a plug-in as the administrator does.
    pub async fn enable(&mut self, plugin: &str) {
        let reply = self.admin.post(&format!("/admin/plugins/{plugin}/enable"), &[]).await;
        assert!(reply.location().contains("notice=plugin-enabled"), "{plugin}: {}", reply.location());
    }

    /// Adds an authenticator that speaks with the simulator, and registers its Redirect URL there.
    pub async fn add_authenticator(&mut self, uid: &str, sign_up: bool) {
        let base = self.simulator.base_url();
        let mut form = vec![
            ("type", "dingtalk"),
            ("uid", uid),
            ("title.en", "DingTalk"),
            ("title.zh-CN", "钉钉"),
            ("enabled", "on"),
            ("settings.client_id", CLIENT_ID),
            ("settings.client_secret", CLIENT_SECRET),
            ("settings.region", "custom"),
            ("settings.login_url", &base),
            ("settings.api_url", &base),
            ("settings.legacy_url", &base),
        ];
        if sign_up {
            form.push(("settings.sign_up", "on"));
        }
        let reply = self.admin.post("/admin/authentication", &form).await;
        assert_eq!(reply.status, 303, "{}", reply.page().text());
        self.simulator.register_redirect(CLIENT_ID, &self.redirect_url(uid)).unwrap();
    }

    /// The Redirect URL of an authenticator.
    pub fn redirect_url(&self, uid: &str) -> String {
        format!("{}/signin/{uid}/callback", self.site)
    }

    /// Creates a local user with a phone, and returns their id.
    pub async fn add_user(&mut self, username: &str, phone: &str, roles: &[&str]) -> String {
        let body = json!({"username": username, "nickname": username, "phone": phone, "roles": roles});
        let reply = self.admin.json(reqwest::Method::POST, "/api/v1/users", Some(&body)).await;
        assert_eq!(reply.status, 201, "{}", reply.body);
        reply.json()["id"].as_str().unwrap().to_owned()
    }

    /// All users, as the administrator sees them.
    pub async fn users(&mut self) -> Vec<Value> {
        let reply = self.admin.json(reqwest::Method::GET, "/api/v1/users?limit=200", None).await;
        reply.json()["items"].as_array().unwrap_or_else(|| panic!("{}", reply.body)).clone()
    }

    /// Stops the host as SIGTERM does, and waits until it is gone.
    pub async fn stop(mut self) {
        let _ = self.stop.take().unwrap().send(());
        let _ = (&mut self.server).await;
    }
}

impl Client {
    /// Signs in with a password.
    pub async fn sign_in_with_password(&mut self, name: &str, password: &str) -> Reply {
        self.post("/signin/password", &[("identifier", name), ("password", password)]).await
    }

    /// Clicks the button of an authenticator; the reply leads to the provider.
    pub async fn click(&mut self, uid: &str) -> Reply {
        self.post(&format!("/signin/{uid}/start"), &[]).await
    }

    /// Clicks the button, is `person` at DingTalk, and comes back. Returns the answer to the callback.
    pub async fn sign_in_as(&mut self, world: &Simulator, uid: &str, person: &str) -> Reply {
        let address = self.go_to_provider(world, uid, person).await;
        self.get(&address).await
    }

    /// Clicks the button, is `person` at DingTalk, and returns the address that DingTalk sends the browser back to.
    pub async fn go_to_provider(&mut self, simulator: &Simulator, uid: &str, person: &str) -> String {
        let clicked = self.click(uid).await;
        assert_eq!(clicked.status, 303, "{}", clicked.page().text());
        simulator.set_auto_approve(Some(person)).unwrap();
        let sent_back = Client::new("http://provider.invalid").get(&clicked.location()).await;
        assert!((300..400).contains(&sent_back.status), "{}", sent_back.body);
        sent_back.location()
    }
}

fn fill_folder(folder: &Path, options: &Options) {
    use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
    let plugins = folder.join("data/plugins");
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(&plugins).unwrap();
    for library in std::iter::once(&plugin_library()).chain(&options.libraries) {
        let copy = plugins.join(library.file_name().unwrap());
        std::fs::copy(library, &copy).unwrap();
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
