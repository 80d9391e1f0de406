//! `gatehouse keys`: the identity-key assistant, for as many links as there are.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::Problem;
use super::flags::Flags;
use super::terminal::{say, tame};
use crate::app::App;
use crate::keys::handlers::{sentences, shortened};
use crate::keys::plan::plan;
use crate::keys::{Fate, Plan, Refused, Subject, carry_out, import};
use crate::plugins::service;
use crate::ui::i18n::Words;
use ui_schema::Language;

/// Whose doing it is, in the journal.
const ACTOR: &str = "command-line";

#[derive(Subcommand)]
pub(super) enum Command {
    /// Take in links from another system: a file with one `username,identifier` a line. All of them or none.
    Import {
        #[command(flatten)]
        at: At,
        /// What the identifiers are: a kind that the authenticator type knows, or `subject`.
        #[arg(long, value_name = "KIND")]
        kind: String,
        /// The file.
        file: PathBuf,
    },
    /// Say what would become of every link by another identifier than the subject. Nothing is written.
    Plan(At),
    /// Carry the plan out, all of it in one transaction or nothing.
    Move(At),
}

/// Which links.
#[derive(Args)]
pub(super) struct At {
    /// The authenticator.
    #[arg(long, value_name = "UID")]
    authenticator: String,
    /// Look up links by the subject as well: the provider may have given people a newer one.
    #[arg(long)]
    also_subjects: bool,
}

pub(super) async fn run(flags: &Flags, command: Command) -> Result<(), Problem> {
    let app = flags.open().await?;
    service::start(&app).await?;
    match command {
        Command::Import { at, kind, file } => {
            let text = std::fs::read_to_string(&file)
                .map_err(|error| Problem::configuration(format!("{}: {error}", file.display())))?;
            let count = import::import(&app, ACTOR, &Subject::of(&app, &at.authenticator)?, &kind, &text).await?;
            say(format_args!("imported   {count}"))
        }
        Command::Plan(at) => {
            let (_, plan) = planned(&app, &at).await?;
            plan.rows.iter().filter(|row| row.fate != Fate::Stay).try_for_each(|row| {
                let to = match &row.fate {
                    Fate::Move(target) | Fate::Merge(target) => format!(" -> {}", tame(&shortened(target))),
                    Fate::Conflict(username) => format!(" with {}", tame(username)),
                    _ => String::new(),
                };
                let (name, link) = (row.fate.name(), &row.link);
                say(format_args!(
                    "{name:<12} {} {} {}{to}",
                    tame(&link.username),
                    link.kind,
                    tame(&shortened(&link.subject))
                ))
            })?;
            say_counts(&plan)
        }
        Command::Move(at) => {
            let (subject, plan) = planned(&app, &at).await?;
            say_counts(&plan)?;
            let count = plan.changes();
            carry_out::carry_out(&app, ACTOR, &subject, plan).await?;
            say(format_args!("written    {count}"))
        }
    }
}

async fn planned(app: &App, at: &At) -> Result<(Subject, Plan), Problem> {
    let subject = Subject::of(app, &at.authenticator)?;
    let plan = plan(app, &subject, at.also_subjects).await?;
    Ok((subject, plan))
}

fn say_counts(plan: &Plan) -> Result<(), Problem> {
    let counts: Vec<String> = Fate::NAMES.iter().map(|name| format!("{name} {}", plan.count(name))).collect();
    say(format_args!("total      {}", counts.join(", ")))
}

impl From<Refused> for Problem {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Failure(failure) => failure.into(),
            refused => Self::other(sentences(Words::new(Language::En), &refused).join("\n")),
        }
    }
}
