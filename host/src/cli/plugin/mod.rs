//! `gatehouse plugin`: packages from a key to a running plug-in, seen from the shell.

mod check;
mod dev;
mod inspect;
mod keygen;
mod new;
mod pack;
mod releases;
mod secret;
mod verify;
mod workshop;

use std::path::PathBuf;

use clap::Subcommand;

use super::Problem;
use super::flags::Flags;

#[derive(Subcommand)]
pub(super) enum Command {
    /// Write a complete crate of a new plug-in.
    New(new::Options),
    /// Go through the list that every plug-in has to pass, and draw its form.
    Check(check::Options),
    /// Build, sign and run the plug-in of a crate, and do it again after every change.
    Dev(dev::Options),
    /// List the plug-ins with their releases, and the files of the folder that are none.
    List,
    /// Make a pair of keys for signing plug-ins, and say how a host comes to trust it.
    Keygen(keygen::Options),
    /// Make a package of one library for each processor and system. The same files give the same bytes, until they
    /// are signed.
    Pack(pack::PackOptions),
    /// Sign a package.
    Sign(pack::SignOptions),
    /// Say whether a package may run here, and who vouches for it. Nothing of it runs.
    Verify(verify::Options),
    /// Say what is in a package or a library: read it, try it out in a process of its own, and ask what it registers.
    /// Nothing is registered or remembered.
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
        Command::New(options) => new::run(&options),
        Command::Check(options) => check::run(flags, &options).await,
        Command::Dev(options) => dev::run(flags, &options).await,
        Command::Keygen(options) => keygen::run(&options),
        Command::Pack(options) => pack::run_pack(&options),
        Command::Sign(options) => pack::run_sign(&options),
        Command::Verify(options) => verify::run(flags, &options),
        Command::Inspect { path } => inspect::inspect_file(flags, &path).await,
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
