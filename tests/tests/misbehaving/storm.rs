//! Many calls at once into plug-ins that panic, hang, block or answer nonsense: each costs itself only.

use gatehouse_tests::{Options, Reply, World, example_plugin, logged};
use serde_json::json;

use super::load::{let_people_in, while_people_sign_in};
use super::{add, crowd, made};

/// Starts at each of the misbehaving ones that are under way at once.
const STARTS: usize = 24;

const OUT_OF_ORDER: &str = "This way to sign in is out of order";
const LEFT_ALONE: &str = "The sign-in service cannot be reached";

/// A refusal and nothing else: a sentence and a reference code, no redirect, no cookie.
fn is_refusal(uid: &str, reply: &Reply) {
    let page = reply.page();
    let told = page.texts("h1");
    match reply.status {
        500 => assert_eq!(told, [OUT_OF_ORDER], "{uid}"),
        503 => assert_eq!(told, [LEFT_ALONE], "{uid}"),
        other => panic!("{uid}: {other} {}", page.text()),
    }
    assert_eq!(page.texts("code#reference").len(), 1, "{uid}");
    for name in ["location", "set-cookie", "refresh"] {
        assert!(!reply.headers.contains_key(name), "{uid}: {:?}", reply.headers);
    }
    for inside in ["begin went wrong", "javascript:", "deadline", ".rs"] {
        assert!(!page.text().contains(inside), "{uid}: {inside}");
    }
}

/// One sign-in of each kind that works, and a sign of life.
async fn life_goes_on(world: &World) {
    let mut lin = world.browser();
    let reply = lin.sign_in_as(&world.simulator, "dingtalk", "lin").await;
    assert_eq!(reply.status, 303, "{}", reply.body);
    let mut admin = world.browser();
    assert_eq!(admin.sign_in_with_password("admin", &world.admin_password).await.status, 303);
    assert_eq!(admin.get("/admin/plugins").await.status, 200);
    assert_eq!(world.browser().get("/signin").await.status, 200);
    for probe in ["/livez", "/readyz"] {
        assert_eq!(world.browser().get(probe).await.status, 200, "{probe}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pl_6_trouble_costs_that_call_only() {
    let mut world = crowd().await;
    add(&mut world, "panics", "panics", json!({})).await;
    add(&mut world, "hangs", "hangs", json!({})).await;
    add(&mut world, "nonsense", "nonsense", json!({"which": "script"})).await;
    add(&mut world, "blocks", "blocks", json!({"milliseconds": 5000})).await;
    life_goes_on(&world).await;
    let [users, links, ..] = made(&world).await;

    let mut starts = Vec::new();
    for uid in ["panics", "hangs", "nonsense", "blocks"] {
        for _ in 0..STARTS {
            let mut browser = world.browser();
            starts.push(tokio::spawn(async move { (uid, browser.click(uid).await) }));
        }
    }
    life_goes_on(&world).await;
    while starts.iter().any(|start| !start.is_finished()) {
        life_goes_on(&world).await;
    }

    let mut out_of_order = Vec::new();
    for start in starts {
        let (uid, reply) = start.await.unwrap();
        is_refusal(uid, &reply);
        out_of_order.extend((reply.status == 500).then_some(uid));
    }
    let count = |uid| out_of_order.iter().filter(|one| **one == uid).count();
    // Whoever waits for the one that blocks is told sooner: that its threads hang is found out before the deadline.
    let counts = ["panics", "hangs", "nonsense"].map(count);
    assert!(counts.iter().all(|count| *count >= 5), "only the breaker's refusals are others: {counts:?}");
    let [users_after, links_after, _, attempts] = made(&world).await;
    assert_eq!([users_after, links_after, attempts], [users, links, 0], "nothing is created");
    assert!(logged().contains("no answer within the deadline"));
    life_goes_on(&world).await;
}

/// After five failures in a row the plug-in is not asked any more for a while.
#[tokio::test(flavor = "multi_thread")]
async fn pl_6_the_circuit_opens_after_five_failures() {
    let mut world = crowd().await;
    add(&mut world, "panics", "panics", json!({})).await;
    add(&mut world, "again", "panics", json!({})).await;
    let before = made(&world).await;
    let mut statuses = Vec::new();
    for _ in 0..8 {
        let reply = world.browser().click("panics").await;
        is_refusal("panics", &reply);
        statuses.push(reply.status);
    }
    assert_eq!(statuses, [500, 500, 500, 500, 500, 503, 503, 503]);
    assert_eq!(world.browser().click("again").await.status, 503, "all authenticators of the plug-in share it");
    assert_eq!(made(&world).await, before);
    let journal = world.admin.get("/api/v1/journal?kind=signin.refused").await.json();
    let reasons: Vec<&str> =
        journal["entries"].as_array().unwrap().iter().map(|one| one["detail"]["reason"].as_str().unwrap()).collect();
    assert_eq!(reasons[..4], ["provider-unavailable"; 4]);
    assert_eq!(reasons[4..], ["plugin-failed"; 5]);
    life_goes_on(&world).await;
}

/// Whatever a plug-in answers: no browser is sent to an address that nobody named.
#[tokio::test(flavor = "multi_thread")]
async fn pl_6_nonsense_becomes_no_redirect() {
    let mut world = crowd().await;
    let which = ["script", "lines", "empty", "memo", "elsewhere"];
    for which in which {
        add(&mut world, which, "nonsense", json!({"which": which})).await;
    }
    let before = made(&world).await;
    for (which, language) in which.into_iter().zip(["en", "zh-CN"].into_iter().cycle()) {
        let mut browser = world.browser();
        browser.language = language;
        let reply = browser.click(which).await;
        assert_eq!(reply.status, 500, "{which}");
        assert!(!reply.headers.contains_key("location") && !reply.headers.contains_key("set-cookie"), "{which}");
        assert!(!reply.body.contains("javascript") && !reply.body.contains("elsewhere.example"), "{which}");
    }
    assert_eq!(made(&world).await, before);
}

/// What a plug-in finds out about a connection is text on a page.
#[tokio::test(flavor = "multi_thread")]
async fn pl_6_nonsense_in_the_doctors_words_stays_text() {
    let mut world = crowd().await;
    add(&mut world, "nonsense", "nonsense", json!({"which": "javascript:alert(1)"})).await;
    let page = world.admin.post("/admin/authentication/nonsense/check", &[]).await;
    assert_eq!(page.status, 200, "{}", page.body);
    assert!(page.page().text().contains("<script>alert(1)</script>"), "{}", page.page().text());
    assert!(!page.body.contains("<script>alert") && !page.page().has("a[href^='javascript']"));
    let found = world.admin.json(reqwest::Method::POST, "/api/v1/authenticators/nonsense/check", None).await;
    assert_eq!(found.status, 200, "{}", found.body);
    assert!(!found.json()["findings"][0]["link"].is_string(), "{}", found.body);
}

/// A check that panics, hangs or blocks ends with a sentence for the administrator.
#[tokio::test(flavor = "multi_thread")]
async fn pl_6_a_check_that_goes_wrong_is_told() {
    let mut world = crowd().await;
    add(&mut world, "panics", "panics", json!({"milliseconds": 1})).await;
    add(&mut world, "blocks", "blocks", json!({"milliseconds": 1})).await;
    for uid in ["panics", "blocks"] {
        let page = world.admin.post(&format!("/admin/authentication/{uid}/check"), &[]).await;
        assert_eq!(page.status, 200, "{}", page.body);
        assert!(!page.page().text().contains(".rs"), "{}", page.page().text());
        let found = world.admin.json(reqwest::Method::POST, &format!("/api/v1/authenticators/{uid}/check"), None).await;
        assert_eq!((found.status, found.json()["failed"]["message"].is_string()), (200, true), "{}", found.body);
    }
    life_goes_on(&world).await;
}

/// Clicks on the one that panics; most of them are held off by the circuit, as they would be on any day. Ten thousand
/// panics without it are in the tests of the host's own crate.
const PANICS: usize = 1_600;
/// Calls that hang, all at once.
const HUNG: usize = 64;
/// How many people click at once.
const AT_ONCE: usize = 16;

#[tokio::test(flavor = "multi_thread")]
async fn pl_6_a_storm_of_panics_and_sixty_four_hung_calls_are_nobody_elses() {
    let libraries = ["panics", "hangs", "puppet"].map(example_plugin).to_vec();
    let mut world = World::with(Options { libraries, ..Options::default() }).await;
    let_people_in(&mut world).await;
    for name in ["panics", "hangs"] {
        world.enable(&format!("example-{name}")).await;
        add(&mut world, name, name, json!({})).await;
    }
    let clicks = |uid: &'static str, times: usize| {
        let browser = world.browser();
        tokio::spawn(async move {
            for _ in 0..times {
                is_refusal(uid, &browser.clone().click(uid).await);
            }
        })
    };
    let trouble = async {
        let hung = (0..HUNG).map(|_| clicks("hangs", 1));
        let panics = (0..AT_ONCE).map(|_| clicks("panics", PANICS / AT_ONCE));
        for task in hung.chain(panics).collect::<Vec<_>>() {
            task.await.unwrap();
        }
    };
    while_people_sign_in(&world, trouble).await;
}
