//! Errors of the legacy API. Below `/topapi/` the gateway wraps its own in 88, with the real code as a string.

use serde_json::{Value, json};

use super::write;
use crate::endpoint::{Endpoint, Family};
use crate::front::Answer;
use crate::world::request_id;

/// An error before it is wrapped.
#[derive(Debug)]
pub(crate) enum LegacyError {
    /// Noticed by the service itself: a plain `errcode`.
    Bare {
        /// The code.
        errcode: i64,
        /// Its text.
        errmsg: String,
    },
    /// Noticed by the gateway: 88 and a `sub_code` below `/topapi/`, a plain `errcode` elsewhere.
    Gateway {
        /// The real code, as text.
        sub_code: String,
        /// Its text.
        sub_msg: String,
        /// What follows the text in `errmsg`.
        tail: String,
    },
    /// 22: there is no such API.
    UnknownApi {
        /// Its name in dots.
        name: String,
    },
}

impl LegacyError {
    pub(crate) fn bare(errcode: i64, errmsg: &str) -> Self {
        Self::Bare { errcode, errmsg: errmsg.to_owned() }
    }

    pub(crate) fn wrapped(sub_code: &str, sub_msg: &str) -> Self {
        Self::Gateway { sub_code: sub_code.to_owned(), sub_msg: sub_msg.to_owned(), tail: String::new() }
    }

    /// No token in the query or in a form.
    pub(super) fn blank_token() -> Self {
        Self::wrapped("40000", "access_token is blank")
    }

    /// A token that is unknown, or of the wrong kind.
    pub(crate) fn invalid_token() -> Self {
        Self::wrapped("40014", "不合法的access_token")
    }

    /// The app lacks `scope`.
    pub(crate) fn no_permission(client_id: &str, scope: &str) -> Self {
        let sub_msg = format!(
            "应用尚未开通所需的权限：[{scope}]，点击链接申请并开通即可：https://open-dev.dingtalk.com/appscope/apply?content={client_id}%23{scope}"
        );
        Self::Gateway { sub_code: "60011".to_owned(), sub_msg, tail: format!(",{{requiredScopes=[{scope}]}}") }
    }

    /// A caller whose address the app does not allow.
    pub(super) fn ip_not_allowed(peer: std::net::IpAddr, client_id: &str) -> Self {
        Self::wrapped("60020", &format!("访问ip不在白名单之中，request ip={peer} appKey({client_id})"))
    }

    /// Nobody of that id in the organisation: left, not yet joined, or another company's.
    pub(crate) fn no_such_user() -> Self {
        Self::bare(60121, "找不到该用户")
    }

    /// A code that is unknown, expired, spent, of the wrong kind or another app's.
    pub(crate) fn no_such_code() -> Self {
        Self::bare(40078, "不存在的临时授权码")
    }

    /// Client ID and secret that do not fit.
    pub(crate) fn bad_credentials() -> Self {
        Self::bare(40096, "不合法的appKey或appSecret")
    }

    /// Somebody outside the app's contact range.
    pub(crate) fn out_of_range() -> Self {
        Self::bare(50002, "员工不在权限范围")
    }

    pub(super) fn unknown_api(name: &str) -> Self {
        Self::UnknownApi { name: name.to_owned() }
    }

    /// The answer of `endpoint` with this error.
    pub(crate) fn answer(&self, endpoint: Endpoint) -> Answer {
        let body = if endpoint.family() == Family::BareLegacy { self.plain() } else { self.in_topapi() };
        write(endpoint, &body)
    }

    fn in_topapi(&self) -> Value {
        match self {
            Self::Bare { errcode, errmsg } => {
                json!({ "errcode": errcode, "errmsg": errmsg, "request_id": request_id() })
            }
            Self::Gateway { sub_code, sub_msg, tail } => json!({
                "errcode": 88,
                "sub_code": sub_code,
                "sub_msg": sub_msg,
                "errmsg": format!("ding talk error[subcode={sub_code},submsg={sub_msg}{tail}]"),
                "request_id": request_id(),
            }),
            Self::UnknownApi { name } => {
                let sub_msg = format!("不合法ApiName，ApiName = {name}");
                let errmsg = format!("Invalid method[submsg={sub_msg}]");
                json!({ "errcode": 22, "sub_msg": sub_msg, "errmsg": errmsg, "request_id": request_id() })
            }
        }
    }

    fn plain(&self) -> Value {
        match self {
            Self::Bare { errcode, errmsg } => json!({ "errcode": errcode, "errmsg": errmsg }),
            Self::Gateway { sub_code, sub_msg, .. } => {
                json!({ "errcode": sub_code.parse::<i64>().unwrap_or(-1), "errmsg": sub_msg })
            }
            Self::UnknownApi { .. } => json!({ "errcode": 404, "errmsg": "请求的URI地址不存在" }),
        }
    }
}
