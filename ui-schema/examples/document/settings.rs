//! The settings of an invented provider, with every part of the vocabulary once. The tests use it, too.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What the administrator enters. A plug-in reads its checked settings as this very type.
#[derive(Debug, PartialEq, Deserialize, JsonSchema)]
pub(crate) struct Settings {
    #[schemars(
        title = "Sign up automatically when the user does not exist",
        description = "Creates a new user when the phone number matches nobody.",
        extend(
            "x-role" = "sign-up",
            "x-zh-CN" = {"title": "用户不存在时自动注册", "description": "手机号与现有用户均不匹配时，创建新用户。"}
        )
    )]
    #[serde(default = "yes")]
    pub(crate) sign_up: bool,

    #[schemars(
        title = "Client ID",
        description = "From the **Credentials** page of your app.",
        length(max = 128),
        pattern(r"^[A-Za-z0-9_-]+$"),
        extend(
            "x-placeholder" = "app-1a2b3c",
            "x-zh-CN" = {"title": "客户端 ID", "description": "见应用的**凭证**页面。", "placeholder": "app-1a2b3c"}
        )
    )]
    pub(crate) client_id: String,

    #[schemars(
        title = "Client Secret",
        length(min = 8, max = 256),
        extend("writeOnly" = true, "format" = "password", "x-zh-CN" = {"title": "客户端密钥"})
    )]
    pub(crate) client_secret: String,

    #[schemars(title = "Region", extend("x-zh-CN" = {"title": "区域"}))]
    #[serde(default)]
    pub(crate) region: Region,

    #[schemars(
        title = "Sign-in address",
        url,
        extend("x-when" = {"region": "custom"}, "x-role" = "upstream", "x-zh-CN" = {"title": "登录地址"})
    )]
    pub(crate) login_url: Option<String>,

    #[schemars(
        title = "API address",
        url,
        extend(
            "x-when" = {"region": "custom"},
            "x-role" = "upstream",
            "x-placeholder" = "https://api.example.com",
            "x-zh-CN" = {"title": "API 地址", "placeholder": "https://api.example.com"}
        )
    )]
    pub(crate) api_url: Option<String>,

    #[schemars(
        title = "Legacy API address",
        url,
        extend("x-when" = {"region": "custom"}, "x-role" = "upstream", "x-zh-CN" = {"title": "旧版 API 地址"})
    )]
    pub(crate) legacy_url: Option<String>,

    #[schemars(
        title = "Organisation",
        description = "Only its members may sign in. Empty means any organisation.",
        length(max = 64),
        extend("x-zh-CN" = {"title": "组织", "description": "仅允许该组织的成员登录；留空表示不限组织。"})
    )]
    pub(crate) organisation: Option<String>,

    #[schemars(
        title = "Time limit of a call, in seconds",
        range(min = 1, max = 30),
        extend("x-zh-CN" = {"title": "单次调用时限（秒）"})
    )]
    #[serde(default = "five")]
    pub(crate) time_limit: u16,

    #[schemars(
        title = "Redirect URL",
        description = "Paste this address into the **Security** page of your app.",
        extend(
            "x-role" = "redirect-url",
            "x-zh-CN" = {"title": "回调地址", "description": "请将此地址粘贴到应用的**安全设置**页面。"}
        )
    )]
    pub(crate) redirect_url: Option<String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Region {
    #[default]
    #[schemars(title = "Mainland China", extend("x-zh-CN" = {"title": "中国大陆"}))]
    Mainland,
    #[schemars(title = "International", extend("x-zh-CN" = {"title": "国际"}))]
    International,
    #[schemars(title = "Custom gateway", extend("x-zh-CN" = {"title": "自定义网关"}))]
    Custom,
}

fn yes() -> bool {
    true
}

fn five() -> u16 {
    5
}
