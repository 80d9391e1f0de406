//! `gatehouse apply`: users, plug-ins and authenticators as a file says.
//!
//! The file says what is to be; what it does not mention stays as it is. Each thing is compared first, and changed
//! through the same service as on the pages if it differs, so that applying a file again changes nothing. It stops at
//! the first thing that is refused; what came before it stays, and the corrected file can be applied as a whole.

mod authenticators;
mod given;
mod plugins;
mod users;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::Args;
use serde::Deserialize;

use super::flags::Flags;
use super::terminal::{say, words};
use super::{Problem, terminal};
use crate::app::App;
use crate::authenticators::service::Mandate;
use crate::plugins::service;
use crate::users::names;
use authenticators::AuthenticatorSpec;
use plugins::PluginSpec;
use users::UserSpec;

/// Whose doing it is, in the journal.
const ACTOR: &str = "apply";

#[derive(Args)]
pub(super) struct Options {
    /// The file, in TOML.
    #[arg(short, long, value_name = "FILE")]
    file: PathBuf,
    /// Check everything and say what would change, but change nothing.
    #[arg(long)]
    dry_run: bool,
    /// Replace credentials in use even if the provider does not accept the new ones.
    #[arg(long)]
    unproven: bool,
}

/// The whole file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    #[serde(default)]
    plugins: Vec<PluginSpec>,
    #[serde(default)]
    users: Vec<UserSpec>,
    #[serde(default)]
    authenticators: Vec<AuthenticatorSpec>,
}

/// One run.
struct Run<'a> {
    app: &'a App,
    /// Paths in the file start here.
    folder: &'a Path,
    dry: bool,
    unproven: bool,
}

/// What was done about a thing, or would be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Change {
    Created,
    Changed,
    Unchanged,
}

pub(super) async fn run(flags: &Flags, options: &Options) -> Result<(), Problem> {
    let document = read(&options.file)?;
    let app = flags.open().await?;
    service::start(&app).await?;
    let folder = options.file.parent().unwrap_or(Path::new(""));
    let run = Run { app: &app, folder, dry: options.dry_run, unproven: options.unproven };
    run.whole(&document).await?;
    if options.dry_run { say(words().t("cli-dry-run")) } else { Ok(()) }
}

fn read(file: &Path) -> Result<Document, Problem> {
    let fail = |error: &dyn std::fmt::Display| Problem::configuration(format!("{}: {error}", file.display()));
    let text = std::fs::read_to_string(file).map_err(|error| fail(&error))?;
    let document: Document = toml::from_str(&text).map_err(|error| {
        // Not the error's own text: it quotes the line, and a password that does not belong there may stand on it.
        let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        fail(&format_args!("line {line}: {}", error.message()))
    })?;
    match document.said_twice() {
        Some(thing) => Err(fail(&format_args!("{thing} is there twice"))),
        None => Ok(document),
    }
}

impl Document {
    /// Something that the file speaks of in two places, which could not both be true.
    fn said_twice(&self) -> Option<String> {
        let plugins = self.plugins.iter().map(|spec| format!("plug-in {}", spec.id));
        let users = self.users.iter().map(|spec| format!("user {}", names::fold(&spec.username)));
        let authenticators = self.authenticators.iter().map(|spec| format!("authenticator {}", spec.uid));
        let mut seen = BTreeSet::new();
        plugins.chain(users).chain(authenticators).find(|thing| !seen.insert(thing.clone()))
    }
}

impl Run<'_> {
    /// A file says what is to be: it enables whatever the doctor finds, who is asked afterwards. But credentials that
    /// work are not replaced by such that do not, unless somebody insists.
    const fn mandate(&self) -> Mandate<'static> {
        Mandate { despite_findings: true, unproven: self.unproven, ..Mandate::of(ACTOR) }
    }

    async fn whole(&self, document: &Document) -> Result<(), Problem> {
        for spec in &document.plugins {
            let thing = format!("plug-in {}", spec.id);
            Self::say(spec.apply(self).await, &thing)?;
        }
        for spec in &document.users {
            let thing = format!("user {}", spec.username);
            Self::say(spec.apply(self).await, &thing)?;
        }
        for spec in &document.authenticators {
            let thing = format!("authenticator {}", spec.uid);
            Self::say(spec.apply(self).await, &thing)?;
        }
        if !document.authenticators.is_empty() {
            Self::say(
                authenticators::put_in_order(self, &document.authenticators).await,
                "order of the authenticators",
            )?;
        }
        Ok(())
    }

    fn say(change: Result<Change, Problem>, thing: &str) -> Result<(), Problem> {
        let verb = match change.map_err(|problem| problem.of(&terminal::tame(thing)))? {
            Change::Created => "created",
            Change::Changed => "changed",
            Change::Unchanged => "unchanged",
        };
        say(format_args!("{verb:<10} {}", terminal::tame(thing)))
    }
}
