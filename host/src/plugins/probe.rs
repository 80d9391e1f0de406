//! Trying a library out in a process of its own.
//!
//! A library that crashes, exits, hangs, eats memory or writes without end while it is opened would take the host with
//! it. So the host starts its own program once more, as `gatehouse probe-plugin <path>`, with nothing in its environment
//! and within limits, lets that process open the library, and reads what it says. Whatever happens there is a line on a
//! page here.

mod child;
mod report;

use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::process::{Child, Command};
use tokio::sync::Semaphore;
use tokio::time::timeout;

use super::Refused;
use super::quarantine::{Cause, Happened, Step};
use report::{reached, verdict};

pub use child::child_main;
pub(crate) use child::limit_self;

/// The hidden subcommand of the child.
pub const SUBCOMMAND: &str = "probe-plugin";

/// Most that the child may write to each of its two outputs, in bytes.
const MAX_OUTPUT: usize = 64 * 1024;

/// So many libraries are tried out at once; more would only take the processor from each other, and from the host.
const AT_ONCE: usize = 4;

/// How libraries are tried out.
#[derive(Clone, Debug)]
pub struct Probe {
    /// The host's own program.
    pub program: PathBuf,
    /// How long opening and asking may take.
    pub deadline: Duration,
    turns: Arc<Semaphore>,
}

/// A trial that did not go well.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Failed {
    /// Why the library is not loaded.
    pub(super) why: Refused,
    /// How far the trial had come.
    pub(super) during: Step,
}

/// What there is to know about a child that has ended.
struct Ended {
    status: ExitStatus,
    output: Vec<u8>,
    complaint: Vec<u8>,
}

impl Failed {
    /// What is remembered of it. A library that is merely refused is asked again next time: that costs nothing.
    pub(super) fn cause(&self) -> Option<Cause> {
        let (happened, detail) = match &self.why {
            Refused::ProbeCrashed(how) => (Happened::TrialEnded, how.clone()),
            Refused::ProbeTimedOut => (Happened::TrialHung, String::new()),
            _ => return None,
        };
        Some(Cause { happened, during: self.during, detail })
    }
}

impl Probe {
    /// A probe that runs `program`, with 5 s for each library.
    pub fn new(program: PathBuf) -> Self {
        Self { program, deadline: Duration::from_secs(5), turns: Arc::new(Semaphore::new(AT_ONCE)) }
    }

    /// Lets a child process open the library at `path`. The child is dead when this returns.
    pub(super) async fn run(&self, path: &Path) -> Result<(), Failed> {
        let _turn = self.turns.acquire().await;
        let failed = |why| Failed { why, during: Step::Opening };
        let mut child = self.start(path).map_err(|error| failed(Refused::ProbeCrashed(error.to_string())))?;
        let (mut output, mut complaint) = (Vec::new(), Vec::new());
        let listened = timeout(self.deadline, listen(&mut child, &mut output, &mut complaint)).await;
        let why = match listened {
            Ok(Ok(status)) => return verdict(&Ended { status, output, complaint }),
            Ok(Err(error)) => Refused::ProbeCrashed(error.to_string()),
            Err(_) => Refused::ProbeTimedOut,
        };
        // Kills and waits, so that no process is left behind.
        child.kill().await.map_err(|error| failed(Refused::ProbeCrashed(error.to_string())))?;
        Err(Failed { why, during: reached(&output) })
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

/// Reads what the child writes until it ends.
async fn listen(child: &mut Child, output: &mut Vec<u8>, complaint: &mut Vec<u8>) -> std::io::Result<ExitStatus> {
    let (out, err) = (child.stdout.take(), child.stderr.take());
    tokio::try_join!(read(out, output), read(err, complaint))?;
    child.wait().await
}

/// Fails at once when it is too much: a library that writes without end would go on until its deadline.
async fn read(pipe: Option<impl AsyncRead + Unpin>, bytes: &mut Vec<u8>) -> std::io::Result<()> {
    let Some(mut pipe) = pipe else { return Ok(()) };
    while pipe.read_buf(bytes).await? > 0 {
        if bytes.len() > MAX_OUTPUT {
            return Err(std::io::Error::other("it writes without end"));
        }
    }
    Ok(())
}
