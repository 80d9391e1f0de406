//! What every command understands: where the configuration is, and what is different from it.

use std::net::SocketAddr;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use serde::Serialize;

use super::Problem;
use crate::app::{App, Core, StartFlags, Surroundings};
use crate::clock::{OsEntropy, SystemClock};
use crate::config::Config;

/// Where the configuration is looked for if nobody says.
const USUAL_FILE: &str = "/etc/gatehouse/gatehouse.toml";

/// The flags that go before or after every command. A flag wins over a `GATEHOUSE_*` variable, that over the file.
#[derive(Args, Serialize)]
pub(super) struct Flags {
    /// Configuration file; /etc/gatehouse/gatehouse.toml if it exists.
    #[arg(long, global = true, value_name = "FILE", env = "GATEHOUSE_CONFIG")]
    #[serde(skip)]
    config: Option<PathBuf>,
    /// Address to listen on, for example 127.0.0.1:8080.
    #[arg(long, global = true, value_name = "ADDRESS")]
    #[serde(skip_serializing_if = "Option::is_none")]
    listen: Option<SocketAddr>,
    /// The address that people use, for example https://example.com/gate.
    #[arg(long, global = true, value_name = "URL")]
    #[serde(skip_serializing_if = "Option::is_none")]
    public_url: Option<String>,
    /// Where the embedded database, the master key and the staged plug-ins live.
    #[arg(long, global = true, value_name = "FOLDER")]
    #[serde(skip_serializing_if = "Option::is_none")]
    data_dir: Option<PathBuf>,
    /// postgres://… instead of the embedded database. Other users of the machine can see it; better put it in the file.
    #[arg(long, global = true, value_name = "URL")]
    #[serde(skip_serializing_if = "Option::is_none")]
    database_url: Option<String>,
    /// Where plug-in libraries are dropped.
    #[arg(long, global = true, value_name = "FOLDER")]
    #[serde(skip_serializing_if = "Option::is_none")]
    plugin_dir: Option<PathBuf>,
}

impl Flags {
    /// The configuration.
    pub(super) fn load(&self) -> Result<Config, Problem> {
        let usual = Path::new(USUAL_FILE);
        let file = self.config.as_deref().or_else(|| usual.is_file().then_some(usual));
        Ok(Config::load(file, self)?)
    }

    /// The host as this process has it: no plug-in is loaded yet.
    pub(super) async fn open(&self) -> Result<App, Problem> {
        open(self.load()?, StartFlags::default()).await
    }
}

/// Opens the host's data.
pub(super) async fn open(config: Config, start: StartFlags) -> Result<App, Problem> {
    check_owner(&config.data_dir)?;
    let (clock, entropy) = (Arc::new(SystemClock), Arc::new(OsEntropy));
    let surroundings = Surroundings { clock, entropy, program: own_program()?, start };
    Ok(Core::open(config, surroundings).await?)
}

/// This very program, for trying plug-ins out.
pub(super) fn own_program() -> Result<PathBuf, Problem> {
    std::env::current_exe().map_err(|error| Problem::other(format!("this program cannot find itself: {error}")))
}

/// Files that root makes in the service's folder are files that the service cannot open.
fn check_owner(data_dir: &Path) -> Result<(), Problem> {
    let Ok(folder) = std::fs::metadata(data_dir) else { return Ok(()) };
    let own_user = std::fs::metadata("/proc/self").map(|process| process.uid());
    if own_user.is_ok_and(|own| own != folder.uid()) {
        let sentence = "belongs to another user; run this as that user, for example with: sudo -u gatehouse";
        return Err(Problem::configuration(format!("{} {sentence}", data_dir.display())));
    }
    Ok(())
}
