//! Where a person ends up (rows OA-9, OA-12).

use gatehouse_tests::{Client, World};
use url::Url;

/// Ways to try to lead somebody elsewhere, more than five hundred.
fn payloads() -> Vec<String> {
    const STARTS: [&str; 36] = [
        "//",
        "///",
        "////",
        "/\\",
        "\\/",
        "\\\\",
        "\\",
        "/\\/",
        "/\t/",
        "/%09/",
        "/\n/",
        "/%0a/",
        "/%0d/",
        "/%5c",
        "/%5c/",
        "/%2f",
        "/%2f/",
        "/%2f%2f",
        "/%2F%2F",
        "/.//",
        "/..//",
        "/../..//",
        "/./\\",
        "/;//",
        "/@",
        "https:",
        "https:/",
        "https://",
        "http:",
        "http://",
        "HTTPS://",
        "ftp://",
        " //",
        "\u{3000}//",
        "\u{ff0f}\u{ff0f}",
        "\u{2044}\u{2044}",
    ];
    const TARGETS: [&str; 13] = [
        "evil.example",
        "evil.example/",
        "evil.example/%2e%2e",
        "evil.example?x=y",
        "evil.example#x",
        "evil.example:443/",
        "user@evil.example",
        "user:password@evil.example",
        "127.0.0.1@evil.example",
        "[::1]",
        "evil\u{3002}example",
        "%65vil.example",
        "evil.example\\@127.0.0.1",
    ];
    const OTHERS: [&str; 34] = [
        "",
        " ",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        "\u{1}javascript:alert(1)",
        "/javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "blob:x",
        "file:///etc/passwd",
        "about:blank",
        "mailto:a@b.c",
        "evil.example",
        "signin",
        ".",
        "..",
        "?x",
        "#x",
        "/\r\nSet-Cookie: a=b",
        "/%0d%0aSet-Cookie:%20a=b",
        "/x%0d%0a%0d%0a<script>alert(1)</script>",
        "/\u{0}",
        "/x\u{0}y",
        "/%00",
        "/\u{202e}elpmaxe",
        "/\u{7f}",
        "/\u{85}",
        "/\u{2028}",
        "/<script>alert(1)</script>",
        "/'\"><img src=x onerror=alert(1)>",
        "/..;/..;//evil.example",
        "/%e2%80%8b//evil.example",
        "/admin/../../..//evil.example",
    ];
    let mut payloads: Vec<String> =
        STARTS.iter().flat_map(|start| TARGETS.iter().map(move |target| format!("{start}{target}"))).collect();
    payloads.extend(OTHERS.map(str::to_owned));
    payloads.push(format!("/{}", "a".repeat(10 * 1024)));
    payloads.push(format!("//evil.example/{}", "a".repeat(10 * 1024)));
    payloads
}

/// A redirect that no browser can understand as one to another place.
fn stays(site: &str, payload: &str, location: &str) {
    let base = Url::parse(site).unwrap();
    let target = base.join(location).unwrap();
    assert!(location.starts_with('/') && !location.starts_with("//"), "{payload:?} leads to {location:?}");
    assert!(!location.contains(['\\', '\r', '\n', '\t', '<', '"', ' ']), "{payload:?} leads to {location:?}");
    assert!(location.is_ascii() && location.len() <= 4096, "{payload:?} leads to {location:?}");
    assert_eq!(target.origin(), base.origin(), "{payload:?} leads to {location:?}");
    assert!(target.username().is_empty() && target.password().is_none());
    // What comes after our base path must not be understood as a host by whoever cuts that path off.
    let below = target.path().strip_prefix(base.path().trim_end_matches('/')).expect("below our path");
    assert!(!below.starts_with("//") && !below.to_lowercase().starts_with("/%2f"), "{payload:?} leads to {location:?}");
}

async fn none_leads_elsewhere(world: World) {
    let payloads = payloads();
    assert!(payloads.len() >= 500, "{}", payloads.len());
    let mut browser = world.admin.clone();
    for payload in &payloads {
        let query: String = url::form_urlencoded::byte_serialize(payload.as_bytes()).collect();
        let reply = browser.get(&format!("/signin?redirect={query}")).await;
        assert_eq!(reply.status, 303, "{payload:?}");
        stays(&world.site, payload, &reply.location());
        assert!(!reply.headers.contains_key("set-cookie"), "{payload:?}");
        let reply = browser.post("/preferences", &[("theme", "dark"), ("return", payload)]).await;
        stays(&world.site, payload, &reply.location());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn oa_9_no_redirect_leads_elsewhere() {
    none_leads_elsewhere(World::new().await).await;
}

/// The same below a base path, where cutting it off must not make a host of the rest.
#[tokio::test(flavor = "multi_thread")]
async fn oa_9_no_redirect_leads_out_of_the_base_path() {
    let options = gatehouse_tests::Options { base_path: "/gate", ..Default::default() };
    none_leads_elsewhere(World::with(options).await).await;
}

/// OA-9: the page remembers only where it will really lead, through both ways to sign in.
#[tokio::test(flavor = "multi_thread")]
async fn oa_9_the_destination_survives_the_sign_in_if_it_is_ours() {
    let world = World::signing_in().await;
    for (wanted, kept) in
        [("/admin/users?q=a%20b", "/admin/users?q=a%20b"), ("//evil.example", "/"), ("/\\evil.example", "/")]
    {
        let mut browser = world.browser();
        let query: String = url::form_urlencoded::byte_serialize(wanted.as_bytes()).collect();
        let page = browser.get(&format!("/signin?redirect={query}")).await.page();
        let shown = page.attribute("input[name=redirect]", "value");
        assert_eq!(shown.as_deref(), (kept != "/").then_some(kept), "{wanted}");
        let form = [("identifier", "admin"), ("password", world.admin_password.as_str()), ("redirect", wanted)];
        assert_eq!(browser.clone().post("/signin/password", &form).await.location(), kept, "{wanted}");
        let clicked = browser.post("/signin/dingtalk/start", &[("redirect", wanted)]).await.location();
        world.simulator.set_auto_approve(Some("lin")).unwrap();
        let back = Client::elsewhere().get(&clicked).await.location();
        assert_eq!(browser.get(&back).await.location(), kept, "{wanted}");
    }
}

/// OA-12: what came with the callback is in no address, cookie or page after it.
#[tokio::test(flavor = "multi_thread")]
async fn oa_12_nothing_of_the_callback_goes_on() {
    let world = World::signing_in().await;
    let mut browser = world.browser();
    let back = browser.go_to_provider(&world.simulator, "dingtalk", "lin").await;
    let reply = browser.get(&back).await;
    assert_eq!((reply.status, reply.location().as_str()), (303, "/"));
    let home = browser.get("/").await;
    let session = browser.cookies["__Host-gatehouse"].clone();
    let url = Url::parse(&back).unwrap();
    for (name, value) in url.query_pairs().filter(|(_, value)| value.len() >= 8) {
        for text in [format!("{:?}", reply.headers), reply.body.clone(), home.body.clone()] {
            assert!(!text.contains(&*value), "{name} goes on in {text}");
        }
    }
    assert!(!home.body.contains(&session));
    assert!(!browser.cookies.keys().any(|name| name.starts_with("__Host-attempt")), "the attempt's cookie is gone");
}
