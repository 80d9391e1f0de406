//! Libraries that end the process, or never come back, while they are loaded: each may do so once (row PL-7).
//!
//! The host is the real program; the libraries are enabled in its database while it is down, as an upgrade of the
//! machine could leave them.

use std::collections::BTreeMap;

use gatehouse_tests::{Client, Culprit, Host, Machine, eventually};
use serde_json::Value;

const UNSIGNED: &str = "--allow-unsigned-plugins";
const MOMENTS: [&str; 3] = ["load", "new", "types"];

/// A machine with these libraries enabled, and an administrator's password.
async fn machine_with(culprits: &[Culprit]) -> (Machine, String) {
    let machine = Machine::new();
    let said = machine.does(&["admin", "create", "--username", "admin"]).await;
    let password = said.lines().find_map(|line| line.trim().strip_prefix("Password:")).unwrap().trim().to_owned();
    for culprit in culprits {
        std::fs::copy(culprit.library(), machine.plugin_dir().join(format!("{}.so", culprit.id()))).unwrap();
        enable(&machine, &culprit.id()).await;
    }
    (machine, password)
}

async fn enable(machine: &Machine, id: &str) {
    let sql = format!("INSERT INTO plugins (id, enabled, sha256, updated_at) VALUES ('{id}', 1, '', 0) RETURNING id");
    assert_eq!(machine.texts(&sql).await, [id]);
}

async fn administrator(host: &Host, password: &str) -> Client {
    let mut admin = host.browser();
    assert_eq!(admin.sign_in_with_password("admin", password).await.status, 303);
    admin
}

/// States of the plug-ins, and the key of the reason that their cards give.
async fn told(admin: &mut Client) -> BTreeMap<String, (String, String)> {
    let listed = admin.get("/api/v1/plugins").await.json();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let plugins = listed["plugins"].as_array().unwrap().iter();
    plugins.map(|one| (text(&one["id"]), (text(&one["state"]), text(&one["reason"]["code"])))).collect()
}

/// Waits until every culprit's card gives its reason.
async fn all_told(admin: &mut Client, culprits: &[Culprit]) -> BTreeMap<String, (String, String)> {
    let mut last = BTreeMap::new();
    eventually("every card gives its reason", async || {
        last = told(admin).await;
        culprits.iter().all(|culprit| last.get(&culprit.id()).is_some_and(|(_, code)| !code.is_empty()))
    })
    .await;
    last
}

/// The key of the sentence for a library in quarantine.
fn quarantined(kind: &str, culprit: &Culprit) -> (String, String) {
    let asked = if culprit.when == "types" { "-asked" } else { "" };
    ("quarantined".to_owned(), format!("plugin-refused-quarantined{kind}{asked}"))
}

/// Every crime at every moment, in the process that tries libraries out: the host serves at once, and does not try again
/// when it is started the next time.
#[tokio::test(flavor = "multi_thread")]
async fn pl_7_a_library_that_fails_its_trial_is_tried_once() {
    let crimes = ["abort", "segfault", "exit", "memory", "loop", "output"];
    let culprits: Vec<Culprit> =
        crimes.into_iter().flat_map(|crime| MOMENTS.map(|when| Culprit { crime, when, place: "both" })).collect();
    let (machine, password) = machine_with(&culprits).await;

    let mut host = machine.serve_with(&[UNSIGNED]).await;
    assert_eq!(host.browser().get("/signin").await.status, 200, "long before the last of them is found out");
    assert!(host.log().contains("people are served without them meanwhile"), "{}", host.log());
    let mut admin = administrator(&host, &password).await;
    let told = all_told(&mut admin, &culprits).await;
    for culprit in &culprits {
        let reason = if culprit.crime == "loop" { "timed-out" } else { "crashed" };
        let expected = ("failed".to_owned(), format!("plugin-refused-probe-{reason}"));
        assert_eq!(told[&culprit.id()], expected, "{culprit:?}");
    }
    assert_eq!(host.end(libc::SIGTERM).await, Some(0));

    let mut host = machine.serve_with(&[UNSIGNED]).await;
    assert_eq!(host.browser().get("/signin").await.status, 200);
    assert!(!host.log().contains("people are served without them meanwhile"), "nothing is tried: {}", host.log());
    let mut admin = administrator(&host, &password).await;
    let told = all_told(&mut admin, &culprits).await;
    for culprit in &culprits {
        let kind = if culprit.crime == "loop" { "-trial-hung" } else { "-trial" };
        assert_eq!(told[&culprit.id()], quarantined(kind, culprit), "{culprit:?}");
    }
    assert!(admin.get("/admin/plugins").await.page().text().contains("Enable it to try again."));
    tries_again(&mut admin, "culprit-aboloabo").await;
    assert!(host.runs());
}

/// An administrator's word ends the quarantine; here the trial fails once more.
async fn tries_again(admin: &mut Client, id: &str) {
    let reply = admin.post(&format!("/admin/plugins/{id}/enable"), &[]).await;
    assert!(!reply.location().contains("notice=plugin-enabled"), "{}", reply.location());
    let expected = ("failed".to_owned(), "plugin-refused-probe-crashed".to_owned());
    assert_eq!(told(admin).await[id], expected);
}

/// Those that behave until they are in the host itself. Each takes it down once; never two for one, and none twice.
#[tokio::test(flavor = "multi_thread")]
async fn pl_7_a_library_ends_the_host_once() {
    let crimes = ["abort", "segfault", "exit", "memory"];
    let culprits: Vec<Culprit> =
        crimes.into_iter().flat_map(|crime| MOMENTS.map(|when| Culprit { crime, when, place: "host" })).collect();
    let (machine, password) = machine_with(&culprits).await;
    for _ in &culprits {
        let died = machine.run(&["serve", UNSIGNED]).await;
        assert!(!died.err.contains("panicked"), "{}", died.err);
    }

    let mut host = machine.serve_with(&[UNSIGNED]).await;
    let mut admin = administrator(&host, &password).await;
    let told = all_told(&mut admin, &culprits).await;
    for culprit in &culprits {
        assert_eq!(told[&culprit.id()], quarantined("", culprit), "{culprit:?}");
    }
    let text = admin.get("/admin/plugins").await.page().text();
    assert!(text.contains("The server stopped while this plug-in was being opened."), "{text}");
    admin.language = "zh-CN";
    let text = admin.get("/admin/plugins").await.page().text();
    assert!(text.contains("此插件在说明自己注册哪些类型时，服务器曾停止。"), "{text}");
    assert!(host.runs());
}

/// Those that never come back in the host cost it a thread that steps back, and are not opened again.
#[tokio::test(flavor = "multi_thread")]
async fn pl_7_a_library_hangs_in_the_host_once() {
    let culprits = ["new", "types"].map(|when| Culprit { crime: "loop", when, place: "host" });
    let (machine, password) = machine_with(&culprits).await;
    let mut host = machine.serve_with(&[UNSIGNED]).await;
    let mut admin = administrator(&host, &password).await;
    let told = all_told(&mut admin, &culprits).await;
    assert!(told.values().all(|(state, code)| state == "failed" && code == "plugin-refused-hangs"), "{told:?}");
    assert_eq!(host.end(libc::SIGTERM).await, Some(0), "it stops as always");

    let mut host = machine.serve_with(&[UNSIGNED]).await;
    let mut admin = administrator(&host, &password).await;
    let told = all_told(&mut admin, &culprits).await;
    for culprit in &culprits {
        assert_eq!(told[&culprit.id()], quarantined("-hung", culprit), "{culprit:?}");
    }
    assert!(host.runs());
}

/// One that hangs in an initialiser holds a lock of the system that every new thread needs. The host cannot be saved
/// from that, so it ends; but only once.
#[tokio::test(flavor = "multi_thread")]
async fn pl_7_a_library_that_stops_the_whole_host_does_so_once() {
    let culprit = Culprit { crime: "loop", when: "load", place: "host" };
    let (machine, password) = machine_with(&[culprit]).await;
    let died = machine.run(&["serve", UNSIGNED]).await;
    assert_eq!(died.code, None, "a signal: {}", died.err);
    assert!(died.err.contains("a plug-in hangs in the middle of being opened"), "{}", died.err);

    let mut host = machine.serve_with(&[UNSIGNED]).await;
    let mut admin = administrator(&host, &password).await;
    assert_eq!(all_told(&mut admin, &[culprit]).await[&culprit.id()], quarantined("-hung", &culprit));
    assert!(host.runs());
}
