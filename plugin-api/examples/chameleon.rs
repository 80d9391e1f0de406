//! A plug-in in several releases. Which one it is says a slot in its bytes, which a test writes over; so one build gives
//! releases whose forms differ, one that migrates settings, and ones that fail when it matters.

#[path = "shared.rs"]
mod shared;

use plugin_api::ui_schema::{JsonSchema, schemars};
use plugin_api::{
    AuthPlugin, AuthenticatorType, BeginReply, BeginRequest, Callback, Context, Fault, FaultKind, Finding, Identity,
    MigrateRequest, export_auth_plugin,
};
use serde::Deserialize;
use serde_json::Value;

struct Chameleon;

/// What a test writes over: 12 characters after the colon.
static SLOT: &str = "chameleon-slot:first.......";

/// The form of the first release.
#[derive(Deserialize, JsonSchema)]
#[expect(dead_code, reason = "only the form counts")]
struct First {
    #[serde(default)]
    #[schemars(title = "Tenant", extend("x-zh-CN" = { "title": "租户" }))]
    tenant: Option<String>,
    #[serde(default)]
    #[schemars(title = "Key", extend("writeOnly" = true, "format" = "password", "x-zh-CN" = { "title": "密钥" }))]
    key: Option<String>,
}

/// The form of a later one: what was called a tenant is a realm, and it has to be there.
#[derive(Deserialize, JsonSchema)]
#[expect(dead_code, reason = "only the form counts")]
struct Second {
    #[schemars(title = "Realm", extend("x-zh-CN" = { "title": "域" }))]
    realm: String,
    #[serde(default)]
    #[schemars(title = "Key", extend("writeOnly" = true, "format" = "password", "x-zh-CN" = { "title": "密钥" }))]
    key: Option<String>,
}

/// Which release this is. Read at run time: the compiler must not know it.
fn release() -> &'static str {
    // SAFETY: the slot is a valid reference; it is only read past the compiler's knowledge.
    let slot = unsafe { std::ptr::read_volatile(&raw const SLOT) };
    slot.trim_start_matches("chameleon-slot:").trim_end_matches('.')
}

impl AuthPlugin for Chameleon {
    const MANIFEST: &'static str = r#"{
        "id": "example-chameleon", "version": "1.0.0", "api": "1.2",
        "name": { "en": "Chameleon", "zh-CN": "变色龙示例" },
        "description": { "en": "Comes in several releases.", "zh-CN": "有多个版本。" },
        "borrows": { "redirect": ["elsewhere.example"] },
        "abilities": ["sign-in", "migrate-settings"]
    }"#;

    fn new() -> Self {
        Self
    }

    fn authenticator_types(&self) -> Vec<AuthenticatorType> {
        match release() {
            "second" | "forgetful" => shared::one_type::<Second>("chameleon"),
            "other-type" => shared::one_type::<First>("gecko"),
            _ => shared::one_type::<First>("chameleon"),
        }
    }

    async fn begin(&self, _: &Context, request: BeginRequest) -> Result<BeginReply, Fault> {
        assert_ne!(release(), "broken", "begin went wrong");
        let authorize_url =
            format!("https://elsewhere.example/authorize?release={}&state={}", release(), request.state);
        Ok(BeginReply { authorize_url, memo: Vec::new() })
    }

    async fn finish(&self, _: &Context, callback: Callback) -> Result<Identity, Fault> {
        assert_ne!(release(), "fails-late", "finish went wrong");
        let code = callback.param("code").ok_or_else(|| Fault::new(FaultKind::Denied, "no code came back"))?;
        Ok(Identity::new(code))
    }

    async fn check(&self, _: &Context) -> Result<Vec<Finding>, Fault> {
        Ok(Vec::new())
    }

    async fn migrate(&self, _: &Context, request: MigrateRequest) -> Result<Value, Fault> {
        let mut settings = request.settings;
        if release() == "second"
            && let Some(object) = settings.as_object_mut()
            && let Some(tenant) = object.remove("tenant")
        {
            object.insert("realm".to_owned(), tenant);
        }
        Ok(settings)
    }
}

export_auth_plugin!(Chameleon);
