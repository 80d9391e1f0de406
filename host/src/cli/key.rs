//! `gatehouse key`: the master keys.
//!
//! The first key of the file seals, all of them open. So a new key goes in front of the old ones, what is stored is
//! sealed again with it, and then the old ones can go. A host reads the file when it starts: one that runs meanwhile
//! knows the old keys only, and needs a restart before it can open what was sealed with the new one.

use std::fs;
use std::io;
use std::path::Path;

use clap::Subcommand;
use serde_json::json;
use zeroize::Zeroizing;

use super::Problem;
use super::files::replace;
use super::flags::Flags;
use super::terminal::{say, words};
use crate::app::App;
use crate::audit::{self, Entry};
use crate::authenticators::seal;
use crate::clock::OsEntropy;
use crate::failure::Failure;
use crate::store::authenticators::{self, SecretRow};
use crate::store::revisions::{self, Topic};
use crate::vault::Vault;

/// Whose doing it is, in the journal.
const ACTOR: &str = "command-line";

#[derive(Subcommand)]
pub(super) enum Command {
    /// Print a new master key, as a line for a master key file.
    New,
    /// Put a new key in front of the others in the master key file, and seal every stored secret with it.
    Rotate {
        /// Only change the file. Then restart every host, and run `gatehouse key reseal`: so no host is ever without
        /// the key that it needs.
        #[arg(long)]
        only_add: bool,
    },
    /// Seal every stored secret with the first key of the file.
    Reseal,
}

pub(super) async fn run(flags: &Flags, command: Command) -> Result<(), Problem> {
    match command {
        Command::New => say(Vault::new_key(&OsEntropy).as_str()),
        Command::Rotate { only_add } => {
            let path = flags.load()?.master_key_file();
            add_key(&path)?;
            say(format_args!("{:<10} master key file {}", "changed", path.display()))?;
            if only_add { say(words().t("cli-key-added")) } else { reseal(&flags.open().await?).await }
        }
        Command::Reseal => reseal(&flags.open().await?).await,
    }
}

/// Writes the file anew with one key more. Whatever happens meanwhile, the old or the new file is there, whole.
fn add_key(path: &Path) -> Result<(), Problem> {
    // The old file has to be good, or its keys would be lost behind a new one.
    Vault::from_file(path)?;
    let fail = |error: io::Error| Problem::other(format!("{}: {error}", path.display()));
    let old = Zeroizing::new(fs::read_to_string(path).map_err(fail)?);
    let text = Zeroizing::new(format!("{}\n{}\n", Vault::new_key(&OsEntropy).as_str(), old.trim_end()));
    Vault::from_text(&text)?;
    replace(path, text.as_bytes(), 0o600).map_err(fail)
}

async fn reseal(app: &App) -> Result<(), Problem> {
    let stored = {
        let mut conn = app.store.read().await?;
        authenticators::secrets(&mut conn).await?
    };
    let old: Vec<SecretRow> = stored.into_iter().filter(|row| row.key_id != app.vault.active_key()).collect();
    let count = old.len();
    let fresh = old.iter().map(|row| seal_again(app, row)).collect::<Result<Vec<_>, _>>()?;
    if count > 0 {
        store(app, fresh).await?;
    }
    let verb = if count > 0 { "changed" } else { "unchanged" };
    say(format_args!("{verb:<10} stored secrets ({count} sealed again, with the key {})", app.vault.active_key()))?;
    if count > 0 { say(words().t("cli-key-resealed")) } else { Ok(()) }
}

/// All or none, with a line of the journal for each.
async fn store(app: &App, fresh: Vec<SecretRow>) -> Result<(), Problem> {
    let all = app.authenticators.all();
    let uid_of = |row: &SecretRow| all.iter().find(|one| one.id == row.authenticator_id).map(|one| one.uid.clone());
    let entries: Vec<Entry> = fresh
        .iter()
        .map(|row| {
            let entry = Entry::new("authenticator.changed").actor(ACTOR).subject(&uid_of(row).unwrap_or_default());
            entry.detail(json!({"fields": row.field, "sealed with": row.key_id}))
        })
        .collect();
    let inner = app.clone();
    let write = app.store.write(move |conn| {
        Box::pin(async move {
            for row in &fresh {
                authenticators::put_secret(conn, row).await?;
            }
            for entry in entries {
                audit::insert(conn, &inner, entry).await?;
            }
            Ok::<_, Failure>(revisions::raise(conn, Topic::Authenticators).await?)
        })
    });
    Ok(write.await?)
}

fn seal_again(app: &App, row: &SecretRow) -> Result<SecretRow, Problem> {
    let clear = Zeroizing::new(seal::open(&app.vault, row)?);
    Ok(seal::seal(&app.vault, &*app.entropy, &row.authenticator_id, &row.field, &clear)?)
}
