//! The command line: `serve`, and what an administrator does with a shell instead of a browser.
//!
//! Every command reads the same configuration as the host and does its work through the same services as the pages,
//! so that it may run beside a host; a running host notices within a second. What scripts read (one line for each
//! thing) is English; what people are told is in the terminal's language. A complaint is one line on standard error:
//! exit code 2 if the configuration or a file is at fault, 1 for everything else.

mod admin;
mod apply;
mod doctor;
mod files;
mod flags;
mod key;
mod keys;
mod logging;
mod plugin;
mod problem;
mod serve;
mod terminal;

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::{Parser, Subcommand};

use crate::kit::check;
use crate::plugins::probe;
use flags::Flags;
use problem::Problem;
pub(crate) use terminal::tame;

/// The front door of an admin platform: people sign in, administrators decide how.
#[derive(Parser)]
#[command(name = "gatehouse", version, propagate_version = false, disable_help_subcommand = true)]
struct Options {
    #[command(flatten)]
    flags: Flags,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve until told to stop. The first start makes the administrator and prints the password once.
    Serve(serve::Options),
    /// Make users, plug-ins and authenticators as a file says; doing it again changes nothing.
    Apply(apply::Options),
    /// Say what stands between authenticators and the people who want to sign in, without anybody signing in.
    Doctor(doctor::Options),
    /// Administrators, for the first one and for emergencies.
    #[command(subcommand)]
    Admin(admin::Command),
    /// Plug-ins, seen from the shell.
    #[command(subcommand)]
    Plugin(plugin::Command),
    /// The master keys, under which secrets are sealed.
    #[command(subcommand)]
    Key(key::Command),
    /// Links of people to the provider's identifiers: bring them along, move them.
    #[command(subcommand)]
    Keys(keys::Command),
    /// Open one library and say what it registers; the host starts this by itself.
    #[command(name = probe::SUBCOMMAND, hide = true)]
    Probe { path: PathBuf },
    /// Go through the list with one library; `plugin check` starts this by itself.
    #[command(name = check::SUBCOMMAND, hide = true)]
    CheckChild { path: PathBuf },
}

/// The main function of the `gatehouse` program.
pub fn main() -> ExitCode {
    let Options { flags, command } = Options::parse();
    if let Command::Probe { path } = &command {
        // Before anything else has started threads.
        return probe::child_main(path);
    }
    if let Command::CheckChild { path } = &command {
        return check::child_main(path);
    }
    leave(match run_to_end(&flags, command) {
        Ok(()) => 0,
        Err(problem) => problem.report(),
    })
}

/// Ends this process, and asks no library: one that hangs in the middle of being opened, or in its own farewell, would
/// keep us for ever.
fn leave(code: u8) -> ! {
    // Whoever would read it is gone; so are we.
    let _ = io::stdout().flush();
    let _ = io::stderr().flush();
    // SAFETY: _exit takes a number and does not return. What has to be on the disk is there: the database has
    // acknowledged it.
    unsafe { libc::_exit(code.into()) }
}

fn run_to_end(flags: &Flags, command: Command) -> Result<(), Problem> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Problem::other(format!("the system gives no threads: {error}")))?;
    let outcome = runtime.block_on(run(flags, command));
    // A library that hangs in a thread does not keep us.
    runtime.shutdown_timeout(Duration::from_secs(1));
    outcome
}

async fn run(flags: &Flags, command: Command) -> Result<(), Problem> {
    match command {
        Command::Serve(options) => serve::run(flags, &options).await,
        Command::Apply(options) => apply::run(flags, &options).await,
        Command::Doctor(options) => doctor::run(flags, &options).await,
        Command::Admin(command) => admin::run(flags, command).await,
        Command::Plugin(command) => plugin::run(flags, command).await,
        Command::Key(command) => key::run(flags, command).await,
        Command::Keys(command) => keys::run(flags, command).await,
        Command::Probe { path } | Command::CheckChild { path } => {
            Err(Problem::other(format!("{} is tried out elsewhere", path.display())))
        }
    }
}
