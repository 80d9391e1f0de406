//! Secret keys and the passwords that protect them. Neither is ever a flag, a variable or a line of output.

use std::path::{Path, PathBuf};

use clap::Args;
use zeroize::Zeroizing;

use crate::cli::Problem;
use crate::cli::files::read;
use crate::cli::terminal::words;
use crate::plugins::package::sign::{KeyFault, SigningKey};

/// Longest file with a key or a password, in bytes.
const MAX_FILE: usize = 4 * 1024;

/// Where the password of a secret key comes from.
#[derive(Args)]
pub(in crate::cli) struct Password {
    /// File with the password of the secret key; you are asked if it is absent and there is one.
    #[arg(long, value_name = "FILE")]
    password_file: Option<PathBuf>,
}

impl Password {
    /// Opens a secret key.
    pub(super) fn open(&self, key: &Path) -> Result<SigningKey, Problem> {
        let text = text_of(key)?;
        let opened = match SigningKey::read(&text, None) {
            Err(KeyFault::Protected) => SigningKey::read(&text, Some(&self.known_one()?)),
            opened => opened,
        };
        opened.map_err(|fault| problem(fault).of(&key.display().to_string()))
    }

    /// The password that somebody chooses for a new key.
    pub(super) fn new_one(&self) -> Result<Zeroizing<String>, Problem> {
        let password = self.known_one()?;
        if self.password_file.is_none() && *ask(&words().t("cli-ask-password-again"))? != *password {
            return Err(Problem::other(words().t("cli-passwords-differ")));
        }
        // An empty password would look like protection.
        if password.is_empty() { Err(Problem::other(words().t("cli-password-empty"))) } else { Ok(password) }
    }

    fn known_one(&self) -> Result<Zeroizing<String>, Problem> {
        let Some(file) = &self.password_file else { return ask(&words().t("cli-ask-password")) };
        let text = text_of(file)?;
        Ok(Zeroizing::new(text.lines().next().unwrap_or_default().to_owned()))
    }
}

/// What is wrong with a key.
pub(super) fn problem(fault: KeyFault) -> Problem {
    Problem::other(fault.to_string())
}

fn text_of(path: &Path) -> Result<Zeroizing<String>, Problem> {
    let bytes = Zeroizing::new(read(path, MAX_FILE)?);
    let text = std::str::from_utf8(&bytes).map_err(|_| problem(KeyFault::NotAKey).of(&path.display().to_string()))?;
    Ok(Zeroizing::new(text.to_owned()))
}

fn ask(question: &str) -> Result<Zeroizing<String>, Problem> {
    let answer = rpassword::prompt_password(format!("{question} "));
    answer.map(Zeroizing::new).map_err(|_| Problem::other(words().t("cli-no-terminal")))
}
