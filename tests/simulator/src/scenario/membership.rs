//! A seat in an organisation: what `topapi/v2/user/get` describes.

use serde::{Deserialize, Serialize};

use super::person::Phone;

/// What one organisation knows about one person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Membership {
    /// `userid`: unique in the organisation.
    pub user_id: String,
    /// Name in the company directory.
    pub name: String,
    /// Member of staff, or a contact from outside.
    #[serde(default)]
    pub contact_type: ContactType,
    /// Whether the person has activated the account.
    #[serde(default = "yes")]
    pub active: bool,
    /// Whether the person has left: every lookup then says 60121.
    #[serde(default)]
    pub left: bool,
    /// The phone in the directory, which may differ from the personal one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub staff_phone: Option<Phone>,
    /// The directory hides the number from colleagues (`hide_mobile`).
    #[serde(default)]
    pub hide_mobile: bool,
    /// Administrator of the organisation.
    #[serde(default)]
    pub admin: bool,
    /// Boss of the organisation.
    #[serde(default)]
    pub boss: bool,
    /// In senior mode.
    #[serde(default)]
    pub senior: bool,
    /// `sys_level` of `getuserinfo`: 1 main administrator, 2 sub-administrator, 100 boss, 0 other.
    #[serde(default)]
    pub sys_level: i64,
    /// Departments the person sits in.
    #[serde(default)]
    pub departments: Vec<DepartmentSeat>,
    /// Roles the person holds.
    #[serde(default)]
    pub roles: Vec<Role>,
    /// Personal mail address in the directory; needs [`super::Permission::StaffEmail`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Mail address given by the organisation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub org_email: Option<String>,
    /// Staff number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub job_number: Option<String>,
    /// Position.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Place of work; needs [`super::Permission::StaffEmail`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub work_place: Option<String>,
    /// When the person joined, milliseconds since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hired_date: Option<i64>,
    /// Set for an enterprise ("exclusive") account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exclusive: Option<ExclusiveAccount>,
}

/// How somebody belongs to an organisation. On the wire 0 and 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContactType {
    /// A member.
    #[default]
    Staff,
    /// An external contact, whom a sign-in must refuse.
    External,
}

/// A place in a department.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DepartmentSeat {
    /// Number of the department; 1 is the root.
    pub dept_id: i64,
    /// Sort key. Real ones exceed 2^53, which a client that parses them as doubles corrupts.
    #[serde(default = "big_order")]
    pub order: i64,
    /// Whether the person leads the department.
    #[serde(default)]
    pub leader: bool,
}

/// A role of the organisation. Names can be edited, so clients map by id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Role {
    /// Number of the role.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// The group the role is listed in.
    #[serde(default)]
    pub group_name: String,
}

/// An account that belongs to the organisation, not to the person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExclusiveAccount {
    /// Who keeps the password.
    pub kind: ExclusiveKind,
    /// The name the person logs in with.
    pub login_id: String,
}

/// Who authenticates an enterprise account (`exclusive_account_type`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExclusiveKind {
    /// The organisation's own sign-on.
    Sso,
    /// DingTalk.
    Dingtalk,
}

impl Membership {
    /// A plain, active member of the root department.
    #[must_use]
    pub fn staff(user_id: &str, name: &str) -> Self {
        Self {
            user_id: user_id.to_owned(),
            name: name.to_owned(),
            contact_type: ContactType::Staff,
            active: true,
            left: false,
            staff_phone: None,
            hide_mobile: false,
            admin: false,
            boss: false,
            senior: false,
            sys_level: 0,
            departments: vec![DepartmentSeat { dept_id: 1, order: big_order(), leader: false }],
            roles: Vec::new(),
            email: None,
            org_email: None,
            job_number: None,
            title: None,
            work_place: None,
            hired_date: None,
            exclusive: None,
        }
    }

    /// A current member of staff: neither a leaver nor an external contact.
    #[must_use]
    pub fn is_staff(&self) -> bool {
        !self.left && self.contact_type == ContactType::Staff
    }
}

const fn yes() -> bool {
    true
}

const fn big_order() -> i64 {
    179_997_318_850_453_160
}
