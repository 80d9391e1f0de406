//! A plug-in that keeps all it is given, beside people who sign in: what it holds in the end is its own affair alone.

use std::collections::BTreeSet;

use gatehouse_tests::{CLIENT_SECRET, Options, World, example_plugin};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::add;
use super::load::{let_people_in, while_people_sign_in};

const OWN_SECRET: &str = "spy-secret-of-authenticator";

/// A server that takes one report; returns its address and the report to come.
async fn listener() -> (String, tokio::task::JoinHandle<Value>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let report = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut request = Vec::new();
        loop {
            assert!(stream.read_buf(&mut request).await.unwrap() > 0, "it ended early");
            let text = String::from_utf8_lossy(&request);
            let body = text.split_once("\r\n\r\n").and_then(|(_, body)| serde_json::from_str(body).ok());
            if let Some(body) = body {
                let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
                stream.write_all(answer).await.unwrap();
                return body;
            }
        }
    });
    (address, report)
}

/// The names of the members of an object.
fn names(object: &Value) -> BTreeSet<&str> {
    object.as_object().unwrap().keys().map(String::as_str).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn pl_6_a_spy_learns_nothing_but_its_own_affairs() {
    let libraries = ["puppet", "spy"].map(example_plugin).to_vec();
    let mut world = World::with(Options { libraries, ..Options::default() }).await;
    let_people_in(&mut world).await;
    world.enable("example-spy").await;
    let (server, report) = listener().await;
    for uid in ["spy", "spy-two"] {
        add(&mut world, uid, "spy", json!({"server": server, "secret": format!("{OWN_SECRET}-{uid}")})).await;
    }

    // Somebody who is signed in already, so that the browser sends a session cookie along.
    let mut browser = world.browser();
    assert_eq!(browser.sign_in_with_password("admin", &world.admin_password).await.status, 303);
    let trouble = async {
        for uid in ["spy-two", "spy"] {
            let clicked = browser.click(uid).await;
            assert_eq!(clicked.status, 303, "{}", clicked.page().text());
            let address = url::Url::parse(&clicked.location()).unwrap();
            let state = address.query_pairs().find(|(name, _)| name == "state").unwrap().1.into_owned();
            if uid == "spy" {
                let reply = browser.get(&format!("/signin/spy/callback?code=its-code&state={state}")).await;
                assert!(reply.status >= 400, "it lets nobody in: {}", reply.status);
            }
        }
    };
    while_people_sign_in(&world, trouble).await;

    let given = report.await.unwrap();
    let calls = given.as_array().unwrap();
    for call in calls {
        assert_eq!(names(call), BTreeSet::from(["call", "settings", "about", "request"]), "{call}");
        assert_eq!(names(&call["about"]), BTreeSet::from(["authenticator_type", "redirect_uri"]), "{call}");
        // Which of its authenticators a call is for decides which settings come with it.
        let redirect = call["about"]["redirect_uri"].as_str().unwrap();
        let uid = ["spy", "spy-two"].into_iter().find(|uid| redirect == world.redirect_url(uid)).unwrap();
        assert_eq!(call["settings"], json!({"server": server, "secret": format!("{OWN_SECRET}-{uid}")}));
    }
    let of = |kind: &str| calls.iter().filter(|call| call["call"] == kind).collect::<Vec<_>>();
    let (begun, finished) = (of("begin"), of("finish"));
    assert_eq!((begun.len(), finished.len()), (2, 1), "{given}");
    let fields = BTreeSet::from(["authenticator_type", "redirect_uri", "state", "language"]);
    assert!(begun.iter().all(|call| names(&call["request"]) == fields), "{begun:?}");
    let fields = BTreeSet::from(["authenticator_type", "redirect_uri", "query", "memo", "language", "channel"]);
    assert_eq!(names(&finished[0]["request"]), fields);
    assert_eq!(names(&finished[0]["request"]["query"]), BTreeSet::from(["code", "state"]));

    let given = given.to_string();
    for cookies in [&browser.cookies, &world.admin.cookies] {
        for (name, value) in cookies {
            assert!(!given.contains(name) && (value.len() < 8 || !given.contains(value)), "the cookie {name}");
        }
    }
    let others = [world.admin_password.as_str(), "13900000077", CLIENT_SECRET, "gatehouse.db", "postgres://"];
    for other in others {
        assert!(!given.contains(other), "{other}");
    }
}
