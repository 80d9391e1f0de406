//! `gatehouse admin`: the first administrator, and the way back in.

use gatehouse_tests::eventually;
use reqwest::Method;

use super::{password_in, register, seeded};

#[tokio::test(flavor = "multi_thread")]
async fn create_makes_an_administrator_once() {
    let machine = gatehouse_tests::Machine::new();
    let create = ["admin", "create", "--username", "root", "--nickname", "Root", "--email", "root@example.com"];
    let out = machine.does(&create).await;
    let password = password_in(&out);
    assert_eq!(out.matches(&password).count(), 1, "{out}");
    assert!(machine.run(&create).await.refused(1).contains("username"));
    let host = machine.serve().await;
    assert_eq!(host.out(), "", "there is an administrator already");
    let mut browser = host.browser();
    assert_eq!(browser.sign_in_with_password("root@example.com", &password).await.status, 303);
    assert_eq!(browser.get("/admin/plugins").await.status, 200);
}

/// A new password ends the sessions that were there, on the host that runs.
#[tokio::test(flavor = "multi_thread")]
async fn reset_password_ends_sessions() {
    let machine = gatehouse_tests::Machine::new();
    let host = machine.serve().await;
    let old = password_in(&host.out());
    let mut browsers = [host.browser(), host.browser()];
    for browser in &mut browsers {
        assert_eq!(browser.sign_in_with_password("admin", &old).await.status, 303);
        assert_eq!(browser.get("/api/v1/me").await.status, 200);
    }
    let out = machine.does(&["admin", "reset-password", "--username", "ADMIN"]).await;
    for browser in &mut browsers {
        eventually("the session is over", async || browser.get("/api/v1/me").await.status == 401).await;
    }
    assert_eq!(host.browser().sign_in_with_password("admin", &old).await.status, 422);
    let new = password_in(&out);
    assert_eq!(host.browser().sign_in_with_password("admin", &new).await.status, 303);
    assert!(!host.log().contains(&new));
    let unknown = machine.run(&["admin", "reset-password", "--username", "nobody"]).await;
    assert!(unknown.refused(1).contains("there is no user called nobody"));
}

/// Nobody can sign in with a password any more, and the administrator is locked out: this still helps.
#[tokio::test(flavor = "multi_thread")]
async fn reset_password_breaks_the_glass() {
    let (simulator, machine) = seeded().await;
    let host = machine.serve().await;
    let lost = password_in(&host.out());
    let root = password_in(&machine.does(&["admin", "create", "--username", "root"]).await);
    machine.does(&["apply", "-f", "seed.toml"]).await;
    register(&simulator, &host);
    let mut admin = host.browser();
    assert_eq!(admin.sign_in_with_password("admin", &lost).await.status, 303);
    let mut browser = host.browser();
    assert_eq!(browser.sign_in_with_password("root", &root).await.status, 303);
    let id = admin.get("/api/v1/me").await.json()["id"].as_str().unwrap().to_owned();
    let reply = browser.json(Method::POST, &format!("/api/v1/users/{id}/disable"), None).await;
    assert_eq!(reply.status, 200, "{}", reply.body);
    eventually("the host knows the authenticator", async || {
        host.browser().get("/signin").await.body.contains("/signin/dingtalk/start")
    })
    .await;
    let reply = browser.post("/admin/authentication/password/disable", &[]).await;
    assert!(reply.location().contains("notice=disabled"), "{}", reply.location());
    assert_eq!(host.browser().sign_in_with_password("root", &root).await.status, 403);

    let out = machine.does(&["admin", "reset-password", "--username", "admin"]).await;
    assert!(out.contains("was disabled, and is enabled again"), "{out}");
    assert!(out.contains("switched off, and is switched on again"), "{out}");
    let new = password_in(&out);
    eventually("the way in is open", async || host.browser().sign_in_with_password("admin", &new).await.status == 303)
        .await;
    assert_eq!(admin.get("/api/v1/me").await.status, 401, "the old session is of no use");
    let journal = browser.get("/api/v1/journal").await.body;
    assert!(journal.contains("command-line"), "{journal}");
}
