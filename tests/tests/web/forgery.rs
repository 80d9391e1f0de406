//! Nothing changes because of a request that does not come from one of our pages (rows WB-1, OA-8).
//!
//! The routes are taken from the product: those of the API from its own description, those of the pages from the list
//! that the router uses. A new route is tested from the day it is there.

use gatehouse_tests::World;
use reqwest::{Method, RequestBuilder};

/// Every route that may change something: method and path.
async fn unsafe_routes(world: &mut World) -> Vec<(Method, String)> {
    let description = world.admin.get("/api/v1/openapi.json").await.json();
    let mut routes = Vec::new();
    for (path, operations) in description["paths"].as_object().unwrap() {
        for method in [Method::POST, Method::PUT, Method::PATCH, Method::DELETE] {
            if operations.get(method.as_str().to_lowercase()).is_some() {
                routes.push((method, path.clone()));
            }
        }
    }
    assert!(routes.len() >= 15, "{routes:?}");
    let of_pages = posted_pages();
    assert!(of_pages.len() >= 14, "{of_pages:?}");
    routes.extend(of_pages.into_iter().map(|path| (Method::POST, path)));
    routes.iter().map(|(method, path)| (method.clone(), filled(path))).collect()
}

/// The paths in the router's list whose comment says that they are posted to.
fn posted_pages() -> Vec<String> {
    let source = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../host/src/urls/route.rs")).unwrap();
    let mut posted = false;
    let mut paths = Vec::new();
    for line in source.lines().map(str::trim) {
        let path = line.strip_prefix("pub const ").and_then(|rest| rest.split('"').nth(1));
        match path {
            Some(path) if posted => paths.push(path.to_owned()),
            _ => {}
        }
        posted = path.is_none() && (posted || line.contains("`POST`"));
    }
    paths
}

fn filled(path: &str) -> String {
    let names = [("{uid}", "dingtalk"), ("{action}", "disable")];
    let path = names.iter().fold(path.to_owned(), |path, (name, value)| path.replace(name, value));
    if path.contains("plugins") { path.replace("{id}", "auth-dingtalk") } else { path.replace("{id}", "nobody") }
}

/// Everything that a change would leave behind.
async fn traces(world: &World) -> Vec<i64> {
    let mut traces = vec![world.query("SELECT SUM(n) FROM revisions").await];
    for table in ["users", "user_roles", "plugins", "authenticators", "bindings", "sessions", "attempts", "journal"] {
        traces.push(world.rows(table).await);
    }
    traces
}

/// Sends what `bend` makes of a request with the administrator's cookies to every route, and expects `status`.
async fn all_refused(status: &[u16], bend: impl Fn(RequestBuilder, bool) -> RequestBuilder) {
    let mut world = World::signing_in().await;
    let routes = unsafe_routes(&mut world).await;
    let before = traces(&world).await;
    for (method, path) in routes {
        let request = bend(world.admin.request(method.clone(), &path), path.starts_with("/api/"));
        let reply = world.admin.send(request).await;
        assert!(status.contains(&reply.status), "{method} {path}: {} {}", reply.status, reply.body);
        assert_eq!(traces(&world).await, before, "{method} {path}");
    }
    assert_eq!(world.admin.get("/api/v1/me").await.status, 200, "still signed in");
}

/// A body that the route would take.
fn with_body(request: RequestBuilder, api: bool) -> RequestBuilder {
    if api {
        request.header("content-type", "application/json").body("{}")
    } else {
        request.header("content-type", "application/x-www-form-urlencoded").body("a=b")
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn wb_1_a_foreign_origin_is_refused() {
    all_refused(&[403], |request, api| with_body(request, api).header("origin", "https://evil.example")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn wb_1_the_origin_null_is_refused() {
    all_refused(&[403], |request, api| with_body(request, api).header("origin", "null")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn wb_1_a_request_that_does_not_say_where_from_is_refused() {
    all_refused(&[403], with_body).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn wb_1_another_site_is_refused() {
    all_refused(&[403], |request, api| with_body(request, api).header("sec-fetch-site", "cross-site")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn wb_1_a_neighbour_on_the_same_site_is_refused() {
    all_refused(&[403], |request, api| with_body(request, api).header("sec-fetch-site", "same-site")).await;
}

/// What the browser says about the site counts, whatever stands beside it.
#[tokio::test(flavor = "multi_thread")]
async fn wb_1_another_site_is_refused_with_any_origin() {
    for origin in ["null", "https://evil.example"] {
        all_refused(&[403], |request, api| {
            with_body(request, api).header("sec-fetch-site", "cross-site").header("origin", origin)
        })
        .await;
    }
    let mut world = World::signing_in().await;
    let request = world.admin.request(Method::POST, "/admin/plugins/auth-dingtalk/disable");
    let request = request.header("origin", world.admin.origin()).header("sec-fetch-site", "cross-site");
    assert_eq!(world.admin.send(request).await.status, 403, "even our own");
}

/// A form of ours comes with `Origin: null`, because our pages send no referrer; the browser says the rest.
#[tokio::test(flavor = "multi_thread")]
async fn wb_1_our_own_forms_are_taken() {
    let mut world = World::signing_in().await;
    let request = world.admin.request(Method::POST, "/admin/plugins/auth-dingtalk/disable");
    let request = request.header("origin", "null").header("sec-fetch-site", "same-origin");
    assert_eq!(world.admin.send(request).await.location(), "/admin/plugins?notice=plugin-disabled");
}

#[tokio::test(flavor = "multi_thread")]
async fn wb_1_an_empty_body_makes_no_difference() {
    all_refused(&[403], |request, _| request.header("origin", "https://evil.example")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn wb_1_text_is_no_form() {
    all_refused(&[415], |request, _| {
        request.header("sec-fetch-site", "same-origin").header("content-type", "text/plain").body("{\"a\":\"b\"}")
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn wb_1_the_api_takes_no_forms_and_pages_take_no_json() {
    all_refused(&[415], |request, api| with_body(request.header("sec-fetch-site", "same-origin"), !api)).await;
}

/// GET changes nothing, whatever it pretends to be.
#[tokio::test(flavor = "multi_thread")]
async fn wb_1_get_never_changes_anything() {
    let mut world = World::signing_in().await;
    let routes = unsafe_routes(&mut world).await;
    let before = traces(&world).await;
    for (method, path) in routes {
        for safe in [Method::GET, Method::HEAD, Method::OPTIONS, Method::TRACE] {
            let request = world.admin.request(safe.clone(), &format!("{path}?_method={method}"));
            let request = request.header("x-http-method-override", method.as_str()).header("x-method-override", "POST");
            let reply = world.admin.send(request).await;
            let expected =
                if safe == Method::GET || safe == Method::HEAD { &[200, 303, 400, 404, 405][..] } else { &[405][..] };
            assert!(expected.contains(&reply.status), "{safe} {path}: {}", reply.status);
            assert_eq!(traces(&world).await, before, "{safe} {path}");
        }
    }
}

/// OA-8: a sign-in begins with a click on our page, and with nothing else.
#[tokio::test(flavor = "multi_thread")]
async fn oa_8_another_site_cannot_start_a_sign_in() {
    let world = World::signing_in().await;
    let before = traces(&world).await;
    let mut victim = world.browser();
    let start = "/signin/dingtalk/start";
    let bent = |headers: &[(&str, &str)], method: Method| {
        let request = victim.request(method, start).header("content-type", "application/x-www-form-urlencoded");
        headers.iter().fold(request.body("redirect=%2F"), |request, (name, value)| request.header(*name, *value))
    };
    let requests = [
        (bent(&[("origin", "https://evil.example"), ("sec-fetch-site", "cross-site")], Method::POST), 403),
        (bent(&[("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate")], Method::POST), 403),
        (bent(&[("origin", "null")], Method::POST), 403),
        (bent(&[], Method::POST), 403),
        (bent(&[("sec-fetch-site", "cross-site"), ("sec-fetch-dest", "image")], Method::GET), 405),
        (bent(&[("sec-fetch-site", "same-origin")], Method::GET), 405),
    ];
    for (request, status) in requests {
        let reply = victim.send(request).await;
        assert_eq!(reply.status, status);
        assert!(victim.cookies.is_empty());
    }
    assert_eq!(traces(&world).await, before);
}
