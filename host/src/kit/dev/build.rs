//! One build by cargo, whose words go to the terminal as they are.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use serde::Deserialize;
use tokio::process::Command;

/// Why there is no library.
#[derive(Debug)]
pub(crate) enum Trouble {
    /// Cargo cannot be started, and why.
    NoCargo(std::io::Error),
    /// Cargo said what is wrong.
    Failed,
    /// The crate makes no library that a host could load.
    NoLibrary,
}

/// A message of cargo (its `--message-format json`); of the many, only artefacts matter.
#[derive(Deserialize)]
struct Message {
    manifest_path: Option<PathBuf>,
    target: Option<Target>,
    #[serde(default)]
    filenames: Vec<PathBuf>,
}

#[derive(Deserialize)]
struct Target {
    kind: Vec<String>,
}

/// Builds the crate in `folder` and gives its library; `release` as it would be shipped.
///
/// # Errors
/// [`Trouble`].
pub(crate) async fn build(folder: &Path, release: bool) -> Result<PathBuf, Trouble> {
    let mut command = Command::new("cargo");
    command.args(["build", "--lib", "--message-format", "json-render-diagnostics"]).current_dir(folder);
    command.args(release.then_some("--release")).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::inherit());
    let child = command.kill_on_drop(true).spawn().map_err(Trouble::NoCargo)?;
    let output = child.wait_with_output().await.map_err(Trouble::NoCargo)?;
    if !output.status.success() {
        return Err(Trouble::Failed);
    }
    let manifest = folder.join("Cargo.toml").canonicalize().map_err(Trouble::NoCargo)?;
    library(&output.stdout, &manifest).ok_or(Trouble::NoLibrary)
}

/// The dynamic library of the crate with this manifest.
fn library(messages: &[u8], manifest: &Path) -> Option<PathBuf> {
    let messages = messages.split(|byte| *byte == b'\n').filter_map(|line| serde_json::from_slice(line).ok());
    let ours = messages.filter(|message: &Message| message.manifest_path.as_deref() == Some(manifest));
    let mut dynamic = ours.filter(|message| {
        message.target.as_ref().is_some_and(|target| target.kind.iter().any(|kind| kind == "cdylib"))
    });
    let is_library = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "so");
    dynamic.find_map(|message| message.filenames.into_iter().find(is_library))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_crates_own_library_is_found() {
        let messages = br#"{"reason":"build-script-executed"}
{"reason":"compiler-artifact","manifest_path":"/other/Cargo.toml","target":{"kind":["cdylib"]},"filenames":["/t/libother.so"]}
{"reason":"compiler-artifact","manifest_path":"/acme/Cargo.toml","target":{"kind":["cdylib","rlib"]},"filenames":["/t/libacme.rlib","/t/libacme.so"]}
no json
"#;
        assert_eq!(library(messages, Path::new("/acme/Cargo.toml")), Some("/t/libacme.so".into()));
        assert_eq!(library(messages, Path::new("/gone/Cargo.toml")), None);
        let example =
            br#"{"manifest_path":"/acme/Cargo.toml","target":{"kind":["rlib"]},"filenames":["/t/libacme.so"]}"#;
        assert_eq!(library(example, Path::new("/acme/Cargo.toml")), None);
    }
}
