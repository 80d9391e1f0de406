//! `gatehouse plugin check`, with libraries that behave and libraries that do not.

use gatehouse_tests::{Machine, Outcome, example_plugin, plugin_library};
use serde_json::Value;

async fn check(machine: &Machine, library: &std::path::Path, more: &[&str]) -> Outcome {
    let path = library.to_str().unwrap();
    machine.run(&[&["plugin", "check", path], more].concat()).await
}

/// What became of each rule, as scripts read it.
fn outcomes(outcome: &Outcome) -> std::collections::BTreeMap<String, String> {
    let found: Value = serde_json::from_str(&outcome.out).unwrap_or_else(|_| panic!("{outcome:?}"));
    let text = |rule: &Value, key: &str| rule[key].as_str().unwrap().to_owned();
    found["rules"].as_array().unwrap().iter().map(|rule| (text(rule, "rule"), text(rule, "outcome"))).collect()
}

#[tokio::test]
async fn a_good_library_keeps_what_can_be_tried() {
    let machine = Machine::new();
    let outcome = check(&machine, &example_plugin("smallest"), &["--json"]).await;
    assert_eq!(outcome.code, Some(0), "{outcome:?}");
    let rules = outcomes(&outcome);
    // A server that fails tells nobody who a person is; that is for the plug-in's own tests.
    assert_eq!(rules["identity"], "not-tried");
    assert!(rules.iter().all(|(rule, outcome)| rule == "identity" || outcome == "ok"), "{rules:?}");
}

#[tokio::test]
async fn a_form_is_drawn_in_the_language_of_the_terminal() {
    let mut machine = Machine::new();
    machine.set("LC_ALL", "en_GB.UTF-8");
    let english = check(&machine, &plugin_library(), &[]).await;
    assert_eq!(english.code, Some(0), "{english:?}");
    for wanted in [
        "ok         The settings form may be used.",
        "│ Client ID *",
        "stored encrypted",
        "│ [ ] Members",
        "Only matters with this choice: Region: ",
        "Required if ",
        "⧉ https://admin.example.com/signin/dingtalk/callback",
        "The button on the sign-in page:",
    ] {
        let wanted = if wanted.contains("Members") { "│ [ ] Sign up automatically" } else { wanted };
        assert!(english.out.contains(wanted), "{wanted}: {}", english.out);
    }
    machine.set("LC_ALL", "zh_CN.UTF-8");
    let chinese = check(&machine, &plugin_library(), &[]).await;
    for wanted in ["通过       设置表单可以使用。", "│ [ ] 用户不存在时自动注册", "加密保存", "登录页上的按钮："]
    {
        assert!(chinese.out.contains(wanted), "{wanted}: {}", chinese.out);
    }
}

#[tokio::test]
async fn what_breaks_a_rule_is_said_and_costs_the_exit_code() {
    let machine = Machine::new();
    let outcome = check(&machine, &example_plugin("panics"), &[]).await;
    assert_eq!(outcome.code, Some(1), "{outcome:?}");
    assert!(outcome.out.contains("FAILED     No call panics or breaks the contract."), "{}", outcome.out);
    assert!(outcome.err.lines().last().unwrap().contains("broken"), "{}", outcome.err);
    let json = check(&machine, &example_plugin("panics"), &["--json"]).await;
    assert_eq!(outcomes(&json)["sound"], "failed");
}

/// A library that blocks its thread keeps the child busy, and nobody else.
#[tokio::test]
async fn a_library_that_never_answers_does_not_keep_anybody() {
    let machine = Machine::new();
    let outcome = check(&machine, &example_plugin("blocks"), &[]).await;
    assert_eq!(outcome.code, Some(1), "{outcome:?}");
}

#[tokio::test]
async fn settings_can_be_given() {
    let machine = Machine::new();
    let library = example_plugin("smallest");
    let settings = machine.write("settings.json", r#"{ "server": "http://127.0.0.1:9/" }"#);
    let outcome = check(&machine, &library, &["--json", "--settings", settings.to_str().unwrap()]).await;
    assert_eq!(outcome.code, Some(0), "{outcome:?}");
    let broken = machine.write("broken.json", "[]");
    let outcome = check(&machine, &library, &["--settings", broken.to_str().unwrap()]).await;
    assert_eq!((outcome.code, outcome.out.as_str()), (Some(2), ""), "{outcome:?}");
    let wrong = machine.write("wrong.json", r#"{ "server": "no address" }"#);
    let outcome = check(&machine, &library, &["--settings", wrong.to_str().unwrap()]).await;
    assert!(outcome.out.contains("No sample fits: server"), "{outcome:?}");
}

#[tokio::test]
async fn what_is_no_library_is_refused_in_one_line() {
    let machine = Machine::new();
    let text = machine.write("text.so", "no library");
    let outcome = check(&machine, &text, &[]).await;
    assert_eq!(outcome.code, Some(1));
    assert_eq!((outcome.err.lines().count(), outcome.out.as_str()), (1, ""), "{outcome:?}");
}
