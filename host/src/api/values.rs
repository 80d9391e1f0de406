//! Values that several resources have in common.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ui_schema::Text;
use utoipa::ToSchema;

use crate::ui::role::Role;

/// A text in every language.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Texts {
    /// English.
    en: String,
    /// Simplified Chinese.
    #[serde(rename = "zh-CN")]
    zh_cn: String,
}

impl From<&Text> for Texts {
    fn from(text: &Text) -> Self {
        Self { en: text.en.clone(), zh_cn: text.zh_cn.clone() }
    }
}

impl From<Texts> for Text {
    fn from(texts: Texts) -> Self {
        Self::new(texts.en, texts.zh_cn)
    }
}

/// What a user may do: everything, or sign in and see their own page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum RoleName {
    Admin,
    Member,
}

impl From<Role> for RoleName {
    fn from(role: Role) -> Self {
        match role {
            Role::Administrator => Self::Admin,
            Role::Member => Self::Member,
        }
    }
}

impl From<RoleName> for Role {
    fn from(name: RoleName) -> Self {
        match name {
            RoleName::Admin => Self::Administrator,
            RoleName::Member => Self::Member,
        }
    }
}

/// A moment (RFC 3339, UTC) out of milliseconds of Unix time.
pub(super) fn moment(milliseconds: i64) -> String {
    Timestamp::from_millisecond(milliseconds).unwrap_or_default().to_string()
}
