//! `gatehouse plugin check`: the list that every plug-in has to pass, and the form as it will look.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use serde_json::{Value, json};

use super::workshop::Workshop;
use crate::cli::Problem;
use crate::cli::flags::{Flags, own_program};
use crate::cli::terminal::{say, tame, words};
use crate::kit::check::{Examination, Judged, Outcome, Trouble, drawing, examine};
use crate::plugins::inspect::{examine as inspect, read};
use crate::plugins::package::open;
use crate::plugins::{Inspected, Refused};
use crate::ui::i18n::Words;

/// The gap between what became of a rule and the rule, in columns.
const COLUMN: usize = 11;

#[derive(Args)]
pub(in crate::cli) struct Options {
    /// The library, or a package with one.
    path: PathBuf,
    /// Settings to try it with, as a JSON object; what is not in it is made up to fit the form.
    #[arg(long, value_name = "FILE")]
    settings: Option<PathBuf>,
    /// Write what was found as JSON, and draw nothing.
    #[arg(long)]
    json: bool,
}

pub(super) async fn run(flags: &Flags, options: &Options) -> Result<(), Problem> {
    let library = library(flags, &options.path)?;
    let settings = options.settings.as_deref().map_or(Ok(Value::Null), settings)?;
    let workshop = Workshop::open(&library)?;
    let found = examine(&own_program()?, &workshop.library(), &settings).await;
    let found = found.map_err(|trouble| problem(&trouble).of(&options.path.display().to_string()))?;
    if options.json {
        as_json(&library, &found)?
    } else {
        as_text(&found)?
    }
    match found.count(Outcome::Failed) {
        0 => Ok(()),
        failed => Err(Problem::verdict(words().with("kit-broken", &[("count", failed.into())]), 1)),
    }
}

fn library(flags: &Flags, path: &Path) -> Result<Inspected, Problem> {
    let of_file = |why: Refused| Problem::from(why).of(&path.display().to_string());
    let bytes = read(path).map_err(of_file)?;
    if !bytes.starts_with(&[0x1f, 0x8b]) {
        return inspect(path.to_owned(), bytes.into()).map_err(of_file);
    }
    let package = open(&bytes, &flags.load()?.trusted_keys()?).map_err(of_file)?;
    package.trust.check(true).map_err(|why| of_file(why.into()))?;
    inspect(path.to_owned(), Arc::clone(&package.library)).map_err(of_file)
}

fn settings(path: &Path) -> Result<Value, Problem> {
    let bad = |why: String| Problem::configuration(format!("{}: {why}", path.display()));
    let text = fs::read(path).map_err(|error| bad(error.to_string()))?;
    let value: Value = serde_json::from_slice(&text).map_err(|error| bad(error.to_string()))?;
    if value.is_object() { Ok(value) } else { Err(bad(words().t("kit-no-object"))) }
}

fn problem(trouble: &Trouble) -> Problem {
    match trouble {
        Trouble::CannotOpen(why) => Problem::other(tame(why)),
        Trouble::Died(how) => Problem::other(format!("{} ({})", words().t("kit-died"), tame(how))),
        Trouble::TimedOut => Problem::other(words().t("kit-timed-out")),
    }
}

fn as_json(library: &Inspected, found: &Examination) -> Result<(), Problem> {
    let types: Vec<&str> = found.types.iter().map(|kind| kind.id.as_str()).collect();
    say(json!({
        "id": library.manifest.id, "version": library.manifest.version, "sha256": library.sha256,
        "types": types, "rules": found.rules, "calls": found.calls, "unfilled": found.unfilled,
    }))
}

fn as_text(found: &Examination) -> Result<(), Problem> {
    let words = words();
    found.rules.iter().try_for_each(|judged| say_rule(judged, words))?;
    let number = |outcome| found.count(outcome).into();
    let counts = [
        ("kept", number(Outcome::Ok)),
        ("failed", number(Outcome::Failed)),
        ("untried", number(Outcome::NotTried)),
        ("calls", found.calls.into()),
    ];
    say(format_args!("\n{}", words.with("kit-summary", &counts)))?;
    if !found.unfilled.is_empty() {
        let fields = words.list(&found.unfilled.iter().map(|name| tame(name)).collect::<Vec<_>>());
        say(words.with("kit-unfilled", &[("fields", fields.into())]))?;
    }
    for kind in &found.types {
        say("")?;
        drawing::of(kind, words).iter().try_for_each(say)?;
    }
    Ok(())
}

fn say_rule(judged: &Judged, words: Words) -> Result<(), Problem> {
    let became = match judged.outcome {
        Outcome::Ok => words.t("kit-ok"),
        Outcome::NotTried => words.t("kit-not-tried"),
        Outcome::Failed => words.t("kit-failed"),
    };
    let gap = COLUMN.saturating_sub(unicode_width::UnicodeWidthStr::width(became.as_str()));
    say(format_args!("{became}{}{}", " ".repeat(gap), words.t(&format!("kit-rule-{}", judged.rule))))?;
    judged.said.iter().try_for_each(|line| say(format_args!("{}{}", " ".repeat(COLUMN + 2), tame(line))))
}
