//! Which releases there are and which of them runs. A host that runs meanwhile follows within a second.

use std::path::Path;

use clap::Args;

use crate::app::App;
use crate::cli::Problem;
use crate::cli::files::read;
use crate::cli::problem::sentence_of;
use crate::cli::terminal::{say, tame};
use crate::plugins::package::MAX_PACKED;
use crate::plugins::service::{self, decided};
use crate::plugins::{Entry, Origin, Release, State, Trust, Wanted};

/// Whose doing it is, in the journal.
pub(super) const ACTOR: &str = "command line";

/// On what somebody insists.
#[derive(Args, Clone, Copy)]
pub(in crate::cli) struct Insist {
    /// Although it is older than the version that was enabled last.
    #[arg(long)]
    older: bool,
    /// Although settings do not fit: those authenticators are switched off.
    #[arg(long)]
    despite_settings: bool,
}

impl From<Insist> for service::Insist {
    fn from(insist: Insist) -> Self {
        Self { older: insist.older, settings: insist.despite_settings }
    }
}

pub(super) async fn list(app: &App) -> Result<(), Problem> {
    let listing = app.registry.scan().await?;
    let all = service::all(app).await?;
    for entry in &listing.plugins {
        let row = all.iter().find(|row| row.id == entry.id);
        let enabled = row.is_some_and(|row| row.enabled);
        if entry.releases.is_empty() {
            say(format_args!("{:<10} {} (its file is gone)", state_of(entry, enabled), entry.id))?;
        }
        for release in &entry.releases {
            let chosen = row.is_none_or(|row| row.sha256.is_empty() || row.sha256 == release.sha256);
            say(line_of(entry, release, enabled && chosen))?;
        }
    }
    for file in &listing.refused {
        say(format_args!("refused    {}: {}", tame(&file.file), tame(&sentence_of(&file.why))))?;
    }
    Ok(())
}

fn line_of(entry: &Entry, release: &Release, enabled: bool) -> String {
    let manifest = &release.manifest;
    let from = if release.origin == Origin::Folder { tame(&release.file) } else { "installed".to_owned() };
    format!(
        "{:<10} {} {} (api {}) {from} {} sha256:{}",
        state_of(entry, enabled),
        entry.id,
        manifest.version,
        manifest.api,
        signed(&release.trust),
        release.sha256
    )
}

fn state_of(entry: &Entry, enabled: bool) -> &'static str {
    match &entry.state {
        State::Quarantined(_) => "stopped",
        _ if enabled => "enabled",
        _ => "available",
    }
}

/// Who signed it, in a word or two.
fn signed(trust: &Trust) -> String {
    match trust {
        Trust::Trusted { key, .. } => format!("signed:{}", tame(key)),
        Trust::Unsigned => "unsigned".to_owned(),
        Trust::UnknownKey { key_id } => format!("unknown-key:{}", tame(key_id)),
        Trust::Invalid => "bad-signature".to_owned(),
        Trust::Modified { file } => format!("modified:{}", tame(file)),
    }
}

pub(super) async fn install(app: &App, package: &Path, enable: bool, insist: Insist) -> Result<(), Problem> {
    let release = service::install(app, ACTOR, read(package, MAX_PACKED)?).await?;
    let manifest = &release.manifest;
    say(format_args!("installed  {} {} {}", manifest.id, manifest.version, signed(&release.trust)))?;
    if enable {
        let wanted = Wanted::Exactly(release.sha256.clone());
        service::choose(app, ACTOR, &manifest.id, wanted, insist.into()).await?;
        say(format_args!("enabled    {} {}", manifest.id, manifest.version))?;
    }
    Ok(())
}

pub(super) async fn enable(app: &App, id: &str, version: Option<&str>, insist: Insist) -> Result<(), Problem> {
    app.registry.scan().await?;
    let wanted = match version {
        Some(version) => Wanted::Exactly(sha256_of(app, id, version)?),
        None => {
            let chosen = decided(app, id).await?.sha256;
            let chosen = Wanted::Exactly(chosen);
            if app.registry.release(id, &chosen).is_some() { chosen } else { Wanted::Best }
        }
    };
    service::choose(app, ACTOR, id, wanted, insist.into()).await?;
    let version = decided(app, id).await?.version;
    say(format_args!("enabled    {id} {version}"))
}

pub(super) async fn disable(app: &App, id: &str) -> Result<(), Problem> {
    app.registry.scan().await?;
    service::disable(app, ACTOR, id).await?;
    say(format_args!("disabled   {id}"))
}

pub(super) async fn roll_back(app: &App, id: &str) -> Result<(), Problem> {
    service::roll_back(app, ACTOR, id, None).await?;
    let version = decided(app, id).await?.version;
    say(format_args!("enabled    {id} {version}"))
}

pub(super) async fn remove(app: &App, id: &str, version: Option<&str>) -> Result<(), Problem> {
    app.registry.scan().await?;
    let only = version.map(|version| sha256_of(app, id, version)).transpose()?;
    service::remove(app, ACTOR, id, only.as_deref()).await?;
    say(format_args!("removed    {id}{}", version.map(|version| format!(" {version}")).unwrap_or_default()))
}

fn sha256_of(app: &App, id: &str, version: &str) -> Result<String, Problem> {
    let listing = app.registry.list();
    let entry = listing.plugins.iter().find(|entry| entry.id == id);
    let release = entry.and_then(|entry| entry.releases.iter().find(|one| one.manifest.version == version));
    let release = release.ok_or_else(|| Problem::other(format!("there is no {id} {version}")))?;
    Ok(release.sha256.clone())
}
