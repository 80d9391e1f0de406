//! What it costs to let a library in: the trial in a process of its own, and the loading here; and what each copy that
//! stays mapped holds of the machine's memory.
//!
//! The libraries are opened in this process as the host opens them: from a path that was never used before.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use plugin_api::host::open;

use crate::numbers::median;
use crate::program::own_memory;
use crate::{Options, Outcome};

/// Medians in milliseconds, and KiB.
pub(crate) struct Loading {
    pub(crate) trial: f64,
    pub(crate) load: f64,
    pub(crate) kib_per_copy: f64,
}

/// Lets the library in so many times.
pub(crate) fn measure(options: &Options, folder: &Path, times: usize) -> Outcome<Loading> {
    let (mut trials, mut loads) = (Vec::new(), Vec::new());
    // The first one pays for what all share.
    let mut before = 0;
    for number in 0..=times {
        let copy = folder.join(format!("copy-{number}.so"));
        fs::copy(&options.library, &copy)?;
        let trial = timed(|| try_out(&options.host, &copy))?;
        let load = timed(|| load(&copy))?;
        if number == 0 {
            before = own_memory()?;
            continue;
        }
        trials.push(trial);
        loads.push(load);
    }
    let kib_per_copy = own_memory()?.saturating_sub(before) as f64 / times as f64;
    Ok(Loading { trial: median(trials), load: median(loads), kib_per_copy })
}

/// Milliseconds.
fn timed(work: impl FnOnce() -> Outcome<()>) -> Outcome<f64> {
    let begun = Instant::now();
    work()?;
    Ok(begun.elapsed().as_secs_f64() * 1e3)
}

/// As the host does it (`host/src/plugins/probe.rs`).
fn try_out(program: &PathBuf, library: &Path) -> Outcome<()> {
    let mut command = Command::new(program);
    command.arg("probe-plugin").arg(library).env_clear().current_dir("/").stdin(Stdio::null());
    let output = command.output()?;
    let said = String::from_utf8_lossy(&output.stdout);
    if output.status.success() && said.trim_end().ends_with("\"good\"") {
        return Ok(());
    }
    Err(format!("the trial of the library failed: {said}").into())
}

fn load(library: &Path) -> Outcome<()> {
    let opened = open(library).map_err(|error| format!("the library cannot be opened: {error}"))?;
    opened.handle.authenticator_types().map_err(|fault| fault.to_string())?;
    Ok(())
}
