//! What each kind of fault means, and what to do about it.

use plugin_api::{FaultKind, Severity};

/// A kind of fault as the administrator reads it; texts are in English and in Chinese.
pub(super) struct Diagnosis {
    pub(super) id: &'static str,
    pub(super) severity: Severity,
    pub(super) message: (&'static str, &'static str),
    pub(super) remedy: (&'static str, &'static str),
    pub(super) place: Place,
}

/// Where the remedy is carried out.
#[derive(Clone, Copy)]
pub(super) enum Place {
    /// Not at DingTalk.
    Nowhere,
    /// In DingTalk's developer console.
    Console,
    /// On the page of the console that asks for the missing permission.
    Permissions,
    /// In DingTalk's list of error codes.
    Codes,
}

impl Diagnosis {
    pub(super) const fn of(kind: FaultKind) -> Self {
        match kind {
            FaultKind::Denied => DENIED,
            FaultKind::CodeRejected => CODE_REJECTED,
            FaultKind::CredentialsRejected => CREDENTIALS_REJECTED,
            FaultKind::PermissionMissing => PERMISSION_MISSING,
            FaultKind::AddressNotAllowed => ADDRESS_NOT_ALLOWED,
            FaultKind::Busy => BUSY,
            FaultKind::Unavailable | FaultKind::Slow => UNAVAILABLE,
            FaultKind::NotAMember => NOT_A_MEMBER,
            FaultKind::ExternalContact => EXTERNAL_CONTACT,
            FaultKind::OtherOrganisation => OTHER_ORGANISATION,
            FaultKind::OrganisationUnknown => ORGANISATION_UNKNOWN,
            FaultKind::InactiveMember => INACTIVE_MEMBER,
            FaultKind::MembershipUnproven => MEMBERSHIP_UNPROVEN,
            FaultKind::Misconfigured => MISCONFIGURED,
            _ => UNEXPECTED,
        }
    }
}

const DENIED: Diagnosis = Diagnosis {
    id: "consent",
    severity: Severity::Info,
    message: (
        "The person cancelled at DingTalk, or DingTalk did for them.",
        "用户在钉钉取消了登录，或钉钉拒绝了登录。",
    ),
    remedy: ("Nothing has to be done. The person can sign in again.", "无需处理，用户可以重新登录。"),
    place: Place::Nowhere,
};

const CODE_REJECTED: Diagnosis = Diagnosis {
    id: "code",
    severity: Severity::Info,
    message: (
        "DingTalk does not take the one-time code: it was used before, is too old, or belongs to another application.",
        "钉钉不接受该一次性授权码：已被使用、已过期，或属于其他应用。",
    ),
    remedy: (
        "The person can sign in again. If it happens to everybody, compare the Client ID with the application's.",
        "用户可以重新登录。如果所有人都遇到此问题，请核对 Client ID 是否属于该应用。",
    ),
    place: Place::Nowhere,
};

const CREDENTIALS_REJECTED: Diagnosis = Diagnosis {
    id: "credentials",
    severity: Severity::Error,
    message: ("DingTalk rejects the Client ID or the Client Secret.", "钉钉拒绝了该 Client ID 或 Client Secret。"),
    remedy: (
        "Copy both again from the application's page “Credentials and basic information”.",
        "请在应用的“凭证与基础信息”页面重新复制这两项。",
    ),
    place: Place::Console,
};

const PERMISSION_MISSING: Diagnosis = Diagnosis {
    id: "permissions",
    severity: Severity::Error,
    message: (
        "The application may not ask: a permission is missing, or the person is outside its range.",
        "应用无权调用该接口：缺少权限，或用户不在授权范围内。",
    ),
    remedy: (
        "Grant the permission, set the range of contacts to everybody, then publish a version of the application.",
        "请开通该权限，将通讯录权限范围设为全员，然后发布应用版本。",
    ),
    place: Place::Permissions,
};

const ADDRESS_NOT_ALLOWED: Diagnosis = Diagnosis {
    id: "address",
    severity: Severity::Error,
    message: ("DingTalk does not allow calls from this server's address.", "钉钉不允许本服务器的 IP 地址调用接口。"),
    remedy: (
        "Add the public IP address of this server to the application's list of allowed addresses.",
        "请将本服务器的公网出口 IP 加入应用的服务器出口 IP 白名单。",
    ),
    place: Place::Console,
};

const BUSY: Diagnosis = Diagnosis {
    id: "connection",
    severity: Severity::Warning,
    message: ("DingTalk limits the calls at the moment.", "钉钉正在限制调用频率。"),
    remedy: ("Try again in a few minutes.", "请几分钟后重试。"),
    place: Place::Nowhere,
};

const UNAVAILABLE: Diagnosis = Diagnosis {
    id: "connection",
    severity: Severity::Error,
    message: ("DingTalk could not be reached or did not answer.", "无法连接钉钉，或钉钉没有响应。"),
    remedy: (
        "Check that this server can open HTTPS connections to DingTalk, then try again.",
        "请检查本服务器能否通过 HTTPS 访问钉钉，然后重试。",
    ),
    place: Place::Nowhere,
};

const NOT_A_MEMBER: Diagnosis = Diagnosis {
    id: "member",
    severity: Severity::Info,
    message: (
        "The person is not a member of the organisation, has left it, or may not use the application.",
        "该用户不是组织成员、已离职，或不在应用的可用范围内。",
    ),
    remedy: (
        "If they should come in, add them to the organisation in DingTalk and to those who may use the application.",
        "如果应允许其登录，请在钉钉中将其加入组织，并加入应用的可用范围。",
    ),
    place: Place::Nowhere,
};

const EXTERNAL_CONTACT: Diagnosis = Diagnosis {
    id: "member",
    severity: Severity::Info,
    message: (
        "The organisation knows the person as an external contact, for example a customer, not as a member.",
        "该用户是组织的外部联系人（例如客户），不是组织成员。",
    ),
    remedy: (
        "If they should come in, make them a member of the organisation in DingTalk.",
        "如果应允许其登录，请在钉钉中将其加入组织。",
    ),
    place: Place::Nowhere,
};

const OTHER_ORGANISATION: Diagnosis = Diagnosis {
    id: "organisation",
    severity: Severity::Info,
    message: (
        "The person chose another organisation at DingTalk than the one in the settings.",
        "该用户在钉钉选择了其他组织，与设置中的组织不同。",
    ),
    remedy: (
        "The person can sign in again and choose yours. If it happens to everybody, check the Organisation ID.",
        "用户可以重新登录并选择您的组织。如果所有人都遇到此问题，请检查组织 ID。",
    ),
    place: Place::Nowhere,
};

const ORGANISATION_UNKNOWN: Diagnosis = Diagnosis {
    id: "organisation",
    severity: Severity::Warning,
    message: ("DingTalk did not say for which organisation the person signed in.", "钉钉没有返回该用户登录的组织。"),
    remedy: (
        "The person can sign in again and choose an organisation. Somebody without any cannot come in.",
        "用户可以重新登录并选择组织。未加入任何组织的用户无法登录。",
    ),
    place: Place::Nowhere,
};

const INACTIVE_MEMBER: Diagnosis = Diagnosis {
    id: "member",
    severity: Severity::Info,
    message: (
        "The person is in the organisation's directory, but has not joined yet or is not active any more.",
        "该用户在组织通讯录中，但尚未激活或已停用。",
    ),
    remedy: (
        "They have to accept the invitation in DingTalk, or their account has to be made active again.",
        "请让该用户在钉钉中接受邀请，或重新启用其账号。",
    ),
    place: Place::Nowhere,
};

const MEMBERSHIP_UNPROVEN: Diagnosis = Diagnosis {
    id: "member",
    severity: Severity::Error,
    message: (
        "Whether the person is a member could not be found out, so they were turned away.",
        "无法确认该用户是否为组织成员，因此拒绝了登录。",
    ),
    remedy: ("Run the connection check of the authenticator.", "请在认证器中运行连接检查。"),
    place: Place::Nowhere,
};

const MISCONFIGURED: Diagnosis = Diagnosis {
    id: "addresses",
    severity: Severity::Error,
    message: ("The settings cannot work as they are.", "当前设置无法使用。"),
    remedy: (
        "Choose the region of your organisation, or correct the addresses of the custom region; where members are \
         checked, enter the Organisation ID.",
        "请选择组织所在的区域，或更正自定义区域的地址；如需检查组织成员，请填写组织 ID。",
    ),
    place: Place::Nowhere,
};

const UNEXPECTED: Diagnosis = Diagnosis {
    id: "connection",
    severity: Severity::Warning,
    message: ("DingTalk gave an unexpected answer.", "钉钉返回了意外的响应。"),
    remedy: (
        "Check the region. If it is right, look the code up in DingTalk's list of error codes.",
        "请检查区域设置。如果设置无误，请在钉钉错误码列表中查询该错误码。",
    ),
    place: Place::Codes,
};
