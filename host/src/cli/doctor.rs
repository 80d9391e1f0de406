//! `gatehouse doctor`: what stands between authenticators and the people who want to sign in.
//!
//! It loads the plug-ins as the host does, beside a host or without one, and writes nothing but an entry in the journal.
//! Exit code 0: all is well; 1: there are warnings, and `--strict` was given; 2: there are errors, or no such
//! authenticator.

use clap::Args;
use futures_util::future::try_join_all;
use plugin_api::Severity;
use serde::Serialize;

use super::Problem;
use super::flags::Flags;
use super::terminal::{say, tame, words};
use crate::app::App;
use crate::authenticators::PASSWORD;
use crate::authenticators::directory::Authenticator;
use crate::authenticators::doctor::told::{FindingBody, SeverityName, Told};
use crate::authenticators::doctor::{self, Examination};
use crate::plugins::service;
use crate::ui::i18n::Words;

/// Whose doing it is, in the journal.
const ACTOR: &str = "doctor";
/// Exit code when people will not be able to sign in.
const ERRORS: u8 = 2;
/// Exit code of warnings where they matter.
const WARNINGS: u8 = 1;

#[derive(Args)]
pub(super) struct Options {
    /// Only this authenticator; all of them, if left out.
    #[arg(long)]
    uid: Option<String>,
    /// Write one JSON object.
    #[arg(long)]
    json: bool,
    /// Exit code 1 if there are warnings but no errors. Errors give 2 in any case.
    #[arg(long)]
    strict: bool,
}

/// What is written with `--json`.
#[derive(Serialize)]
struct Report {
    authenticators: Vec<Examined>,
    errors: usize,
    warnings: usize,
}

/// One authenticator.
#[derive(Serialize)]
struct Examined {
    uid: String,
    #[serde(rename = "type")]
    kind: String,
    title: String,
    enabled: bool,
    #[serde(flatten)]
    told: Told,
}

pub(super) async fn run(flags: &Flags, options: &Options) -> Result<(), Problem> {
    let app = flags.open().await?;
    service::start(&app).await?;
    let wanted: Vec<_> = app.authenticators.all().iter().filter(|one| is_wanted(one, options)).cloned().collect();
    if let (Some(uid), true) = (&options.uid, wanted.is_empty()) {
        return Err(Problem::verdict(format!("there is no authenticator {}", tame(uid)), ERRORS));
    }
    // All at once: the slowest one decides how long it takes.
    let found = try_join_all(wanted.iter().map(|one| doctor::examine(&app, ACTOR, one, None))).await?;
    let report = Report::of(wanted.iter().map(|one| &**one).zip(&found));
    if options.json {
        let json = serde_json::to_string_pretty(&report).map_err(|error| Problem::other(error.to_string()))?;
        say(json)?
    } else {
        report.say(&app)?
    }
    report.verdict(options.strict)
}

/// The built-in one is examined only when somebody asks for it.
fn is_wanted(one: &Authenticator, options: &Options) -> bool {
    options.uid.as_ref().map_or(one.kind != PASSWORD, |uid| one.uid == *uid)
}

impl Report {
    fn of<'a>(examined: impl Iterator<Item = (&'a Authenticator, &'a Examination)>) -> Self {
        let mut report = Self { authenticators: Vec::new(), errors: 0, warnings: 0 };
        for (one, found) in examined {
            report.errors += found.count(Severity::Error) + usize::from(found.failed.is_some());
            report.warnings += found.count(Severity::Warning);
            report.authenticators.push(Examined {
                uid: one.uid.clone(),
                kind: one.kind.clone(),
                title: one.title.get(words().language()).to_owned(),
                enabled: one.enabled,
                told: Told::of(found, words()),
            });
        }
        report
    }

    fn say(&self, app: &App) -> Result<(), Problem> {
        let words = words();
        if self.authenticators.is_empty() {
            return say(words.t("cli-doctor-none"));
        }
        for one in &self.authenticators {
            let state = words.t(if one.enabled { "cli-doctor-enabled" } else { "cli-doctor-disabled" });
            let form = format!("{}{}", app.origin, app.urls.authenticator(&one.uid));
            say(format_args!("{} · {} · {state} · {form}", tame(&one.title), one.uid))?;
            one.told.findings.iter().try_for_each(|finding| say_finding(finding, words))?;
            if let Some(failure) = &one.told.failed {
                say(format_args!("  {} {}", label(SeverityName::Error, words), tame(&failure.message)))?;
            }
        }
        Ok(())
    }

    fn verdict(&self, strict: bool) -> Result<(), Problem> {
        let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX).into();
        let values = [("errors", count(self.errors)), ("warnings", count(self.warnings))];
        let sentence = || words().with("cli-doctor-verdict", &values);
        match (self.errors, self.warnings) {
            (1.., _) => Err(Problem::verdict(sentence(), ERRORS)),
            (0, 1..) if strict => Err(Problem::verdict(sentence(), WARNINGS)),
            _ => Ok(()),
        }
    }
}

/// The finding on a line, and below it what helps.
fn say_finding(finding: &FindingBody, words: Words) -> Result<(), Problem> {
    say(format_args!("  {} {}", label(finding.severity, words), tame(&finding.message)))?;
    let search = finding.search.as_ref().map(|search| format!("{}: {search}", words.t("check-search")));
    for line in [&finding.remedy, &search, &finding.link].into_iter().flatten() {
        say(format_args!("  {:INDENT$} {}", "", tame(line)))?;
    }
    Ok(())
}

/// Columns of the longest name of a severity.
const INDENT: usize = 8;

/// `[good]`, filled up. Chinese letters are two columns wide.
fn label(severity: SeverityName, words: Words) -> String {
    let name = match severity {
        SeverityName::Good => words.t("severity-good"),
        SeverityName::Info => words.t("severity-info"),
        SeverityName::Warning => words.t("severity-warning"),
        SeverityName::Error => words.t("severity-error"),
    };
    let width: usize = name.chars().map(|letter| if letter.is_ascii() { 1 } else { 2 }).sum();
    format!("{name}{}", " ".repeat(INDENT.saturating_sub(width)))
}
