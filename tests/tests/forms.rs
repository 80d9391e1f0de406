//! The form of the DingTalk type, taken from a running host and given unchanged to the form renderers of the wide world:
//! react-jsonschema-form 5 and 6, the real packages, in Node.

use std::path::Path;
use std::process::Command;

use gatehouse_tests::{World, skips};
use reqwest::Method;
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread")]
async fn other_renderers_show_the_form_unchanged() {
    if skips("node") {
        return;
    }
    let mut world = World::new().await;
    world.enable("auth-dingtalk").await;
    let folder = tempfile::tempdir().unwrap();
    for (language, sign_up) in
        [("en", "Sign up automatically when the user does not exist"), ("zh-CN", "用户不存在时自动注册")]
    {
        let form = form(&mut world, language).await;
        assert_eq!(form["schema"]["properties"]["sign_up"]["title"], sign_up, "{language}");
        let document = folder.path().join(format!("{language}.json"));
        let submitted = folder.path().join(format!("{language}-submitted.json"));
        std::fs::write(&document, form.to_string()).unwrap();
        render(&document, &submitted);
        let submitted: Value = serde_json::from_slice(&std::fs::read(&submitted).unwrap()).unwrap();
        let versions: Vec<&str> = submitted.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(versions, ["5", "6"]);
        for (version, data) in submitted.as_object().unwrap() {
            accepted(&mut world, &format!("{language}-{version}"), data).await;
        }
    }
}

/// The document as the API serves it.
async fn form(world: &mut World, language: &str) -> Value {
    let path = format!("/api/v1/authenticator-types/dingtalk/form?language={language}");
    let reply = world.admin.json(Method::GET, &path, None).await;
    assert_eq!(reply.status, 200, "{}", reply.body);
    reply.json()
}

/// Lets both versions render, fill in and submit the form; see `tests/rjsf/render.mjs` for what they are held to.
fn render(document: &Path, submitted: &Path) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("rjsf");
    assert!(folder.join("node_modules").is_dir(), "the renderers are not installed; run: cargo xtask test");
    let run = Command::new("node").current_dir(folder).arg("render.mjs").args([document, submitted]).output().unwrap();
    let said = String::from_utf8_lossy(&run.stdout);
    let failures: Vec<&str> = said.lines().filter(|line| !line.starts_with("ok")).collect();
    assert!(run.status.success(), "{}\n{}", failures.join("\n"), String::from_utf8_lossy(&run.stderr));
}

/// What the renderers submit is what the API takes.
async fn accepted(world: &mut World, uid: &str, settings: &Value) {
    let body = json!({
        "uid": uid, "type": "dingtalk", "title": {"en": uid, "zh-CN": uid}, "enabled": false, "settings": settings,
    });
    let reply = world.admin.json(Method::POST, "/api/v1/authenticators", Some(&body)).await;
    assert_eq!(reply.status, 201, "{}", reply.body);
}
