//! The child's side: open one library, ask it what it registers, say so, and end.

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use plugin_api::host::open;

use super::Step;
use super::report::Report;
use crate::plugins::definition;

/// Seconds of processor time; more than the deadline, so that a loop is told as one.
const CPU_SECONDS: libc::rlim_t = 10;
/// Bytes of address space: plenty for any library, little for a leak. A machine that runs the host can spare it.
const ADDRESS_SPACE: libc::rlim_t = 1024 * 1024 * 1024;
/// Seconds after which the system ends this process, in case the host died and nobody else will.
const LIFETIME_SECONDS: libc::c_uint = 15;

/// The main function of `gatehouse probe-plugin <path>`. To be called before anything else has started threads.
pub fn child_main(path: &Path) -> ExitCode {
    match limit_self().and_then(|()| examine(path)).and_then(|report| say(&report)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

fn examine(path: &Path) -> io::Result<Report> {
    say(&Report::Begins(Step::Opening))?;
    let opened = match open(path) {
        Ok(opened) => opened,
        Err(error) => return Ok(Report::CannotOpen(error.to_string())),
    };
    say(&Report::Begins(Step::Asking))?;
    let checked = match opened.handle.authenticator_types() {
        Ok(types) => definition::check(&types),
        Err(fault) => Err(fault.to_string()),
    };
    Ok(match checked {
        Ok(()) => Report::Good,
        Err(why) => Report::BadTypes(why),
    })
}

fn say(report: &Report) -> io::Result<()> {
    let mut line = serde_json::to_vec(report)?;
    line.insert(0, b'\n');
    line.push(b'\n');
    let mut out = io::stdout().lock();
    out.write_all(&line)?;
    out.flush()
}

pub(crate) fn limit_self() -> io::Result<()> {
    limit(libc::RLIMIT_CORE, 0)?;
    limit(libc::RLIMIT_CPU, CPU_SECONDS)?;
    limit(libc::RLIMIT_AS, ADDRESS_SPACE)?;
    // Should the machine itself run out of memory, the system ends this process before any other.
    let _ = std::fs::write("/proc/self/oom_score_adj", "1000");
    // SAFETY: alarm only asks the system for a signal later; without a handler it ends the process, as intended.
    unsafe { libc::alarm(LIFETIME_SECONDS) };
    Ok(())
}

fn limit(resource: libc::__rlimit_resource_t, most: libc::rlim_t) -> io::Result<()> {
    let limits = libc::rlimit { rlim_cur: most, rlim_max: most };
    // SAFETY: setrlimit reads the struct, which lives until after the call.
    match unsafe { libc::setrlimit(resource, &raw const limits) } {
        0 => Ok(()),
        _ => Err(io::Error::last_os_error()),
    }
}
