//! Header fields that claim another address (rows OA-10, OA-11).

use gatehouse_tests::{Options, World, raw};
use reqwest::Method;
use url::Url;

const LIES: [(&str, &str); 9] = [
    ("x-forwarded-host", "evil.example"),
    ("x-forwarded-server", "evil.example"),
    ("x-host", "evil.example"),
    ("x-forwarded-proto", "javascript"),
    ("x-forwarded-port", "1"),
    ("x-forwarded-prefix", "//evil.example"),
    ("x-original-url", "/admin/users"),
    ("x-rewrite-url", "/admin/users"),
    ("forwarded", "host=evil.example;proto=javascript"),
];

/// OA-10: a request for another host is answered by nobody.
#[tokio::test(flavor = "multi_thread")]
async fn oa_10_an_unknown_host_is_refused() {
    let world = World::new().await;
    let port = world.address.port();
    let host = format!("127.0.0.1:{port}");
    let refused = [
        "GET /signin HTTP/1.1\r\nHost: evil.example\r\n".to_owned(),
        "GET /signin HTTP/1.1\r\nHost: 127.0.0.1\r\n".to_owned(),
        format!("GET /signin HTTP/1.1\r\nHost: localhost:{port}\r\n"),
        format!("GET /signin HTTP/1.1\r\nHost: {host}.evil.example\r\n"),
        format!("GET /signin HTTP/1.1\r\nHost: evil.example@{host}\r\n"),
        format!("GET /signin HTTP/1.1\r\nHost: {host}, evil.example\r\n"),
        format!("GET /signin HTTP/1.1\r\nHost: {host}\r\nHost: evil.example\r\n"),
        format!("GET /signin HTTP/1.1\r\nHost: evil.example\r\nHost: {host}\r\n"),
        format!("GET /signin HTTP/1.1\r\nHost: {host}\r\nHost: {host}\r\n"),
        format!("GET http://evil.example/signin HTTP/1.1\r\nHost: {host}\r\n"),
        format!("GET http://{host}@evil.example/signin HTTP/1.1\r\nHost: {host}\r\n"),
        "GET /signin HTTP/1.1\r\nHost:\r\n".to_owned(),
        "GET /signin HTTP/1.1\r\nX-Forwarded-Host: evil.example\r\n".to_owned(),
        "GET /signin HTTP/1.0\r\n".to_owned(),
    ];
    for head in refused {
        let answer = raw(world.address, format!("{head}Connection: close\r\n\r\n").as_bytes()).await;
        let status = answer.split(' ').nth(1).unwrap_or_default();
        assert!(["400", "421"].contains(&status), "{head}{answer}");
        assert!(!answer.contains("evil") && !answer.contains("/signin"), "{head}{answer}");
    }
    let fine = format!("GET /signin HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    assert!(raw(world.address, fine.as_bytes()).await.starts_with("HTTP/1.1 200"));
}

/// OA-10: addresses are made from the configuration, whatever a request says.
#[tokio::test(flavor = "multi_thread")]
async fn oa_10_no_header_field_builds_an_address() {
    let mut world = World::signing_in().await;
    for (name, value) in LIES {
        let mut browser = world.browser();
        let request = browser.request(Method::GET, "/").header(name, value);
        assert_eq!(browser.send(request).await.location(), "/signin?redirect=%2F", "{name}");
        let request = browser.request(Method::POST, "/signin/dingtalk/start").header(name, value).form(&[("a", "b")]);
        let clicked = browser.send(request.header("sec-fetch-site", "same-origin")).await.location();
        let redirect = Url::parse(&clicked).unwrap();
        let redirect = redirect.query_pairs().find(|(name, _)| name == "redirect_uri").unwrap().1.into_owned();
        assert_eq!(redirect, world.redirect_url("dingtalk"), "{name}");
        for page in ["/admin/authentication/dingtalk", "/admin/authentication/new?type=dingtalk", "/admin/users"] {
            let request = world.admin.request(Method::GET, page).header(name, value);
            let reply = world.admin.send(request).await;
            assert_eq!(reply.status, 200, "{name} {page}");
            assert!(!reply.body.contains("evil") && !reply.body.contains("javascript"), "{name} {page}");
        }
        let shown = world.admin.get("/api/v1/authenticators/dingtalk").await.json();
        assert_eq!(shown["redirect_url"], world.redirect_url("dingtalk"), "{name}");
    }
}

/// A host that believes the proxies of these networks.
async fn behind(proxies: &'static [&'static str]) -> World {
    World::with(Options { trusted_proxies: proxies, ..Options::default() }).await
}

/// The address that the journal has for a refused password.
async fn journalled(world: &mut World, forwarded: &[&[u8]]) -> String {
    let mut browser = world.browser();
    let request = browser.request(Method::POST, "/signin/password").header("sec-fetch-site", "same-origin");
    let request = request.form(&[("identifier", "nobody"), ("password", "x")]);
    let request = forwarded.iter().fold(request, |request, value| request.header("x-forwarded-for", *value));
    assert_eq!(browser.send(request.header("x_forwarded_for", "192.0.2.66")).await.status, 422);
    let journal = world.admin.get("/api/v1/journal?kind=signin.refused&limit=1").await.json();
    journal["entries"][0]["detail"]["address"].as_str().unwrap_or_default().to_owned()
}

/// OA-11: who is no trusted proxy cannot say who they are.
#[tokio::test(flavor = "multi_thread")]
async fn oa_11_an_untrusted_peer_is_not_believed() {
    let mut world = behind(&["203.0.113.0/24"]).await;
    let lies: [&[&[u8]]; 4] = [&[], &[b"198.51.100.7"], &[b"198.51.100.7, 203.0.113.1"], &[b"rubbish\x80"]];
    for forwarded in lies {
        assert_eq!(journalled(&mut world, forwarded).await, "127.0.0.1", "{forwarded:?}");
    }
}

/// OA-11: of what a trusted proxy passes on, the right-most address that is none of ours counts.
#[tokio::test(flavor = "multi_thread")]
async fn oa_11_a_trusted_proxy_is_believed_for_its_own_hop_only() {
    let mut world = behind(&["127.0.0.0/8", "203.0.113.0/24"]).await;
    let told: [(&[&[u8]], &str); 9] = [
        (&[], "127.0.0.1"),
        (&[b"198.51.100.7"], "198.51.100.7"),
        (&[b"1.2.3.4, 198.51.100.7"], "198.51.100.7"),
        (&[b"1.2.3.4, 198.51.100.7, 203.0.113.9"], "198.51.100.7"),
        (&[b"1.2.3.4", b"198.51.100.7"], "198.51.100.7"),
        (&[b"198.51.100.7, rubbish"], "127.0.0.1"),
        (&[b"rubbish, 198.51.100.7"], "198.51.100.7"),
        (&[b"2001:db8::7"], "2001:db8::7"),
        (&[b"::ffff:198.51.100.7"], "198.51.100.7"),
    ];
    for (forwarded, address) in told {
        assert_eq!(journalled(&mut world, forwarded).await, address, "{forwarded:?}");
    }
}
