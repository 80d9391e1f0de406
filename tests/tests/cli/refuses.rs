//! What the host refuses to start with (rows CF-1, SC-2): one plain line with the reason, and exit code 2.

use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt, chown};

use gatehouse_tests::{Machine, Outcome};

/// What the file says, what the variables say, and what the complaint has to name.
type Row = (&'static str, &'static [(&'static str, &'static str)], &'static [&'static str]);

const TABLE: [Row; 29] = [
    ("colour = \"red\"", &[], &["colour", "gatehouse.toml"]),
    ("[server]\nlisten = \"127.0.0.1:0\"", &[], &["server", "gatehouse.toml"]),
    ("public-url = \"https://gate.example\"", &[], &["public-url"]),
    ("this is no TOML", &[], &["gatehouse.toml"]),
    ("session_idle_minutes = \"soon\"", &[], &["session_idle_minutes"]),
    ("session_idle_minutes = 0", &[], &["session_idle_minutes"]),
    ("session_absolute_hours = -1", &[], &["session_absolute_hours"]),
    ("default_country_code = \"+86\"", &[], &["default_country_code"]),
    ("trusted_proxies = [\"0.0.0.0/0\"]", &[], &["trusted_proxies"]),
    ("trusted_proxies = [\"::/0\"]", &[], &["trusted_proxies"]),
    ("private_upstreams = [\"169.254.0.0/16\"]", &[], &["private_upstreams"]),
    ("private_upstreams = [\"0.0.0.0/0\"]", &[], &["private_upstreams"]),
    ("plugin_keys = { vendor = \"RWnotakey\" }", &[], &["plugin_keys", "vendor"]),
    ("plugin_keys = { \" \" = \"RWnotakey\" }", &[], &["plugin_keys"]),
    ("plugin_uploads = \"maybe\"", &[], &["plugin_uploads"]),
    ("trusted_proxies = [\"the proxy\"]", &[], &["trusted_proxies"]),
    ("log = \"gatehouse=loud\"", &[], &["log"]),
    ("log_format = \"xml\"", &[], &["log_format"]),
    ("public_url = \"http://gate.example\"", &[], &["public_url", "https://"]),
    ("public_url = \"ftp://127.0.0.1/\"", &[], &["public_url", "https://"]),
    ("public_url = \"gate.example\"", &[], &["public_url"]),
    ("public_url = \"https://me:secret@gate.example\"", &[], &["public_url"]),
    ("public_url = \"https://gate.example/?a=b\"", &[], &["public_url"]),
    ("public_url = \"https://gate.example/#a\"", &[], &["public_url"]),
    (
        "public_url = \"https://gate.example\"\nallow_loopback_upstreams = true",
        &[],
        &["allow_loopback_upstreams", "public_url"],
    ),
    ("", &[("GATEHOUSE_COLOUR", "red")], &["colour"]),
    ("", &[("GATEHOUSE_LISTEN", "0.0.0.0:0")], &["public_url is missing"]),
    ("", &[("GATEHOUSE_LISTEN", "everywhere")], &["listen"]),
    ("", &[("GATEHOUSE_CONFIG", "/nowhere/gatehouse.toml")], &["/nowhere/gatehouse.toml"]),
];

#[tokio::test(flavor = "multi_thread")]
async fn cf_1_an_unknown_key_or_an_unsafe_value() {
    for (file, variables, told) in TABLE {
        let mut machine = Machine::new();
        machine.write("gatehouse.toml", file);
        for (name, value) in variables {
            machine.set(name, value);
        }
        let outcome = machine.run(&["serve"]).await;
        let line = outcome.refused(2);
        for word in told {
            assert!(line.to_lowercase().contains(word), "{file} {variables:?}: {line}");
        }
        assert!(!line.contains("secret"), "{line}");
        assert!(!machine.data_dir().exists(), "{file}: nothing is touched before");
    }
}

/// Every command reads the same configuration, and refuses it the same way.
#[tokio::test(flavor = "multi_thread")]
async fn every_command_refuses_a_bad_configuration() {
    let machine = Machine::new();
    machine.write("gatehouse.toml", "colour = \"red\"");
    let seed = machine.write("seed.toml", "");
    let commands: [&[&str]; 5] = [
        &["apply", "-f", seed.to_str().unwrap()],
        &["admin", "create", "--username", "root"],
        &["admin", "reset-password", "--username", "root"],
        &["plugin", "list"],
        &["key", "reseal"],
    ];
    for command in commands {
        assert!(machine.run(command).await.refused(2).contains("colour"), "{command:?}");
    }
}

/// Starts with `key` in the master key file.
async fn start_with_key(key: &str) -> Outcome {
    let mut machine = Machine::new();
    let file = machine.write("keys", key);
    machine.set("GATEHOUSE_MASTER_KEY_FILE", file.display());
    let outcome = machine.run(&["serve"]).await;
    assert!(key.trim().is_empty() || !outcome.err.contains(key.trim()), "{outcome:?}");
    outcome
}

#[tokio::test(flavor = "multi_thread")]
async fn sc_2_a_short_sample_or_missing_master_key() {
    let sample = [
        "",
        "\n# nothing but a remark\n",
        "change-me",
        "c2hvcnQ",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        // Thirty-one bytes, thirty-three bytes.
        "wy2nr0c1Jh6dY8pQe5uVXkT3mZgLb9sWfA7oCxRtDg",
        "wy2nr0c1Jh6dY8pQe5uVXkT3mZgLb9sWfA7oCxRtDg0U",
        // 0, 1, 2 … 31.
        "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8",
        // "0123456789abcdef" twice, and "this is a sample key, change me!".
        "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY",
        "dGhpcyBpcyBhIHNhbXBsZSBrZXksIGNoYW5nZSBtZSE",
    ];
    for key in sample {
        let outcome = start_with_key(key).await;
        assert!(outcome.refused(2).contains("master key"), "{key}: {outcome:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sc_2_a_key_file_that_others_may_read_or_that_is_gone() {
    let mut machine = Machine::new();
    let key = machine.does(&["key", "new"]).await;
    let file = machine.write("keys", key);
    machine.set("GATEHOUSE_MASTER_KEY_FILE", file.display());
    for mode in [0o640, 0o604, 0o622, 0o666] {
        fs::set_permissions(&file, Permissions::from_mode(mode)).unwrap();
        let outcome = machine.run(&["serve"]).await;
        assert!(outcome.refused(2).contains("chmod 600"), "{mode:o}: {outcome:?}");
    }
    fs::remove_file(&file).unwrap();
    let outcome = machine.run(&["serve"]).await;
    assert!(outcome.refused(2).contains("master key cannot be read"), "{outcome:?}");
    assert!(!file.exists(), "no key is made where an administrator said that there is one");
}

/// CF-1: a token that others may read, or that could be guessed, protects nothing.
#[tokio::test(flavor = "multi_thread")]
async fn cf_1_a_metrics_token_that_protects_nothing() {
    const TOKEN: &str = "5f2b0c6e9d714b0f8a3e6c1d2b7a4f90";
    let mut machine = Machine::new();
    let file = machine.write("token", "");
    machine.set("GATEHOUSE_METRICS_TOKEN_FILE", file.display());
    let with_blank = format!("{TOKEN} {TOKEN}");
    for token in ["", "\n", "change-me", &TOKEN[1..], &with_blank] {
        machine.write("token", token);
        let outcome = machine.run(&["serve"]).await;
        let line = outcome.refused(2);
        assert!(line.contains("metrics_token_file") && (token.trim().is_empty() || !line.contains(token)), "{line}");
    }
    machine.write("token", TOKEN);
    for mode in [0o640, 0o604, 0o666] {
        fs::set_permissions(&file, Permissions::from_mode(mode)).unwrap();
        assert!(machine.run(&["serve"]).await.refused(2).contains("chmod 600"), "{mode:o}");
    }
    fs::remove_file(&file).unwrap();
    assert!(machine.run(&["serve"]).await.refused(2).contains("metrics_token_file"));
    assert!(!machine.data_dir().exists(), "nothing is touched before");
    machine.write("token", format!("{TOKEN}\n"));
    machine.serve().await;
}

/// A key is only ever made with the database: a lost one is not replaced by one that opens nothing.
#[tokio::test(flavor = "multi_thread")]
async fn sc_2_a_lost_key_is_not_replaced() {
    let machine = Machine::new();
    assert_eq!(machine.serve().await.end(libc::SIGTERM).await, Some(0));
    fs::remove_file(machine.key_file()).unwrap();
    let outcome = machine.run(&["serve"]).await;
    assert!(outcome.refused(2).contains("master.key"), "{outcome:?}");
    assert!(!machine.key_file().exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_that_others_may_change() {
    for which in ["data", "plugins"] {
        let machine = Machine::new();
        let folder = if which == "data" { machine.data_dir() } else { machine.plugin_dir() };
        let _ = fs::create_dir(&folder);
        for mode in [0o777, 0o770, 0o722] {
            fs::set_permissions(&folder, Permissions::from_mode(mode)).unwrap();
            let outcome = machine.run(&["serve"]).await;
            let line = outcome.refused(2);
            assert!(line.contains("chmod go-w") && line.contains(&*folder.to_string_lossy()), "{mode:o}: {line}");
        }
        fs::set_permissions(&folder, Permissions::from_mode(0o700)).unwrap();
        machine.serve().await;
    }
}

/// What root writes, the service cannot read.
#[tokio::test(flavor = "multi_thread")]
async fn a_folder_of_somebody_else() {
    let machine = Machine::new();
    fs::create_dir(machine.data_dir()).unwrap();
    fs::set_permissions(machine.data_dir(), Permissions::from_mode(0o700)).unwrap();
    // Only root may give a folder away; for anybody else there is nothing to try.
    if chown(machine.data_dir(), Some(65534), None).is_ok() {
        assert!(machine.run(&["serve"]).await.refused(2).contains("another user"));
        assert!(machine.run(&["plugin", "list"]).await.refused(2).contains("sudo -u"));
    }
}
