//! `gatehouse plugin new`: a complete provider crate.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::{Name, lock, sdk, template};

/// Why there is no new crate.
#[derive(Debug)]
pub(crate) enum Trouble {
    /// Something is there already.
    Exists(PathBuf),
    /// There is no `plugin-api` in the folder that was named.
    NoSdk(PathBuf),
    /// The folder cannot be written as text into a manifest.
    Unwritable(PathBuf),
    /// A file cannot be written.
    Io(PathBuf, io::Error),
    /// What this program carries cannot be read.
    Embedded(String),
}

/// Writes the crate called `name` into the folder `into`, and gives its path. `checkout` is a folder with `plugin-api`
/// to build with; without one, the crate gets a copy of the contract.
///
/// # Errors
/// [`Trouble`]. What was written before stays.
pub(crate) fn new(name: &Name, into: &Path, checkout: Option<&Path>) -> Result<PathBuf, Trouble> {
    let folder = into.join(name.id());
    let crates = sdk::crates()?;
    let sdk = match checkout {
        Some(checkout) => contract_in(checkout)?,
        None => "sdk/plugin-api".to_owned(),
    };
    let mut files = template::files(name, &sdk);
    files.push(("Cargo.lock".to_owned(), lock::of(name, &crates)?.into_bytes()));
    if checkout.is_none() {
        for one in &crates {
            files.extend(one.files()?.into_iter().map(|(path, content)| (format!("sdk/{path}"), content)));
        }
    }
    write(&folder, &files)?;
    Ok(folder)
}

/// Where the contract is in a checkout, as a manifest names it.
fn contract_in(checkout: &Path) -> Result<String, Trouble> {
    let path =
        std::path::absolute(checkout.join("plugin-api")).map_err(|error| Trouble::Io(checkout.to_owned(), error))?;
    if !path.join("Cargo.toml").is_file() {
        return Err(Trouble::NoSdk(checkout.to_owned()));
    }
    let text = path.to_str().filter(|text| !text.contains(['"', '\\']) && !text.contains(char::is_control));
    text.map(str::to_owned).ok_or_else(|| Trouble::Unwritable(path.clone()))
}

fn write(folder: &Path, files: &[(String, Vec<u8>)]) -> Result<(), Trouble> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |error| Trouble::Io(path, error)
    };
    if let Some(parent) = folder.parent() {
        fs::create_dir_all(parent).map_err(failed(parent))?;
    }
    // Not with its parents: whoever made it meanwhile has it.
    fs::create_dir(folder).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => Trouble::Exists(folder.to_owned()),
        _ => failed(folder)(error),
    })?;
    for (path, content) in files {
        let path = folder.join(path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(failed(parent))?;
        }
        fs::write(&path, content).map_err(failed(&path))?;
    }
    Ok(())
}
