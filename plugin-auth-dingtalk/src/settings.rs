//! The settings form, as the struct that is read back.
//!
//! Titles and helps are shown to the administrator; the host renders, checks, trims and seals what is entered.

use plugin_api::{Fault, FaultKind};
use serde::Deserialize;
use ui_schema::{JsonSchema, schemars};

mod choices;

pub use choices::{Membership, Region};

/// What an administrator enters. Deliberately without `Debug`: it holds the Client Secret in clear.
#[derive(Clone, Deserialize, JsonSchema)]
pub struct Settings {
    #[serde(default)]
    #[schemars(
        title = "Sign up automatically when the user does not exist",
        description = "When the phone number does not match an existing user, a new user is automatically created. \
                       Only members of your organisation come in then, unless the next setting is “Never”.",
        extend("x-role" = "sign-up", "x-zh-CN" = {
            "title": "用户不存在时自动注册",
            "description": "手机号未匹配到已有用户时，自动创建新用户。此时仅允许您组织的成员登录，除非下一项设为“从不”。",
        }),
    )]
    pub sign_up: bool,

    #[serde(default)]
    #[schemars(
        title = "Members of my organisation only",
        description = "Asks DingTalk at each sign-in whether the person is an active member. That needs one more \
                       permission, **Member information read** (成员信息读权限, `qyapi_get_member`), and the \
                       Organisation ID. Without the check, the two personal permissions of the guide are enough: \
                       people are matched by phone number, and nobody is signed up.",
        extend("x-role" = "policy", "x-zh-CN" = {
            "title": "仅限本组织成员",
            "description": "每次登录时向钉钉确认该用户是否为在职成员。需要再开通一项权限**成员信息读权限**（`qyapi_get_member`），并填写组织 ID。不检查时，配置指南中的两项个人权限即可满足：按手机号匹配用户，不自动注册。",
        }),
    )]
    pub membership: Membership,

    #[schemars(
        title = "Organisation ID (CorpId)",
        description = "On the home page of the developer console. Needed to check members and to sign in inside the \
                       DingTalk client.",
        length(max = 128),
        regex(pattern = "^[A-Za-z0-9_-]+$"),
        extend("x-role" = "policy",
            "x-needed-when" = [
                { "membership": "always" },
                { "membership": "auto", "sign_up": true },
                { "client": true },
            ],
            "x-zh-CN" = {
                "title": "组织 ID（CorpId）",
                "description": "见开发者后台首页。检查组织成员以及在钉钉客户端内登录时需要填写。",
            }),
    )]
    pub corp_id: Option<String>,

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
        title = "Sign in automatically inside the DingTalk client",
        description = "Whoever opens a page in DingTalk, on the phone or the desktop, is signed in without a click. \
                       One authenticator of this server can do that. It needs the permission **Member information \
                       read** (`qyapi_get_member`).",
        extend("x-role" = "client", "x-zh-CN" = {
            "title": "在钉钉客户端内自动登录",
            "description": "在钉钉移动端或桌面端打开页面时，无需点击即可登录。本服务器只能有一个认证器启用此项。需要**成员信息读权限**（`qyapi_get_member`）。",
        }),
    )]
    pub client: bool,

    #[serde(default = "home")]
    #[schemars(
        title = "Landing page",
        description = "Where people land who open the app from DingTalk's workbench: a path of this server.",
        length(max = 1024),
        regex(pattern = "^/"),
        extend("x-role" = "landing", "x-when" = { "client": true }, "x-zh-CN" = {
            "title": "落地页",
            "description": "用户从钉钉工作台打开应用后到达的页面，填写本服务器上的路径。",
        }),
    )]
    pub landing: String,

    #[serde(default)]
    #[schemars(
        title = "Link for the workbench",
        description = "Paste this in the developer console as the home page address of the app, for the phone and for \
                       the desktop, exactly as it is.",
        extend("x-role" = "client-url", "readOnly" = true, "x-when" = { "client": true }, "x-zh-CN" = {
            "title": "工作台链接",
            "description": "请原样粘贴到开发者后台，作为应用在移动端和 PC 端的首页地址。",
        }),
    )]
    pub client_url: Option<String>,

    #[serde(default)]
    #[schemars(
        title = "Show the QR code on the sign-in page",
        description = "The code is drawn by a script of DingTalk's, which people's browsers then fetch from \
                       `g.alicdn.com`. The button stays, for browsers that show no code.",
        extend("x-role" = "embed", "x-zh-CN" = {
            "title": "在登录页显示二维码",
            "description": "二维码由钉钉的脚本绘制，用户的浏览器会从 `g.alicdn.com` 加载该脚本。登录按钮仍会保留，供无法显示二维码的浏览器使用。",
        }),
    )]
    pub panel: bool,

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
        description = "Base address of the older interfaces, which tell about members and sign in inside the client.",
        extend("format" = "uri", "x-role" = "upstream", "x-when" = { "region": "custom" }, "x-zh-CN" = {
            "title": "旧版 API 地址",
            "description": "旧版接口的基础地址，用于查询组织成员和客户端内登录。",
        }),
    )]
    pub legacy_url: String,

    #[serde(default = "mainland_script_url")]
    #[schemars(
        title = "Script address",
        description = "Base address of the script that draws the QR code.",
        extend("format" = "uri", "x-role" = "upstream", "x-when" = { "region": "custom" }, "x-zh-CN" = {
            "title": "脚本地址",
            "description": "绘制二维码的脚本的基础地址。",
        }),
    )]
    pub script_url: String,

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

impl Settings {
    /// Whether whoever comes from the sign-in page has to be proven a member. Inside the client everybody is.
    pub(crate) fn checks_members(&self) -> bool {
        match self.membership {
            Membership::Auto => self.sign_up,
            Membership::Always => true,
            Membership::Never => false,
        }
    }

    /// The organisation whose members come in.
    ///
    /// # Errors
    /// [`FaultKind::Misconfigured`] without one: an absent organisation must not mean "any".
    pub(crate) fn organisation(&self) -> Result<&str, Fault> {
        let corp_id = self.corp_id.as_deref().filter(|id| !id.is_empty());
        corp_id.ok_or_else(|| Fault::new(FaultKind::Misconfigured, "members are checked, and there is no corp_id"))
    }
}

fn home() -> String {
    "/".into()
}

fn mainland_legacy_url() -> String {
    "https://oapi.dingtalk.com".into()
}

fn mainland_script_url() -> String {
    "https://g.alicdn.com".into()
}
