//! What was done, and how it went.

use std::process::ExitCode;
use std::time::{Duration, Instant};

use crate::failure::Failure;
use crate::shell::say;

/// How a step ended.
pub(super) enum Outcome {
    Passed(Duration),
    Failed(String),
    LeftOut(String),
}

/// The steps so far.
#[derive(Default)]
pub(super) struct Summary(Vec<(&'static str, Outcome)>);

impl Summary {
    /// Takes a step, and notes how it went.
    pub(super) fn step(&mut self, name: &'static str, step: impl FnOnce() -> Result<(), Failure>) -> bool {
        say(format_args!("\n== {name}"));
        let started = Instant::now();
        let outcome = step();
        let passed = outcome.is_ok();
        self.add(
            name,
            match outcome {
                Ok(()) => Outcome::Passed(started.elapsed()),
                Err(failure) => Outcome::Failed(failure.to_string()),
            },
        );
        passed
    }

    pub(super) fn add(&mut self, name: &'static str, outcome: Outcome) {
        self.0.push((name, outcome));
    }

    /// Prints all of it; the code says whether everything that was done passed.
    pub(super) fn print(self) -> ExitCode {
        say("\n== summary");
        for (name, outcome) in &self.0 {
            match outcome {
                Outcome::Passed(time) => say(format_args!("passed    {name} ({} s)", time.as_secs())),
                Outcome::Failed(why) => say(format_args!("FAILED    {name}: {why}")),
                Outcome::LeftOut(why) => say(format_args!("left out  {name}: {why}")),
            }
        }
        let failed = self.0.iter().any(|(_, outcome)| matches!(outcome, Outcome::Failed(_)));
        if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS }
    }
}
