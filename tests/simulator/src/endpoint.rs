//! The endpoints the simulator knows, by name: what counters, faults and records are keyed by.

use axum::http::Method;
use serde::{Deserialize, Serialize};

/// One endpoint of DingTalk. In JSON it is written in snake case, for example `"user_access_token"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Endpoint {
    /// `GET /oauth2/auth`: the page on which a person agrees to sign in.
    Authorize,
    /// `POST /oauth2/auth/approve`: the form of that page. (The real page talks to itself in private ways.)
    Approve,
    /// `GET /dingding/h5-dingtalk-login/0.21.0/ddlogin.js`: the script that shows that page in a frame; on a host of its
    /// own, `g.alicdn.com`, in reality.
    LoginScript,
    /// `POST /v1.0/oauth2/userAccessToken`: a code, or a refresh token, for a user token.
    UserAccessToken,
    /// `POST /v1.0/oauth2/accessToken`: an app token.
    AppAccessToken,
    /// `POST /v1.0/oauth2/{corpId}/token`: an app token, asked for in the style of plain OAuth 2.
    CorpToken,
    /// `GET /v1.0/contact/users/{me|unionId}`: the profile of a person.
    ContactUser,
    /// `GET /v1.0/contact/orgAccount/getUnionIdByMigrationUnionIds`: the union id that somebody had before the account
    /// became an enterprise account.
    FormerUnionId,
    /// `GET /v1.0/contact/orgAccount/getMigrationUnionIdByUnionIds`: the other way round.
    MigratedUnionId,
    /// `GET /gettoken`: an app token, the legacy way.
    GetToken,
    /// `GET /auth/scopes`: what the app may see of the directory.
    AuthScopes,
    /// `POST /topapi/v2/user/getuserinfo`: an in-client code for a member.
    GetUserInfo,
    /// `POST /topapi/v2/user/get`: a member in full.
    UserGet,
    /// `POST /topapi/user/getbyunionid`: from a union id to a member.
    GetByUnionId,
    /// `POST /topapi/v2/user/getbymobile`: from a phone number to a member.
    GetByMobile,
    /// Any other path or method below `/v1.0/`.
    UnknownApi,
    /// Any other path below `/topapi/`.
    UnknownLegacy,
}

/// Which of DingTalk's hosts an endpoint belongs to, and so how it reports errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// `login.dingtalk.com`: pages for people, and their scripts.
    Login,
    /// `api.dingtalk.com`: HTTP status codes and `{"code","requestid","message"}`.
    Api,
    /// `oapi.dingtalk.com/topapi/…`: status 200, `errcode`, gateway errors wrapped in 88.
    TopApi,
    /// Other paths of `oapi.dingtalk.com`: status 200 and a bare `errcode`.
    BareLegacy,
}

impl Endpoint {
    /// Every endpoint, in the order a sign-in meets them.
    pub const ALL: [Self; 17] = [
        Self::Authorize,
        Self::Approve,
        Self::LoginScript,
        Self::UserAccessToken,
        Self::AppAccessToken,
        Self::CorpToken,
        Self::ContactUser,
        Self::FormerUnionId,
        Self::MigratedUnionId,
        Self::GetToken,
        Self::AuthScopes,
        Self::GetUserInfo,
        Self::UserGet,
        Self::GetByUnionId,
        Self::GetByMobile,
        Self::UnknownApi,
        Self::UnknownLegacy,
    ];

    /// The host the endpoint lives on in reality.
    #[must_use]
    pub const fn family(self) -> Family {
        match self {
            Self::Authorize | Self::Approve | Self::LoginScript => Family::Login,
            Self::UserAccessToken
            | Self::AppAccessToken
            | Self::CorpToken
            | Self::ContactUser
            | Self::FormerUnionId
            | Self::MigratedUnionId
            | Self::UnknownApi => Family::Api,
            Self::GetToken | Self::AuthScopes => Family::BareLegacy,
            Self::GetUserInfo | Self::UserGet | Self::GetByUnionId | Self::GetByMobile | Self::UnknownLegacy => {
                Family::TopApi
            }
        }
    }

    /// Which endpoint a request is for; `None` when DingTalk has nothing of the kind.
    ///
    /// The gateway of `api.` treats a wrong method like a wrong path, so both are [`Endpoint::UnknownApi`]; the legacy
    /// endpoints know themselves by path alone and complain about the method on their own.
    pub(crate) fn of(method: &Method, path: &str) -> Option<Self> {
        match (method, path) {
            (&Method::GET, "/oauth2/auth") => Some(Self::Authorize),
            (&Method::POST, "/oauth2/auth/approve") => Some(Self::Approve),
            (&Method::GET, "/dingding/h5-dingtalk-login/0.21.0/ddlogin.js") => Some(Self::LoginScript),
            (_, "/gettoken") => Some(Self::GetToken),
            (_, "/auth/scopes") => Some(Self::AuthScopes),
            (_, "/topapi/v2/user/getuserinfo") => Some(Self::GetUserInfo),
            (_, "/topapi/v2/user/get") => Some(Self::UserGet),
            (_, "/topapi/user/getbyunionid") => Some(Self::GetByUnionId),
            (_, "/topapi/v2/user/getbymobile") => Some(Self::GetByMobile),
            _ if path.starts_with("/topapi/") => Some(Self::UnknownLegacy),
            _ => path.strip_prefix("/v1.0/").map(|rest| Self::of_api(method, rest)),
        }
    }

    fn of_api(method: &Method, rest: &str) -> Self {
        let segments: Vec<&str> = rest.split('/').collect();
        match (method, segments.as_slice()) {
            (&Method::POST, ["oauth2", "userAccessToken"]) => Self::UserAccessToken,
            (&Method::POST, ["oauth2", "accessToken"]) => Self::AppAccessToken,
            (&Method::POST, ["oauth2", corp, "token"]) if !corp.is_empty() => Self::CorpToken,
            (&Method::GET, ["contact", "users", id]) if !id.is_empty() => Self::ContactUser,
            (&Method::GET, ["contact", "orgAccount", "getUnionIdByMigrationUnionIds"]) => Self::FormerUnionId,
            (&Method::GET, ["contact", "orgAccount", "getMigrationUnionIdByUnionIds"]) => Self::MigratedUnionId,
            _ => Self::UnknownApi,
        }
    }
}
