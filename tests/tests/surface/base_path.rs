//! A site below a path: `https://example.com/gate`.

use gatehouse_tests::{Options, World};

const BASE: &str = "/gate";

async fn below_a_path() -> World {
    let mut world = World::with(Options { base_path: BASE, ..Options::default() }).await;
    world.enable("auth-dingtalk").await;
    world.add_authenticator("dingtalk", true).await;
    world
}

/// Every address of ours that a page names.
fn addresses(html: &str) -> Vec<String> {
    let mut found = Vec::new();
    for attribute in ["href", "src", "action", "formaction"] {
        for rest in html.split(&format!(" {attribute}=\"")).skip(1) {
            found.push(rest.split('"').next().unwrap().to_owned());
        }
    }
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn every_address_is_below_it() {
    let mut world = below_a_path().await;
    let pages = [
        "/",
        "/signin?redirect=%2Fgate%2Fadmin%2Fusers",
        "/admin/plugins",
        "/admin/authentication",
        "/admin/authentication/new?type=dingtalk",
        "/admin/authentication/dingtalk",
        "/admin/users",
        "/admin/users/new",
        "/admin/journal",
        "/nowhere",
    ];
    for page in pages {
        let reply =
            if page.starts_with("/signin") { world.browser().get(page).await } else { world.admin.get(page).await };
        let addresses = addresses(&reply.body);
        assert!(addresses.len() > 3, "{page}: {}", reply.body);
        for address in addresses.iter().filter(|address| !address.starts_with(['#', '?']) && !address.is_empty()) {
            let own = address.starts_with(&format!("{BASE}/")) || address == BASE;
            assert!(own || address.starts_with("https://open-dev.dingtalk.com"), "{page}: {address}");
            if own && !address.contains("/start") && !address.contains("/enable") && !address.contains("/disable") {
                let status = world.admin.get(&format!("{}{address}", world.admin.origin())).await.status;
                assert!([200, 303, 404, 405].contains(&status), "{page}: {address}: {status}");
                assert!(status != 404 || page == "/nowhere", "{page}: {address} leads nowhere");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_stays_below_it() {
    let mut world = below_a_path().await;
    assert!(world.redirect_url("dingtalk").ends_with("/gate/signin/dingtalk/callback"));
    let shown = world.admin.get("/api/v1/authenticators/dingtalk").await.json();
    assert_eq!(shown["redirect_url"], world.redirect_url("dingtalk"));
    let form = world.admin.get("/admin/authentication/dingtalk").await;
    assert!(form.body.contains(&world.redirect_url("dingtalk")), "it can be copied");

    let mut browser = world.browser();
    assert_eq!(browser.get("/").await.location(), "/gate/signin?redirect=%2Fgate%2F");
    let clicked = browser.post("/signin/dingtalk/start", &[("redirect", "/gate/?from=there")]).await;
    world.simulator.set_auto_approve(Some("lin")).unwrap();
    let back = gatehouse_tests::Client::elsewhere().get(&clicked.location()).await.location();
    let reply = browser.get(&back).await;
    assert_eq!((reply.status, reply.location().as_str()), (303, "/gate/?from=there"));
    assert!(browser.get("/").await.page().text().contains("林小满"));
    // The client of the tests has held each cookie to `Path=/`, without which `__Host-` counts for nothing.
    assert!(browser.has_session());
    assert_eq!(browser.post("/signout", &[]).await.location(), "/gate/signin?notice=signed-out");
    for outside in ["/admin/users", "//evil.example", "/gateway", "/gate/../admin"] {
        let reply = world.browser().post("/signin/dingtalk/start", &[("redirect", outside)]).await;
        assert_eq!(reply.status, 303, "{outside}");
        let mut browser = world.browser();
        let form = [("identifier", "admin"), ("password", world.admin_password.as_str()), ("redirect", outside)];
        assert_eq!(browser.post("/signin/password", &form).await.location(), "/gate/", "{outside}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_but_health_is_outside() {
    let mut world = below_a_path().await;
    let origin = world.admin.origin();
    for path in ["/", "/signin", "/admin/plugins", "/api/v1/me", "/gateway/signin", "/GATE/signin", "/gate/gate/signin"]
    {
        assert_eq!(world.admin.get(&format!("{origin}{path}")).await.status, 404, "{path}");
    }
    for path in ["/gate/", "/gate/signin", "/gate/admin/plugins", "/gate/api/v1/me", "/livez", "/readyz"] {
        let status = world.admin.get(&format!("{origin}{path}")).await.status;
        assert!([200, 303].contains(&status), "{path}: {status}");
    }
    let status = world.admin.get(&format!("{origin}/gate")).await.status;
    assert!([200, 303, 308].contains(&status), "the path without a slash: {status}");
    let document = world.admin.get("/api/v1/openapi.json").await.json();
    assert_eq!(document["servers"][0]["url"], BASE);
}
