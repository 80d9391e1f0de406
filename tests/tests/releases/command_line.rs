//! The same from the shell.

use gatehouse_tests::{Machine, Signer};

use super::{ID, chameleon};

#[tokio::test(flavor = "multi_thread")]
async fn install_enable_roll_back_and_remove() {
    let machine = Machine::new();
    let package = |slot: &str, version: &str| {
        let (name, bytes) = Signer::trusted().package(&chameleon(slot, version));
        machine.write(&name, bytes).display().to_string()
    };
    let (first, later) = (package("first", "1.0.0"), package("later", "1.1.0"));
    let out = machine.does(&["plugin", "install", &first]).await;
    assert_eq!(out, format!("installed  {ID} 1.0.0 signed:tests\n"));
    assert!(
        machine
            .does(&["plugin", "list"])
            .await
            .starts_with(&format!("available  {ID} 1.0.0 (api 1.2) installed signed:tests "))
    );
    assert_eq!(machine.does(&["plugin", "enable", ID]).await, format!("enabled    {ID} 1.0.0\n"));
    let out = machine.does(&["plugin", "install", &later, "--enable"]).await;
    assert!(out.ends_with(&format!("enabled    {ID} 1.1.0\n")), "{out}");
    let refused = machine.run(&["plugin", "enable", ID, "--version", "1.0.0"]).await;
    assert!(refused.refused(1).contains("--older insists"));
    assert_eq!(machine.does(&["plugin", "rollback", ID]).await, format!("enabled    {ID} 1.0.0\n"));
    assert!(machine.run(&["plugin", "rollback", ID]).await.refused(1).contains("no earlier release"));
    assert!(machine.run(&["plugin", "remove", ID]).await.refused(1).contains("Disable it first."));
    assert_eq!(machine.does(&["plugin", "remove", ID, "--version", "1.1.0"]).await, format!("removed    {ID} 1.1.0\n"));
    machine.does(&["plugin", "disable", ID]).await;
    machine.does(&["plugin", "remove", ID]).await;
    assert_eq!(machine.does(&["plugin", "list"]).await, "");
    assert!(machine.run(&["plugin", "enable", ID]).await.refused(1).contains("there is no such plug-in"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_refused_is_one_plain_line() {
    let machine = Machine::new();
    let (name, bytes) = Signer::stranger().package(&chameleon("first", "1.0.0"));
    let package = machine.write(&name, bytes).display().to_string();
    let outcome = machine.run(&["plugin", "install", &package]).await;
    assert!(outcome.refused(1).contains("a key that this installation does not trust"));
    let absent = machine.run(&["plugin", "install", "absent.tar.gz"]).await;
    assert!(absent.refused(1).starts_with("absent.tar.gz: "));
}
