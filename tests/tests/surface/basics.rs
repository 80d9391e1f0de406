//! Sizes, methods and unknown addresses (row WB-4). The browser of the tests holds every answer to row WB-2.

use gatehouse_tests::{Options, Reply, World, raw};
use reqwest::Method;

const MEBIBYTE: usize = 1024 * 1024;

/// A page in which a person reads that it did not work.
fn is_error_page(reply: &Reply, status: u16, title: &str) {
    assert_eq!(reply.status, status, "{}", reply.body);
    assert!(reply.headers["content-type"].to_str().unwrap().starts_with("text/html"));
    assert_eq!(reply.page().texts("h1"), [title]);
}

#[tokio::test(flavor = "multi_thread")]
async fn wb_4_a_body_above_a_mebibyte_is_too_much() {
    let world = World::new().await;
    let mut browser = world.browser();
    let large = "x".repeat(MEBIBYTE);
    let reply = browser.post("/signin/password", &[("identifier", "admin"), ("password", &large)]).await;
    is_error_page(&reply, 413, "That is too much");
    let body = serde_json::json!({"identifier": "admin", "password": large});
    let reply = browser.json(Method::POST, "/api/v1/session", Some(&body)).await;
    assert_eq!((reply.status, reply.json()["error"].as_str()), (413, Some("payload-too-large")));
    // Just below, it is only a wrong password.
    let fits = "x".repeat(MEBIBYTE - 100);
    let reply = browser.post("/signin/password", &[("identifier", "admin"), ("password", &fits)]).await;
    assert_eq!(reply.status, 422);
}

/// Without a length, too: the body is counted while it is read.
#[tokio::test(flavor = "multi_thread")]
async fn wb_4_a_large_body_in_pieces_is_too_much() {
    let world = World::new().await;
    let authority = world.address.to_string();
    let mut request = format!(
        "POST /signin/password HTTP/1.1\r\nHost: {authority}\r\nOrigin: http://{authority}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
    );
    for _ in 0..20 {
        request.push_str(&format!("10000\r\n{}\r\n", "x".repeat(0x10000)));
    }
    request.push_str("0\r\n\r\n");
    let answer = raw(world.address, request.as_bytes()).await;
    // A host that stops reading may be gone before its answer is read.
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 413"), "{answer}");
    assert_eq!(world.browser().get("/livez").await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn wb_4_other_methods_are_refused() {
    let world = World::new().await;
    for method in ["TRACE", "TRACK", "OPTIONS", "CONNECT", "PROPFIND", "DEBUG", "get"] {
        let authority = world.address;
        let request =
            format!("{method} /signin HTTP/1.1\r\nHost: {authority}\r\nConnection: close\r\nX-Canary: 7\r\n\r\n");
        let answer = raw(world.address, request.as_bytes()).await;
        let status = answer.split(' ').nth(1).unwrap_or_default();
        assert!(["400", "405"].contains(&status), "{method}: {answer}");
        assert!(!answer.contains("X-Canary"), "{method}: {answer}");
    }
    let mut browser = world.browser();
    for (method, path) in [(Method::PUT, "/signin"), (Method::DELETE, "/"), (Method::POST, "/")] {
        let request = browser.request(method.clone(), path).header("origin", browser.origin());
        let reply = browser.send(request).await;
        is_error_page(&reply, 405, "Not like this");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_address_is_told_in_both_languages() {
    let world = World::new().await;
    let mut browser = world.browser();
    for (language, title) in [("en", "There is nothing here"), ("zh-CN", "页面不存在")] {
        browser.language = language;
        for path in
            ["/nowhere", "/signin/", "/admin", "/assets/nothing.css", "/icons/nothing.svg", "/.git/config", "/%00"]
        {
            let reply = browser.get(path).await;
            is_error_page(&reply, 404, title);
            assert_eq!(reply.page().attribute("html", "lang").as_deref(), Some(language), "{path}");
        }
    }
    let reply = browser.get("/api/v1/nowhere").await;
    assert_eq!((reply.status, reply.json()["error"].as_str()), (404, Some("not-found")));
    assert_eq!(reply.json()["faults"].as_array().map(Vec::len), Some(0));
}

/// The same header fields as GET, and no body.
#[tokio::test(flavor = "multi_thread")]
async fn head_is_get_without_the_body() {
    let mut world = World::signing_in().await;
    for path in ["/signin", "/", "/admin/plugins", "/nowhere", "/api/v1/me", "/livez", "/icons/dingtalk.svg"] {
        let get = world.admin.get(path).await;
        let request = world.admin.request(Method::HEAD, path);
        let head = world.admin.send(request).await;
        assert_eq!((head.status, head.body.as_str()), (get.status, ""), "{path}");
        for name in ["content-type", "content-security-policy", "cache-control", "location"] {
            assert_eq!(head.headers.get(name), get.headers.get(name), "{path}: {name}");
        }
    }
}

/// Probes come from machines that know an address, not a name.
#[tokio::test(flavor = "multi_thread")]
async fn health_is_told_under_any_host_name() {
    for base_path in ["", "/gate"] {
        let world = World::with(Options { base_path, ..Options::default() }).await;
        for (path, body) in [("/livez", "ok"), ("/readyz", "ready")] {
            for host in ["Host: 10.0.0.7:8080", "Host: evil.example", "Host: localhost"] {
                let request = format!("GET {path} HTTP/1.1\r\n{host}\r\nConnection: close\r\n\r\n");
                let answer = raw(world.address, request.as_bytes()).await;
                assert!(answer.starts_with("HTTP/1.1 200") && answer.contains(&format!("\r\n\r\n{body}")), "{answer}");
            }
        }
        // Only they are: everything else has one name.
        let request = "GET /livez/../signin HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n";
        assert!(raw(world.address, request.as_bytes()).await.starts_with("HTTP/1.1 421"));
    }
}
