//! What an administrator chooses from.

use serde::{Deserialize, Serialize};
use ui_schema::{JsonSchema, schemars};

/// When a person has to be a member of the organisation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Membership {
    /// Whenever people whom nobody knows become users.
    #[default]
    #[schemars(title = "Check while automatic sign-up is on", extend("x-zh-CN" = { "title": "开启自动注册时检查" }))]
    Auto,
    /// At every sign-in.
    #[schemars(title = "Always check", extend("x-zh-CN" = { "title": "始终检查" }))]
    Always,
    /// At none: who comes in is decided by the users that exist, or by nobody at all.
    #[schemars(title = "Never", extend("x-zh-CN" = { "title": "从不" }))]
    Never,
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
