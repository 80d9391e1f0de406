//! Configuration: defaults, then a TOML file, then `GATEHOUSE_*` variables, then flags.
//!
//! An unknown key or an unsafe value refuses to start, with the reason. This is the only place that reads environment
//! variables.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use figment::Figment;
use figment::providers::{Env, Format, Serialized, Toml};
use ipnet::IpNet;
use serde::{Deserialize, Serialize};
use ui_schema::Language;
use url::Url;

use crate::outbound::is_private;
use crate::plugins::package::TrustedKeys;

/// The configuration of one host.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Address to listen on.
    pub listen: SocketAddr,
    /// The address people use, for example `https://example.com/gate`; every link and Redirect URL is made from it.
    pub public_url: Option<String>,
    /// Where the embedded database, the master key and the staged plug-ins live.
    pub data_dir: PathBuf,
    /// `postgres://…`; the embedded SQLite database if absent.
    pub database_url: Option<String>,
    /// Where plug-in packages are dropped; `<data_dir>/plugins` if absent.
    pub plugin_dir: Option<PathBuf>,
    /// Whose signatures of plug-ins count: name and minisign public key of each.
    pub plugin_keys: BTreeMap<String, String>,
    /// Whether packages may be installed by pages and API; a shell on the server is enough in any case.
    pub plugin_uploads: bool,
    /// File with the master keys; `<data_dir>/master.key` if absent, made at the first start.
    pub master_key_file: Option<PathBuf>,
    /// File with the token of a monitoring system, which may then read `/metrics`; administrators may in any case.
    pub metrics_token_file: Option<PathBuf>,
    /// Networks whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpNet>,
    /// Name on the sign-in page.
    pub site_name: String,
    /// Country calling code of telephone numbers without one, digits only.
    pub default_country_code: String,
    /// A session ends after this many minutes without a request.
    pub session_idle_minutes: u32,
    /// A session ends this many hours after the sign-in, whatever happens.
    pub session_absolute_hours: u32,
    /// Lets plug-ins call loopback addresses, with http too. For demonstrations and tests; refused unless the public
    /// URL is on loopback itself.
    pub allow_loopback_upstreams: bool,
    /// Private networks that plug-ins may call, with https: for a provider's deployment inside the organisation.
    pub private_upstreams: Vec<IpNet>,
    /// A sentence at the foot of the sign-in page.
    pub notice: Option<String>,
    /// What the log shows, for example `info` or `gatehouse=debug`.
    pub log: String,
    /// `text` or `json`.
    pub log_format: LogFormat,
}

/// How a line of the log looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

/// Why the host does not start.
#[derive(Debug)]
pub struct ConfigError(pub(crate) String);

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            public_url: None,
            data_dir: PathBuf::from("gatehouse-data"),
            database_url: None,
            plugin_dir: None,
            plugin_keys: BTreeMap::new(),
            plugin_uploads: true,
            master_key_file: None,
            metrics_token_file: None,
            trusted_proxies: Vec::new(),
            site_name: "Gatehouse".into(),
            default_country_code: "86".into(),
            session_idle_minutes: 8 * 60,
            session_absolute_hours: 7 * 24,
            allow_loopback_upstreams: false,
            private_upstreams: Vec::new(),
            notice: None,
            log: "info".into(),
            log_format: LogFormat::Text,
        }
    }
}

impl Config {
    /// Reads file and environment over the defaults; `flags` win over both.
    ///
    /// # Errors
    /// An unreadable file, an unknown key, or a value that is not allowed.
    pub fn load(file: Option<&Path>, flags: &impl Serialize) -> Result<Self, ConfigError> {
        let mut figment = Figment::from(Serialized::defaults(Self::default()));
        if let Some(file) = file {
            if !file.is_file() {
                return Err(ConfigError(format!("there is no file {}", file.display())));
            }
            figment = figment.merge(Toml::file_exact(file));
        }
        // `GATEHOUSE_CONFIG` names the file; `GATEHOUSE_TEST_…` tells the test suite where things are.
        let env = Env::prefixed("GATEHOUSE_").ignore(&["config"]).filter(|key| !key.starts_with("test_"));
        let mut config: Self = figment
            .merge(env)
            .merge(Serialized::defaults(flags))
            .extract()
            .map_err(|error| ConfigError(error.to_string()))?;
        // The process that tries a plug-in out stands elsewhere.
        let fail = |error| ConfigError(format!("data_dir: {error}"));
        config.data_dir = std::path::absolute(&config.data_dir).map_err(fail)?;
        config.check()?;
        Ok(config)
    }

    fn check(&self) -> Result<(), ConfigError> {
        self.trusted_keys()?;
        let refuse = |why: &str| Err(ConfigError(why.to_owned()));
        let url = self.base_url()?;
        let loopback = is_loopback(&url);
        if url.scheme() != "https" && !(url.scheme() == "http" && loopback) {
            return refuse("public_url has to start with https:// (http:// is for loopback addresses only)");
        }
        if !url.username().is_empty() || url.password().is_some() || url.query().is_some() || url.fragment().is_some() {
            return refuse("public_url may hold scheme, host, port and path only");
        }
        if self.allow_loopback_upstreams && !loopback {
            return refuse("allow_loopback_upstreams is for demonstrations: public_url has to be on loopback too");
        }
        if self.default_country_code.is_empty() || !self.default_country_code.bytes().all(|b| b.is_ascii_digit()) {
            return refuse("default_country_code has to be digits, for example \"86\"");
        }
        if self.session_idle_minutes == 0 || self.session_absolute_hours == 0 {
            return refuse("session_idle_minutes and session_absolute_hours have to be at least 1");
        }
        if !self.private_upstreams.iter().all(is_private) {
            return refuse("private_upstreams may hold private networks only, for example 10.20.0.0/16");
        }
        if self.trusted_proxies.iter().any(|net| net.prefix_len() == 0) {
            return refuse("trusted_proxies must not hold a network of all addresses");
        }
        Ok(())
    }

    /// The public address, without a slash at its end.
    ///
    /// # Errors
    /// When it is missing and cannot be told from the listening address, or is no address.
    pub fn base_url(&self) -> Result<Url, ConfigError> {
        let text = match &self.public_url {
            Some(text) => text.clone(),
            None if self.listen.ip().is_loopback() => format!("http://{}", self.listen),
            None => return Err(ConfigError("public_url is missing: the address that people will use".into())),
        };
        let mut url = Url::parse(&text).map_err(|error| ConfigError(format!("public_url: {error}")))?;
        if url.host_str().is_none() {
            return Err(ConfigError("public_url has no host".into()));
        }
        let path = url.path().trim_end_matches('/').to_owned();
        url.set_path(&path);
        Ok(url)
    }

    /// Where plug-in libraries are dropped.
    pub fn plugin_dir(&self) -> PathBuf {
        self.plugin_dir.clone().unwrap_or_else(|| self.data_dir.join("plugins"))
    }

    /// Who signs plug-ins that may run here.
    ///
    /// # Errors
    /// Which key cannot be read.
    pub fn trusted_keys(&self) -> Result<TrustedKeys, ConfigError> {
        TrustedKeys::parse(&self.plugin_keys).map_err(|why| ConfigError(format!("plugin_keys: {why}")))
    }

    /// Where the master keys are.
    pub fn master_key_file(&self) -> PathBuf {
        self.master_key_file.clone().unwrap_or_else(|| self.data_dir.join("master.key"))
    }

    /// The database's address.
    pub fn database_url(&self) -> String {
        self.database_url.clone().unwrap_or_else(|| crate::store::Store::embedded_url(&self.data_dir))
    }
}

/// Reads a secret that a declarative file refers to by the name of a variable.
///
/// # Errors
/// When the variable is not set.
pub(crate) fn secret_from_environment(name: &str) -> Result<String, ConfigError> {
    variable(name).ok_or_else(|| ConfigError(format!("the environment variable {name} is not set")))
}

/// The language of whoever sits at the terminal (POSIX, "Environment Variables", 8.2): the first locale that is set.
pub(crate) fn terminal_language() -> Language {
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(variable).find(|locale| !locale.is_empty());
    locale.and_then(|locale| Language::from_tag(&locale)).unwrap_or_default()
}

/// Device and inode of the pipe into systemd's journal, `DEVICE:INODE` (systemd.exec(5)).
pub(crate) fn journal_stream() -> Option<String> {
    variable("JOURNAL_STREAM")
}

fn variable(name: &str) -> Option<String> {
    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the environment")]
    std::env::var(name).ok()
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(url::Host::Ipv4(ip)) => ip.is_loopback(),
        Some(url::Host::Ipv6(ip)) => ip.is_loopback(),
        Some(url::Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

impl std::fmt::Display for ConfigError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ConfigError {}
