//! The programs under measurement: starting, watching and stopping them.

use std::fs::File;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use tokio::process::{Child, Command};

use crate::Outcome;

/// How long a program may take to end after it was asked to.
const FAREWELL: Duration = Duration::from_secs(5);

/// A running program. Should it be dropped, it is killed.
pub(crate) struct Program {
    name: &'static str,
    id: libc::pid_t,
    child: Child,
}

impl Program {
    /// Starts `command`; what it says goes to the file `log`.
    pub(crate) fn start(name: &'static str, command: &mut Command, log: &Path) -> Outcome<Self> {
        let (output, errors) = (File::create(log)?, File::options().append(true).open(log)?);
        command.stdin(Stdio::null()).stdout(output).stderr(errors).kill_on_drop(true);
        let child = command.spawn().map_err(|error| format!("{name} cannot be started: {error}"))?;
        let id = child.id().ok_or_else(|| format!("{name} ended at once"))?;
        Ok(Self { name, id: id.cast_signed(), child })
    }

    /// The processor time that it has used since it was started.
    pub(crate) fn cpu_time(&self) -> Outcome<Duration> {
        cpu_time_of(self.id).map_err(|error| format!("{} cannot be measured: {error}", self.name).into())
    }

    /// Its proportional share of the machine's memory in KiB (`proc_pid_smaps(5)`).
    pub(crate) fn memory(&self) -> Outcome<u64> {
        memory_of(&self.id.to_string())
    }

    /// Fails if it has ended.
    pub(crate) fn still_runs(&mut self) -> Outcome<()> {
        match self.child.try_wait()? {
            None => Ok(()),
            Some(status) => Err(format!("{} ended by itself ({status})", self.name).into()),
        }
    }

    /// Asks it to end, and insists after a while.
    pub(crate) async fn stop(mut self) -> Outcome<()> {
        // SAFETY: kill only sends a signal; the child was not waited for yet, so its number is still its own.
        unsafe { libc::kill(self.id, libc::SIGTERM) };
        if tokio::time::timeout(FAREWELL, self.child.wait()).await.is_err() {
            self.child.kill().await?;
        }
        Ok(())
    }
}

/// This process's share, likewise.
pub(crate) fn own_memory() -> Outcome<u64> {
    memory_of("self")
}

fn memory_of(process: &str) -> Outcome<u64> {
    let text = std::fs::read_to_string(format!("/proc/{process}/smaps_rollup"))?;
    let line = text.lines().find_map(|line| line.strip_prefix("Pss:"));
    let number = line.and_then(|line| line.trim().strip_suffix(" kB")).ok_or("smaps_rollup has no line Pss")?;
    Ok(number.trim().parse()?)
}

/// The processor time that this process has used since it was started.
pub(crate) fn own_cpu_time() -> Outcome<Duration> {
    cpu_time_of(0)
}

/// Processor time in user and in kernel mode, by the kernel's account in nanoseconds (`clock_getcpuclockid(3)`).
/// Threads that have ended count; child processes do not. Process 0 is this one.
fn cpu_time_of(process: libc::pid_t) -> Outcome<Duration> {
    let mut clock = 0;
    // SAFETY: the pointer is to a local variable of the right type, and nothing else is read or written.
    match unsafe { libc::clock_getcpuclockid(process, &raw mut clock) } {
        0 => {}
        code => return Err(io::Error::from_raw_os_error(code).into()),
    }
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: as above.
    match unsafe { libc::clock_gettime(clock, &raw mut time) } {
        0 => Ok(Duration::new(u64::try_from(time.tv_sec)?, u32::try_from(time.tv_nsec)?)),
        _ => Err(io::Error::last_os_error().into()),
    }
}

/// Loopback addresses with ports that are free now.
pub(crate) fn free_addresses<const N: usize>() -> io::Result<[SocketAddr; N]> {
    // All are held before the first is let go, so that they differ.
    let mut addresses = [SocketAddr::from((Ipv4Addr::LOCALHOST, 0)); N];
    let held: Vec<TcpListener> = addresses.iter().map(TcpListener::bind).collect::<io::Result<_>>()?;
    for (address, listener) in addresses.iter_mut().zip(&held) {
        *address = listener.local_addr()?;
    }
    Ok(addresses)
}

/// Lets this process, and the programs it starts, open as many files as the system allows: a thousand sign-ins at
/// once are four thousand sockets.
pub(crate) fn raise_file_limit() -> io::Result<()> {
    let mut limit = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
    // SAFETY: the pointer is to a local variable of the right type.
    if unsafe { libc::getrlimit(libc::RLIMIT_NOFILE, &raw mut limit) } != 0 {
        return Err(io::Error::last_os_error());
    }
    limit.rlim_cur = limit.rlim_max;
    // SAFETY: as above, and the call only reads it.
    match unsafe { libc::setrlimit(libc::RLIMIT_NOFILE, &raw const limit) } {
        0 => Ok(()),
        _ => Err(io::Error::last_os_error()),
    }
}
