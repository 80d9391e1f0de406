//! The parent's side: a child with a deadline, and what it said.

use std::io;
use std::path::Path;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::{Child, Command};
use tokio::time::timeout;

use super::child::Report;
use super::{Examination, SUBCOMMAND};

/// How long the whole list may take: most plug-ins need a second.
const DEADLINE: Duration = Duration::from_secs(12);

/// Most that is read of what the child writes, in bytes: its types with their scripts.
const MAX_OUTPUT: u64 = 16 * 1024 * 1024;

/// Why there is nothing to show.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// The library cannot be opened, and why.
    CannotOpen(String),
    /// The child ended before the list did, and how.
    Died(String),
    /// It did not end.
    TimedOut,
}

/// Lets a child of `program` go through the list with the library at `path`.
///
/// # Errors
/// [`Trouble`]. The child is dead in any case.
pub(crate) async fn examine(program: &Path, path: &Path, settings: &Value) -> Result<Examination, Trouble> {
    let died = |error: io::Error| Trouble::Died(error.to_string());
    let mut child = start(program, path).map_err(died)?;
    let said = timeout(DEADLINE, listen(&mut child, settings)).await;
    if said.is_err() {
        child.kill().await.map_err(died)?;
    }
    let (status, output) = said.map_err(|_| Trouble::TimedOut)?.map_err(died)?;
    verdict(status, &output)
}

fn start(program: &Path, path: &Path) -> io::Result<Child> {
    let mut command = Command::new(program);
    command.arg(SUBCOMMAND).arg(path).env_clear().current_dir("/").kill_on_drop(true);
    // What a panicking plug-in says on its way is for its author to see.
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::inherit()).spawn()
}

async fn listen(child: &mut Child, settings: &Value) -> io::Result<(ExitStatus, Vec<u8>)> {
    if let Some(mut input) = child.stdin.take() {
        input.write_all(settings.to_string().as_bytes()).await?;
    }
    let mut output = Vec::new();
    if let Some(pipe) = child.stdout.take() {
        pipe.take(MAX_OUTPUT).read_to_end(&mut output).await?;
    }
    Ok((child.wait().await?, output))
}

fn verdict(status: ExitStatus, output: &[u8]) -> Result<Examination, Trouble> {
    let last = output.split(|byte| *byte == b'\n').rfind(|line| !line.is_empty()).unwrap_or_default();
    match serde_json::from_slice(last) {
        Ok(Report::Examined(examination)) if status.success() => Ok(*examination),
        Ok(Report::CannotOpen(why)) => Err(Trouble::CannotOpen(why)),
        Ok(Report::Examined(_)) | Err(_) => Err(Trouble::Died(status.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::process::ExitStatusExt;

    use super::*;

    #[test]
    fn the_last_line_counts_and_so_does_the_end() {
        let examined = br#"{"examined":{"rules":[],"calls":3,"unfilled":[],"types":[]}}"#;
        let good = ExitStatus::from_raw(0);
        let noisy = [b"hello\n", &examined[..], b"\n"].concat();
        assert_eq!(verdict(good, &noisy).unwrap().calls, 3);
        assert!(matches!(verdict(ExitStatus::from_raw(11), examined), Err(Trouble::Died(_))));
        assert!(matches!(verdict(good, b"hello"), Err(Trouble::Died(_))));
        assert_eq!(verdict(good, br#"{"cannot-open":"why"}"#).unwrap_err(), Trouble::CannotOpen("why".into()));
    }
}
