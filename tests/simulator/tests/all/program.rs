//! The program: its one line, its exit codes.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Output, Stdio};

use super::support::{client, send};

const PROGRAM: &str = env!("CARGO_BIN_EXE_dingtalk-simulator");

/// The running program; ended when the test ends, however it ends.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn refused(arguments: &[&str]) -> (Option<i32>, String) {
    let Output { status, stderr, .. } = Command::new(PROGRAM).args(arguments).output().unwrap();
    (status.code(), String::from_utf8(stderr).unwrap())
}

#[tokio::test]
async fn it_says_where_it_listens_and_stops_when_told() {
    for signal in ["-TERM", "-INT"] {
        let scenario = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/demo.json");
        let arguments = ["--listen", "127.0.0.1:0", "--scenario", scenario];
        let mut running = Running(Command::new(PROGRAM).args(arguments).stdout(Stdio::piped()).spawn().unwrap());
        let mut line = String::new();
        BufReader::new(running.0.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let url = line.trim().strip_prefix("dingtalk-simulator listening on ").unwrap().to_owned();
        assert_eq!(send(client().get(format!("{url}/_sim/counters"))).await.status, 200);
        assert!(Command::new("kill").args([signal, &running.0.id().to_string()]).status().unwrap().success());
        assert_eq!(running.0.wait().unwrap().code(), Some(0));
    }
}

#[test]
fn it_refuses_what_it_must_not_do() {
    let (code, message) = refused(&["--listen", "0.0.0.0:0"]);
    assert_eq!(code, Some(2));
    assert!(message.contains("refusing to listen on 0.0.0.0:0") && message.contains("loopback"), "{message}");
    let (code, message) = refused(&["--scenario", "/nowhere/at/all.json"]);
    assert_eq!(code, Some(2));
    assert!(message.contains("cannot read /nowhere/at/all.json"), "{message}");
    assert_eq!(refused(&["--listen", "localhost"]).0, Some(2));
    assert_eq!(refused(&["--port", "1"]).0, Some(2));
}
