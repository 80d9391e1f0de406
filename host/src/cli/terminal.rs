//! What is written to the terminal.

use std::io::{self, Write};

use super::Problem;
use crate::config;
use crate::ui::i18n::Words;

/// Column in which values start, behind the longest label of either language.
const COLUMN: usize = 16;

/// Writes a line to standard output.
pub(super) fn say(line: impl std::fmt::Display) -> Result<(), Problem> {
    let mut out = io::stdout().lock();
    let written = writeln!(out, "{line}").and_then(|()| out.flush());
    written.map_err(|error| Problem::other(format!("standard output: {error}")))
}

/// Tells the person at the shell of something that keeps nobody from going on.
pub(super) fn warn(line: impl std::fmt::Display) {
    eprintln!("gatehouse: {line}");
}

/// The texts in the terminal's language.
pub(super) fn words() -> Words {
    Words::new(config::terminal_language())
}

/// What somebody needs in order to sign in for the first time.
pub(super) struct Credentials<'a> {
    pub(super) address: &'a str,
    pub(super) username: &'a str,
    pub(super) password: &'a str,
}

impl Credentials<'_> {
    /// Writes them, below `headline`.
    pub(super) fn say(&self, headline: &str) -> Result<(), Problem> {
        let words = words();
        let line = |label: &str, value: &str| format!("\n  {}{value}", padded(label));
        let mut block = headline.to_owned();
        block.push_str(&line(&words.t("cli-address"), self.address));
        block.push_str(&line(&words.t("cli-username"), self.username));
        block.push_str(&line(&words.t("cli-password"), self.password));
        block.push('\n');
        block.push_str(&words.t("cli-password-once"));
        say(block)
    }
}

/// `label`, and blanks up to the column. Chinese letters are two columns wide.
fn padded(label: &str) -> String {
    let width: usize = label.chars().map(|letter| if letter.is_ascii() { 1 } else { 2 }).sum();
    format!("{label}{}", " ".repeat(COLUMN.saturating_sub(width).max(1)))
}

/// `text` without anything that a terminal would act on.
pub(crate) fn tame(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() { '\u{fffd}' } else { letter }).collect()
}
