//! `gatehouse plugin verify`: whether a package may run here, and who vouches for it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::cli::Problem;
use crate::cli::files::read;
use crate::cli::flags::Flags;
use crate::cli::terminal::{say, tame};
use crate::plugins::package::{MAX_PACKED, Trust, TrustedKeys, open};

/// Longest file with a public key, in bytes.
const MAX_KEY: usize = 4 * 1024;

#[derive(Args)]
pub(in crate::cli) struct Options {
    /// The package.
    package: PathBuf,
    /// The only key that is trusted, RW… or a file that has it; those of the configuration if it is absent.
    #[arg(long, value_name = "PUBLIC")]
    key: Option<String>,
}

pub(super) fn run(flags: &Flags, options: &Options) -> Result<(), Problem> {
    let keys = match &options.key {
        Some(key) => given(key)?,
        None => flags.load()?.trusted_keys()?,
    };
    let of_package = |problem: Problem| problem.of(&options.package.display().to_string());
    let package = open(&read(&options.package, MAX_PACKED)?, &keys).map_err(|why| of_package(why.into()))?;
    package.trust.check(false).map_err(|why| of_package(crate::plugins::Refused::from(why).into()))?;
    let manifest = &package.manifest;
    say(format_args!("{:<10} {} {}, {}", "trusted", manifest.id, manifest.version, signer(&package.trust)))
}

/// What a signature is worth here.
pub(super) fn signer(trust: &Trust) -> String {
    match trust {
        Trust::Trusted { key, key_id } => format!("signed with the key {} ({key_id})", tame(key)),
        Trust::Unsigned => "not signed".to_owned(),
        Trust::UnknownKey { key_id } => format!("signed with a key that is not trusted here ({key_id})"),
        Trust::Invalid => "the signature is not valid".to_owned(),
        Trust::Modified { file } => format!("modified after it was signed: {}", tame(file)),
    }
}

/// The key that somebody gave, by the name of its file if it has one.
fn given(key: &str) -> Result<TrustedKeys, Problem> {
    let path = Path::new(key);
    let (name, line) = if path.is_file() {
        let bytes = read(path, MAX_KEY)?;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        // minisign's files have a comment in front.
        let line = text.lines().rfind(|line| !line.trim().is_empty()).unwrap_or_default().to_owned();
        (path.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(), line)
    } else {
        ("given".to_owned(), key.to_owned())
    };
    TrustedKeys::parse(&BTreeMap::from([(name, line)])).map_err(Problem::configuration)
}
