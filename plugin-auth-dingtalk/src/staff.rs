//! What the organisation's directory says about a member.

use plugin_api::Fault;
use serde::Deserialize;
use serde_json::json;

use crate::app::App;
use crate::leg::Leg;
use crate::legacy;

/// A member in full (page `query-user-details`, and what live answers have where its samples are wrong). Fields are
/// absent or empty when there is nothing, or the application may not read them.
///
/// Deliberately without `Debug`: it must not reach a log.
#[derive(Deserialize)]
pub(crate) struct Staff {
    #[serde(rename = "unionid")]
    pub(crate) union_id: Option<String>,
    pub(crate) active: Option<bool>,
    pub(crate) name: Option<String>,
    pub(crate) avatar: Option<String>,
    pub(crate) mobile: Option<String>,
    pub(crate) state_code: Option<String>,
    pub(crate) email: Option<String>,
    pub(crate) org_email: Option<String>,
    pub(crate) dept_id_list: Option<Vec<i64>>,
    /// Whether it is an enterprise account, which belongs to the organisation and not to the person.
    pub(crate) exclusive_account: Option<bool>,
}

/// Looks a member up.
pub(crate) async fn get(app: &App<'_>, userid: &str) -> Result<Staff, Fault> {
    let body = json!({ "userid": userid, "language": "zh_CN" });
    legacy::ask(app, Leg::Staff, "/topapi/v2/user/get", body, &[]).await
}
