//! Sessions (rows SE-1 to SE-5; every `Set-Cookie` of every test is held to SE-3 in the browser of the tests).

use std::time::Duration;

use gatehouse_tests::{Client, Cluster, World, eventually};
use reqwest::Method;
use serde_json::json;

const COOKIE: &str = "__Host-gatehouse";
const PASSWORD: &str = "a sentence of seven words or so";

/// The status that a browser with this session id gets.
async fn status_with(world: &World, id: &str) -> u16 {
    let mut browser = world.browser();
    browser.cookies.insert(COOKIE.to_owned(), id.to_owned());
    browser.get("/api/v1/me").await.status
}

/// A browser in which 林小满 is signed in.
async fn lin(world: &World) -> Client {
    let mut browser = world.browser();
    assert_eq!(browser.sign_in_as(&world.simulator, "dingtalk", "lin").await.status, 303);
    assert_eq!(browser.get("/api/v1/me").await.status, 200);
    browser
}

/// A user with a password, and a browser in which they are signed in.
async fn with_password(world: &mut World) -> (String, Client) {
    let body = json!({"username": "mira", "roles": ["member"], "password": PASSWORD});
    let created = world.admin.json(Method::POST, "/api/v1/users", Some(&body)).await;
    assert_eq!(created.status, 201, "{}", created.body);
    let mut browser = world.browser();
    assert_eq!(browser.sign_in_with_password("mira", PASSWORD).await.status, 303);
    (created.json()["id"].as_str().unwrap().to_owned(), browser)
}

/// SE-1: whoever reads the database cannot sign in with what is there.
#[tokio::test(flavor = "multi_thread")]
async fn se_1_a_dump_of_the_database_opens_nothing() {
    let world = World::signing_in().await;
    let browser = lin(&world).await;
    let stored = world.texts("SELECT id_hash FROM sessions").await;
    assert_eq!(stored.len(), 2);
    for hash in stored {
        assert!(!browser.cookies.values().any(|id| id.contains(&hash) || hash.contains(id.as_str())));
        assert_eq!(status_with(&world, &hash).await, 401);
        assert_eq!(status_with(&world, &hash[..43]).await, 401);
    }
}

/// SE-1: the id counts whole and exactly.
#[tokio::test(flavor = "multi_thread")]
async fn se_1_only_the_exact_id_opens() {
    let world = World::signing_in().await;
    let browser = lin(&world).await;
    let id = &browser.cookies[COOKIE];
    assert_eq!((id.len(), status_with(&world, id).await), (43, 200));
    let flip = |c: char| if c.is_ascii_uppercase() { c.to_ascii_lowercase() } else { c.to_ascii_uppercase() };
    let flipped: String = id.chars().map(flip).collect();
    let last = if id.ends_with('A') { 'B' } else { 'A' };
    let wrong = [
        id[..42].to_owned(),
        id[1..].to_owned(),
        format!("{id}A"),
        format!("A{id}"),
        format!("{id}="),
        format!("\"{id}\""),
        format!("{}{last}", &id[..42]),
        flipped,
        String::new(),
        "A".repeat(43),
        "a".repeat(4000),
    ];
    for id in wrong {
        assert_eq!(status_with(&world, &id).await, 401, "{id}");
    }
    // Two cookies of the name: whose it is cannot be told.
    let both = format!("{COOKIE}={id}; {COOKIE}={}", "A".repeat(43));
    let mut other = world.browser();
    let request = other.request(Method::GET, "/api/v1/me").header("cookie", both);
    assert_eq!(other.send(request).await.status, 401);
}

/// SE-2: an id that was planted before the sign-in is not the one after it.
#[tokio::test(flavor = "multi_thread")]
async fn se_2_a_planted_id_is_never_adopted() {
    let mut world = World::signing_in().await;
    let planted = "A".repeat(43);
    with_password(&mut world).await;
    for way in ["dingtalk", "password"] {
        let mut victim = world.browser();
        victim.cookies.insert(COOKIE.to_owned(), planted.clone());
        let reply = match way {
            "password" => victim.sign_in_with_password("mira", PASSWORD).await,
            uid => victim.sign_in_as(&world.simulator, uid, "lin").await,
        };
        assert_eq!(reply.status, 303, "{way}");
        assert_ne!(victim.cookies[COOKIE], planted, "{way}");
        assert_eq!(status_with(&world, &planted).await, 401, "{way}");
    }
}

/// SE-2: an attacker's own good session in the victim's browser ends with the victim's sign-in.
#[tokio::test(flavor = "multi_thread")]
async fn se_2_a_presented_session_ends_at_the_sign_in() {
    let mut world = World::signing_in().await;
    let (_, mira) = with_password(&mut world).await;
    for way in ["dingtalk", "password"] {
        let mut attacker = world.browser();
        assert_eq!(attacker.sign_in_with_password("mira", PASSWORD).await.status, 303);
        let planted = attacker.cookies[COOKIE].clone();
        let mut victim = attacker.clone();
        let reply = match way {
            "password" => victim.sign_in_with_password("mira", PASSWORD).await,
            uid => victim.sign_in_as(&world.simulator, uid, "lin").await,
        };
        assert_eq!(reply.status, 303, "{way}");
        assert_ne!(victim.cookies[COOKIE], planted, "{way}");
        assert_eq!(status_with(&world, &planted).await, 401, "{way}");
        assert_eq!(victim.get("/api/v1/me").await.status, 200, "{way}");
    }
    assert_eq!(status_with(&world, &mira.cookies[COOKIE]).await, 200, "others go on");
}

/// SE-2: a changed password gives a new id, and ends every other session of that person.
#[tokio::test(flavor = "multi_thread")]
async fn se_2_a_changed_password_ends_what_was_there() {
    let mut world = World::new().await;
    let (_, mut here) = with_password(&mut world).await;
    let mut there = world.browser();
    assert_eq!(there.sign_in_with_password("mira", PASSWORD).await.status, 303);
    let old = here.cookies[COOKIE].clone();
    let form = [("current", PASSWORD), ("new", "quite another sentence, and a long one")];
    let reply = here.post("/account/password", &form).await;
    assert_eq!(reply.status, 303, "{}", reply.page().text());
    assert_ne!(here.cookies[COOKIE], old);
    assert_eq!(here.get("/api/v1/me").await.status, 200);
    assert_eq!(status_with(&world, &old).await, 401);
    assert_eq!(there.get("/api/v1/me").await.status, 401);
}

/// SE-2: changed roles, or a password that an administrator sets, end that person's sessions.
#[tokio::test(flavor = "multi_thread")]
async fn se_2_a_changed_role_ends_sessions() {
    let mut world = World::new().await;
    let (id, mut browser) = with_password(&mut world).await;
    let changes = [json!({"roles": ["member", "admin"]}), json!({"password": "quite another long sentence"})];
    for (change, old_password) in changes.iter().zip([303, 422]) {
        assert_eq!(browser.get("/api/v1/me").await.status, 200);
        let reply = world.admin.json(Method::PATCH, &format!("/api/v1/users/{id}"), Some(change)).await;
        assert_eq!(reply.status, 200, "{}", reply.body);
        assert_eq!(browser.get("/api/v1/me").await.status, 401, "{change}");
        assert_eq!(browser.sign_in_with_password("mira", PASSWORD).await.status, old_password, "{change}");
    }
}

/// SE-4: eight hours without a request end a session; a request within them keeps it.
#[tokio::test(flavor = "multi_thread")]
async fn se_4_an_idle_session_ends() {
    const IDLE: Duration = Duration::from_secs(8 * 3600);
    let world = World::signing_in().await;
    let mut browser = lin(&world).await;
    world.clock.advance(IDLE);
    assert_eq!(browser.get("/api/v1/me").await.status, 200, "at the limit");
    world.clock.advance(IDLE + Duration::from_secs(1));
    assert_eq!(browser.get("/api/v1/me").await.status, 401, "a second past it");
    assert_eq!(browser.get("/").await.location(), "/signin?redirect=%2F&notice=session-ended");
}

/// SE-4: no traffic keeps a session longer than a week.
#[tokio::test(flavor = "multi_thread")]
async fn se_4_no_session_lasts_longer_than_a_week() {
    const HOUR: Duration = Duration::from_secs(3600);
    let world = World::signing_in().await;
    let mut browser = lin(&world).await;
    for hour in 1..7 * 24 {
        world.clock.advance(HOUR);
        assert_eq!(browser.get("/api/v1/me").await.status, 200, "after {hour} hours");
    }
    world.clock.advance(HOUR);
    assert_eq!(browser.get("/api/v1/me").await.status, 401);
}

/// SE-5: signing out ends the session on the server, not only the cookie.
#[tokio::test(flavor = "multi_thread")]
async fn se_5_signing_out_ends_the_session() {
    let world = World::signing_in().await;
    let mut browser = lin(&world).await;
    let other = lin(&world).await;
    let id = browser.cookies[COOKIE].clone();
    assert_eq!(browser.post("/signout", &[]).await.location(), "/signin?notice=signed-out");
    assert!(!browser.has_session());
    assert_eq!(status_with(&world, &id).await, 401);
    assert_eq!(status_with(&world, &other.cookies[COOKIE]).await, 200, "other browsers stay");
}

/// SE-5, ID-10: a disabled person is out at once, and no door lets them in again.
#[tokio::test(flavor = "multi_thread")]
async fn se_5_disabling_ends_sessions_and_shuts_every_door() {
    let mut world = World::signing_in().await;
    let (id, browser) = with_password(&mut world).await;
    let phone = json!({"phone": "+8613900000001"});
    assert_eq!(world.admin.json(Method::PATCH, &format!("/api/v1/users/{id}"), Some(&phone)).await.status, 200);
    let through_dingtalk = lin(&world).await;
    world.disable_user(&id).await;
    for browser in [&browser, &through_dingtalk] {
        assert_eq!(status_with(&world, &browser.cookies[COOKIE]).await, 401);
    }
    let mut fresh = world.browser();
    assert_eq!(fresh.sign_in_with_password("mira", PASSWORD).await.status, 422);
    assert_eq!(fresh.sign_in_as(&world.simulator, "dingtalk", "lin").await.status, 403);
    let body = json!({"identifier": "mira", "password": PASSWORD});
    assert_eq!(fresh.json(Method::POST, "/api/v1/session", Some(&body)).await.status, 401);
    assert!(!fresh.has_session());
}

/// SE-5: what ends on one node ends on the others, although they remember the session.
#[tokio::test(flavor = "multi_thread")]
async fn se_5_other_nodes_notice() {
    let Some(mut cluster) = Cluster::signing_in(2).await else { return };
    let browser = lin(&cluster.nodes[0]).await;
    let mut there = cluster.moved(&browser, 1);
    let id = there.get("/api/v1/me").await.json()["id"].as_str().unwrap().to_owned();
    cluster.nodes[0].disable_user(&id).await;
    assert_eq!(cluster.moved(&browser, 0).get("/api/v1/me").await.status, 401);
    eventually("the other node knows", async || there.get("/api/v1/me").await.status == 401).await;
}
