//! Running other programs, and talking to the developer.

use std::ffi::OsStr;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::failure::Failure;

/// Writes a line for the developer.
#[expect(clippy::print_stdout, reason = "what a command says goes to standard output")]
pub(crate) fn say(line: impl std::fmt::Display) {
    println!("{line}");
}

/// Cargo, in the repository.
pub(crate) fn cargo<S: AsRef<OsStr>>(root: &Path, arguments: impl IntoIterator<Item = S>) -> Command {
    let mut command = Command::new("cargo");
    command.current_dir(root).args(arguments);
    command
}

/// Runs a program to its end; its output goes where ours goes.
pub(crate) fn run(command: &mut Command) -> Result<(), Failure> {
    let status = command.status().map_err(|error| unable(command, &error))?;
    if status.success() { Ok(()) } else { Err(Failure::new(format!("{} failed ({status})", line(command)))) }
}

/// Runs a program to its end and returns what it wrote to standard output.
pub(crate) fn read(command: &mut Command) -> Result<String, Failure> {
    let output = command.stderr(Stdio::inherit()).output().map_err(|error| unable(command, &error))?;
    if !output.status.success() {
        return Err(Failure::new(format!("{} failed ({})", line(command), output.status)));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Whether a program is there and answers to `--version`.
pub(crate) fn has(program: &str) -> bool {
    let mut command = Command::new(program);
    command.arg("--version").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// The command as one would type it.
pub(crate) fn line(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ")
}

fn unable(command: &Command, error: &std::io::Error) -> Failure {
    Failure::new(format!("{} cannot be run: {error}", command.get_program().to_string_lossy()))
}
