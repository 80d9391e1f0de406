//! Who the user token belongs to.

use plugin_api::{Fault, FaultKind, HttpRequest};
use serde::Deserialize;

use crate::app::App;
use crate::exchange::Grant;
use crate::leg::Leg;
use crate::wire;

/// What DingTalk tells about a person's own account (page `dingtalk-retrieve-user-information`). It leaves out what it
/// does not know or may not tell, and an empty text means the same.
///
/// Everything in it is about the account and says nothing about the organisation: even the e-mail address may be
/// another employer's. Deliberately without `Debug`: a profile must not reach a log.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Profile {
    union_id: Option<String>,
    pub(crate) open_id: Option<String>,
    pub(crate) nick: Option<String>,
    pub(crate) avatar_url: Option<String>,
    pub(crate) mobile: Option<String>,
    pub(crate) state_code: Option<String>,
    pub(crate) email: Option<String>,
    visitor: Option<bool>,
}

/// Asks who the person is. The token goes into DingTalk's own header; `authorization` is not understood.
pub(crate) async fn fetch(app: &App<'_>, grant: &Grant) -> Result<Profile, Fault> {
    let request = HttpRequest::get(format!("{}/v1.0/contact/users/me", app.servers.api))
        .header("x-acs-dingtalk-access-token", &grant.access_token);
    wire::ask(app, Leg::Profile, request, &[&grant.access_token]).await
}

impl Profile {
    /// The `unionId`: one for all applications of an organisation of developers, and case matters in it.
    ///
    /// # Errors
    /// [`FaultKind::BadAnswer`] without a usable one, [`FaultKind::NotAMember`] for the account of a visitor.
    pub(crate) fn subject(&self) -> Result<&str, Fault> {
        let subject = self.union_id.as_deref().filter(|id| wire::is_identifier(id));
        let subject = subject.ok_or_else(|| Fault::new(FaultKind::BadAnswer, "the profile has no usable unionId"))?;
        if self.visitor == Some(true) {
            return Err(Fault::new(FaultKind::NotAMember, "the account is a visitor's"));
        }
        Ok(subject)
    }
}
