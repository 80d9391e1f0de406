//! The assistant as commands, beside a running host.

use std::process::Output;

use gatehouse_tests::{Signer, World, gatehouse_program};

use super::*;

/// Runs `gatehouse keys …` with the world's data folder and leave to call this machine.
async fn keys(world: &World, arguments: &[&str]) -> Output {
    let mut command = tokio::process::Command::new(gatehouse_program());
    command.env_clear().env("GATEHOUSE_DATA_DIR", world.data_dir()).env("GATEHOUSE_PUBLIC_URL", &world.site);
    command.env("GATEHOUSE_ALLOW_LOOPBACK_UPSTREAMS", "true").env("PATH", "/usr/bin:/bin");
    command.env("GATEHOUSE_PLUGIN_KEYS", Signer::trusted().variable());
    command.arg("keys").args(arguments).output().await.unwrap()
}

fn said(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn import_plan_move() {
    let mut world = world().await;
    for name in ["lin", "zhou"] {
        world.add_user(name, "", &["member"]).await;
    }
    let ((lin, lin_union), _) = (ids(&world, "lin"), ids(&world, "zhou"));
    let file = world.data_dir().join("links.csv");
    std::fs::write(&file, format!("lin,{lin}\nzhou,nobody0001\n")).unwrap();
    let path = file.to_str().unwrap();
    let at = ["--authenticator", "dingtalk"];
    let import = keys(&world, &["import", at[0], at[1], "--kind", "userid", path]).await;
    assert_eq!(said(&import), "imported   2\n");

    let plan = said(&keys(&world, &["plan", at[0], at[1]]).await);
    let lines: Vec<&str> = plan.lines().collect();
    assert!(
        lines[0].starts_with("move         lin userid ") && lines[1].starts_with("nobody       zhou userid "),
        "{plan}"
    );
    assert!(lines[2].starts_with("total      move 1, merge 0, stay 0, conflict 0, nobody 1"), "{plan}");
    assert!(!plan.contains(&lin) && !plan.contains(&lin_union), "identifiers are shortened: {plan}");

    assert!(said(&keys(&world, &["move", at[0], at[1]]).await).ends_with("written    1\n"));
    assert_eq!(links(&world).await, [format!("subject {lin_union}"), "userid nobody0001".to_owned()]);
    assert_eq!(who_is(&world, "lin").await.unwrap(), "lin");
}

#[tokio::test(flavor = "multi_thread")]
async fn complaints_are_one_line() {
    let world = world().await;
    let file = world.data_dir().join("links.csv");
    std::fs::write(&file, "nobody,1\nlin\n").unwrap();
    let path = file.to_str().unwrap();
    for (arguments, code, told) in [
        (vec!["plan", "--authenticator", "nowhere"], 1, "no such authenticator"),
        (vec!["import", "--authenticator", "dingtalk", "--kind", "userid", path], 1, "Line 2"),
        (vec!["import", "--authenticator", "dingtalk", "--kind", "userid", "/nowhere.csv"], 2, "/nowhere.csv"),
    ] {
        let output = keys(&world, &arguments).await;
        let err = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!((output.status.code(), err.lines().count()), (Some(code), 1), "{err}");
        assert!(err.contains(told), "{err}");
    }
}
