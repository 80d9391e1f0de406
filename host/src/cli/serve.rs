//! `gatehouse serve`.

use std::fs;
use std::io;
use std::net::SocketAddr;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use clap::Args;
use tokio::net::TcpListener;
use tokio::signal::unix::{Signal, SignalKind, signal};

use super::flags::{Flags, open};
use super::terminal::{Credentials, words};
use super::{Problem, logging};
use crate::app::{App, StartFlags};
use crate::config::{self, Config};
use crate::store::users;
use crate::web::server;

/// How the host is served.
#[derive(Args)]
pub(super) struct Options {
    /// Write the number of the port to this file once it is open; for whoever listens on port 0.
    #[arg(long, value_name = "FILE")]
    port_file: Option<PathBuf>,
    /// Let plug-ins run that nobody known has signed. For development: a red banner tells every administrator.
    #[arg(long)]
    allow_unsigned_plugins: bool,
    /// Start without any plug-in, whatever is enabled; sign in with a password and put things right.
    #[arg(long)]
    safe_mode: bool,
}

impl Options {
    const fn start(&self) -> StartFlags {
        StartFlags { allow_unsigned_plugins: self.allow_unsigned_plugins, safe_mode: self.safe_mode }
    }
}

pub(super) async fn run(flags: &Flags, options: &Options) -> Result<(), Problem> {
    let mut config = flags.load()?;
    logging::start(&config)?;
    let stop = Stop::prepare()?;
    let listener = bind(&mut config).await?;
    let listen = config.listen;
    let app = open(config, options.start()).await?;
    let address = format!("{}{}", app.origin, app.urls.sign_in(None));
    welcome(&app, &address).await?;
    if let Some(file) = &options.port_file {
        write_port(file, listen).map_err(|error| Problem::other(format!("{}: {error}", file.display())))?;
    }
    tracing::info!(%listen, address, version = env!("CARGO_PKG_VERSION"), "serving");
    let ended = server::serve(app, listener, stop.asked()).await;
    ended.map_err(|error| Problem::other(error.to_string()))?;
    tracing::info!("stopped");
    Ok(())
}

/// Takes the port before anything else is touched, so that a second host does no harm.
async fn bind(config: &mut Config) -> Result<TcpListener, Problem> {
    let fail = |error: io::Error| Problem::other(format!("cannot listen on {}: {error}", config.listen));
    let listener = TcpListener::bind(config.listen).await.map_err(fail)?;
    config.listen = listener.local_addr().map_err(fail)?;
    Ok(listener)
}

/// Makes the first administrator and tells their password, once; says so if there is none at all.
async fn welcome(app: &App, address: &str) -> Result<(), Problem> {
    if !writes_to_the_journal()
        && let Some(password) = app.first_administrator().await?
    {
        let headline = words().t("cli-first-administrator");
        Credentials { address, username: "admin", password: &password }.say(&headline)?;
    }
    let administrators = {
        let mut conn = app.store.read().await?;
        users::active_administrators(&mut conn).await?
    };
    if administrators == 0 {
        tracing::warn!("there is no administrator; run: gatehouse admin create --username NAME");
    }
    Ok(())
}

/// Whether standard output ends up in systemd's journal, which keeps it, so that no password belongs there.
/// `JOURNAL_STREAM` is handed down to other processes too, so it counts only if it names our output (systemd.exec(5)).
fn writes_to_the_journal() -> bool {
    let own = fs::metadata("/proc/self/fd/1").map(|output| format!("{}:{}", output.dev(), output.ino()));
    config::journal_stream().is_some_and(|journal| own.is_ok_and(|own| own == journal))
}

/// Never leaves half a number behind.
fn write_port(file: &Path, listen: SocketAddr) -> io::Result<()> {
    let fresh = file.with_extension("fresh");
    fs::write(&fresh, format!("{}\n", listen.port()))?;
    fs::rename(fresh, file)
}

/// The two ways in which a process is asked to stop. Listened to from the beginning, so that none is missed.
struct Stop {
    interrupt: Signal,
    terminate: Signal,
}

impl Stop {
    fn prepare() -> Result<Self, Problem> {
        let listen = |kind| signal(kind).map_err(|error| Problem::other(format!("signals: {error}")));
        Ok(Self { interrupt: listen(SignalKind::interrupt())?, terminate: listen(SignalKind::terminate())? })
    }

    async fn asked(mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
        tracing::info!("stopping");
    }
}
