//! What each kind of fault means for the settings, and what to do about it.

use plugin_api::{FaultKind, Severity};

/// A kind of fault as the administrator reads it; texts are in English and in Chinese.
pub(super) struct Diagnosis {
    pub(super) id: &'static str,
    pub(super) severity: Severity,
    pub(super) message: (&'static str, &'static str),
    pub(super) remedy: (&'static str, &'static str),
    /// Whether the remedy is carried out in DingTalk's developer console.
    pub(super) in_console: bool,
}

impl Diagnosis {
    pub(super) fn of(kind: FaultKind) -> Self {
        match kind {
            FaultKind::CredentialsRejected => Self::credentials_rejected(),
            FaultKind::AddressNotAllowed => Self::address_not_allowed(),
            FaultKind::PermissionMissing => Self::permission_missing(),
            FaultKind::Busy => Self::busy(),
            FaultKind::Unavailable | FaultKind::Slow => Self::unavailable(),
            FaultKind::Misconfigured => Self::misconfigured(),
            _ => Self::unexpected(),
        }
    }

    fn credentials_rejected() -> Self {
        Self {
            id: "credentials",
            severity: Severity::Error,
            message: (
                "DingTalk rejects the Client ID or the Client Secret.",
                "钉钉拒绝了该 Client ID 或 Client Secret。",
            ),
            remedy: (
                "Copy both again from the application's page “Credentials and basic information”.",
                "请在应用的“凭证与基础信息”页面重新复制这两项。",
            ),
            in_console: true,
        }
    }

    fn address_not_allowed() -> Self {
        Self {
            id: "address",
            severity: Severity::Error,
            message: (
                "DingTalk does not allow calls from this server's address.",
                "钉钉不允许本服务器的 IP 地址调用接口。",
            ),
            remedy: (
                "Add the public IP address of this server to the application's list of allowed addresses.",
                "请将本服务器的公网出口 IP 加入应用的服务器出口 IP 白名单。",
            ),
            in_console: true,
        }
    }

    fn permission_missing() -> Self {
        Self {
            id: "permissions",
            severity: Severity::Error,
            message: ("The application lacks a permission.", "应用缺少所需的权限。"),
            remedy: (
                "Grant the permissions named in the guide, then publish a version of the application.",
                "请按照配置指南开通所列权限，然后发布应用版本。",
            ),
            in_console: true,
        }
    }

    fn busy() -> Self {
        Self {
            id: "connection",
            severity: Severity::Warning,
            message: ("DingTalk limits the calls at the moment.", "钉钉正在限制调用频率。"),
            remedy: ("Try again in a few minutes.", "请几分钟后重试。"),
            in_console: false,
        }
    }

    fn unavailable() -> Self {
        Self {
            id: "connection",
            severity: Severity::Error,
            message: ("DingTalk could not be reached or did not answer.", "无法连接钉钉，或钉钉没有响应。"),
            remedy: (
                "Check that this server can open HTTPS connections to DingTalk, then try again.",
                "请检查本服务器能否通过 HTTPS 访问钉钉，然后重试。",
            ),
            in_console: false,
        }
    }

    fn misconfigured() -> Self {
        Self {
            id: "addresses",
            severity: Severity::Error,
            message: ("The addresses in the settings cannot be used.", "设置中的服务地址无法使用。"),
            remedy: (
                "Choose the region of your organisation, or correct the addresses of the custom region.",
                "请选择组织所在的区域，或更正自定义区域的地址。",
            ),
            in_console: false,
        }
    }

    fn unexpected() -> Self {
        Self {
            id: "connection",
            severity: Severity::Warning,
            message: ("DingTalk gave an unexpected answer.", "钉钉返回了意外的响应。"),
            remedy: (
                "Check the region. If it is right, look the code up in DingTalk's list of error codes.",
                "请检查区域设置。如果设置无误，请在钉钉错误码列表中查询该错误码。",
            ),
            in_console: false,
        }
    }
}
