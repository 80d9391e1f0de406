//! The host dies as the power does, in the middle of its work. What it acknowledged is there afterwards.

use std::sync::{Arc, Mutex};

use gatehouse_tests::{Client, eventually};
use reqwest::Method;

use super::{password_in, register, seeded};

const COOKIE: &str = "__Host-gatehouse";

/// Signs in over and over, and keeps the ids of the sessions that were acknowledged, until nobody answers.
async fn sign_in_until_the_end(browser: Client, password: String, kept: Arc<Mutex<Vec<String>>>) {
    loop {
        let request = browser.request(Method::POST, "/signin/password").header("origin", browser.origin());
        let Ok(reply) = request.form(&[("identifier", "admin"), ("password", &password)]).send().await else { return };
        let cookie = reply.headers()["set-cookie"].to_str().unwrap();
        let id = cookie.strip_prefix(&format!("{COOKIE}=")).unwrap().split(';').next().unwrap();
        kept.lock().unwrap().push(id.to_owned());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sessions_and_attempts_survive_a_kill() {
    let (simulator, mut machine) = seeded().await;
    let password = password_in(&machine.does(&["admin", "create", "--username", "admin"]).await);
    machine.does(&["apply", "-f", "seed.toml"]).await;
    let mut host = machine.serve().await;
    register(&simulator, &host);
    let mut signed_in = host.browser();
    assert_eq!(signed_in.sign_in_as(&simulator, "dingtalk", "lin").await.status, 303);
    let mut half_way = host.browser();
    let back = half_way.go_to_provider(&simulator, "dingtalk", "plain").await;

    let kept = Arc::default();
    let busy: Vec<_> = (0..4)
        .map(|_| tokio::spawn(sign_in_until_the_end(host.browser(), password.clone(), Arc::clone(&kept))))
        .collect();
    eventually("it is at work", async || kept.lock().unwrap().len() >= 8).await;
    assert_eq!(host.end(libc::SIGKILL).await, None);
    for task in busy {
        task.await.unwrap();
    }

    // On the same port, so that the way back leads there.
    machine.set("GATEHOUSE_LISTEN", format!("127.0.0.1:{}", host.port()));
    let mut host = machine.serve().await;
    assert_eq!(host.out(), "", "no second administrator");
    assert_eq!(signed_in.get("/api/v1/me").await.status, 200);
    let reply = half_way.get(&back).await;
    assert_eq!(reply.status, 303, "{}", reply.body);
    assert!(half_way.get("/").await.page().text().contains("白朴"));
    let kept = kept.lock().unwrap().clone();
    for id in kept {
        let mut browser = host.browser();
        browser.cookies.insert(COOKIE.to_owned(), id);
        assert_eq!(browser.get("/api/v1/me").await.status, 200, "an acknowledged session is lost");
    }
    assert!(host.runs());
    let quick = machine.texts("PRAGMA integrity_check").await;
    assert_eq!(quick, ["ok"]);
}
