//! `gatehouse key` (row SC-2): secrets stay sealed, and stay readable through a change of keys.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use dingtalk_simulator::Simulator;
use gatehouse_tests::{CLIENT_SECRET, Machine};

use super::{NO_FILES, register, seeded};

/// The ids of the keys that sealed what is stored.
async fn key_ids(machine: &Machine) -> Vec<String> {
    machine.texts("SELECT DISTINCT key_id FROM authenticator_secrets").await
}

/// A host is started, and a person signs in, for which the secret has to be opened.
async fn signs_in(simulator: &Simulator, machine: &Machine) {
    let mut host = machine.serve().await;
    register(simulator, &host);
    let reply = host.browser().sign_in_as(simulator, "dingtalk", "lin").await;
    assert_eq!(reply.status, 303, "{}\n{}", reply.body, host.log());
    assert_eq!(machine.files_with(CLIENT_SECRET), NO_FILES, "while it runs");
    assert!(!host.log().contains(CLIENT_SECRET));
    assert_eq!(host.end(libc::SIGTERM).await, Some(0));
    assert_eq!(machine.files_with(CLIENT_SECRET), NO_FILES, "afterwards");
}

#[tokio::test(flavor = "multi_thread")]
async fn sc_2_secrets_survive_a_rotation() {
    let (simulator, machine) = seeded().await;
    machine.does(&["apply", "-f", "seed.toml"]).await;
    signs_in(&simulator, &machine).await;
    let old = key_ids(&machine).await;
    assert_eq!(old.len(), 1);

    let out = machine.does(&["key", "rotate"]).await;
    assert!(out.starts_with("changed    master key file ") && out.contains("(1 sealed again"), "{out}");
    let new = key_ids(&machine).await;
    assert!(new.len() == 1 && new != old, "{old:?} {new:?}");
    assert!(out.contains(&new[0]), "{out}");
    assert_eq!(fs::metadata(machine.key_file()).unwrap().permissions().mode() & 0o777, 0o600);
    signs_in(&simulator, &machine).await;

    let keys = fs::read_to_string(machine.key_file()).unwrap();
    assert_eq!(keys.lines().count(), 2);
    fs::write(machine.key_file(), keys.lines().next().unwrap()).unwrap();
    signs_in(&simulator, &machine).await;
    assert!(machine.does(&["key", "reseal"]).await.starts_with("unchanged  stored secrets (0"));
}

/// The careful way, in which no host is ever without the key that it needs.
#[tokio::test(flavor = "multi_thread")]
async fn sc_2_a_key_is_added_first_and_used_later() {
    let (simulator, machine) = seeded().await;
    machine.does(&["apply", "-f", "seed.toml"]).await;
    let old = key_ids(&machine).await;
    let out = machine.does(&["key", "rotate", "--only-add"]).await;
    assert!(out.contains("key reseal"), "{out}");
    assert_eq!(key_ids(&machine).await, old);
    signs_in(&simulator, &machine).await;
    machine.does(&["key", "reseal"]).await;
    assert_ne!(key_ids(&machine).await, old);
    signs_in(&simulator, &machine).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sc_2_a_new_key_is_a_good_one_each_time() {
    let mut machine = Machine::new();
    let [one, two] = [machine.does(&["key", "new"]).await, machine.does(&["key", "new"]).await];
    assert_ne!(one, two);
    assert_eq!(one.lines().count(), 1);
    let file = machine.write("keys", format!("# made today\n{one}\n{two}"));
    machine.set("GATEHOUSE_MASTER_KEY_FILE", file.display());
    machine.serve().await;
}

/// A host whose keys do not open what is stored says so at the start, not at the first sign-in.
#[tokio::test(flavor = "multi_thread")]
async fn sc_2_a_key_that_opens_nothing_is_refused() {
    let (simulator, machine) = seeded().await;
    machine.does(&["apply", "-f", "seed.toml"]).await;
    let key = fs::read(machine.key_file()).unwrap();
    fs::write(machine.key_file(), machine.does(&["key", "new"]).await).unwrap();
    let needed = key_ids(&machine).await.remove(0);
    let outcome = machine.run(&["serve"]).await;
    assert!(outcome.refused(2).contains(&format!("no master key with the id {needed}")), "{outcome:?}");
    fs::write(machine.key_file(), key).unwrap();
    signs_in(&simulator, &machine).await;
}

/// A rotation whose key file is bad changes nothing.
#[tokio::test(flavor = "multi_thread")]
async fn a_bad_key_file_is_not_rotated() {
    let machine = Machine::new();
    assert_eq!(machine.serve().await.end(libc::SIGTERM).await, Some(0));
    let good = fs::read_to_string(machine.key_file()).unwrap();
    let bad = format!("{good}change-me\n");
    fs::write(machine.key_file(), &bad).unwrap();
    assert!(machine.run(&["key", "rotate"]).await.refused(2).contains("master key"));
    assert_eq!(fs::read_to_string(machine.key_file()).unwrap(), bad);
}
