//! The child's side: open one library, go through the list, say what came of it, and end.

use std::io::{self, Read, Write};
use std::path::Path;
use std::process::ExitCode;

use plugin_api::host::open;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Examination, judge};
use crate::plugins::{inspect, probe};

/// What the child says on its last line, as JSON.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Report {
    /// The list was gone through.
    Examined(Box<Examination>),
    /// Could not be opened, and why.
    CannotOpen(String),
}

/// The main function of `gatehouse check-plugin <path>`; standard input has the settings as JSON, or `null`. To be
/// called before anything else has started threads.
pub fn child_main(path: &Path) -> ExitCode {
    let settings = probe::limit_self().and_then(|()| read());
    match settings.and_then(|settings| say(&report(path, settings.as_ref()))) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

fn read() -> io::Result<Option<Value>> {
    let mut text = Vec::new();
    io::stdin().lock().read_to_end(&mut text)?;
    Ok(serde_json::from_slice(&text)?)
}

fn report(path: &Path, settings: Option<&Value>) -> Report {
    let manifest = match inspect(path) {
        Ok(library) => serde_json::to_vec(&library.manifest).unwrap_or_default(),
        Err(why) => return Report::CannotOpen(why.to_string()),
    };
    match open(path) {
        Ok(opened) => Report::Examined(Box::new(judge::judge(&*opened.handle, &manifest, settings))),
        Err(error) => Report::CannotOpen(error.to_string()),
    }
}

fn say(report: &Report) -> io::Result<()> {
    let mut line = serde_json::to_vec(report)?;
    // The library may have begun a line of its own.
    line.insert(0, b'\n');
    line.push(b'\n');
    let mut out = io::stdout().lock();
    out.write_all(&line)?;
    out.flush()
}
