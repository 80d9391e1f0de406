//! The reader's terminal: a folder, what `cd` and `export` did, and what still runs.

use std::fs;
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use gatehouse_tests::{eventually, gatehouse_program};

use super::root;

/// What keeps the folder and the variables from one command to the next.
const REMEMBERING: &str = r#"
. "$GUIDE_STATE/variables"
cd "$(cat "$GUIDE_STATE/folder")"
set -e
eval "$1"
pwd > "$GUIDE_STATE/folder"
export -p > "$GUIDE_STATE/variables"
"#;

pub(super) struct Shell {
    state: PathBuf,
    running: Vec<Child>,
}

impl Shell {
    /// In an empty folder. It is always the same one, so that what cargo built last time is of use.
    pub(super) fn new() -> Self {
        let home = root().join("target/kit");
        let (work, state) = (home.join("guide"), home.join("state"));
        for folder in [&work, &state] {
            let _ = fs::remove_dir_all(folder);
            fs::create_dir_all(folder).unwrap();
        }
        fs::write(state.join("folder"), work.to_str().unwrap()).unwrap();
        fs::write(state.join("variables"), "").unwrap();
        Self { state, running: Vec::new() }
    }

    /// Runs a command that has to succeed.
    pub(super) fn run(&mut self, command: &str) {
        let (success, said) = self.ended(command);
        assert!(success, "{command}: {said}");
        self.share_target();
    }

    /// Runs a command that has to fail, and gives what it said.
    pub(super) fn fails(&self, command: &str) -> String {
        let (success, said) = self.ended(command);
        assert!(!success, "{command}: {said}");
        said
    }

    fn ended(&self, command: &str) -> (bool, String) {
        let output = self.command(command).output().unwrap();
        let said = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8_lossy(&said).into_owned())
    }

    /// Starts a command that goes on, and gives the file with what it says.
    pub(super) fn spawn(&mut self, command: &str) -> PathBuf {
        let path = self.state.join(format!("said-{}", self.running.len()));
        let said = fs::File::create(&path).unwrap();
        let complaints = said.try_clone().unwrap();
        let mut command = self.command(&format!("exec {command}"));
        self.running.push(command.stdout(said).stderr(complaints).spawn().unwrap());
        path
    }

    /// The same, and waits until it listens.
    pub(super) async fn start(&mut self, command: &str, address: &str) {
        let said = self.spawn(command);
        eventually("it listens", async || {
            let ended = self.running.last_mut().unwrap().try_wait().unwrap();
            assert!(ended.is_none(), "{command}: {}", fs::read_to_string(&said).unwrap());
            TcpStream::connect(address).is_ok()
        })
        .await;
    }

    pub(super) fn write(&self, path: &str, content: &str) {
        fs::write(self.folder().join(path), content).unwrap();
    }

    pub(super) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.folder().join(path)).unwrap()
    }

    fn folder(&self) -> PathBuf {
        fs::read_to_string(self.state.join("folder")).unwrap().trim().into()
    }

    fn command(&self, command: &str) -> Command {
        let program = gatehouse_program().canonicalize().unwrap();
        #[expect(clippy::disallowed_methods, reason = "the reader has the programs that the tests have")]
        let path = std::env::var("PATH").unwrap();
        let mut shell = Command::new("bash");
        shell.args(["-c", REMEMBERING, "reader", command]).env("GUIDE_STATE", &self.state);
        shell.env("PATH", format!("{}:{path}", program.parent().unwrap().display()));
        // A test of cargo's is not the reader; and nothing is fetched that is not there.
        shell
            .env_remove("CARGO_TARGET_DIR")
            .env_remove("GATEHOUSE_SCREENSHOTS")
            .env("CARGO_NET_OFFLINE", "true")
            .env("LC_ALL", "C.UTF-8");
        shell.stdin(Stdio::null());
        shell
    }

    /// The crate builds where it built last time.
    fn share_target(&self) {
        let folder = self.folder();
        let target = folder.join("target");
        if folder.join("Cargo.toml").is_file() && !target.exists() {
            let shared = root().join("target/kit/built");
            fs::create_dir_all(&shared).unwrap();
            std::os::unix::fs::symlink(shared, target).unwrap();
        }
    }
}

impl Drop for Shell {
    fn drop(&mut self) {
        for child in &mut self.running {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}
