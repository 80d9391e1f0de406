//! `gatehouse plugin pack` and `sign`: from libraries to a package that somebody vouches for.

use std::collections::BTreeMap;
use std::fs::DirBuilder;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;

use super::secret::Password;
use crate::cli::Problem;
use crate::cli::files::{failed, read, replace};
use crate::cli::terminal::say;
use crate::plugins::inspect::MAX_FILE;
use crate::plugins::package::pack::{Packed, TEXTS, pack};
use crate::plugins::package::sign::sign;
use crate::plugins::package::{MAX_PACKED, digest};

/// A package may be read by everybody and changed by its owner, or a host would not take it.
const MODE: u32 = 0o644;

#[derive(Args)]
pub(in crate::cli) struct PackOptions {
    /// The libraries, one for each processor and system.
    #[arg(required = true, value_name = "LIBRARY")]
    libraries: Vec<PathBuf>,
    /// Folder with README.md, README.zh-CN.md, CHANGELOG.md and LICENSE; those that are there go into the package.
    #[arg(long, value_name = "FOLDER")]
    with: Option<PathBuf>,
    /// Folder that the package is written to.
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    output: PathBuf,
    /// Sign it with this secret key.
    #[arg(long, value_name = "KEYFILE")]
    sign: Option<PathBuf>,
    #[command(flatten)]
    password: Password,
}

#[derive(Args)]
pub(in crate::cli) struct SignOptions {
    /// The package. A signature that it has is replaced.
    package: PathBuf,
    /// The secret key.
    #[arg(long, value_name = "KEYFILE")]
    key: PathBuf,
    #[command(flatten)]
    password: Password,
}

pub(super) fn run_pack(options: &PackOptions) -> Result<(), Problem> {
    let libraries = options.libraries.iter().map(|path| library(path)).collect::<Result<Vec<_>, _>>()?;
    let texts = texts_in(options.with.as_deref())?;
    let Packed { file_name, mut bytes } = pack(&libraries, &texts)?;
    if let Some(key) = &options.sign {
        bytes = sign(&bytes, &options.password.open(key)?)?;
    }
    DirBuilder::new().recursive(true).create(&options.output).map_err(|error| failed(&options.output, &error))?;
    let path = options.output.join(file_name);
    replace(&path, &bytes, MODE).map_err(|error| failed(&path, &error))?;
    say(line(if options.sign.is_some() { "signed" } else { "packed" }, &path, &bytes))
}

pub(super) fn run_sign(options: &SignOptions) -> Result<(), Problem> {
    let path = &options.package;
    let key = options.password.open(&options.key)?;
    let of_package = |problem: Problem| problem.of(&path.display().to_string());
    let bytes = sign(&read(path, MAX_PACKED)?, &key).map_err(|why| of_package(why.into()))?;
    replace(path, &bytes, MODE).map_err(|error| failed(path, &error))?;
    say(line("signed", path, &bytes))
}

fn line(verb: &str, path: &Path, bytes: &[u8]) -> String {
    format!("{verb:<10} {} ({} bytes, sha256:{})", path.display(), bytes.len(), digest(bytes))
}

pub(super) fn library(path: &Path) -> Result<Arc<[u8]>, Problem> {
    Ok(read(path, usize::try_from(MAX_FILE).unwrap_or(usize::MAX))?.into())
}

/// The texts that lie in a folder.
pub(super) fn texts_in(folder: Option<&Path>) -> Result<BTreeMap<String, Vec<u8>>, Problem> {
    let Some(folder) = folder else { return Ok(BTreeMap::new()) };
    let there = TEXTS.into_iter().filter(|name| folder.join(name).is_file());
    there.map(|name| Ok((name.to_owned(), read(&folder.join(name), MAX_PACKED)?))).collect()
}
