//! `gatehouse plugin keygen`: a pair of keys for signing plug-ins.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::Args;
use zeroize::Zeroizing;

use super::secret::{self, Password};
use crate::cli::Problem;
use crate::cli::files::create;
use crate::cli::terminal::{say, words};
use crate::plugins::package::sign::SigningKey;

#[derive(Args)]
pub(in crate::cli) struct Options {
    /// Where to write them: NAME.key, the secret one, and NAME.pub. Nothing is overwritten.
    #[arg(long, value_name = "NAME", default_value = "gatehouse-plugins")]
    output: PathBuf,
    #[command(flatten)]
    password: Password,
    /// Do not protect the secret key with a password: for development, or if something else protects the file.
    #[arg(long, conflicts_with = "password_file")]
    no_password: bool,
}

pub(super) fn run(options: &Options) -> Result<(), Problem> {
    let [secret, public] = ["key", "pub"].map(|ending| with_ending(&options.output, ending));
    if let Some(taken) = [&secret, &public].into_iter().find(|path| path.exists()) {
        return Err(Problem::other(format!("{}: there is a file already", taken.display())));
    }
    let (key, text) = make(options)?;
    let line = key.public().map_err(secret::problem)?;
    create(&secret, text.as_bytes(), 0o600)?;
    create(&public, format!("untrusted comment: public key for Gatehouse plug-ins\n{line}\n").as_bytes(), 0o644)?;
    say(format_args!("made       {} ({})", secret.display(), words().t("cli-key-secret")))?;
    say(format_args!("made       {}", public.display()))?;
    say(format_args!("{}\n", words().t("cli-key-paste")))?;
    say(configuration(&options.output, &line)?)
}

fn make(options: &Options) -> Result<(SigningKey, Zeroizing<String>), Problem> {
    if options.no_password {
        let key = SigningKey::generate().map_err(secret::problem)?;
        let text = key.unprotected_text().map_err(secret::problem)?;
        return Ok((key, text));
    }
    let password = options.password.new_one()?;
    SigningKey::generate_protected(&password).map_err(secret::problem)
}

/// What a host's configuration has to say in order to trust the key.
fn configuration(output: &Path, line: &str) -> Result<String, Problem> {
    let name = output.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let table = BTreeMap::from([("plugin_keys", BTreeMap::from([(name, line)]))]);
    let text = toml::to_string(&table).map_err(|error| Problem::other(error.to_string()))?;
    Ok(text.trim_end().to_owned())
}

/// `name` with `.ending` behind it, whatever dots there are in it.
fn with_ending(name: &Path, ending: &str) -> PathBuf {
    let mut path = name.as_os_str().to_owned();
    path.push(".");
    path.push(ending);
    path.into()
}
