//! The first start, the second one, and the end.

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt};

use gatehouse_tests::{Machine, eventually};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::{NO_FILES, password_in};

#[tokio::test(flavor = "multi_thread")]
async fn the_first_start_tells_the_password_once() {
    let machine = Machine::new();
    let mut host = machine.serve().await;
    let out = host.out();
    let password = password_in(&out);
    assert_eq!(out.matches(&password).count(), 1);
    assert!(out.contains(&format!("{}/signin", host.address)) && out.contains("admin"), "{out}");
    let mut browser = host.browser();
    assert_eq!(browser.sign_in_with_password("admin", &password).await.status, 303);
    assert_eq!(browser.get("/admin/users").await.status, 200);
    assert_eq!(host.browser().sign_in_with_password("admin", "another password").await.status, 422);
    assert_eq!(host.end(libc::SIGTERM).await, Some(0));
    assert!(!host.log().contains(&password));
    assert_eq!(machine.files_with(&password), NO_FILES);

    let again = machine.serve().await;
    assert_eq!(again.out(), "");
    assert!(!again.log().contains(&password));
    assert_eq!(again.browser().sign_in_with_password("admin", &password).await.status, 303);
}

/// What systemd's journal keeps is no place for a password.
#[tokio::test(flavor = "multi_thread")]
async fn the_journal_of_the_system_gets_no_password() {
    let mut machine = Machine::new();
    let output = fs::metadata(machine.output_file()).unwrap();
    machine.set("JOURNAL_STREAM", format!("{}:{}", output.dev(), output.ino()));
    let host = machine.serve().await;
    assert_eq!(host.out(), "");
    assert!(host.log().contains("gatehouse admin create"), "{}", host.log());
    let password = password_in(&machine.does(&["admin", "create", "--username", "root"]).await);
    assert_eq!(host.browser().sign_in_with_password("root", &password).await.status, 303);
}

#[tokio::test(flavor = "multi_thread")]
async fn both_signals_end_it_in_good_order() {
    let machine = Machine::new();
    for signal in [libc::SIGTERM, libc::SIGINT] {
        let mut host = machine.serve().await;
        assert_eq!(host.browser().get("/livez").await.status, 200);
        assert_eq!(host.end(signal).await, Some(0), "{}", host.log());
        assert!(host.log().contains("stopped"), "{}", host.log());
    }
}

/// A request that is under way when the host is told to stop still gets its answer.
#[tokio::test(flavor = "multi_thread")]
async fn df_7_a_request_under_way_is_answered() {
    let machine = Machine::new();
    let mut host = machine.serve().await;
    let authority = host.address.trim_start_matches("http://").to_owned();
    let mut slow = TcpStream::connect(&authority).await.unwrap();
    let body = "identifier=admin&password=wrong";
    let head = format!(
        "POST /signin/password HTTP/1.1\r\nHost: {authority}\r\nOrigin: http://{authority}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    let (first, rest) = body.split_at(10);
    slow.write_all(format!("{head}{first}").as_bytes()).await.unwrap();
    // Another answer on the way shows that the host has taken the connection by now.
    assert_eq!(host.browser().get("/livez").await.status, 200);
    let answered = async {
        let port = authority.clone();
        eventually("the port is closed", async || TcpStream::connect(&port).await.is_err()).await;
        slow.write_all(rest.as_bytes()).await.unwrap();
        let mut answer = String::new();
        slow.read_to_string(&mut answer).await.unwrap();
        answer
    };
    let (code, answer) = tokio::join!(host.end(libc::SIGTERM), answered);
    assert!(answer.starts_with("HTTP/1.1 422"), "{answer}");
    assert_eq!(code, Some(0), "{}", host.log());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_it_writes_is_private() {
    for made_before in [false, true] {
        let machine = Machine::new();
        if made_before {
            // As a package or a person would make it.
            fs::create_dir(machine.data_dir()).unwrap();
            fs::set_permissions(machine.data_dir(), Permissions::from_mode(0o755)).unwrap();
        }
        let host = machine.serve().await;
        let password = password_in(&host.out());
        assert_eq!(host.browser().sign_in_with_password("admin", &password).await.status, 303);
        let own = machine.data_dir();
        for (path, mode) in machine.files().into_iter().filter(|(path, _)| !made_before || *path != own) {
            assert_eq!(mode & 0o077, 0, "{} has the mode {mode:o}", path.display());
        }
        assert_eq!(fs::metadata(machine.key_file()).unwrap().permissions().mode() & 0o777, 0o600);
    }
}

/// Two hosts on one address: the second one does no harm.
#[tokio::test(flavor = "multi_thread")]
async fn a_second_host_on_the_same_address_is_refused() {
    let mut machine = Machine::new();
    let host = machine.serve().await;
    machine.set("GATEHOUSE_LISTEN", format!("127.0.0.1:{}", host.port()));
    let outcome = machine.run(&["serve"]).await;
    assert!(outcome.refused(1).starts_with("cannot listen on 127.0.0.1:"), "{outcome:?}");
    assert_eq!(host.browser().get("/readyz").await.status, 200);
}
