//! A plug-in that panics while it is made: the host learns why, and goes on.

use plugin_api::{
    AuthPlugin, AuthenticatorType, BeginReply, BeginRequest, Callback, Context, Fault, FaultKind, Finding, Identity,
    export_auth_plugin,
};

struct Stillborn;

impl AuthPlugin for Stillborn {
    const MANIFEST: &'static str = r#"{
        "id": "example-stillborn", "version": "1.0.0", "api": "1.0",
        "name": { "en": "Stillborn", "zh-CN": "启动失败示例" },
        "description": { "en": "Fails while starting.", "zh-CN": "启动时即失败。" },
        "abilities": ["sign-in"]
    }"#;

    fn new() -> Self {
        panic!("no plug-in today");
    }

    fn authenticator_types(&self) -> Vec<AuthenticatorType> {
        Vec::new()
    }

    async fn begin(&self, _: &Context, _: BeginRequest) -> Result<BeginReply, Fault> {
        Err(never())
    }

    async fn finish(&self, _: &Context, _: Callback) -> Result<Identity, Fault> {
        Err(never())
    }

    async fn check(&self, _: &Context) -> Result<Vec<Finding>, Fault> {
        Err(never())
    }
}

fn never() -> Fault {
    Fault::new(FaultKind::Internal, "nobody gets here")
}

export_auth_plugin!(Stillborn);
