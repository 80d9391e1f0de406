//! The settings form, as the struct that is read back.
//!
//! Titles and helps are shown to the administrator; the host renders, checks, trims and seals what is entered.

use serde::{Deserialize, Serialize};
use ui_schema::{JsonSchema, schemars};

/// What an administrator enters. Deliberately without `Debug`: it holds the Client Secret in clear.
#[derive(Clone, Deserialize, JsonSchema)]
pub struct Settings {
    #[serde(default)]
    #[schemars(
        title = "Sign up automatically when the user does not exist",
        description = "When the phone number does not match an existing user, a new user is automatically created. \
                       Leave this off unless anybody with a DingTalk account may come in: whether a person belongs to \
                       your organisation is not checked.",
        extend("x-role" = "sign-up", "x-zh-CN" = {
            "title": "用户不存在时自动注册",
            "description": "手机号未匹配到已有用户时，自动创建新用户。登录时不检查用户是否属于您的组织，仅在允许任何钉钉用户进入时才开启此项。",
        }),
    )]
    pub sign_up: bool,

    #[schemars(
        title = "Client ID",
        description = "Formerly AppKey. In the developer console under “Credentials and basic information”.",
        length(min = 1, max = 128),
        regex(pattern = "^[A-Za-z0-9_-]+$"),
        extend("x-zh-CN" = {
            "title": "Client ID",
            "description": "原 AppKey，见开发者后台的“凭证与基础信息”。",
        }),
    )]
    pub client_id: String,

    #[schemars(
        title = "Client Secret",
        description = "Formerly AppSecret. It is stored encrypted and never shown again.",
        length(min = 1, max = 256),
        extend("writeOnly" = true, "format" = "password", "x-zh-CN" = {
            "title": "Client Secret",
            "description": "原 AppSecret。加密保存，不再显示。",
        }),
    )]
    pub client_secret: String,

    #[serde(default)]
    #[schemars(
        title = "Region",
        description = "Where your organisation is registered with DingTalk.",
        extend("x-zh-CN" = { "title": "区域", "description": "您的组织在钉钉的注册区域。" }),
    )]
    pub region: Region,

    #[serde(default)]
    #[schemars(
        title = "Sign-in address",
        description = "Base address of the sign-in page, in place of `https://login.dingtalk.com`.",
        extend("format" = "uri", "x-role" = "upstream", "x-when" = { "region": "custom" }, "x-zh-CN" = {
            "title": "登录地址",
            "description": "登录页面的基础地址，用于替代 `https://login.dingtalk.com`。",
        }),
    )]
    pub login_url: Option<String>,

    #[serde(default)]
    #[schemars(
        title = "API address",
        description = "Base address of the interfaces, in place of `https://api.dingtalk.com`.",
        extend("format" = "uri", "x-role" = "upstream", "x-when" = { "region": "custom" }, "x-zh-CN" = {
            "title": "API 地址",
            "description": "接口的基础地址，用于替代 `https://api.dingtalk.com`。",
        }),
    )]
    pub api_url: Option<String>,

    #[serde(default = "mainland_legacy_url")]
    #[schemars(
        title = "Legacy API address",
        description = "Base address of the older interfaces. Signing in does not need them; keep this as it is unless \
                       your network reaches them elsewhere.",
        extend("format" = "uri", "x-role" = "upstream", "x-when" = { "region": "custom" }, "x-zh-CN" = {
            "title": "旧版 API 地址",
            "description": "旧版接口的基础地址。登录过程不使用旧版接口；除非您的网络需要通过其他地址访问，否则请保持默认值。",
        }),
    )]
    pub legacy_url: String,

    #[serde(default)]
    #[schemars(
        title = "Redirect URL",
        description = "Paste this in the developer console under “Security settings”, exactly as it is.",
        extend("x-role" = "redirect-url", "readOnly" = true, "x-zh-CN" = {
            "title": "重定向 URL",
            "description": "请原样粘贴到开发者后台的“安全设置”中。",
        }),
    )]
    pub redirect_url: Option<String>,
}

/// Which DingTalk the organisation belongs to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Region {
    /// `dingtalk.com`.
    #[default]
    #[schemars(title = "Mainland China (dingtalk.com)", extend("x-zh-CN" = { "title": "中国大陆（dingtalk.com）" }))]
    Mainland,
    /// `dingtalk.io`.
    #[schemars(title = "International (dingtalk.io)", extend("x-zh-CN" = { "title": "国际版（dingtalk.io）" }))]
    International,
    /// Addresses that the administrator enters: a dedicated installation, a gateway, or a simulator.
    #[schemars(title = "Custom addresses", extend("x-zh-CN" = { "title": "自定义地址" }))]
    Custom,
}

fn mainland_legacy_url() -> String {
    "https://oapi.dingtalk.com".into()
}
