//! The one-time code of the DingTalk client becomes a member of the application's organisation.

use plugin_api::Fault;
use serde::Deserialize;
use serde_json::json;

use crate::app::App;
use crate::leg::Leg;
use crate::{legacy, wire};

/// Whose client gave the code. DingTalk answers for members of the application's own organisation only.
#[derive(Deserialize)]
pub(crate) struct Owner {
    pub(crate) userid: String,
    #[serde(rename = "unionid")]
    pub(crate) union_id: String,
}

/// Asks whom `code` belongs to (page `obtain-the-userid-of-a-user-by-using-the-log-free`). The code is sent once; a
/// second try could only turn a passing fault into a lasting one.
pub(crate) async fn owner(app: &App<'_>, code: &str) -> Result<Owner, Fault> {
    let body = json!({ "code": code });
    let owner: Owner = legacy::ask(app, Leg::ClientCode, "/topapi/v2/user/getuserinfo", body, &[code]).await?;
    if !wire::is_userid(&owner.userid) || !wire::is_identifier(&owner.union_id) {
        return Err(wire::bad_answer(app, Leg::ClientCode, "the userid or the unionid is none"));
    }
    Ok(owner)
}
