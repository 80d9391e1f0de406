//! `gatehouse plugin`: packages from a key to a running plug-in, seen from the shell.

mod inspect;
mod releases;

use std::path::PathBuf;

use clap::Subcommand;

use super::Problem;
use super::flags::Flags;

#[derive(Subcommand)]
pub(super) enum Command {
    /// List the plug-ins with their releases, and the files of the folder that are none.
    List,
    /// Say what is in a library file: read it, try it out in a process of its own, and ask what it registers. Nothing
    /// is registered or remembered.
    Inspect {
        /// The file.
        path: PathBuf,
    },
    /// Install a package. Nothing of it runs before it is enabled.
    Install {
        /// The package.
        package: PathBuf,
        /// Make it the release that runs, at once.
        #[arg(long)]
        enable: bool,
        #[command(flatten)]
        insist: releases::Insist,
    },
    /// Enable a plug-in, or make another of its releases the one that runs.
    Enable {
        /// Its id.
        id: String,
        /// Which version; the latest that somebody vouches for if none is said and none was chosen before.
        #[arg(long)]
        version: Option<String>,
        #[command(flatten)]
        insist: releases::Insist,
    },
    /// Disable a plug-in. Its authenticators stay.
    Disable {
        /// Its id.
        id: String,
    },
    /// Go back to the release that ran before, with the settings of then.
    Rollback {
        /// Its id.
        id: String,
    },
    /// Remove the installed packages of a plug-in.
    Remove {
        /// Its id.
        id: String,
        /// Only the package of this version.
        #[arg(long)]
        version: Option<String>,
    },
}

pub(super) async fn run(flags: &Flags, command: Command) -> Result<(), Problem> {
    match command {
        Command::List => releases::list(&flags.open().await?).await,
        Command::Inspect { path } => inspect::inspect_file(&path).await,
        Command::Install { package, enable, insist } => {
            releases::install(&flags.open().await?, &package, enable, insist).await
        }
        Command::Enable { id, version, insist } => {
            releases::enable(&flags.open().await?, &id, version.as_deref(), insist).await
        }
        Command::Disable { id } => releases::disable(&flags.open().await?, &id).await,
        Command::Rollback { id } => releases::roll_back(&flags.open().await?, &id).await,
        Command::Remove { id, version } => releases::remove(&flags.open().await?, &id, version.as_deref()).await,
    }
}
