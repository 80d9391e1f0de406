//! The smallest plug-in, end to end, against a provider of twenty lines.

use gatehouse_tests::World;
use reqwest::Method;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use url::Url;

use super::{add, crowd, made};

const SECRET: &str = "the-secret-of-the-example";

/// A provider that knows one code; returns its address.
async fn provider() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(answer(stream));
        }
    });
    address
}

async fn answer(mut stream: TcpStream) {
    let mut request = String::new();
    let mut piece = [0; 4096];
    // Every body here is one JSON object.
    while !(request.ends_with('}') || request.starts_with("GET") && request.ends_with("\r\n\r\n")) {
        match stream.read(&mut piece).await {
            Ok(read @ 1..) => request.push_str(&String::from_utf8_lossy(&piece[..read])),
            _ => return,
        }
    }
    let body: Value =
        request.split_once("\r\n\r\n").and_then(|(_, body)| serde_json::from_str(body).ok()).unwrap_or_default();
    let (status, body) = match (request.split(' ').nth(1).unwrap(), body["code"].as_str()) {
        ("/health", _) => ("200 OK", json!({})),
        ("/profile", Some("good")) if body["client_secret"] == SECRET => ("200 OK", json!({"id": "7", "name": "小七"})),
        ("/profile", Some("empty")) => ("200 OK", json!({"id": ""})),
        _ => ("401 Unauthorized", json!({})),
    };
    let body = body.to_string();
    let head = format!("HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n", body.len());
    let _ = stream.write_all(format!("{head}connection: close\r\n\r\n{body}").as_bytes()).await;
}

/// Clicks, checks where the click leads, and comes back with `code`.
async fn comes_back_with(world: &World, server: &str, code: &str) -> (gatehouse_tests::Client, gatehouse_tests::Reply) {
    let mut browser = world.browser();
    let clicked = browser.click("example").await;
    assert_eq!(clicked.status, 303, "{}", clicked.body);
    let address = Url::parse(&clicked.location()).unwrap();
    assert!(address.as_str().starts_with(&format!("{server}/authorize?")), "{address}");
    let given = |name: &str| address.query_pairs().find(|(key, _)| key == name).unwrap().1.into_owned();
    assert_eq!(given("redirect_uri"), world.redirect_url("example"));
    let back = format!("{}?code={code}&state={}", given("redirect_uri"), given("state"));
    let reply = browser.get(&back).await;
    (browser, reply)
}

#[tokio::test(flavor = "multi_thread")]
async fn it_works_from_the_click_to_the_session() {
    let mut world = crowd().await;
    let server = provider().await;
    add(&mut world, "example", "example", json!({"server": server, "client_secret": SECRET})).await;
    let user = world.add_user("seven", "+8613900000077", &["member"]).await;
    let found = world.admin.json(Method::POST, "/api/v1/authenticators/example/check", None).await.json();
    let own = found["findings"].as_array().unwrap().iter().find(|finding| finding["id"] == "server").unwrap();
    assert_eq!(own["severity"], "good", "{found}");
    assert!(world.browser().get("/signin").await.body.contains("Continue with example"));

    let before = made(&world).await;
    for (code, status) in [("bad", 400), ("empty", 502), ("good", 403)] {
        let (browser, reply) = comes_back_with(&world, &server, code).await;
        assert_eq!(reply.status, status, "{code}: {}", reply.page().text());
        assert!(!browser.has_session());
    }
    assert_eq!(made(&world).await, before, "nobody is linked, and this provider tells no telephone number");

    // No page links a person to a provider that tells nothing but an identifier.
    world
        .tamper(&format!(
            "INSERT INTO bindings (authenticator_id, namespace, subject, user_id, how, created_at, used_at) \
             SELECT id, '', '7', '{user}', 'admin', 0, 0 FROM authenticators WHERE uid = 'example'"
        ))
        .await;
    let (mut browser, reply) = comes_back_with(&world, &server, "good").await;
    assert_eq!((reply.status, reply.location().as_str()), (303, "/"), "{}", reply.body);
    let me = browser.get("/api/v1/me").await.json();
    assert_eq!([&me["username"], &me["signed_in_with"]["uid"]], ["seven", "example"]);
}
