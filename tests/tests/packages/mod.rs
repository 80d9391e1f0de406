//! Packages: made and signed by authors, refused or accepted by hosts.

mod command_line;
mod hostile;
mod upload;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use gatehouse_tests::hostile::Forge;
use gatehouse_tests::plugin_library;

/// The sentence that people read for a reason.
fn sentence(reason: &str) -> &'static str {
    const TEXTS: [&str; 2] =
        [include_str!("../../../host/locales/en/packages.ftl"), include_str!("../../../host/locales/en/plugins.ftl")];
    let key = format!("plugin-refused-{reason} = ");
    let found = TEXTS.into_iter().flat_map(str::lines).find_map(|line| line.strip_prefix(&key));
    found.unwrap_or_else(|| panic!("{reason} has no sentence"))
}

fn forge() -> Forge {
    Forge::new(&fs::read(plugin_library()).unwrap())
}

/// Everything in a folder.
fn listing(folder: &Path) -> BTreeSet<PathBuf> {
    let mut found = BTreeSet::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(path) = waiting.pop() {
        if fs::symlink_metadata(&path).unwrap().is_dir() {
            waiting.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        }
        found.insert(path);
    }
    found
}
