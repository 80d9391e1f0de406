//! `gatehouse apply`, with the file of the demo.

use gatehouse_tests::{Machine, eventually};

use super::{NO_FILES, SEED, register, seeded};

const APPLY: [&str; 3] = ["apply", "-f", "seed.toml"];

/// The verbs of what a run said, thing by thing.
fn verbs(out: &str) -> Vec<(&str, &str)> {
    out.lines().filter_map(|line| line.split_once(' ')).map(|(verb, thing)| (verb, thing.trim())).collect()
}

fn count(out: &str, verb: &str) -> usize {
    verbs(out).into_iter().filter(|(said, _)| *said == verb).count()
}

/// What is stored, apart from sessions and the times.
async fn stored(machine: &Machine) -> Vec<String> {
    let mut rows = Vec::new();
    for sql in [
        "SELECT username || nickname || coalesce(phone, '') || disabled FROM users ORDER BY username",
        "SELECT uid || enabled || settings || title_en FROM authenticators ORDER BY uid",
        "SELECT field || key_id || sealed FROM authenticator_secrets ORDER BY 1",
        "SELECT id || enabled FROM plugins ORDER BY 1",
        "SELECT id FROM journal ORDER BY 1",
    ] {
        rows.extend(machine.texts(sql).await);
    }
    rows
}

#[tokio::test(flavor = "multi_thread")]
async fn it_creates_and_the_second_time_changes_nothing() {
    let (_simulator, machine) = seeded().await;
    let first = machine.does(&APPLY).await;
    assert_eq!(verbs(&first)[0], ("changed", "plug-in auth-dingtalk"), "{first}");
    assert_eq!((count(&first, "created"), first.lines().count()), (6, 8), "{first}");
    assert!(verbs(&first).contains(&("created", "authenticator dingtalk")), "{first}");
    let before = stored(&machine).await;
    let second = machine.does(&APPLY).await;
    assert_eq!((count(&second, "unchanged"), second.lines().count()), (8, 8), "{second}");
    assert_eq!(stored(&machine).await, before);

    machine.write("seed.toml", SEED.replace("nickname = \"白朴\"", "nickname = \"白石\""));
    let third = machine.does(&APPLY).await;
    let changed: Vec<_> = verbs(&third).into_iter().filter(|(verb, _)| *verb != "unchanged").collect();
    assert_eq!(changed, [("changed", "user bai")], "{third}");
    machine.write("seed.toml", SEED.replace("sign_up = true", "sign_up = false").replace("\"白朴\"", "\"白石\""));
    let fourth = machine.does(&APPLY).await;
    let changed: Vec<_> = verbs(&fourth).into_iter().filter(|(verb, _)| *verb != "unchanged").collect();
    assert_eq!(changed, [("changed", "authenticator dingtalk")], "{fourth}");
}

/// Another secret is noticed, although the stored one is sealed.
#[tokio::test(flavor = "multi_thread")]
async fn another_secret_is_a_change() {
    let (_simulator, mut machine) = seeded().await;
    machine.does(&APPLY).await;
    machine.set("DEMO_CLIENT_SECRET", "another-secret-altogether");
    let out = machine.does(&[&APPLY[..], &["--unproven"]].concat()).await;
    assert!(verbs(&out).contains(&("changed", "authenticator dingtalk")), "{out}");
    assert_eq!(count(&machine.does(&APPLY).await, "unchanged"), 8);
    assert_eq!(machine.files_with("another-secret-altogether"), NO_FILES);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dry_run_writes_nothing() {
    let (_simulator, machine) = seeded().await;
    let dry = [&APPLY[..], &["--dry-run"]].concat();
    let out = machine.does(&dry).await;
    assert!(out.ends_with("nothing was changed.\n"), "{out}");
    assert_eq!(count(&out, "created"), 6, "{out}");
    let before = stored(&machine).await;
    assert_eq!(before.len(), 1, "only the built-in authenticator: {before:?}");
    machine.does(&APPLY).await;
    let before = stored(&machine).await;
    machine.write("seed.toml", SEED.replace("sign_up = true", "sign_up = false").replace("\"白朴\"", "\"白石\""));
    let out = machine.does(&dry).await;
    assert_eq!(count(&out, "changed"), 2, "{out}");
    assert_eq!(stored(&machine).await, before);
}

const USER: &str = "[[users]]\nusername = \"mira\"\n";

/// What the file says, the exit code, and what the complaint names.
const TABLE: [(&str, i32, &[&str]); 12] = [
    ("[[users]]\nusername = \"mira\"\npassword = \"a secret in clear text\"", 2, &["user mira", "does not belong"]),
    ("[[users]]\nusername = \"mira\"\ncolour = \"red\"", 2, &["line 3", "colour"]),
    ("[[people]]\nusername = \"mira\"", 2, &["line 1", "people"]),
    ("[[plugins]]\nid = \"auth-dingtalk\"\nversion = \"1\"", 2, &["version"]),
    ("[[users]]\nusername = \"mira\"\n[[users]]\nusername = \"MIRA\"", 2, &["user mira", "twice"]),
    ("[[users]]\nusername = \"mira\"\nroles = [\"king\"]", 2, &["roles", "king"]),
    ("[[users]]\nusername = \"mira\"\npassword = { env = \"NOT_THERE\" }", 2, &["NOT_THERE"]),
    ("[[users]]\nusername = \"mira\"\npassword = { file = \"not-there\" }", 2, &["not-there"]),
    ("[[users]]\nusername = \"mira\"\nphone = \"a secret in clear text\"", 1, &["user mira", "phone"]),
    ("[[users]]\nusername = \"a secret in clear text\" x", 2, &["line 2"]),
    ("[[authenticators]]\nuid = \"x\"\ntype = \"dingtalk\"", 1, &["authenticator x", "enable the plug-in"]),
    ("[[plugins]]\nid = \"auth-elsewhere\"", 1, &["plug-in auth-elsewhere"]),
];

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_is_refused_with_the_place() {
    let machine = Machine::with_plugin();
    for (text, code, told) in TABLE {
        machine.write("seed.toml", text);
        let outcome = machine.run(&APPLY).await;
        let line = outcome.refused(code);
        for word in told {
            assert!(line.contains(word), "{text}: {line}");
        }
        assert!(!line.contains("clear text"), "{line}");
    }
    assert!(machine.run(&["apply", "-f", "no-such-file"]).await.refused(2).contains("no-such-file"));
    assert_eq!(machine.texts("SELECT username FROM users").await, [""; 0]);
    machine.write("seed.toml", USER);
    assert_eq!(count(&machine.does(&APPLY).await, "created"), 1, "and then it works");
}

/// A secret does not stand in the file, and a setting that the form does not have is refused.
#[tokio::test(flavor = "multi_thread")]
async fn a_secret_in_the_file_and_an_unknown_setting_are_refused() {
    let (_simulator, machine) = seeded().await;
    let secret = "{ env = \"DEMO_CLIENT_SECRET\" }";
    machine.write("seed.toml", SEED.replace(secret, "\"a secret in clear text\""));
    let outcome = machine.run(&APPLY).await;
    let line = outcome.refused(2);
    assert!(line.contains("settings.client_secret") && line.contains("does not belong in this file"), "{line}");
    assert!(!format!("{outcome:?}").contains("clear text"));
    machine.write("seed.toml", SEED.replace("sign_up = true", "sign_upp = true"));
    assert!(machine.run(&APPLY).await.refused(1).contains("sign_upp"));
    let uids = machine.texts("SELECT uid FROM authenticators").await;
    assert_eq!(uids, ["password"]);
}

/// Beside a running host: it notices, and a person can sign in.
#[tokio::test(flavor = "multi_thread")]
async fn a_running_host_notices() {
    let (simulator, machine) = seeded().await;
    let host = machine.serve().await;
    let button = async || host.browser().get("/signin").await.body.contains("/signin/dingtalk/start");
    assert!(!button().await);
    machine.does(&APPLY).await;
    eventually("the button is there", button).await;
    register(&simulator, &host);
    let mut lin = host.browser();
    assert_eq!(lin.sign_in_as(&simulator, "dingtalk", "lin").await.status, 303);
    assert!(lin.get("/").await.page().text().contains("林小满"));

    machine.write("off.toml", "[[plugins]]\nid = \"auth-dingtalk\"\nenabled = false");
    assert_eq!(machine.does(&["apply", "-f", "off.toml"]).await, "changed    plug-in auth-dingtalk\n");
    eventually("the button is gone", async || !button().await).await;
    assert_eq!(lin.get("/api/v1/me").await.status, 200, "sessions stay");
    machine.does(&APPLY).await;
    eventually("the button is back", button).await;
}
