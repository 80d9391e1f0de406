//! `gatehouse doctor`, and what `gatehouse apply` says and keeps.

use dingtalk_simulator::{Fault, Permission, Preset, Scenario, Simulator};
use gatehouse_tests::{CLIENT_ID, CLIENT_SECRET, Machine};
use serde_json::Value;

use super::{WRONG, found, ids, severity};

const FILE: &str = r#"
[[plugins]]
id = "auth-dingtalk"

[[authenticators]]
uid = "dingtalk"
type = "dingtalk"

[authenticators.settings]
membership = "never"
client_id = { env = "DEMO_CLIENT_ID" }
client_secret = { env = "DEMO_CLIENT_SECRET" }
region = "custom"
login_url = { env = "DEMO_DINGTALK" }
api_url = { env = "DEMO_DINGTALK" }
legacy_url = { env = "DEMO_DINGTALK" }
"#;

const APPLY: [&str; 3] = ["apply", "-f", "it.toml"];

/// A machine with one authenticator, and its provider.
async fn applied() -> (Simulator, Machine) {
    let (simulator, machine) = prepared().await;
    machine.does(&APPLY).await;
    (simulator, machine)
}

async fn prepared() -> (Simulator, Machine) {
    let simulator = Simulator::start(Scenario::demo().unwrap()).await.expect("the simulator starts");
    let mut machine = Machine::with_plugin();
    machine.set("DEMO_CLIENT_ID", CLIENT_ID);
    machine.set("DEMO_CLIENT_SECRET", CLIENT_SECRET);
    machine.set("DEMO_DINGTALK", simulator.base_url());
    machine.write("it.toml", FILE);
    (simulator, machine)
}

/// The exit code, and what is said with `--json`.
async fn report(machine: &Machine, more: &[&str]) -> (Option<i32>, Value) {
    let outcome = machine.run(&[&["doctor", "--json"], more].concat()).await;
    let report = serde_json::from_str(&outcome.out).unwrap_or_else(|_| panic!("{outcome:?}"));
    (outcome.code, report)
}

#[tokio::test(flavor = "multi_thread")]
async fn all_is_well() {
    let (_simulator, machine) = applied().await;
    let out = machine.does(&["doctor"]).await;
    assert!(out.starts_with("DingTalk · dingtalk · enabled · http://127.0.0.1"), "{out}");
    assert!(out.contains("\n  Good     DingTalk accepts the Client ID and the Client Secret.\n"), "{out}");
    let (code, report) = report(&machine, &["--uid", "dingtalk", "--strict"]).await;
    assert_eq!((code, &report["errors"], &report["warnings"]), (Some(0), &Value::from(0), &Value::from(0)), "{report}");
    let one = &report["authenticators"][0];
    assert_eq!((one["uid"].as_str(), one["type"].as_str()), (Some("dingtalk"), Some("dingtalk")));
    let found = found(one);
    assert_eq!(severity(&found, "credentials"), Some("good"), "{report}");
    assert_eq!(severity(&found, "public-url"), Some("info"), "a demonstration");
    assert_eq!(severity(&found, "proxy"), None, "nobody came over the network");
    let written = machine.texts("SELECT kind || ' ' || actor FROM journal WHERE actor = 'doctor'").await;
    assert_eq!(written, ["authenticator.checked doctor"; 2], "and nothing else is written");
}

#[tokio::test(flavor = "multi_thread")]
async fn errors_and_warnings_have_exit_codes() {
    let (simulator, machine) = applied().await;
    simulator.update_app(CLIENT_ID, |app| app.client_secret = WRONG.into()).unwrap();
    let (code, told) = report(&machine, &[]).await;
    assert_eq!((code, ids(&found(&told["authenticators"][0]), "error")), (Some(2), vec!["credentials"]), "{told}");
    let outcome = machine.run(&["doctor"]).await;
    assert_eq!(outcome.refused(2), "1 error, 0 warnings");
    assert!(outcome.out.contains("  Error    "), "{}", outcome.out);
    assert!(!format!("{outcome:?}").contains(CLIENT_SECRET), "SC-3");

    simulator.update_app(CLIENT_ID, |app| app.client_secret = CLIENT_SECRET.into()).unwrap();
    // Years ago, by the provider's clock.
    simulator.set_date(1_000_000_000_000);
    let (code, told) = report(&machine, &[]).await;
    assert_eq!((code, ids(&found(&told["authenticators"][0]), "warning")), (Some(0), vec!["clock"]), "{told}");
    assert_eq!(report(&machine, &["--strict"]).await.0, Some(1));
    assert_eq!(machine.run(&["doctor", "--strict"]).await.refused(1), "0 errors, 1 warning");
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_in_the_way_is_an_error() {
    let (simulator, machine) = applied().await;
    simulator.fault(None, Fault::always().preset(Preset::IpNotAllowed));
    assert_eq!(ids(&found(&report(&machine, &[]).await.1["authenticators"][0]), "error"), ["address"]);
    simulator.clear_faults();
    simulator.update_app(CLIENT_ID, |app| _ = app.permissions.remove(&Permission::GetMember)).unwrap();
    machine.write("it.toml", FILE.replace("\"never\"", "\"always\"\ncorp_id = \"dingcorpdemo0001\""));
    machine.run(&APPLY).await;
    let (code, told) = report(&machine, &[]).await;
    assert_eq!(
        (code, ids(&found(&told["authenticators"][0]), "error")),
        (Some(2), vec!["permission-members"]),
        "{told}"
    );
    simulator.fault(None, Fault::always().preset(Preset::ServerError));
    assert_eq!(report(&machine, &[]).await.0, Some(2), "the provider is down");
    machine.write("off.toml", "[[plugins]]\nid = \"auth-dingtalk\"\nenabled = false");
    machine.does(&["apply", "-f", "off.toml"]).await;
    let (code, told) = report(&machine, &[]).await;
    assert_eq!((code, ids(&found(&told["authenticators"][0]), "error")), (Some(2), vec!["plug-in"]), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_to_examine_and_nobody_of_that_name() {
    let machine = Machine::with_plugin();
    assert_eq!(machine.does(&["doctor"]).await, "There is no authenticator to examine.\n");
    assert!(machine.does(&["doctor", "--uid", "password"]).await.contains("It is built in"));
    assert!(machine.run(&["doctor", "--uid", "nobody"]).await.refused(2).contains("nobody"));
}

/// Beside a running host, in Chinese.
#[tokio::test(flavor = "multi_thread")]
async fn beside_a_host_and_in_the_terminals_language() {
    let (_simulator, mut machine) = applied().await;
    let host = machine.serve().await;
    machine.set("LANG", "zh_CN.UTF-8");
    let out = machine.does(&["doctor"]).await;
    assert!(out.contains("钉钉 · dingtalk · 已启用") && out.contains("正常"), "{out}");
    assert_eq!(host.browser().get("/signin").await.status, 200);
}

/// What a file enables is enabled, and what is in the way is told.
#[tokio::test(flavor = "multi_thread")]
async fn apply_warns_and_enables() {
    let (simulator, machine) = prepared().await;
    simulator.fault(None, Fault::always().preset(Preset::IpNotAllowed));
    let outcome = machine.run(&APPLY).await;
    assert_eq!(outcome.code, Some(0), "{outcome:?}");
    assert!(outcome.out.contains("created    authenticator dingtalk"), "{outcome:?}");
    assert!(outcome.err.starts_with("gatehouse: authenticator dingtalk: DingTalk does not allow"), "{outcome:?}");
    assert_eq!(
        machine.texts("SELECT uid FROM authenticators WHERE enabled = 1 ORDER BY uid").await,
        ["dingtalk", "password"]
    );
    assert_eq!(machine.does(&APPLY).await.matches("unchanged").count(), 3, "nothing to warn about twice");
}

/// Credentials that work are not replaced by such that do not, unless somebody insists.
#[tokio::test(flavor = "multi_thread")]
async fn apply_proves_a_secret_before_it_replaces_one() {
    let (simulator, mut machine) = applied().await;
    let sealed = async |machine: &Machine| machine.texts("SELECT sealed FROM authenticator_secrets").await;
    let before = sealed(&machine).await;
    machine.set("DEMO_CLIENT_SECRET", WRONG);
    let outcome = machine.run(&APPLY).await;
    let line = outcome.refused(1);
    assert!(line.contains("authenticator dingtalk") && line.contains("the old ones stay in use"), "{line}");
    assert!(!line.contains(WRONG));
    assert_eq!(sealed(&machine).await, before);
    let insisting = [&APPLY[..], &["--unproven"]].concat();
    assert!(machine.does(&insisting).await.contains("changed    authenticator dingtalk"));
    machine.set("DEMO_CLIENT_SECRET", "the-next-one");
    simulator.update_app(CLIENT_ID, |app| app.client_secret = "the-next-one".into()).unwrap();
    assert!(machine.does(&APPLY).await.contains("changed    authenticator dingtalk"), "proven");
    let noted = machine.texts("SELECT detail FROM journal WHERE kind = 'authenticator.changed' ORDER BY id").await;
    assert!(noted[1].contains("unproven") && noted[2].contains("\"proven\""), "{noted:?}");
}

/// The key `refresh`, and the one authenticator that may sign people in inside the client.
#[tokio::test(flavor = "multi_thread")]
async fn apply_knows_the_rest_of_the_form() {
    let (_simulator, machine) = applied().await;
    let with = |line: &str| FILE.replace("type = \"dingtalk\"", &format!("type = \"dingtalk\"\n{line}"));
    let refresh = async || machine.texts("SELECT refresh FROM authenticators WHERE uid = 'dingtalk'").await;
    assert_eq!(refresh().await, ["name,email,picture,phone"]);
    machine.write("it.toml", with("refresh = [\"phone\", \"name\"]"));
    assert!(machine.does(&APPLY).await.contains("changed    authenticator dingtalk"));
    assert_eq!(refresh().await, ["name,phone"]);
    assert_eq!(machine.does(&APPLY).await.matches("unchanged").count(), 3);
    machine.write("it.toml", FILE);
    assert_eq!(machine.does(&APPLY).await.matches("unchanged").count(), 3, "what is not said stays");
    machine.write("it.toml", with("refresh = []"));
    machine.does(&APPLY).await;
    assert_eq!(refresh().await, [""]);
    machine.write("it.toml", with("refresh = [\"colour\"]"));
    assert!(machine.run(&APPLY).await.refused(2).contains("line"));

    let second = FILE.replace("\n[[plugins]]\nid = \"auth-dingtalk\"\n", "");
    let client = "client = true\ncorp_id = \"dingcorpdemo0001\"\nmembership = \"never\"";
    let both = format!("{FILE}{}", second.replace("uid = \"dingtalk\"", "uid = \"other\""));
    machine.write("it.toml", both.replace("membership = \"never\"", client));
    let outcome = machine.run(&APPLY).await;
    let told = outcome.err.lines().last().unwrap();
    assert!(told.contains("authenticator other: settings.client: “DingTalk” (dingtalk)"), "{outcome:?}");
}
