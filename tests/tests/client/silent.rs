//! Opening any page in the client signs in.

use gatehouse_tests::{Options, World};
use reqwest::Method;

use super::*;

/// Every client, of every platform; and the page that was wanted is shown at the end.
#[tokio::test(flavor = "multi_thread")]
async fn every_client_signs_in_silently() {
    let world = world().await;
    for (agent, tells) in AGENTS.iter().zip([true, false, true, false]) {
        let mut view = View { agent, tells, ..View::of(&world) };
        let home = view.sign_in_as(&world, "lin", "/?from=workbench").await;
        assert_eq!(home.status, 200, "{agent}: {}", home.body);
        assert!(home.page().text().contains("林小满"), "{agent}: {}", home.page().text());
    }
    let channel =
        "SELECT COUNT(*) FROM journal WHERE kind = 'signin.completed' AND detail LIKE '%\"channel\":\"client\"%'";
    assert_eq!(world.query(channel).await, 4);
}

/// The page shows what the scripts need and nothing else, and lets them do no more than that.
#[tokio::test(flavor = "multi_thread")]
async fn the_page_is_for_the_scripts() {
    let world = world().await;
    let mut view = View::of(&world);
    let sent = view.enter("/admin/users?q=a%26b").await.location();
    assert_eq!(sent, format!("{PAGE}?redirect=%2Fadmin%2Fusers%3Fq%3Da%2526b"));
    let reply = view.enter(&sent).await;
    let policy = reply.headers["content-security-policy"].to_str().unwrap().to_owned();
    assert!(policy.contains("script-src 'self';") && policy.contains("connect-src 'self'"), "{policy}");
    let page = reply.page();
    assert_eq!(page.texts("h1"), ["Signing in with DingTalk…"]);
    let settings = page.attribute("script[data-settings]", "data-settings").unwrap();
    let settings: serde_json::Value = serde_json::from_str(&settings).unwrap();
    assert_eq!(settings, serde_json::json!({"client_id": CLIENT_ID, "corp_id": CORP}));
    assert_eq!(page.attribute("script[data-post]", "data-post").as_deref(), Some(sent.as_str()));
    assert!(page.attribute("script[data-failed]", "data-failed").unwrap().ends_with("&notice=client-"));
    assert!(page.has("noscript") && page.has("a[href*='notice=client-cancelled']"), "a way out without scripts");
    for address in ["script[data-post]", "script[src^='/scripts/dingtalk/']"] {
        let address = page.attribute(address, "src").unwrap();
        let script = view.browser.get(&address).await;
        assert_eq!(
            (script.status, &script.headers["content-type"]),
            (200, &"text/javascript; charset=utf-8".parse().unwrap())
        );
        assert!(script.headers["cache-control"].to_str().unwrap().contains("immutable"), "{address}");
        assert_eq!(script.headers["x-content-type-options"], "nosniff");
        assert_eq!(script.headers["cross-origin-resource-policy"], "same-origin");
    }
}

/// Scripts are served under their own names only, and only while their plug-in runs.
#[tokio::test(flavor = "multi_thread")]
async fn scripts_are_served_while_the_plugin_runs() {
    let mut world = world().await;
    let mut view = View::of(&world);
    let address = view.enter(PAGE).await.page().attribute("script[src^='/scripts/']", "src").unwrap();
    let plain = view.browser.get(&address).await;
    let request = view.browser.request(Method::GET, &address).header("accept-encoding", "gzip");
    assert_eq!(view.browser.send(request).await.headers["content-encoding"], "gzip");
    assert!(plain.body.len() > 1000);
    let kind = address.replace("/scripts/dingtalk/", "/scripts/password/");
    let traversal = address.replace("/scripts/dingtalk/", "/scripts/dingtalk/..%2F");
    for other in [address.replace(".js", ""), kind, traversal, "/scripts/dingtalk/".into()] {
        assert_eq!(view.browser.get(&other).await.status, 404, "{other}");
    }
    world.admin.post("/admin/plugins/auth-dingtalk/disable", &[]).await;
    assert_eq!(view.browser.get(&address).await.status, 404);
}

/// The workbench link of the form: the client fills a part of it in.
#[tokio::test(flavor = "multi_thread")]
async fn the_workbench_link_lands_where_it_says() {
    let world = world().await;
    for query in ["redirect=%2F%3Fa%3Db&corpId=$CORPID$", "redirect=%2F%3Fa%3Db&corpId=dingcorpdemo0001"] {
        let mut view = View::of(&world);
        let page = view.enter(&format!("{PAGE}?{query}")).await;
        assert_eq!(page.status, 200, "{}", page.body);
        let post = page.page().attribute("script[data-post]", "data-post").unwrap();
        let code = world.simulator.jsapi_code(CLIENT_ID, "lin").unwrap();
        let answer = view.report(&post, &[("code", &code)]).await;
        assert_eq!(location(&answer), "/?a=b");
    }
}

/// OA-9: the way on is a page of ours, whatever the link says.
#[tokio::test(flavor = "multi_thread")]
async fn oa_9_the_client_leads_to_our_own_pages_only() {
    let world = world().await;
    for target in ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "/%2f%2fevil"] {
        let mut view = View::of(&world);
        let target: String = url::form_urlencoded::byte_serialize(target.as_bytes()).collect();
        let code = world.simulator.jsapi_code(CLIENT_ID, "lin").unwrap();
        let answer = view.report(&format!("{PAGE}?redirect={target}"), &[("code", &code)]).await;
        assert_eq!((answer.status, location(&answer).as_str()), (200, "/"), "{target}");
    }
}

/// Another browser notices nothing of it; not even at the client's own address.
#[tokio::test(flavor = "multi_thread")]
async fn another_browser_notices_nothing() {
    let world = world().await;
    let mut view = View { agent: CHROME, ..View::of(&world) };
    assert_eq!(view.enter("/").await.location(), "/signin?redirect=%2F");
    assert_eq!(view.enter("/signin").await.status, 200);
    assert_eq!(view.enter(&format!("{PAGE}?redirect=%2Fadmin")).await.location(), "/signin?redirect=%2Fadmin");
    let page = view.enter("/signin").await.page();
    assert!(page.has("form[action='/signin/dingtalk/start'][method=post]"));
    view.browser.sign_in_as(&world.simulator, "dingtalk", "lin").await;
    for site in ["none", "cross-site", "same-origin"] {
        assert_eq!(view.page("/", site).await.status, 200, "{site}");
    }
    assert!(!view.browser.cookies.contains_key("__Host-entry"));
}

/// Below a path of its own, everything is below it.
#[tokio::test(flavor = "multi_thread")]
async fn below_a_path() {
    let mut world = World::with(Options { base_path: "/gate", ..Options::default() }).await;
    world.enable("auth-dingtalk").await;
    world.add_authenticator("dingtalk", true).await;
    switch(&mut world, true, &[]).await;
    let mut view = View::of(&world);
    // The test's browser knows the site by its path already.
    let root = |address: String| address.strip_prefix("/gate").unwrap().to_owned();
    let sent = view.enter("/").await.location();
    assert!(sent.starts_with("/gate/signin/dingtalk/client?redirect=%2Fgate"), "{sent}");
    let page = view.enter(&root(sent)).await.page();
    let post = root(page.attribute("script[data-post]", "data-post").unwrap());
    assert!(page.attribute("script[src*='/scripts/']", "src").unwrap().starts_with("/gate/scripts/"));
    let code = world.simulator.jsapi_code(CLIENT_ID, "lin").unwrap();
    let answer = view.report(&post, &[("code", &code)]).await;
    assert!(location(&answer).starts_with("/gate"), "{}", answer.body);
    assert_eq!(view.follow("/").await.status, 200);
    assert_eq!(view.enter("/").await.status, 303, "a new entry");
}
