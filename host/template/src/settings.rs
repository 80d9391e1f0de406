//! The settings form, as the struct that is read back.

use plugin_api::ui_schema::{JsonSchema, schemars};
use serde::Deserialize;

/// What an administrator enters. The host draws the form, checks what is entered, and seals the secret. Deliberately
/// without `Debug`: the secret is in here in clear.
#[derive(Deserialize, JsonSchema)]
pub struct Settings {
    // `x-role: sign-up`: the host asks this field whether people whom nobody knows become users.
    #[serde(default)]
    #[schemars(
        title = "Sign up automatically when the user does not exist",
        description = "Whoever has an account at the server becomes a user here at the first sign-in.",
        extend("x-role" = "sign-up", "x-zh-CN" = {
            "title": "用户不存在时自动注册",
            "description": "服务器上的任何账号首次登录时，自动在此创建用户。",
        })
    )]
    pub sign_up: bool,

    // `x-role: upstream`: the host lends this address, although the manifest cannot know it.
    #[schemars(
        title = "Server",
        description = "Base address of the server where people have their accounts.",
        length(max = 512),
        extend("format" = "uri", "x-role" = "upstream", "x-zh-CN" = {
            "title": "服务器",
            "description": "用户账号所在服务器的基础地址。",
        })
    )]
    pub server: String,

    #[schemars(
        title = "Client ID",
        description = "The server gives it to a registered application.",
        length(min = 1, max = 128),
        extend("x-zh-CN" = {
            "title": "客户端 ID",
            "description": "在服务器上注册应用后获得。",
        })
    )]
    pub client_id: String,

    // `writeOnly`: the host seals it and never shows it again.
    #[schemars(
        title = "Client secret",
        description = "It is stored encrypted and never shown again.",
        length(min = 1, max = 256),
        extend("writeOnly" = true, "format" = "password", "x-zh-CN" = {
            "title": "客户端密钥",
            "description": "加密保存，不再显示。",
        })
    )]
    pub client_secret: String,

    // `readOnly`: nobody enters it; the host fills in the address for the administrator to copy.
    #[serde(default)]
    #[schemars(
        title = "Redirect URL",
        description = "Enter it at the server, exactly as it is.",
        extend("x-role" = "redirect-url", "readOnly" = true, "x-zh-CN" = {
            "title": "重定向 URL",
            "description": "请原样填写到服务器上。",
        })
    )]
    pub redirect_url: Option<String>,
}

impl Settings {
    /// The address of `path` at the server, which may stand with or without a slash at its end.
    pub(crate) fn at(&self, path: &str) -> String {
        format!("{}{path}", self.server.trim_end_matches('/'))
    }
}
