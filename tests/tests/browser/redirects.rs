//! Wherever a link wants to lead after the sign-in, the browser stays with us (OA-9). More payloads are sent over HTTP
//! elsewhere; these are here because only a browser knows how browsers read them.

use gatehouse_tests::chromium::Browser;
use gatehouse_tests::{World, skips};
use url::Url;
use url::form_urlencoded::byte_serialize;

use super::sign_in_as_administrator;
use super::words::Words;

/// Addresses that try to leave, each in its own way.
const PAYLOADS: [&str; 76] = [
    // Another host, in plain sight.
    "http://evil.example/",
    "https://evil.example",
    "HTTPS://EVIL.EXAMPLE/",
    "https:evil.example",
    "https:/evil.example",
    "https:///evil.example",
    "http:\\\\evil.example",
    "ftp://evil.example/",
    "ws://evil.example/",
    // Relative to the scheme.
    "//evil.example",
    "///evil.example",
    "////evil.example",
    "//evil.example/%2e%2e",
    "//evil.example:80/",
    "//user@evil.example/",
    "//127.0.0.1@evil.example/",
    "//127.0.0.1:80@evil.example",
    "//[::1]/",
    "//0/",
    "//2130706433/",
    // Backslashes, which browsers read as slashes.
    "/\\evil.example",
    "\\/evil.example",
    "\\\\evil.example",
    "/\\/evil.example",
    "\\/\\/evil.example",
    "/\\\\\\evil.example",
    "/%5cevil.example",
    "/%5C%5Cevil.example",
    "%5c%5cevil.example",
    // Characters that browsers drop or trim before they look.
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r/evil.example",
    "/\t\\evil.example",
    "\t//evil.example",
    " //evil.example",
    "\u{0}//evil.example",
    "\u{1}//evil.example",
    "/\u{b}/evil.example",
    "/\u{c}/evil.example",
    "/%09/evil.example",
    "/%0a/evil.example",
    "/%0d/evil.example",
    "/%20/evil.example",
    "/%00/evil.example",
    // Slashes written otherwise.
    "/%2fevil.example",
    "/%2f%2fevil.example",
    "/%252f%252fevil.example",
    "%2f%2fevil.example",
    "/.//evil.example",
    "/..//evil.example",
    "/../..//evil.example",
    "/./\\evil.example",
    "/x/..//evil.example",
    "/%2e%2e//evil.example",
    "/%2e//evil.example",
    "/;//evil.example",
    "/\u{2215}evil.example",
    "/\u{2044}/evil.example",
    "\u{ff0f}\u{ff0f}evil.example",
    "/\u{ff0f}evil.example",
    "/\u{ff3c}evil.example",
    "\u{3002}evil.example",
    // Something else than a page.
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\nscript:alert(1)",
    "\u{1}javascript:alert(1)",
    "javascript://127.0.0.1/%0aalert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "blob:http://127.0.0.1/x",
    "file:///etc/passwd",
    "view-source:http://evil.example/",
    // More than an address.
    "/x\r\nLocation: https://evil.example/",
    "/x%0d%0aLocation:%20https://evil.example/",
    "/@evil.example",
    "?redirect=//evil.example",
];

#[tokio::test(flavor = "multi_thread")]
async fn no_link_leads_away() {
    if skips("browser") {
        return;
    }
    let (world, words) = (World::new().await, Words::english());
    let browser = Browser::start(words.look).await;
    sign_in_as_administrator(&browser, &world, &words).await;
    browser.requests().await;
    for payload in PAYLOADS {
        // Somebody who is signed in already is sent on at once.
        let escaped: String = byte_serialize(payload.as_bytes()).collect();
        browser.open(&format!("{}/signin?redirect={escaped}", world.site)).await;
        is_here(&browser, &world, payload).await;
        // As it is, for the browser to escape what it will.
        browser.open(&format!("{}/signin?redirect={payload}", world.site)).await;
        is_here(&browser, &world, payload).await;
        leave_by_form(&browser, payload).await;
        is_here(&browser, &world, payload).await;
    }
    for sent in browser.requests().await {
        assert!(sent.address.starts_with(&format!("{}/", world.site)), "{}", sent.address);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_sign_in_leads_away() {
    if skips("browser") {
        return;
    }
    let (world, words) = (World::signing_in().await, Words::english());
    let browser = Browser::start(words.look).await;
    world.simulator.set_auto_approve(Some("lin")).unwrap();
    for (payload, leads_to) in [
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("/signin?redirect=//evil.example", "/"),
        ("/no/such/page?a=b", "/no/such/page?a=b"),
    ] {
        let escaped: String = byte_serialize(payload.as_bytes()).collect();
        browser.open(&format!("{}/signin?redirect={escaped}", world.site)).await;
        browser.press(words.button).await;
        browser.arrives_at(&format!("{}{leads_to}", world.site)).await;
        browser.open(&format!("{}/", world.site)).await;
        browser.press(words.sign_out).await;
        browser.reads(words.password).await;
    }
}

/// The language buttons lead back to where the person was, which a form says as well.
async fn leave_by_form(browser: &Browser, payload: &str) {
    let submit = "const form = document.createElement('form');
        const field = document.createElement('input');
        [form.method, form.action, field.name, field.type] = ['post', '/preferences', 'return', 'hidden'];
        field.value = arguments[0];
        form.append(field);
        document.body.append(form);
        form.submit();";
    browser.script(submit, &[payload.into()]).await;
    browser.text_of("main").await;
}

async fn is_here(browser: &Browser, world: &World, payload: &str) {
    let address = browser.address().await;
    let origin = Url::parse(&address).unwrap().origin().ascii_serialization();
    assert_eq!(origin, world.site, "{payload:?} led to {address}");
}
