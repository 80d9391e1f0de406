//! A program that runs beside this one.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child as Process, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use crate::failure::Failure;
use crate::shell;

/// How long a program may take to end after it was asked to.
const FAREWELL: Duration = Duration::from_secs(10);
/// How many lines of a log are quoted.
const QUOTED: usize = 10;

/// A started program. It is stopped when this is dropped, and by the system should this process be killed.
pub(crate) struct Child {
    name: &'static str,
    log: PathBuf,
    process: Process,
    lines: Receiver<String>,
    /// What was read of its standard output so far.
    said: Vec<String>,
    status: Option<ExitStatus>,
}

impl Child {
    /// Starts `command` in a process group of its own, so that a Ctrl-C reaches us alone and we stop things in order.
    /// Its standard error goes to the file `log`.
    pub(crate) fn start(name: &'static str, log: &Path, command: &mut Command) -> Result<Self, Failure> {
        let file = File::create(log).map_err(|error| Failure::file(log, &error))?;
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(file).process_group(0);
        die_with_parent(command);
        let mut process =
            command.spawn().map_err(|error| Failure::new(format!("{}: {error}", shell::line(command))))?;
        let lines = process.stdout.take().map(lines_of).ok_or_else(|| Failure::new("a pipe is missing"))?;
        Ok(Self { name, log: log.to_owned(), process, lines, said: Vec::new(), status: None })
    }

    /// Waits for a line of standard output that starts with `beginning`, and returns the rest of it.
    pub(crate) fn wait_for_line(&mut self, beginning: &str, patience: Duration) -> Result<String, Failure> {
        let until = Instant::now() + patience;
        while let Ok(line) = self.lines.recv_timeout(until.saturating_duration_since(Instant::now())) {
            let rest = line.strip_prefix(beginning).map(|rest| rest.trim().to_owned());
            self.said.push(line);
            if let Some(rest) = rest {
                return Ok(rest);
            }
        }
        Err(Failure::new(self.ended().unwrap_or_else(|| format!("{} does not answer", self.name))))
    }

    /// The rest of the line of standard output that has `label` in it, if there was one.
    pub(crate) fn find(&mut self, label: &str) -> Option<String> {
        self.said.extend(self.lines.try_iter());
        self.said.iter().find_map(|line| line.trim().strip_prefix(label)).map(|rest| rest.trim().to_owned())
    }

    /// A sentence, and the last lines of its log, if the program has ended.
    pub(crate) fn ended(&mut self) -> Option<String> {
        if self.status.is_none() {
            self.status = self.process.try_wait().ok().flatten();
        }
        let status = self.status?;
        let log = std::fs::read_to_string(&self.log).unwrap_or_default();
        let lines: Vec<&str> = log.lines().collect();
        let last = lines[lines.len().saturating_sub(QUOTED)..].iter().map(|line| format!("\n  {line}"));
        let quote: String = last.collect();
        let place = if quote.is_empty() { String::new() } else { format!(" The end of {}:", self.log.display()) };
        Some(format!("{} stopped by itself ({status}).{place}{quote}", self.name))
    }

    /// Asks the program to end, and insists after a while.
    pub(crate) fn stop(&mut self) {
        if self.status.is_some() {
            return;
        }
        // SAFETY: kill only sends a signal; the process was not waited for yet, so its number is still its own.
        unsafe { libc::kill(self.process.id().cast_signed(), libc::SIGTERM) };
        let asked = Instant::now();
        while asked.elapsed() < FAREWELL {
            if let Ok(Some(status)) = self.process.try_wait() {
                self.status = Some(status);
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        // It may have ended this very moment; either way it is gone now.
        let _ = self.process.kill();
        self.status = self.process.wait().ok();
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Reads standard output to its end, so that the program never waits for us.
fn lines_of(output: ChildStdout) -> Receiver<String> {
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        let mut output = BufReader::new(output);
        for line in output.by_ref().lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                break;
            }
        }
        // Nobody listens any more, but the pipe has to be emptied all the same.
        let _ = std::io::copy(&mut output, &mut std::io::sink());
    });
    receiver
}

/// Has the system stop the program if this process is killed without a chance to do it.
fn die_with_parent(command: &mut Command) {
    // SAFETY: between fork and exec only prctl is called, which is a single system call and takes no lock.
    unsafe {
        command.pre_exec(|| match libc::prctl(libc::PR_SET_PDEATHSIG, libc::SIGTERM) {
            0 => Ok(()),
            _ => Err(std::io::Error::last_os_error()),
        });
    }
}
