//! Trying a library out in a process of its own.
//!
//! A library that crashes, exits, hangs or eats memory while it is opened would take the host with it. So the host
//! starts its own program once more, as `gatehouse probe-plugin <path>`, with nothing in its environment and within
//! limits, lets that process open the library, and reads what it says. Whatever happens there is a line on a page here.

mod child;

use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::process::{Child, Command};
use tokio::time::timeout;

use super::Refused;
use super::refused::brief;

pub use child::child_main;
pub(crate) use child::limit_self;

/// The hidden subcommand of the child.
pub const SUBCOMMAND: &str = "probe-plugin";

/// Most that is read of what the child writes, in bytes.
const MAX_OUTPUT: u64 = 64 * 1024;

/// How libraries are tried out.
#[derive(Clone, Debug)]
pub struct Probe {
    /// The host's own program.
    pub program: PathBuf,
    /// How long opening and asking may take.
    pub deadline: Duration,
}

impl Probe {
    /// A probe that runs `program`, with 5 s for each library.
    pub fn new(program: PathBuf) -> Self {
        Self { program, deadline: Duration::from_secs(5) }
    }

    /// Lets a child process open the library at `path`. The child is dead when this returns.
    ///
    /// # Errors
    /// [`Refused`] when the child died, did not finish, or did not like what it saw.
    pub(super) async fn run(&self, path: &Path) -> Result<(), Refused> {
        let mut child = self.start(path).map_err(|error| Refused::ProbeCrashed(error.to_string()))?;
        let said = timeout(self.deadline, listen(&mut child)).await;
        if said.is_err() {
            // Kills and waits, so that no process is left behind.
            child.kill().await.map_err(|error| Refused::ProbeCrashed(error.to_string()))?;
        }
        match said {
            Err(_) => Err(Refused::ProbeTimedOut),
            Ok(Err(error)) => Err(Refused::ProbeCrashed(error.to_string())),
            Ok(Ok((status, output, complaint))) => verdict(status, &output, &complaint),
        }
    }

    fn start(&self, path: &Path) -> std::io::Result<Child> {
        Command::new(&self.program)
            .arg(SUBCOMMAND)
            .arg(path)
            .env_clear()
            .current_dir("/")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
    }
}

/// What the child says on its last line, as JSON.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Report {
    /// Opened, asked, checked.
    Good,
    /// Could not be opened, and why.
    CannotOpen(String),
    /// Registers something that it may not, and what.
    BadTypes(String),
}

async fn listen(child: &mut Child) -> std::io::Result<(ExitStatus, Vec<u8>, Vec<u8>)> {
    let (output, complaint) = (child.stdout.take(), child.stderr.take());
    let (output, complaint) = tokio::try_join!(read(output), read(complaint))?;
    Ok((child.wait().await?, output, complaint))
}

async fn read(pipe: Option<impl AsyncRead + Unpin>) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    if let Some(pipe) = pipe {
        pipe.take(MAX_OUTPUT).read_to_end(&mut bytes).await?;
    }
    Ok(bytes)
}

fn verdict(status: ExitStatus, output: &[u8], complaint: &[u8]) -> Result<(), Refused> {
    // The library may have written something of its own before.
    let last = output.split(|byte| *byte == b'\n').rfind(|line| !line.is_empty()).unwrap_or_default();
    match serde_json::from_slice(last) {
        Ok(Report::Good) if status.success() => Ok(()),
        Ok(Report::CannotOpen(why)) => Err(Refused::CannotOpen(brief(&why))),
        Ok(Report::BadTypes(why)) => Err(Refused::BadTypes(brief(&why))),
        Ok(Report::Good) | Err(_) => {
            tracing::warn!(%status, complaint = ?String::from_utf8_lossy(complaint), "a plug-in's trial process died");
            Err(Refused::ProbeCrashed(status.to_string()))
        }
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::process::ExitStatusExt;

    use super::*;

    #[test]
    fn the_last_line_counts() {
        let good = ExitStatus::from_raw(0);
        assert_eq!(verdict(good, b"hello\n\"good\"\n", b""), Ok(()));
        assert_eq!(verdict(good, b"{\"bad-types\":\"why\"}\n", b""), Err(Refused::BadTypes("why".into())));
        assert!(matches!(verdict(good, b"\"good\"\nhello", b""), Err(Refused::ProbeCrashed(_))));
        assert!(matches!(verdict(good, b"", b""), Err(Refused::ProbeCrashed(_))));
    }

    #[test]
    fn a_death_after_the_report_is_a_death() {
        let segmentation_fault = ExitStatus::from_raw(11);
        let Err(Refused::ProbeCrashed(how)) = verdict(segmentation_fault, b"\"good\"\n", b"") else { panic!() };
        assert!(how.contains("signal: 11"), "{how}");
    }
}
