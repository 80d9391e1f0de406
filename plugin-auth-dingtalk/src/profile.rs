//! Who the user token belongs to.

use plugin_api::{Claim, Context, Fault, FaultKind, HttpRequest, Identity};
use serde::Deserialize;

use crate::Servers;
use crate::exchange::Grant;
use crate::wire;

mod phone;

/// What DingTalk tells about a person (page `dingtalk-retrieve-user-information`). It leaves out what it does not
/// know or may not tell, and an empty text means the same. The person's name of the organisation's directory and the
/// `openId`, which changes with the application, are of no use here.
///
/// Deliberately without `Debug`: a profile must not reach a log.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Profile {
    union_id: Option<String>,
    nick: Option<String>,
    avatar_url: Option<String>,
    mobile: Option<String>,
    state_code: Option<String>,
    email: Option<String>,
    visitor: Option<bool>,
}

/// Asks who the person is. The token goes into DingTalk's own header; `authorization` is not understood.
pub(crate) async fn fetch(cx: &Context, servers: &Servers, grant: &Grant) -> Result<Profile, Fault> {
    let request = HttpRequest::get(format!("{}/v1.0/contact/users/me", servers.api))
        .header("x-acs-dingtalk-access-token", &grant.access_token);
    wire::call(cx, request, "asking who the person is", &[&grant.access_token]).await
}

/// The identity in `profile`, for the organisation that the person chose.
///
/// The subject is the `unionId`: one for all applications of an organisation of developers, and case matters in it.
/// Everything comes from the person's own account and says nothing about the organisation: even the e-mail address may
/// be another employer's.
pub(crate) fn identity(cx: &Context, profile: Profile, tenant: Option<String>) -> Result<Identity, Fault> {
    let subject = profile.union_id.filter(|id| wire::is_identifier(id));
    let subject = subject.ok_or_else(|| Fault::new(FaultKind::BadAnswer, "the profile has no usable unionId"))?;
    if profile.visitor == Some(true) {
        return Err(Fault::new(FaultKind::NotAMember, "the account is a visitor's"));
    }
    Ok(Identity {
        tenant,
        phone: phone::of(cx, profile.mobile, profile.state_code).map(Claim::account),
        email: account(profile.email),
        name: account(profile.nick),
        avatar_url: account(profile.avatar_url),
        ..Identity::new(subject)
    })
}

/// A value of the person's account, unless it is empty or so long that somebody is playing tricks.
fn account(value: Option<String>) -> Option<Claim<String>> {
    value.filter(|value| !value.trim().is_empty() && value.len() <= Identity::TEXT_CAP).map(Claim::account)
}
