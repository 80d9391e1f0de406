//! The program itself, as a process of its own.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use tokio::process::{Child, Command};

use crate::{Signer, eventually, gatehouse_program};

/// A running `gatehouse serve`; dropping it kills it.
pub struct Process {
    child: Child,
    /// Scheme, host and port where it listens.
    pub address: String,
}

impl Process {
    /// Starts it on the data in `data_dir` with these `GATEHOUSE_*` variables, and waits until it listens.
    pub async fn serve(data_dir: &Path, variables: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let port_file = folder.path().join("port");
        let mut command = command(data_dir, variables);
        let child = command.arg("--port-file").arg(&port_file).stdout(Stdio::null()).spawn().unwrap();
        eventually("gatehouse listens", async || port_file.is_file()).await;
        let port = std::fs::read_to_string(&port_file).unwrap();
        Self { child, address: format!("http://127.0.0.1:{}", port.trim()) }
    }

    /// Ends it as the power does: SIGKILL.
    pub async fn kill(mut self) {
        self.child.kill().await.unwrap();
    }
}

/// Starts it, and returns what it says when it refuses to. One that does not is a failure.
pub async fn refuses_to_start(data_dir: &Path, variables: &[(&str, &str)]) -> String {
    let ended = tokio::time::timeout(Duration::from_secs(30), command(data_dir, variables).output()).await;
    let output = ended.expect("it does not start").unwrap();
    assert!(!output.status.success(), "it started");
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn command(data_dir: &Path, variables: &[(&str, &str)]) -> Command {
    let mut command = Command::new(gatehouse_program());
    command.arg("serve").arg("--data-dir").arg(data_dir).args(["--listen", "127.0.0.1:0"]);
    command.env("GATEHOUSE_PLUGIN_KEYS", Signer::trusted().variable());
    command.envs(variables.iter().copied()).stderr(Stdio::piped()).kill_on_drop(true);
    command
}
