//! The guide "Write a provider in ten minutes", command by command, and the sign-in that it ends with.
//!
//! Only the ports are others, because somebody may be using those of the guide.

mod reader;
mod shell;

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};

use gatehouse_tests::Client;

use reader::{Block, blocks};
use shell::Shell;

/// The addresses that the guide uses: of the host, and of the stand-in for the server.
const ADDRESSES: [&str; 2] = ["127.0.0.1:8080", "127.0.0.1:9000"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

fn guide(language: &str) -> String {
    fs::read_to_string(root().join(format!("docs/guide/provider.{language}.md"))).unwrap()
}

#[tokio::test]
async fn every_command_of_the_guide_works_and_somebody_is_signed_in() {
    let ports = ADDRESSES.map(|_| TcpListener::bind("127.0.0.1:0").unwrap());
    let ours = ports.each_ref().map(|port| port.local_addr().unwrap().to_string());
    drop(ports);
    let text = ADDRESSES.iter().zip(&ours).fold(guide("en"), |text, (old, new)| text.replace(old, new));
    let site = format!("http://{}", ours[0]);
    let mut shell = Shell::new();
    for block in blocks(&text) {
        match block {
            Block::Commands(commands) => {
                for command in commands {
                    shell.run(&command);
                    watch(&command, &site).await;
                }
            }
            Block::Background { command, address } => shell.start(&command, &address).await,
            Block::File { path, content } => shell.write(&path, &content),
            Block::Quote { path, content } => assert!(shell.read(&path).contains(&content), "{path}: {content}"),
        }
    }
    shell.run("cargo fmt --check");
    shell.run("cargo clippy --all-targets -- -D warnings");
    mistake(&mut shell);
    assert!(sign_in(&site).await.contains("Lin Xiaoman"), "what ran before runs on");
}

/// What does not compile is told in the compiler's own words, and goes nowhere.
fn mistake(shell: &mut Shell) {
    let source = shell.read("src/lib.rs");
    shell.write("src/lib.rs", &source.replace("fn new()", "fn gnu()"));
    let said = shell.fails("gatehouse plugin dev --once");
    assert!(said.contains("error[E0407]"), "{said}");
    assert!(said.lines().last().unwrap().starts_with("gatehouse: the build failed"), "{said}");
}

/// What the guide promises after some of its commands.
async fn watch(command: &str, site: &str) {
    if command == "gatehouse doctor" {
        assert!(sign_in(site).await.contains("Lin Xiaoman"));
        assert!(sign_in_page(site).await.contains("Continue with Acme"));
    }
    if command.starts_with("sed -i") {
        assert!(sign_in_page(site).await.contains("Continue with Acme"));
    }
    if command == "cargo build --release" {
        gatehouse_tests::eventually("the host runs the changed plug-in", async || {
            sign_in_page(site).await.contains("Go on with Acme")
        })
        .await;
        assert!(sign_in(site).await.contains("Lin Xiaoman"));
    }
}

async fn sign_in_page(site: &str) -> String {
    Client::new(site).get("/signin").await.page().text()
}

/// The way of a person in a browser; what they see at the end.
async fn sign_in(site: &str) -> String {
    let mut browser = Client::new(site);
    let away = browser.post("/signin/acme/start", &[]).await;
    assert_eq!(away.status, 303, "{}", away.body);
    let back = Client::elsewhere().get(&away.location()).await;
    assert_eq!(back.status, 302, "{}", back.body);
    let arrived = browser.get(&back.location()).await;
    assert_eq!(arrived.status, 303, "{}", arrived.body);
    assert!(browser.has_session());
    browser.get("/").await.page().text()
}

/// One guide in two languages, not two guides.
#[test]
fn both_languages_have_the_same_commands() {
    assert_eq!(blocks(&guide("en")), blocks(&guide("zh-CN")));
}
