//! A PostgreSQL server of the test's own.

use std::net::TcpListener;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// A running server; dropping it stops it and removes its data.
pub struct Postgres {
    programs: PathBuf,
    folder: TempDir,
    port: u16,
}

impl Postgres {
    /// Starts a server, or says nothing if PostgreSQL was left out on purpose.
    pub fn start() -> Option<Self> {
        if crate::skips("postgres") {
            return None;
        }
        let programs = newest().expect("PostgreSQL is installed; run: cargo xtask test");
        let folder = tempfile::Builder::new().prefix("gatehouse-postgres").tempdir().unwrap();
        let mut server = Self { programs, folder, port: 0 };
        if is_root() {
            must(Command::new("chown").arg("postgres").arg(server.folder.path()).output().unwrap());
        }
        let data = server.data();
        must(
            server
                .run("initdb", &["--no-sync", "--auth=trust", "--username=gatehouse", "--encoding=UTF8", "-D", &data]),
        );
        // Between the moment in which a port is found free and that in which the server takes it, another test may.
        let mut tries = (0..5).map(|_| server.run_on_a_free_port(&data));
        let last = tries.find(|output| output.status.success());
        must(last.unwrap_or_else(|| server.run_on_a_free_port(&data)));
        Some(server)
    }

    fn run_on_a_free_port(&mut self, data: &str) -> Output {
        self.port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let folder = self.folder.path().display();
        let options =
            format!("-p {} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=100", self.port);
        let log = format!("{folder}/log");
        self.run("pg_ctl", &["-w", "-D", data, "-l", &log, "-o", &options, "start"])
    }

    /// The address of the database.
    pub fn url(&self) -> String {
        format!("postgres://gatehouse@127.0.0.1:{}/postgres", self.port)
    }

    fn data(&self) -> String {
        self.folder.path().join("data").display().to_string()
    }

    /// Runs one of its programs; as somebody else if we are root, for whom it does not work.
    fn run(&self, program: &str, arguments: &[&str]) -> Output {
        let program = self.programs.join(program);
        let mut command = if is_root() {
            let mut command = Command::new("setpriv");
            command.args(["--reuid=postgres", "--regid=postgres", "--init-groups"]).arg(program);
            command
        } else {
            Command::new(program)
        };
        command.args(arguments).current_dir(self.folder.path()).output().unwrap()
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        self.run("pg_ctl", &["-D", &self.data(), "-m", "immediate", "stop"]);
    }
}

fn newest() -> Option<PathBuf> {
    let versions = Path::new("/usr/lib/postgresql").read_dir().ok()?;
    let version = |path: &PathBuf| path.file_name()?.to_str()?.parse::<u32>().ok();
    let newest = versions.filter_map(Result::ok).map(|entry| entry.path()).max_by_key(version)?;
    Some(newest.join("bin")).filter(|programs| programs.join("initdb").is_file())
}

fn is_root() -> bool {
    std::fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0)
}

fn must(output: Output) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(output.status.success(), "{}{}", text(&output.stdout), text(&output.stderr));
}
