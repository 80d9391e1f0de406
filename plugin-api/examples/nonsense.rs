//! A plug-in that answers promptly, and nonsense. The setting chooses which.

#[path = "shared.rs"]
mod shared;

use plugin_api::ui_schema::{JsonSchema, Text, schemars};
use plugin_api::{
    AuthPlugin, AuthenticatorType, BeginReply, BeginRequest, Callback, Claim, Context, Fault, FaultKind, Finding,
    Identity, Level, PhoneNumber, Severity, export_auth_plugin,
};
use serde::Deserialize;

struct Nonsense;

#[derive(Deserialize, JsonSchema)]
struct Settings {
    // Which nonsense; see the methods.
    #[schemars(title = "Which", extend("x-zh-CN" = { "title": "种类" }))]
    which: String,
}

impl AuthPlugin for Nonsense {
    const MANIFEST: &'static str = r#"{
        "id": "example-nonsense", "version": "1.0.0", "api": "1.0",
        "name": { "en": "Nonsense", "zh-CN": "胡言示例" },
        "description": { "en": "Answers nonsense.", "zh-CN": "返回毫无意义的内容。" },
        "abilities": ["sign-in"]
    }"#;

    fn new() -> Self {
        Self
    }

    fn authenticator_types(&self) -> Vec<AuthenticatorType> {
        shared::one_type::<Settings>("nonsense")
    }

    async fn begin(&self, cx: &Context, request: BeginRequest) -> Result<BeginReply, Fault> {
        let Settings { which } = cx.settings()?;
        let good = format!("https://elsewhere.example/authorize?state={}", request.state);
        let (authorize_url, memo) = match which.as_str() {
            "script" => ("javascript:alert(document.domain)".to_owned(), Vec::new()),
            "lines" => ("https://elsewhere.example/\r\nset-cookie: a=b".to_owned(), Vec::new()),
            "empty" => (String::new(), Vec::new()),
            "memo" => (good, vec![7; 10 << 20]),
            // Well-formed, but at a host that the manifest does not name.
            _ => (good, Vec::new()),
        };
        Ok(BeginReply { authorize_url, memo })
    }

    async fn finish(&self, cx: &Context, _: Callback) -> Result<Identity, Fault> {
        let Settings { which } = cx.settings()?;
        let mut identity = Identity::new("subject");
        match which.as_str() {
            "empty" => identity.subject.clear(),
            "lines" => identity.subject = "sub\nject\0".to_owned(),
            "huge" => identity.name = Some(Claim::account("x".repeat(10 << 20))),
            "groups" => identity.groups = vec![Claim::directory("group".to_owned()); 100_000],
            "fault" => return Err(Fault::new(FaultKind::BadAnswer, "x".repeat(1 << 20))),
            // Within all bounds, but no telephone number and no address.
            _ => {
                let phone = PhoneNumber { number: "DROP TABLE".to_owned(), country_code: Some("++".to_owned()) };
                identity.phone = Some(Claim::account(phone));
                identity.avatar_url = Some(Claim::account("javascript:alert(1)".to_owned()));
            }
        }
        Ok(identity)
    }

    async fn check(&self, cx: &Context) -> Result<Vec<Finding>, Fault> {
        let Settings { which } = cx.settings()?;
        cx.log(Level::Info, &which.repeat(10_000), serde_json::Value::Null);
        let message = Text::new("<script>alert(1)</script>", "");
        Ok(vec![Finding::new("", Severity::Good, message).link(which)])
    }
}

export_auth_plugin!(Nonsense);
