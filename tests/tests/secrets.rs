//! What must never be seen (rows SC-1, SC-2, SC-3).

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use dingtalk_simulator::{CallbackFault, Endpoint, Fault, Mutation};
use gatehouse_tests::{CLIENT_ID, CLIENT_SECRET, Client, Process, Reply, World, eventually, logged, refuses_to_start};
use reqwest::Method;
use serde_json::{Value, json};
use tempfile::TempDir;
use url::Url;

/// Every page and every resource that can be read, with what is there in this world.
async fn everything_readable(world: &mut World) -> Vec<String> {
    let description = world.admin.get("/api/v1/openapi.json").await.json();
    let users = world.users().await;
    let user = users[0]["id"].as_str().unwrap();
    let (reference, rehearsal) = reports(world).await;
    let operations = description["paths"].as_object().unwrap().iter();
    let readable = operations.filter(|(_, operations)| operations.get("get").is_some()).map(|(path, _)| {
        let id = match path {
            path if path.contains("users") => user,
            path if path.contains("types") => "dingtalk",
            path if path.contains("rehearsals") => rehearsal.as_str(),
            _ => "auth-dingtalk",
        };
        path.replace("{uid}", "dingtalk").replace("{id}", id).replace("{reference}", &reference)
    });
    let pages = ["/", "/signin", "/admin/plugins", "/admin/authentication", "/admin/authentication/dingtalk"];
    let more = ["/admin/authentication/new?type=dingtalk", "/admin/users", "/admin/journal"];
    let pages = pages.into_iter().chain(more).map(str::to_owned);
    let reports = [format!("/admin/journal/{reference}"), format!("/admin/rehearsals/{rehearsal}")];
    readable.chain(pages).chain([format!("/admin/users/{user}")]).chain(reports).collect()
}

/// The code of a refused sign-in, and the id of a rehearsal's report.
async fn reports(world: &mut World) -> (String, String) {
    let refused = world.browser().get("/signin/dingtalk/callback?code=x&state=y").await;
    let started = world.admin.post("/admin/authentication/dingtalk/rehearse", &[]).await;
    world.simulator.set_auto_approve(Some("lin")).unwrap();
    let back = Client::elsewhere().get(&started.location()).await.location();
    let report = world.admin.get(&back).await.location();
    (refused.page().texts("code#reference").remove(0), report.rsplit('/').next().unwrap().to_owned())
}

/// Whether `text` tells the secret in one of the ways in which it might travel.
fn tells_the_secret(text: &str) -> bool {
    // "demo-secret-0001-not-a-real-one" in base64, without its last characters, which depend on what follows.
    const IN_BASE64: &str = "ZGVtby1zZWNyZXQtMDAwMS1ub3QtYS1yZWFsLW9u";
    text.contains(CLIENT_SECRET) || text.contains(IN_BASE64) || text.contains(&CLIENT_SECRET[..16])
}

/// SC-1: no page and no resource shows the secret, nor how long it is.
#[tokio::test(flavor = "multi_thread")]
async fn sc_1_nothing_that_can_be_read_shows_the_secret() {
    let mut world = World::signing_in().await;
    let readable = everything_readable(&mut world).await;
    assert!(readable.len() >= 18, "{readable:?}");
    for path in readable {
        let reply = world.admin.get(&path).await;
        assert!([200, 303].contains(&reply.status), "{path}: {}", reply.status);
        assert!(!tells_the_secret(&reply.body), "{path}");
        assert!(!reply.body.contains(&"•".repeat(4)) && !reply.body.contains("****\""), "{path} hints at a length");
    }
    let stored = world.admin.get("/api/v1/authenticators/dingtalk").await.json();
    assert_eq!(stored["secrets_set"], json!(["client_secret"]));
    assert_eq!(stored["settings"].get("client_secret"), None);
    let form = world.admin.get("/admin/authentication/dingtalk").await.page();
    assert_eq!(form.attribute("input[name='settings.client_secret']", "value").unwrap_or_default(), "");
}

/// SC-1: what is refused does not come back with the secret either.
#[tokio::test(flavor = "multi_thread")]
async fn sc_1_a_refused_form_does_not_repeat_the_secret() {
    let mut world = World::signing_in().await;
    let form = [("title.en", ""), ("settings.client_id", "not an id"), ("settings.client_secret", CLIENT_SECRET)];
    let reply = world.change_authenticator("dingtalk", &form).await;
    assert_eq!(reply.status, 422);
    assert!(!tells_the_secret(&reply.body));
    let settings = json!({"client_id": "not an id", "client_secret": CLIENT_SECRET, "unknown": CLIENT_SECRET});
    for body in [
        json!({"title": {"en": "", "zh-CN": ""}, "enabled": true, "settings": settings}),
        json!({"client_secret": CLIENT_SECRET}),
        json!({"settings": CLIENT_SECRET}),
    ] {
        let reply = world.admin.json(Method::PUT, "/api/v1/authenticators/dingtalk", Some(&body)).await;
        assert_eq!(reply.status, 422, "{}", reply.body);
        assert!(!tells_the_secret(&reply.body), "{}", reply.body);
    }
}

/// What the API would have to be sent to leave everything as it is.
async fn as_stored(world: &mut World) -> Value {
    let stored = world.admin.get("/api/v1/authenticators/dingtalk").await.json();
    let part = |name: &str| stored[name].clone();
    json!({"title": part("title"), "description": part("description"), "enabled": true, "settings": part("settings")})
}

async fn put(world: &mut World, body: &Value) -> Reply {
    world.admin.json(Method::PUT, "/api/v1/authenticators/dingtalk", Some(body)).await
}

async fn can_sign_in(world: &World) -> bool {
    world.browser().sign_in_as(&world.simulator, "dingtalk", "lin").await.status == 303
}

/// SC-1: blank or absent keeps it.
#[tokio::test(flavor = "multi_thread")]
async fn sc_1_a_blank_secret_stays_what_it_was() {
    let mut world = World::signing_in().await;
    assert_eq!(world.change_authenticator("dingtalk", &[("settings.client_secret", "")]).await.status, 303);
    assert!(can_sign_in(&world).await);
    let mut body = as_stored(&mut world).await;
    for secret in [None, Some(""), Some("  ")] {
        if let Some(secret) = secret {
            body["settings"]["client_secret"] = secret.into();
        }
        let reply = put(&mut world, &body).await;
        assert_eq!(reply.status, 200, "{secret:?}: {}", reply.body);
        assert!(can_sign_in(&world).await, "{secret:?}");
    }
    body["settings"]["client_secret"] = "another".into();
    body["unproven"] = true.into();
    assert_eq!(put(&mut world, &body).await.status, 200);
    assert!(!can_sign_in(&world).await, "a new one counts");
}

/// SC-1: whoever points an authenticator elsewhere has to know the secret.
#[tokio::test(flavor = "multi_thread")]
async fn sc_1_the_secret_goes_nowhere_else() {
    const ELSEWHERE: [(&str, &str); 5] = [
        ("client_id", "dingdemobare0002"),
        ("login_url", "https://evil.example"),
        ("api_url", "https://evil.example"),
        ("legacy_url", "https://evil.example"),
        ("region", "international"),
    ];
    let mut world = World::signing_in().await;
    let before = as_stored(&mut world).await;
    for (field, value) in ELSEWHERE {
        for secret in ["", " "] {
            let name = format!("settings.{field}");
            let form = [(name.as_str(), value), ("settings.client_secret", secret)];
            let reply = world.change_authenticator("dingtalk", &form).await;
            assert_eq!(reply.status, 422, "{field}");
            assert!(reply.page().has("input[name='settings.client_secret'][aria-invalid='true']"), "{field}");
        }
        let mut body = before.clone();
        body["settings"][field] = value.into();
        let reply = put(&mut world, &body).await;
        assert_eq!(reply.status, 422, "{field}: {}", reply.body);
        assert!(reply.body.contains("client_secret"), "{field}: {}", reply.body);
        assert_eq!(as_stored(&mut world).await, before, "{field}");
    }
    assert!(can_sign_in(&world).await);
}

/// SC-2: what signs people in cannot be read from the files of the database.
#[tokio::test(flavor = "multi_thread")]
async fn sc_2_the_files_hold_nothing_in_clear() {
    let world = World::signing_in().await;
    let mut browser = world.browser();
    let waiting = browser.go_to_provider(&world.simulator, "dingtalk", "zhou").await;
    let state = Url::parse(&waiting).unwrap().query_pairs().find(|(name, _)| name == "state").unwrap().1.into_owned();
    let mut secrets = vec![CLIENT_SECRET.to_owned(), world.admin_password.clone(), state];
    secrets.extend(browser.cookies.values().cloned());
    let mut signed_in = world.browser();
    assert_eq!(signed_in.sign_in_as(&world.simulator, "dingtalk", "lin").await.status, 303);
    secrets.extend(signed_in.cookies.values().cloned());
    secrets.extend(world.admin.cookies.values().cloned());
    assert!(secrets.len() >= 6 && secrets.iter().all(|secret| secret.len() >= 16), "{secrets:?}");
    let mut files = 0;
    for entry in fs::read_dir(world.data_dir()).unwrap().map(Result::unwrap).filter(|entry| entry.path().is_file()) {
        let bytes = fs::read(entry.path()).unwrap();
        files += 1;
        for secret in &secrets {
            let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
            assert!(!found, "{:?} holds {secret}", entry.path());
        }
        assert_eq!(entry.metadata().unwrap().permissions().mode() & 0o077, 0, "{:?} is private", entry.path());
    }
    assert!(files >= 3, "database, log of the database, key");
}

/// SC-2: a ciphertext opens only where it was put.
#[tokio::test(flavor = "multi_thread")]
async fn sc_2_a_moved_ciphertext_stays_closed() {
    let mut world = World::signing_in().await;
    world.add_authenticator("second", true).await;
    let sealed = world.texts("SELECT sealed FROM authenticator_secrets ORDER BY authenticator_id").await;
    let ids = world.texts("SELECT authenticator_id FROM authenticator_secrets ORDER BY authenticator_id").await;
    assert_ne!(sealed[0], sealed[1], "the same secret twice gives two ciphertexts");
    for (id, sealed) in [(&ids[0], &sealed[1]), (&ids[1], &sealed[0])] {
        world
            .tamper(&format!("UPDATE authenticator_secrets SET sealed = '{sealed}' WHERE authenticator_id = '{id}'"))
            .await;
    }
    world.tamper("UPDATE revisions SET n = n + 1 WHERE topic = 'authenticators'").await;
    for uid in ["dingtalk", "second"] {
        let mut browser = world.browser();
        eventually("the sign-in stops", async || browser.click(uid).await.status == 500).await;
        let refused = browser.click(uid).await;
        let code = refused.page().texts("code#reference").pop().unwrap();
        assert!(!tells_the_secret(&refused.body) && !refused.body.contains("sealed"));
        assert!(logged().lines().any(|line| line.contains(&code) && line.contains("changed or moved")));
    }
    assert_eq!(world.simulator.counters().get(Endpoint::UserAccessToken), 0);
}

/// A copy of a world's data, for a process to start on.
async fn copied(world: &World) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("gatehouse.db");
    world.tamper(&format!("VACUUM INTO '{}'", database.display())).await;
    put_key(folder.path(), &fs::read_to_string(world.data_dir().join("master.key")).unwrap());
    folder
}

fn put_key(folder: &Path, text: &str) {
    let file = folder.join("master.key");
    fs::write(&file, text).unwrap();
    fs::set_permissions(file, Permissions::from_mode(0o600)).unwrap();
}

/// SC-2: without the right key there is no start, and the reason is told.
#[tokio::test(flavor = "multi_thread")]
async fn sc_2_no_start_without_the_right_key() {
    let world = World::signing_in().await;
    let folder = copied(&world).await;
    let good = fs::read_to_string(folder.path().join("master.key")).unwrap();
    // It does start with the key, so nothing else is in the way.
    let node = Process::serve(folder.path(), &[]).await;
    assert!(node.address.starts_with("http://127.0.0.1:"));
    node.kill().await;
    let bad = [
        ("wrong", "uLqXEh3gAm0mXHVfTYpMZP8Zt3Yh2LQFp1cZC0nT5wM=\n", "no master key with the id"),
        ("empty", "", "32 random bytes"),
        ("short", "uLqXEh3gAm0mXHVfTYpMZA==\n", "32 random bytes"),
        ("all zeros", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n", "32 random bytes"),
        ("a sample", "Y2hhbmdlbWVjaGFuZ2VtZWNoYW5nZW1lY2hhbmdlbWU=\n", "32 random bytes"),
        ("no base64", "correct horse battery staple\n", "32 random bytes"),
    ];
    for (what, key, reason) in bad {
        put_key(folder.path(), key);
        let told = refuses_to_start(folder.path(), &[]).await;
        assert!(told.contains(reason), "{what}: {told}");
        assert!(key.is_empty() || !told.contains(key.trim()), "{what}: the key itself is not told");
    }
    fs::remove_file(folder.path().join("master.key")).unwrap();
    assert!(refuses_to_start(folder.path(), &[]).await.contains("cannot be read"), "missing");
    assert!(!folder.path().join("master.key").exists(), "none is made for data that is there");
    put_key(folder.path(), &good);
    fs::set_permissions(folder.path().join("master.key"), Permissions::from_mode(0o644)).unwrap();
    assert!(refuses_to_start(folder.path(), &[]).await.contains("chmod 600"), "readable by others");
}

/// SC-3: values that occur nowhere else, planted wherever something secret is; then everything that was put out is
/// searched for them.
#[tokio::test(flavor = "multi_thread")]
async fn sc_3_no_canary_sings() {
    const TOKEN: &str = "canary-token-7f3a9c51e2";
    const PASSWORD: &str = "canary password of 31 letters";
    const WRONG: &str = "canary-wrong-password-5512";
    const SECRET: &str = "canary-client-secret-88412";
    const PHONE: &str = "13977755533";
    let mut world = World::signing_in().await;
    world.simulator.update_app(CLIENT_ID, |app| app.client_secret = SECRET.into()).unwrap();
    assert_eq!(world.change_authenticator("dingtalk", &[("settings.client_secret", SECRET)]).await.status, 303);
    let body = json!({"username": "one", "phone": PHONE, "roles": ["member"], "password": PASSWORD});
    assert_eq!(world.admin.json(Method::POST, "/api/v1/users", Some(&body)).await.status, 201);
    let mut canaries: Vec<String> = [TOKEN, PASSWORD, WRONG, SECRET, PHONE].map(str::to_owned).to_vec();
    let mut pages = String::new();
    let mut browser = world.browser();
    for password in [PASSWORD, WRONG] {
        pages += &browser.sign_in_with_password("one", password).await.body;
        // Typed into the wrong field it comes back to whoever typed it, but goes nowhere else.
        assert_eq!(browser.clone().sign_in_with_password(password, password).await.status, 422);
    }
    let form = [("current", PASSWORD), ("new", WRONG), ("again", WRONG)];
    pages += &browser.post("/account/password", &form).await.body;
    for (token, profile) in answers(TOKEN, PHONE) {
        world.simulator.fault(Endpoint::UserAccessToken, token);
        world.simulator.fault(Endpoint::ContactUser, profile);
        let (status, told) = one_more(&world, &mut canaries).await;
        assert_ne!(status, 303, "{told}");
        pages += &told;
        world.simulator.clear_faults();
    }
    for mutation in [Mutation::DifferingPair, Mutation::DuplicateState, Mutation::Error { reason: "no".into() }] {
        world.simulator.callback_fault(CallbackFault { times: Some(1), mutation });
        pages += &one_more(&world, &mut canaries).await.1;
    }
    pages += &world.admin.json(Method::POST, "/api/v1/authenticators/dingtalk/check", None).await.body;
    let journal =
        world.admin.get("/api/v1/journal?limit=200").await.body + &world.admin.get("/admin/journal").await.body;
    canaries.extend(world.admin.cookies.values().cloned());
    for canary in canaries {
        for (place, text) in [("a page", &pages), ("the journal", &journal), ("the log", &logged())] {
            let line = text.lines().find(|line| line.contains(&canary)).unwrap_or_default();
            assert!(line.is_empty(), "{place} tells {canary}: {line}");
        }
    }
}

/// Answers of the provider for a token and for a profile, that hold what must not be told.
fn answers(token: &str, phone: &str) -> Vec<(Fault, Fault)> {
    let answer = |status: u16, body: String| Fault::always().answer(status, "application/json", body);
    let good = || answer(200, json!({"accessToken": token, "expireIn": 7200}).to_string());
    let told = json!({"code": token, "message": format!("{token} {phone}"), "requestid": token}).to_string();
    vec![
        (good(), answer(200, json!({"unionId": format!("{token}\n"), "mobile": phone}).to_string())),
        (good(), answer(200, json!({"unionId": "Canary", "mobile": [phone]}).to_string())),
        (
            good(),
            answer(200, json!({"unionId": "Canary", "mobile": format!("{phone}x"), "stateCode": "86"}).to_string()),
        ),
        (good(), answer(400, told.clone())),
        (good(), answer(502, format!("<html>{token} {phone}</html>"))),
        (answer(200, format!("{{\"accessToken\":\"{token}\",")), Fault::always()),
        (answer(200, json!({"accessToken": {"x": token}, "expireIn": phone}).to_string()), Fault::always()),
    ]
}

/// One more sign-in in a browser of its own, whose code, state and cookie join the canaries.
async fn one_more(world: &World, canaries: &mut Vec<String>) -> (u16, String) {
    let mut browser: Client = world.browser();
    let address = browser.go_to_provider(&world.simulator, "dingtalk", "lin").await;
    let query: Vec<String> = Url::parse(&address).unwrap().query_pairs().map(|(_, value)| value.into_owned()).collect();
    canaries.extend(query.into_iter().filter(|value| value.len() >= 16));
    canaries.extend(browser.cookies.values().cloned());
    let reply = browser.get(&address).await;
    (reply.status, reply.body)
}
