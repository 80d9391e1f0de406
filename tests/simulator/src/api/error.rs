//! Errors of the new API. Who noticed the error shows in the order of the keys: the gateway writes `code` first, the
//! services behind it write `requestid` first.

use axum::http::StatusCode;
use serde_json::{Map, Value, json};

use crate::front::{Answer, JSON_NEW};
use crate::world::uuid;

/// An error body with its status.
#[derive(Debug)]
pub(crate) struct ApiError {
    status: StatusCode,
    by_gateway: bool,
    code: String,
    message: String,
    /// Permissions that are missing, for `accessdenieddetail`.
    required_scopes: Vec<String>,
}

impl ApiError {
    /// An error that the gateway noticed.
    pub(crate) fn gateway(status: StatusCode, code: impl Into<String>, message: impl Into<String>) -> Self {
        Self { status, by_gateway: true, code: code.into(), message: message.into(), required_scopes: Vec::new() }
    }

    /// An error that a service noticed.
    pub(crate) fn service(status: StatusCode, code: impl Into<String>, message: impl Into<String>) -> Self {
        Self { by_gateway: false, ..Self::gateway(status, code, message) }
    }

    /// No such path, or not with this method.
    pub(crate) fn not_found() -> Self {
        let message = "Specified api is not found, please check your url and method.";
        Self::gateway(StatusCode::NOT_FOUND, "InvalidAction.NotFound", message)
    }

    /// No body, or one that is not JSON.
    pub(crate) fn missing_body() -> Self {
        Self::missing("body")
    }

    /// A field (or the body) that must be there.
    pub(crate) fn missing(name: &str) -> Self {
        let message = format!("{name} is mandatory for this action.");
        Self::gateway(StatusCode::BAD_REQUEST, format!("Missing{name}"), message)
    }

    /// Credentials that do not fit.
    pub(crate) fn invalid_client() -> Self {
        Self::service(StatusCode::BAD_REQUEST, "invalidClientIdOrSecret", "无效的clientId或者clientSecret")
    }

    /// A code or refresh token that is unknown, expired, spent, of the wrong kind or another app's.
    pub(crate) fn code_not_found(status: u16) -> Self {
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
        Self::service(status, "invalidParameter.authCode.notFound", "不合法的临时授权码")
    }

    /// A caller whose address the app does not allow.
    pub(crate) fn ip_not_allowed(peer: std::net::IpAddr, client_id: &str) -> Self {
        let message = format!("访问ip不在白名单之中，request ip={peer} appKey({client_id})");
        Self::gateway(StatusCode::FORBIDDEN, "Forbidden.AccessDenied.IpNotInWhiteList", message)
    }

    /// The token is not in the one header where it is looked for.
    pub(crate) fn missing_token_header() -> Self {
        let message = "缺少参数：x-acs-dingtalk-access-token";
        Self::gateway(StatusCode::BAD_REQUEST, "AuthenticationFailed.MissingParameter", message)
    }

    /// A token that is unknown or expired. The status is 400, not 401.
    pub(crate) fn invalid_authentication() -> Self {
        Self::gateway(StatusCode::BAD_REQUEST, "InvalidAuthentication", "不合法的access_token")
    }

    /// The app lacks a permission, or an app token came where a user token belongs.
    pub(crate) fn permission_denied(scope: &str) -> Self {
        let message = "没有调用该接口的权限，接口权限申请参考：https://open.dingtalk.com/document/orgapp-server/add-api-permission";
        let code = "Forbidden.AccessDenied.AccessTokenPermissionDenied";
        Self { required_scopes: vec![scope.to_owned()], ..Self::gateway(StatusCode::FORBIDDEN, code, message) }
    }

    /// Nobody has this union id.
    pub(crate) fn user_not_found() -> Self {
        Self::service(StatusCode::NOT_FOUND, "invalidParameter.user.notFound", "找不到该用户")
    }
}

impl From<ApiError> for Answer {
    fn from(error: ApiError) -> Self {
        let mut body = Map::new();
        if error.by_gateway {
            body.insert("code".to_owned(), error.code.into());
            body.insert("requestid".to_owned(), uuid().into());
        } else {
            body.insert("requestid".to_owned(), uuid().into());
            body.insert("code".to_owned(), error.code.into());
        }
        body.insert("message".to_owned(), error.message.into());
        if !error.required_scopes.is_empty() {
            body.insert("accessdenieddetail".to_owned(), json!({ "requiredScopes": error.required_scopes }));
        }
        Self::of(error.status, JSON_NEW, Value::Object(body).to_string())
    }
}
