//! The program as an administrator has it: a folder, variables, commands, and a host that runs meanwhile.

use std::collections::BTreeMap;
use std::fs::{self, File, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use sqlx::Connection;
use tempfile::TempDir;
use tokio::process::{Child, Command};

use crate::{Client, Signer, eventually, gatehouse_program, package_of, plugin_library};

/// No command takes so long, unless it does what it should have refused.
const PATIENCE: Duration = Duration::from_secs(60);

/// A machine on which nothing is but the program.
pub struct Machine {
    folder: TempDir,
    variables: BTreeMap<String, String>,
}

/// What a command ended with.
#[derive(Debug)]
pub struct Outcome {
    /// Exit code; none if a signal ended it.
    pub code: Option<i32>,
    /// What it wrote to standard output.
    pub out: String,
    /// What it wrote to standard error.
    pub err: String,
}

/// A running `gatehouse serve`; dropping it kills it.
pub struct Host {
    child: Child,
    /// Scheme, host and port where it listens.
    pub address: String,
    out: PathBuf,
    log: PathBuf,
}

impl Machine {
    /// A machine whose data folder does not exist yet, with an empty plug-in folder.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut machine = Self { folder, variables: BTreeMap::new() };
        let file = machine.write("gatehouse.toml", "");
        fs::create_dir(machine.plugin_dir()).unwrap();
        fs::set_permissions(machine.plugin_dir(), Permissions::from_mode(0o700)).unwrap();
        machine.set("GATEHOUSE_CONFIG", file.display());
        machine.set("GATEHOUSE_DATA_DIR", machine.data_dir().display());
        machine.set("GATEHOUSE_PLUGIN_DIR", machine.plugin_dir().display());
        machine.set("GATEHOUSE_LISTEN", "127.0.0.1:0");
        machine.set("GATEHOUSE_PLUGIN_KEYS", Signer::trusted().variable());
        machine
    }

    /// The same, with the signed package of the DingTalk library in the plug-in folder, and leave to call this machine.
    pub fn with_plugin() -> Self {
        let mut machine = Self::new();
        machine.drop_package(&plugin_library());
        machine.set("GATEHOUSE_ALLOW_LOOPBACK_UPSTREAMS", "true");
        machine
    }

    /// Puts the signed package of a library into the plug-in folder.
    pub fn drop_package(&self, library: &Path) {
        let package = package_of(library);
        fs::copy(&package, self.plugin_dir().join(package.file_name().unwrap())).unwrap();
    }

    /// Sets a variable of everything that is started from now on.
    pub fn set(&mut self, name: &str, value: impl ToString) {
        self.variables.insert(name.to_owned(), value.to_string());
    }

    /// The data folder.
    pub fn data_dir(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// Where libraries are dropped.
    pub fn plugin_dir(&self) -> PathBuf {
        self.folder.path().join("plugins")
    }

    /// The file with the master keys, unless a variable says otherwise.
    pub fn key_file(&self) -> PathBuf {
        self.data_dir().join("master.key")
    }

    /// Writes a file that only its owner may read.
    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::write(&path, content).unwrap();
        fs::set_permissions(&path, Permissions::from_mode(0o600)).unwrap();
        path
    }

    /// Runs a command to its end.
    pub async fn run(&self, arguments: &[&str]) -> Outcome {
        let output = tokio::time::timeout(PATIENCE, self.command().args(arguments).output()).await;
        let output = output.unwrap_or_else(|_| panic!("{arguments:?} did not end")).unwrap();
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        Outcome { code: output.status.code(), out: text(&output.stdout), err: text(&output.stderr) }
    }

    /// Runs a command that has to succeed, and returns what it said.
    pub async fn does(&self, arguments: &[&str]) -> String {
        let outcome = self.run(arguments).await;
        assert_eq!((outcome.code, outcome.err.as_str()), (Some(0), ""), "{arguments:?}");
        outcome.out
    }

    /// Starts a host, and waits until it listens.
    pub async fn serve(&self) -> Host {
        self.serve_with(&[]).await
    }

    /// Starts a host with more arguments, and waits until it listens.
    pub async fn serve_with(&self, arguments: &[&str]) -> Host {
        let [port, out, log] = ["port", "out", "log"].map(|name| self.folder.path().join(name));
        let _ = fs::remove_file(&port);
        let [stdout, stderr] = [&out, &log].map(|path| File::options().create(true).append(true).open(path).unwrap());
        for file in [&stdout, &stderr] {
            file.set_len(0).unwrap();
        }
        let mut command = self.command();
        let command = command.arg("serve").arg("--port-file").arg(&port).args(arguments);
        let mut child = command.stdout(stdout).stderr(stderr).spawn().unwrap();
        eventually("the host listens", async || {
            let ended = child.try_wait().unwrap();
            assert!(ended.is_none(), "it ended: {}", fs::read_to_string(&log).unwrap());
            port.is_file()
        })
        .await;
        let port = fs::read_to_string(&port).unwrap();
        Host { child, address: format!("http://127.0.0.1:{}", port.trim()), out, log }
    }

    /// Where the next host writes its standard output; there from now on.
    pub fn output_file(&self) -> PathBuf {
        let path = self.folder.path().join("out");
        File::options().create(true).append(true).open(&path).unwrap();
        path
    }

    /// The texts in the one column that a query of the embedded database gives.
    pub async fn texts(&self, sql: &str) -> Vec<String> {
        sqlx::any::install_default_drivers();
        let url = format!("sqlite://{}", self.data_dir().join("gatehouse.db").display());
        let mut conn = sqlx::AnyConnection::connect(&url).await.expect("the database can be opened");
        sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).fetch_all(&mut conn).await.unwrap()
    }

    /// Everything below the data folder: path, and bits of its mode.
    pub fn files(&self) -> Vec<(PathBuf, u32)> {
        let mut found = Vec::new();
        let mut waiting = vec![self.data_dir()];
        while let Some(path) = waiting.pop() {
            let about = fs::symlink_metadata(&path).unwrap();
            if about.is_dir() {
                waiting.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
            }
            found.push((path, about.permissions().mode() & 0o7777));
        }
        found
    }

    /// The files below the data folder that hold `text`.
    pub fn files_with(&self, text: &str) -> Vec<String> {
        let holds = |path: &Path| fs::read(path).unwrap().windows(text.len()).any(|piece| piece == text.as_bytes());
        let files = self.files().into_iter().map(|(path, _)| path).filter(|path| path.is_file() && holds(path));
        files.map(|path| path.display().to_string()).collect()
    }

    fn command(&self) -> Command {
        let mut command = Command::new(gatehouse_program());
        command.env_clear().envs(&self.variables).current_dir(self.folder.path());
        command.stdin(Stdio::null()).kill_on_drop(true);
        command
    }
}

impl Outcome {
    /// A refusal: one plain line on standard error, and this exit code. Returns the line.
    pub fn refused(&self, code: i32) -> &str {
        assert_eq!(self.code, Some(code), "{self:?}");
        let line = self.err.strip_suffix('\n').and_then(|line| line.strip_prefix("gatehouse: "));
        let line = line.unwrap_or_else(|| panic!("no line for a person: {self:?}"));
        assert!(!line.contains(['\n', '\u{1b}']), "{line}");
        line
    }
}

impl Host {
    /// A new browser.
    pub fn browser(&self) -> Client {
        Client::new(&self.address)
    }

    /// What it wrote to standard output.
    pub fn out(&self) -> String {
        fs::read_to_string(&self.out).unwrap()
    }

    /// What it wrote to its log.
    pub fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap()
    }

    /// Number of its process.
    pub fn id(&self) -> u32 {
        self.child.id().expect("it runs")
    }

    /// The port where it listens.
    pub fn port(&self) -> &str {
        self.address.rsplit(':').next().unwrap()
    }

    /// Sends it a signal, and returns the exit code.
    pub async fn end(&mut self, signal: i32) -> Option<i32> {
        let id = i32::try_from(self.child.id().expect("it runs")).unwrap();
        // SAFETY: kill takes two numbers; the process is our child, which nobody has waited for yet.
        assert_eq!(unsafe { libc::kill(id, signal) }, 0);
        tokio::time::timeout(PATIENCE, self.child.wait()).await.expect("it ends").unwrap().code()
    }

    /// Whether it still runs.
    pub fn runs(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }
}

impl Default for Machine {
    fn default() -> Self {
        Self::new()
    }
}
