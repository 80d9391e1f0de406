//! What is posted to the client's address (rows OA-3, OA-7, WB-1): codes of the other kind, used, made up, broken.

use dingtalk_simulator::Endpoint;
use gatehouse_tests::logged;
use reqwest::Method;

use super::*;

/// Names and values.
type Fields<'a> = &'a [(&'a str, &'a str)];

/// Posts parameters, and holds the answer to what every refusal has in common: nothing written, one row in the journal
/// that names the channel, and a way on that tells it.
async fn refused(world: &World, parameters: Fields<'_>, status: u16, reason: &str) {
    let mut view = View::of(world);
    let before = rows(world).await;
    let answer = view.report(&format!("{PAGE}?redirect=%2Fa"), parameters).await;
    assert_eq!(answer.status, status, "{parameters:?}: {}", answer.body);
    assert_eq!(rows(world).await, before, "{parameters:?}");
    assert!(view.session().is_none(), "{parameters:?}");
    let on = location(&answer);
    let (start, code) = on.rsplit_once("&reference=").unwrap();
    assert_eq!(start, format!("/signin?redirect=%2Fa&refused={reason}"));
    let kept = format!("SELECT detail FROM journal WHERE kind = 'signin.refused' AND reference = '{code}'");
    let kept = world.texts(&kept).await.pop().expect("a row in the journal");
    assert!(kept.contains(&format!("\"reason\":\"{reason}\"")) && kept.contains("\"channel\":\"client\""), "{kept}");
    for (_, value) in parameters.iter().filter(|(_, value)| value.len() > 8) {
        assert!(!kept.contains(value) && !logged().contains(value), "a code is told");
    }
    let page = view.follow(&on).await;
    assert_eq!(page.status, 200, "no loop");
    assert!(page.page().texts("code#reference").contains(&code.to_owned()), "{}", page.page().text());
}

/// A code from the sign-in page is not one of the client, and the other way round. The two never meet.
#[tokio::test(flavor = "multi_thread")]
async fn codes_of_the_two_ways_never_meet() {
    let world = world().await;
    world.simulator.reset_counters();
    let oauth = world.simulator.oauth_code(CLIENT_ID, "lin", Some(CORP)).unwrap();
    refused(&world, &[("code", &oauth)], 400, "code-rejected").await;
    assert_eq!(world.simulator.counters().get(Endpoint::UserAccessToken), 0, "asked by the other way only");
    assert!(world.simulator.counters().get(Endpoint::GetUserInfo) > 0);

    let mut browser = world.browser();
    let back = browser.go_to_provider(&world.simulator, "dingtalk", "lin").await;
    let (before, jsapi) = (rows(&world).await, world.simulator.jsapi_code(CLIENT_ID, "lin").unwrap());
    world.simulator.reset_counters();
    let mut back = url::Url::parse(&back).unwrap();
    let state = back.query_pairs().find(|(name, _)| name == "state").unwrap().1.into_owned();
    back.query_pairs_mut()
        .clear()
        .append_pair("code", &jsapi)
        .append_pair("authCode", &jsapi)
        .append_pair("state", &state);
    let reply = browser.get(back.as_str()).await;
    assert_eq!(reply.status, 400, "{}", reply.page().text());
    assert_eq!(rows(&world).await, before);
    assert_eq!(world.simulator.counters().get(Endpoint::GetUserInfo), 0, "asked by the other way only");
    assert!(!browser.has_session());
}

/// OA-3: a code is good once.
#[tokio::test(flavor = "multi_thread")]
async fn oa_3_a_code_is_good_once() {
    let world = world().await;
    let code = world.simulator.jsapi_code(CLIENT_ID, "lin").unwrap();
    assert_eq!(View::of(&world).report(PAGE, &[("code", &code)]).await.status, 200);
    refused(&world, &[("code", &code)], 400, "code-rejected").await;
    refused(&world, &[("code", "a-made-up-code-of-some-length")], 400, "code-rejected").await;
}

/// OA-7: junk goes no further than the host.
#[tokio::test(flavor = "multi_thread")]
async fn oa_7_junk_goes_no_further() {
    let world = world().await;
    world.simulator.reset_counters();
    let long = "a".repeat(2049);
    let many: Vec<(String, &str)> = (0..17).map(|n| (format!("p{n}"), "x")).chain([("code".into(), "x")]).collect();
    let many: Vec<(&str, &str)> = many.iter().map(|(name, value)| (name.as_str(), *value)).collect();
    let junk: [Fields<'_>; 7] = [
        &[],
        &[("other", "parameter")],
        &[("code", "")],
        &[("code", "one"), ("code", "one")],
        &[("code", "a\u{0}b")],
        &[("code", &long)],
        &many,
    ];
    for parameters in junk {
        refused(&world, parameters, 400, "bad-callback").await;
    }
    assert_eq!(world.simulator.counters().total(), 0, "nobody was asked");
}

/// WB-1: only a form of our own page is read at all.
#[tokio::test(flavor = "multi_thread")]
async fn wb_1_only_our_own_page_may_report() {
    let world = world().await;
    let before = (rows(&world).await, world.rows("journal").await);
    let code = world.simulator.jsapi_code(CLIENT_ID, "lin").unwrap();
    let form = format!("code={code}");
    let ours = world.browser().origin();
    let cases: [(&str, Fields<'_>, u16); 7] = [
        ("a page elsewhere", &[("origin", "https://evil.example"), ("sec-fetch-site", "cross-site")], 403),
        ("a page elsewhere, forged", &[("origin", "https://evil.example"), ("sec-fetch-site", "same-origin")], 403),
        ("a page elsewhere, framed", &[("origin", "null"), ("sec-fetch-site", "cross-site")], 403),
        ("a sibling", &[("origin", &ours), ("sec-fetch-site", "same-site")], 403),
        ("nobody says", &[], 403),
        ("a text", &[("origin", &ours), ("content-type", "text/plain")], 415),
        ("JSON", &[("origin", &ours), ("content-type", "application/json")], 415),
    ];
    for (name, headers, status) in cases {
        let mut view = View::of(&world);
        let mut request = view.browser.request(Method::POST, PAGE).header("user-agent", view.agent);
        for (field, value) in headers {
            request = request.header(*field, *value);
        }
        if !headers.iter().any(|(field, _)| *field == "content-type") {
            request = request.header("content-type", "application/x-www-form-urlencoded");
        }
        let reply = view.browser.send(request.body(form.clone())).await;
        assert_eq!(reply.status, status, "{name}: {}", reply.body);
        assert!(view.session().is_none(), "{name}");
    }
    assert_eq!((rows(&world).await, world.rows("journal").await), before);
    // An old web view says only where its script comes from, and that is enough.
    let mut view = View::old(&world);
    assert_eq!(view.report(PAGE, &[("code", &code)]).await.status, 200);
}

/// Neither a page nor a code is taken where the authenticator or the option is off.
#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_taken_where_it_is_off() {
    let mut world = world().await;
    let code = world.simulator.jsapi_code(CLIENT_ID, "lin").unwrap();
    for off in ["option", "authenticator", "plug-in"] {
        match off {
            "option" => {
                switch(&mut world, false, &[]).await;
            }
            "authenticator" => {
                switch(&mut world, true, &[]).await;
                world.act("dingtalk", "disable").await;
            }
            _ => {
                world.act("dingtalk", "enable").await;
                world.admin.post("/admin/plugins/auth-dingtalk/disable", &[]).await;
            }
        }
        world.simulator.reset_counters();
        let mut view = View::of(&world);
        assert_eq!(view.enter("/").await.location(), "/signin?redirect=%2F", "{off}");
        assert_eq!(view.enter(&format!("{PAGE}?redirect=%2Fa")).await.location(), "/signin?redirect=%2Fa", "{off}");
        let reason = if off == "plug-in" { "plugin-off" } else { "authenticator-off" };
        refused(&world, &[("code", &code)], 403, reason).await;
        assert_eq!(world.simulator.counters().total(), 0, "{off}");
    }
    let mut view = View::of(&world);
    let answer = view.report("/signin/nobody/client", &[("code", &code)]).await;
    assert_eq!(answer.status, 403);
    assert_eq!(view.report("/signin/password/client", &[("code", &code)]).await.status, 403);
    assert_eq!(
        world.query("SELECT COUNT(*) FROM journal WHERE subject = 'nobody'").await,
        0,
        "no name of a stranger's"
    );
}
