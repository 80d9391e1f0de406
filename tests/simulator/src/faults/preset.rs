//! Well-known wrong answers by name, each in the shape of the endpoint that it hits.

use axum::http::StatusCode;
use serde::{Deserialize, Serialize};

use crate::api::ApiError;
use crate::endpoint::{Endpoint, Family};
use crate::front::{Answer, HTML, JSON_NEW};
use crate::oapi::LegacyError;
use crate::world::uuid;

/// A wrong answer with a name. Codes are the documented ones; where DingTalk's text is not known, it is the simulator's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Preset {
    /// The app calls too often: 403 `…QpsLimitForAppkeyAndApi`; legacy 90018.
    QpsApp,
    /// Everybody together calls too often: 403 `…QpsLimitForApi`; legacy 90002.
    QpsApi,
    /// The app calls too often in a minute: 403 `…QpmLimitForAppkeyAndApi`; legacy 90018.
    QpmApp,
    /// The organisation's month is used up: 403 `…ApiCountLimitForOrg`; legacy 90020.
    MonthlyQuota,
    /// The server's address is not allowed: 403 `…IpNotInWhiteList`; legacy 60020.
    IpNotAllowed,
    /// A token that was good once: 400 `accesstoken.expired`; legacy 42001.
    TokenExpired,
    /// A token that is not good: 400 `InvalidAuthentication`; legacy 40014.
    TokenInvalid,
    /// A permission is missing: 403 `…AccessTokenPermissionDenied`; legacy 60011.
    NoPermission,
    /// A code that is not good: 400 `invalidParameter.authCode.notFound`; legacy 40078.
    CodeNotFound,
    /// Credentials that are not good: 400 `invalidClientIdOrSecret`; legacy 40096.
    BadCredentials,
    /// Nobody of that id: 404 `invalidParameter.user.notFound`; legacy 60121.
    NoSuchUser,
    /// Somebody whom the app may not see: legacy 50002; the new API has no word of its own and says as above.
    OutOfRange,
    /// The backend was too slow: 504 with an empty body; legacy 88 with an empty `sub_code`.
    GatewayTimeout,
    /// The backend was too slow, told in words: legacy 15 `isp.top-remote-connection-timeout`; 504 elsewhere.
    BackendTimeout,
    /// Something broke: 500 `unknownError`; legacy -1.
    ServerError,
    /// Flood control answers for the whole host, in JSON of its own.
    X5Json,
    /// Flood control answers for the whole host, with a page.
    X5Html,
    /// A truncated JSON document.
    BadJson,
    /// Status 200 and nothing else.
    Empty,
    /// A JSON object without any field.
    EmptyObject,
}

impl Preset {
    /// Every preset.
    pub const ALL: [Self; 20] = [
        Self::QpsApp,
        Self::QpsApi,
        Self::QpmApp,
        Self::MonthlyQuota,
        Self::IpNotAllowed,
        Self::TokenExpired,
        Self::TokenInvalid,
        Self::NoPermission,
        Self::CodeNotFound,
        Self::BadCredentials,
        Self::NoSuchUser,
        Self::OutOfRange,
        Self::GatewayTimeout,
        Self::BackendTimeout,
        Self::ServerError,
        Self::X5Json,
        Self::X5Html,
        Self::BadJson,
        Self::Empty,
        Self::EmptyObject,
    ];

    /// The answer for a request to `endpoint`.
    pub(crate) fn answer(self, endpoint: Endpoint) -> Answer {
        match self {
            Self::X5Json => x5_json(),
            Self::X5Html => Answer::of(StatusCode::OK, HTML, X5_PAGE),
            Self::BadJson => Answer::of(StatusCode::OK, JSON_NEW, r#"{"errcode":0,"accessToken":"4f"#),
            Self::Empty => Answer::of(StatusCode::OK, JSON_NEW, ""),
            Self::EmptyObject => Answer::of(StatusCode::OK, JSON_NEW, "{}"),
            _ => match endpoint.family() {
                Family::TopApi | Family::BareLegacy => self.legacy(endpoint),
                Family::Api | Family::Login => self.api(),
            },
        }
    }

    fn api(self) -> Answer {
        let forbidden = |what: &str, message: &str| {
            ApiError::gateway(StatusCode::FORBIDDEN, format!("Forbidden.AccessDenied.{what}"), message)
        };
        let error = match self {
            Self::QpsApp => forbidden("QpsLimitForAppkeyAndApi", "应用调用该接口的频率超过限制，请稍后再试"),
            Self::QpsApi => forbidden("QpsLimitForApi", "接口调用频率超过限制，请稍后再试"),
            Self::QpmApp => forbidden("QpmLimitForAppkeyAndApi", "应用每分钟调用该接口的次数超过限制，请稍后再试"),
            Self::MonthlyQuota => forbidden("ApiCountLimitForOrg", "企业本月调用接口的次数已达上限"),
            Self::IpNotAllowed => forbidden("IpNotInWhiteList", "访问ip不在白名单之中，request ip=192.0.2.1"),
            Self::TokenExpired => {
                ApiError::gateway(StatusCode::BAD_REQUEST, "accesstoken.expired", "access_token已过期")
            }
            Self::TokenInvalid => ApiError::invalid_authentication(),
            Self::NoPermission => ApiError::permission_denied("Contact.User.Read"),
            Self::CodeNotFound => ApiError::code_not_found(400),
            Self::BadCredentials => ApiError::invalid_client(),
            Self::NoSuchUser | Self::OutOfRange => ApiError::user_not_found(),
            Self::ServerError => ApiError::service(StatusCode::INTERNAL_SERVER_ERROR, "unknownError", "未知错误"),
            _ => return Answer::of(StatusCode::GATEWAY_TIMEOUT, HTML, ""),
        };
        error.into()
    }

    fn legacy(self, endpoint: Endpoint) -> Answer {
        let error = match self {
            Self::QpsApp | Self::QpmApp => LegacyError::wrapped("90018", "应用调用该接口的频率超过限制，请稍后再试"),
            Self::QpsApi => LegacyError::wrapped("90002", "您的服务器调用钉钉开放平台当前接口的所有请求都被暂时禁用了"),
            Self::MonthlyQuota => LegacyError::wrapped("90020", "企业本月调用接口的次数已达上限"),
            Self::IpNotAllowed => LegacyError::wrapped("60020", "访问ip不在白名单之中，request ip=192.0.2.1"),
            Self::TokenExpired => LegacyError::wrapped("42001", "access_token超时"),
            Self::TokenInvalid => LegacyError::invalid_token(),
            Self::NoPermission => LegacyError::no_permission("simulated", "qyapi_get_member"),
            Self::CodeNotFound => LegacyError::no_such_code(),
            Self::BadCredentials => LegacyError::bad_credentials(),
            Self::NoSuchUser => LegacyError::no_such_user(),
            Self::OutOfRange => LegacyError::out_of_range(),
            Self::ServerError => LegacyError::bare(-1, "系统繁忙"),
            Self::BackendTimeout => LegacyError::bare(15, "isp.top-remote-connection-timeout"),
            _ => LegacyError::wrapped("", ""),
        };
        error.answer(endpoint)
    }
}

fn x5_json() -> Answer {
    let body = format!(
        r#"{{"status":1111,"wait":5,"source":"x5","punish":"deny","uuid":"{}"}}"#,
        uuid().to_lowercase().replace('-', "")
    );
    Answer::of(StatusCode::OK, JSON_NEW, body)
}

const X5_PAGE: &str = "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>访问被拒绝</title></head>\
<body><h1>访问被拒绝</h1><p>您的访问过于频繁，请稍后再试。</p><script>var x5={\"punish\":\"deny\"}</script></body></html>";
