//! The settings form, as the struct that is read back.

use serde::Deserialize;
use ui_schema::{JsonSchema, schemars};

/// What an administrator enters. Deliberately without `Debug`: it holds the Client Secret in clear.
#[derive(Clone, Deserialize, JsonSchema)]
pub struct Settings {
    #[serde(default)]
    #[schemars(
        title = "Sign up automatically when the user does not exist",
        description = "Everybody who has an account at the provider comes in then. Leave it off where the provider is \
                       open to the public.",
        extend("x-role" = "sign-up", "x-zh-CN" = {
            "title": "用户不存在时自动注册",
            "description": "开启后，凡在提供方拥有账号的人都可以登录。如果提供方面向公众开放，请保持关闭。",
        }),
    )]
    pub sign_up: bool,

    #[schemars(
        title = "Issuer",
        description = "The provider's address, exactly as it writes it in its documents, with or without a slash at the \
                       end. Everything else is read from `/.well-known/openid-configuration` below it.",
        length(max = 512),
        extend("format" = "uri", "x-role" = "upstream", "x-placeholder" = "https://id.example.com", "x-zh-CN" = {
            "title": "Issuer",
            "description": "提供方的地址，须与其文档中的写法完全一致（包括末尾是否有斜杠）。其余信息从该地址下的 `/.well-known/openid-configuration` 获取。",
            "placeholder": "https://id.example.com",
        }),
    )]
    pub issuer: String,

    #[schemars(
        title = "Client ID",
        length(min = 1, max = 256),
        extend("x-zh-CN" = { "title": "Client ID" }),
    )]
    pub client_id: String,

    #[serde(default)]
    #[schemars(
        title = "Client Secret",
        description = "Empty for a public client, which has none. It is stored encrypted and never shown again.",
        length(max = 512),
        extend("writeOnly" = true, "format" = "password", "x-zh-CN" = {
            "title": "Client Secret",
            "description": "公共客户端没有密钥，留空即可。加密保存，不再显示。",
        }),
    )]
    pub client_secret: Option<String>,

    #[serde(default = "scopes")]
    #[schemars(
        title = "Scopes",
        description = "What is asked for, with blanks in between; `openid` is always asked for.",
        length(max = 512),
        regex(pattern = "^[!#-\\[\\]-~ ]*$"),
        extend("x-zh-CN" = { "title": "Scope", "description": "申请的授权范围，以空格分隔；`openid` 始终包含在内。" }),
    )]
    pub scopes: String,

    #[serde(default = "enabled")]
    #[schemars(
        title = "Ask the userinfo endpoint",
        description = "Many providers put name, e-mail and phone number there and not in the ID token.",
        extend("x-zh-CN" = {
            "title": "查询 userinfo 端点",
            "description": "许多提供方仅在此返回姓名、邮箱和手机号，而不放入 ID Token。",
        }),
    )]
    pub userinfo: bool,

    #[serde(default = "sub")]
    #[schemars(
        title = "Claim for the subject",
        description = "What people are recognised by. It must belong to one person for good: change it only before \
                       anybody signs in.",
        length(min = 1, max = 128),
        extend("x-zh-CN" = {
            "title": "用户标识声明",
            "description": "用于识别用户，必须始终对应同一个人；请仅在尚无人登录时修改。",
        }),
    )]
    pub subject_claim: String,

    #[serde(default = "name")]
    #[schemars(title = "Claim for the name", length(max = 128), extend("x-zh-CN" = { "title": "姓名声明" }))]
    pub name_claim: String,

    #[serde(default = "email")]
    #[schemars(
        title = "Claim for the e-mail address",
        description = "It counts as verified only if the claim of this name with `_verified` at its end is true.",
        length(max = 128),
        extend("x-zh-CN" = {
            "title": "邮箱声明",
            "description": "仅当同名并以 `_verified` 结尾的声明为 true 时，才视为已验证。",
        }),
    )]
    pub email_claim: String,

    #[serde(default = "phone_number")]
    #[schemars(
        title = "Claim for the phone number",
        description = "As with the e-mail address. A verified number finds an existing user the first time.",
        length(max = 128),
        extend("x-zh-CN" = {
            "title": "手机号声明",
            "description": "验证规则与邮箱相同。已验证的手机号可在首次登录时匹配已有用户。",
        }),
    )]
    pub phone_claim: String,

    #[serde(default)]
    #[schemars(
        title = "Another server: sign-in page",
        description = "Only where the provider's endpoints are on other servers than the issuer: this server calls none \
                       that nobody entered, so that a discovery document cannot send it anywhere. The connection \
                       doctor says which ones are missing.",
        length(max = 512),
        extend("format" = "uri", "x-role" = "upstream", "x-zh-CN" = {
            "title": "其他服务器：登录页面",
            "description": "仅当提供方的端点与 Issuer 不在同一服务器时填写：本服务器只访问管理员填写过的地址，以免被发现文档引向别处。连接诊断会提示缺少哪些地址。",
        }),
    )]
    pub authorization_server: Option<String>,

    #[serde(default)]
    #[schemars(
        title = "Another server: tokens",
        length(max = 512),
        extend("format" = "uri", "x-role" = "upstream", "x-zh-CN" = { "title": "其他服务器：令牌" }),
    )]
    pub token_server: Option<String>,

    #[serde(default)]
    #[schemars(
        title = "Another server: keys",
        length(max = 512),
        extend("format" = "uri", "x-role" = "upstream", "x-zh-CN" = { "title": "其他服务器：密钥" }),
    )]
    pub keys_server: Option<String>,

    #[serde(default)]
    #[schemars(
        title = "Another server: userinfo",
        length(max = 512),
        extend("format" = "uri", "x-role" = "upstream", "x-zh-CN" = { "title": "其他服务器：userinfo" }),
    )]
    pub userinfo_server: Option<String>,

    #[serde(default)]
    #[schemars(
        title = "Redirect URL",
        description = "Enter this at the provider, exactly as it is.",
        extend("x-role" = "redirect-url", "readOnly" = true, "x-zh-CN" = {
            "title": "重定向 URL",
            "description": "请原样填写到提供方的客户端设置中。",
        }),
    )]
    pub redirect_url: Option<String>,
}

impl Settings {
    /// The secret; a public client has none.
    pub(crate) fn client_secret(&self) -> Option<&str> {
        self.client_secret.as_deref().filter(|secret| !secret.is_empty())
    }

    /// The scope to ask for; without `openid` it would not be OpenID Connect (Core section 3.1.2.1).
    pub(crate) fn scope(&self) -> String {
        let others = self.scopes.split_whitespace().filter(|scope| *scope != "openid");
        std::iter::once("openid").chain(others).collect::<Vec<_>>().join(" ")
    }
}

fn scopes() -> String {
    "openid profile email phone".into()
}

fn enabled() -> bool {
    true
}

fn sub() -> String {
    "sub".into()
}

fn name() -> String {
    "name".into()
}

fn email() -> String {
    "email".into()
}

fn phone_number() -> String {
    "phone_number".into()
}
