//! Organisations and the apps registered in their developer console.

use std::collections::BTreeSet;
use std::net::IpAddr;

use serde::{Deserialize, Serialize};

/// A company on DingTalk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Organisation {
    /// `corpId`, for example `dingcorpdemo0001`.
    pub corp_id: String,
    /// The name shown to people.
    pub name: String,
}

/// An app, as the developer console shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct App {
    /// Client ID, formerly AppKey.
    pub client_id: String,
    /// Client Secret, formerly AppSecret.
    pub client_secret: String,
    /// The name shown to people.
    pub name: String,
    /// The organisation that owns the app.
    pub corp_id: String,
    /// Registered Redirect URLs (console: Security settings).
    #[serde(default)]
    pub redirect_urls: Vec<String>,
    /// Granted permissions.
    #[serde(default)]
    pub permissions: BTreeSet<Permission>,
    /// Compare only scheme and host of `redirect_uri`, as some reports say the real page does, instead of the whole URL.
    #[serde(default)]
    pub host_matching: bool,
    /// Addresses that may call with this app's credentials; empty means all. The simulator's callers come from loopback.
    #[serde(default)]
    pub allowed_ips: Vec<IpAddr>,
    /// Apps of independent vendors get phone numbers masked: `138****0000`.
    #[serde(default)]
    pub masks_mobile: bool,
    /// Whether people of other organisations can pass the authorize page, as has been seen in the field.
    #[serde(default = "yes")]
    pub cross_organisation: bool,
    /// The departments whose direct members the app may see; `None` or one that contains `1` (the root) means everybody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact_departments: Option<Vec<i64>>,
}

/// A permission of the developer console, by its code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Permission {
    /// Read the profile of the person who signed in: `GET /v1.0/contact/users/…`.
    #[serde(rename = "Contact.User.Read")]
    ContactUserRead,
    /// See `mobile` and `stateCode` in that profile ("个人手机号信息").
    #[serde(rename = "Contact.User.mobile")]
    ContactUserMobile,
    /// Exchange an in-client code: `topapi/v2/user/getuserinfo`.
    #[serde(rename = "qyapi_base")]
    Base,
    /// Read members: `topapi/v2/user/get` and `topapi/user/getbyunionid`.
    #[serde(rename = "qyapi_get_member")]
    GetMember,
    /// See `mobile` and `state_code` of members ("企业员工手机号信息").
    #[serde(rename = "fieldMobile")]
    StaffMobile,
    /// See `email`, `remark` and `work_place` of members ("邮箱等个人信息").
    #[serde(rename = "fieldEmail")]
    StaffEmail,
    /// Find members by phone number: `topapi/v2/user/getbymobile`.
    #[serde(rename = "qyapi_get_member_by_mobile")]
    GetMemberByMobile,
    /// Follow accounts that became enterprise accounts ("通讯录企业账号迁移数据读权限").
    #[serde(rename = "Contact.OrgAccountMigration.Read")]
    OrgAccountMigrationRead,
}

impl Permission {
    /// Every permission, in console order.
    pub const ALL: [Self; 8] = [
        Self::ContactUserRead,
        Self::ContactUserMobile,
        Self::Base,
        Self::GetMember,
        Self::StaffMobile,
        Self::StaffEmail,
        Self::GetMemberByMobile,
        Self::OrgAccountMigrationRead,
    ];

    /// The code the console and the error bodies use.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::ContactUserRead => "Contact.User.Read",
            Self::ContactUserMobile => "Contact.User.mobile",
            Self::Base => "qyapi_base",
            Self::GetMember => "qyapi_get_member",
            Self::StaffMobile => "fieldMobile",
            Self::StaffEmail => "fieldEmail",
            Self::GetMemberByMobile => "qyapi_get_member_by_mobile",
            Self::OrgAccountMigrationRead => "Contact.OrgAccountMigration.Read",
        }
    }
}

impl App {
    /// Whether the app was granted `permission`.
    #[must_use]
    pub fn may(&self, permission: Permission) -> bool {
        self.permissions.contains(&permission)
    }

    /// Adds a Redirect URL, once.
    pub(crate) fn register(&mut self, url: &str) {
        if !self.redirect_urls.iter().any(|known| known == url) {
            self.redirect_urls.push(url.to_owned());
        }
    }

    /// Whether `address` may call with this app's credentials.
    pub(crate) fn allows(&self, address: IpAddr) -> bool {
        self.allowed_ips.is_empty() || self.allowed_ips.contains(&address)
    }
}

const fn yes() -> bool {
    true
}
