//! `gatehouse plugin dev`: after every change, the plug-in that runs is the one in the editor.
//!
//! What is built walks the way of every package: packed, signed with the author's key, installed, and made the release
//! that runs. A host on the same data follows within a second, as after any other command.

use std::path::{Path, PathBuf};

use clap::Args;

use super::pack::{library, texts_in};
use super::releases::{ACTOR, Insist};
use super::secret::Password;
use crate::app::App;
use crate::cli::Problem;
use crate::cli::flags::Flags;
use crate::cli::terminal::{say, warn, words};
use crate::kit::dev::{self, Trouble, Watch};
use crate::plugins::package::pack::pack;
use crate::plugins::package::sign::{SigningKey, sign};
use crate::plugins::{Release, Wanted, service};

/// What `gatehouse plugin keygen` calls its secret key.
const USUAL_KEY: &str = "gatehouse-plugins.key";

#[derive(Args)]
pub(in crate::cli) struct Options {
    /// The folder of the crate.
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    path: PathBuf,
    /// The secret key to sign with; gatehouse-plugins.key in the folder of the crate if none is named.
    #[arg(long, value_name = "KEYFILE")]
    key: Option<PathBuf>,
    #[command(flatten)]
    password: Password,
    /// Build as for others: small and slowly.
    #[arg(long)]
    release: bool,
    /// Do it once and end.
    #[arg(long)]
    once: bool,
    #[command(flatten)]
    insist: Insist,
}

pub(super) async fn run(flags: &Flags, options: &Options) -> Result<(), Problem> {
    let key = options.key.clone().unwrap_or_else(|| options.path.join(USUAL_KEY));
    if !key.exists() {
        return Err(Problem::other(words().t("kit-no-key")).of(&key.display().to_string()));
    }
    let key = options.password.open(&key)?;
    let mut workbench = Workbench { app: flags.open().await?, key, options, installed: Vec::new() };
    let mut watch = Watch::new(&options.path);
    loop {
        match workbench.round().await {
            outcome if options.once => return outcome,
            Ok(()) => {}
            Err(problem) => warn(problem.sentence()),
        }
        say(words().t("kit-watching"))?;
        watch.change().await;
    }
}

/// What every round needs.
struct Workbench<'a> {
    app: App,
    key: SigningKey,
    options: &'a Options,
    /// SHA-256 of what earlier rounds installed, oldest first.
    installed: Vec<String>,
}

impl Workbench<'_> {
    /// From the sources to a release that runs.
    async fn round(&mut self) -> Result<(), Problem> {
        let library = dev::build(&self.options.path, self.options.release).await.map_err(problem)?;
        let package = self.package(&library)?;
        let release = service::install(&self.app, ACTOR, package).await?;
        let id = release.manifest.id.clone();
        let wanted = Wanted::Exactly(release.sha256.clone());
        service::choose(&self.app, ACTOR, &id, wanted, self.options.insist.into()).await?;
        say(format_args!("running    {id} {} sha256:{}", release.manifest.version, release.sha256))?;
        self.tidy(&release).await
    }

    fn package(&self, path: &Path) -> Result<Vec<u8>, Problem> {
        let packed = pack(&[library(path)?], &texts_in(Some(&self.options.path))?)?;
        Ok(sign(&packed.bytes, &self.key)?)
    }

    /// Keeps what ran before, so that there is a way back, and removes what earlier rounds left.
    async fn tidy(&mut self, release: &Release) -> Result<(), Problem> {
        self.installed.retain(|sha256| *sha256 != release.sha256);
        self.installed.push(release.sha256.clone());
        while self.installed.len() > 2 {
            let oldest = self.installed.remove(0);
            service::remove(&self.app, ACTOR, &release.manifest.id, Some(&oldest)).await?;
        }
        Ok(())
    }
}

fn problem(trouble: Trouble) -> Problem {
    match trouble {
        Trouble::NoCargo(error) => Problem::other(format!("cargo: {error}")),
        Trouble::Failed => Problem::other(words().t("kit-build-failed")),
        Trouble::NoLibrary => Problem::other(words().t("kit-no-library")),
    }
}
