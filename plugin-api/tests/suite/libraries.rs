//! The example libraries as files, and what most tests do with them.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, OnceLock};
use std::time::SystemTime;

use plugin_api::host::{OpenError, Opened, open};
use plugin_api::ui_schema::Language;
use plugin_api::{BeginRequest, Callback, Channel, PluginHandle};
use serde_json::{Value, json};

/// The file of the example `name`, built if it is not there or older than its sources.
pub(crate) fn library(name: &str) -> PathBuf {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(build).join(format!("lib{name}.so"))
}

/// The plug-in of the example `name`.
pub(crate) fn plugin(name: &str) -> Arc<dyn PluginHandle> {
    open(&library(name)).unwrap().handle
}

/// Opens a copy of the example `name` in which every `from` is replaced by the equally long `to`: a library that no
/// compiler would make. Each copy has a path of its own.
pub(crate) fn open_altered(name: &str, from: &str, to: &str) -> Result<Opened, OpenError> {
    assert_eq!(from.len(), to.len());
    let mut bytes = std::fs::read(library(name)).unwrap();
    let mut found = 0;
    for start in 0..bytes.len() - from.len() {
        if bytes[start..].starts_with(from.as_bytes()) {
            bytes[start..start + to.len()].copy_from_slice(to.as_bytes());
            found += 1;
        }
    }
    assert!(found > 0, "{from} is not in the library");
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{to}-{}.so", std::process::id()));
    std::fs::write(&path, bytes).unwrap();
    let opened = open(&path);
    // Whatever is mapped stays mapped.
    std::fs::remove_file(path).unwrap();
    opened
}

/// The bytes of an ELF64 section, by hand: name table, then the section of that name.
pub(crate) fn section(file: &[u8], wanted: &str) -> Option<Vec<u8>> {
    let number = |at: usize, size: usize| {
        file[at..at + size].iter().rev().fold(0_usize, |number, byte| number << 8 | usize::from(*byte))
    };
    let (table, entry, count, names) = (number(0x28, 8), number(0x3a, 2), number(0x3c, 2), number(0x3e, 2));
    let names = number(table + names * entry + 0x18, 8);
    (0..count).map(|index| table + index * entry).find_map(|header| {
        let name = &file[names + number(header, 4)..];
        let found = name.starts_with(wanted.as_bytes()) && name[wanted.len()] == 0;
        let (offset, size) = (number(header + 0x18, 8), number(header + 0x20, 8));
        found.then(|| file[offset..offset + size].to_vec())
    })
}

/// Settings for the example `smallest`.
pub(crate) fn settings() -> Value {
    json!({ "server": "https://id.example/base", "client_secret": "correct horse" })
}

pub(crate) fn begin_request() -> BeginRequest {
    BeginRequest {
        authenticator_type: "example".into(),
        redirect_uri: "https://host.example/signin/1/callback".into(),
        state: "st&te".into(),
        language: Language::En,
    }
}

pub(crate) fn callback(code: &str) -> Callback {
    Callback {
        authenticator_type: "example".into(),
        redirect_uri: "https://host.example/signin/1/callback".into(),
        query: [("code".to_owned(), code.to_owned()), ("state".to_owned(), "st&te".to_owned())].into(),
        memo: vec![0, 159, 146, 150],
        language: Language::ZhCn,
        channel: Channel::Redirect,
    }
}

/// Builds the examples with the profile and into the folder that this test was built with.
fn build() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let profile = test.parent().and_then(Path::parent).unwrap();
    let examples = profile.join("examples");
    let built = modified(&examples.join("libimpostor.so")).min(modified(&examples.join("libsmallest.so")));
    if built < newest_source() {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(["build", "--offline", "--quiet", "--package", "plugin-api", "--examples", "--target-dir"]);
        cargo.arg(profile.parent().unwrap()).current_dir(env!("CARGO_MANIFEST_DIR"));
        if profile.ends_with("release") {
            cargo.arg("--release");
        }
        assert!(cargo.status().unwrap().success(), "the examples cannot be built");
    }
    examples
}

fn newest_source() -> SystemTime {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = ["src", "examples", "../ui-schema/src"].map(|folder| newest_in(&root.join(folder)));
    folders.into_iter().max().unwrap()
}

fn newest_in(folder: &Path) -> SystemTime {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let times = entries.map(|path| if path.is_dir() { newest_in(&path) } else { modified(&path) });
    times.max().unwrap_or(SystemTime::UNIX_EPOCH)
}

/// The epoch for a file that is not there.
fn modified(path: &Path) -> SystemTime {
    std::fs::metadata(path).and_then(|data| data.modified()).unwrap_or(SystemTime::UNIX_EPOCH)
}
