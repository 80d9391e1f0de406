//! Today's plug-ins in a host that was built with version 1.1, and is kept as a program since.

use std::process::Command;

use serde_json::{Value, json};

use crate::kept::kept;
use crate::libraries::{library, settings};

/// What the kept host of version 1.1 tells of today's example `name`; `None` where it is not for this machine.
fn told_by_1_1(name: &str, kind: &str, settings: &Value) -> Option<Value> {
    let output = Command::new(kept("1.1", "opener", "")?)
        .arg(library(name))
        .args([kind, &settings.to_string()])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(serde_json::from_slice(&output.stdout).unwrap())
}

#[test]
fn a_host_of_1_1_works_with_todays_plugin() {
    let Some(told) = told_by_1_1("smallest", "example", &settings()) else { return };
    assert_eq!((&told["host"], &told["library"]), (&json!("1.1"), &json!(plugin_api::API_VERSION)));
    assert_eq!(told["types"]["ok"][0]["id"], "example");
    let address = told["begin"]["ok"]["authorize_url"].as_str().unwrap();
    assert!(address.starts_with("https://id.example/base/authorize?"), "{address}");
    assert_eq!(told["finish"]["ok"]["subject"], "u1");
    assert_eq!(told["check"]["ok"][0]["severity"], "good");
}

#[test]
fn a_plugin_that_needs_randomness_says_so_in_a_host_of_1_1() {
    let settings = json!({ "server": "https://id.example" });
    let Some(told) = told_by_1_1("renewed", "renewed", &settings) else { return };
    assert_eq!(told["begin"]["fault"]["kind"], "misconfigured");
    let why = told["begin"]["fault"]["chain"][0].as_str().unwrap();
    assert!(why.contains("lends no randomness") && why.contains("1.2"), "{why}");
    assert_eq!(told["finish"]["ok"]["subject"], "u1", "what needs none of it works");
}
