//! Other identifiers of people, and which `unionId` belongs to them.
//!
//! Others know people by `userid`, `openId` or telephone number; only the `unionId` stays. An administrator who moves
//! links to it asks here, many at a time, so calls go one after the other and not faster than DingTalk allows.

use std::time::Duration;

use plugin_api::{Fault, FaultKind, KeyKind, Resolution, ResolveRequest};
use serde::Deserialize;
use serde_json::json;
use ui_schema::Text;

use crate::app::App;
use crate::leg::Leg;
use crate::{explain, former, legacy, staff, wire};

mod number;

/// The identifier in the organisation's directory.
pub(crate) const USERID: &str = "userid";
/// The identifier that the account has for one application.
pub(crate) const OPENID: &str = "openid";
/// The telephone number: E.164, or a mainland mobile number without its country code.
const PHONE: &str = "phone";

/// The pause before each call: DingTalk allows an application twenty calls a second
/// (page `call-frequency-limit`), and people sign in meanwhile.
const PACE: Duration = Duration::from_millis(70);

/// What has to be left of the call for another value.
const RESERVE: Duration = Duration::from_millis(1_500);

/// The kinds that the host may ask for. A `userid` and an `openId` are never given to somebody else by DingTalk; a
/// telephone number is.
pub(crate) fn kinds() -> Vec<KeyKind> {
    [
        (USERID, Text::new("DingTalk userid", "钉钉 userid"), true),
        (OPENID, Text::new("DingTalk openId", "钉钉 openId"), true),
        (PHONE, Text::new("Phone number", "手机号"), false),
    ]
    .map(|(id, title, stable)| KeyKind { id: id.into(), title, stable })
    .into()
}

/// One resolution per value. What cannot be found out in the time that a call has is [`Resolution::Unknown`].
///
/// # Errors
/// A fault that would meet every value alike, such as a missing permission, when it met the first.
pub(crate) async fn resolve(app: &App<'_>, request: &ResolveRequest) -> Result<Vec<Resolution>, Fault> {
    let mut resolutions = Vec::with_capacity(request.values.len());
    for value in &request.values {
        if app.remaining() < RESERVE {
            break;
        }
        match one(app, &request.kind, value).await.or_else(|fault| settled(&fault).ok_or(fault)) {
            Ok(resolution) => resolutions.push(resolution),
            Err(fault) if resolutions.iter().all(|resolution| *resolution == Resolution::Unknown) => return Err(fault),
            Err(_) => break,
        }
    }
    resolutions.resize(request.values.len(), Resolution::Unknown);
    Ok(resolutions)
}

async fn one(app: &App<'_>, kind: &str, value: &str) -> Result<Resolution, Fault> {
    match kind {
        USERID => of_userid(app, value).await,
        PHONE => of_phone(app, value).await,
        OPENID => Ok(Resolution::NeedsPerson),
        ResolveRequest::SUBJECT => of_subject(app, value).await,
        _ => {
            let fault = Fault::new(FaultKind::Misconfigured, "there is no such kind of identifier");
            Err(explain::explained(fault, &app.settings.client_id, None))
        }
    }
}

async fn of_userid(app: &App<'_>, userid: &str) -> Result<Resolution, Fault> {
    app.cx.sleep(PACE).await;
    let subject = staff::get(app, userid).await?.union_id.filter(|id| wire::is_identifier(id));
    let subject = subject.ok_or_else(|| wire::bad_answer(app, Leg::Staff, "the member has no usable unionid"))?;
    Ok(Resolution::Subject(subject))
}

/// Several members may have one number: an account of the person's own and enterprise accounts.
async fn of_phone(app: &App<'_>, phone: &str) -> Result<Resolution, Fault> {
    for number in number::spellings(phone) {
        let mut userids = match by_mobile(app, &number).await {
            Ok(found) => found.userids(),
            Err(fault) if settled(&fault) == Some(Resolution::Nobody) => continue,
            Err(fault) => return Err(fault),
        };
        match (userids.pop(), userids.pop()) {
            (None, _) => {}
            (Some(only), None) => return of_userid(app, &only).await,
            (Some(_), Some(_)) => return Ok(Resolution::Ambiguous),
        }
    }
    Ok(Resolution::Nobody)
}

/// Who has the number (page `query-users-by-phone-number`).
async fn by_mobile(app: &App<'_>, number: &str) -> Result<Found, Fault> {
    app.cx.sleep(PACE).await;
    let body = json!({ "mobile": number, "support_exclusive_account_search": true });
    legacy::ask(app, Leg::Mobile, "/topapi/v2/user/getbymobile", body, &[number]).await
}

#[derive(Deserialize)]
struct Found {
    userid: Option<String>,
    exclusive_account_userid_list: Option<Vec<String>>,
}

impl Found {
    /// Everybody who was found, each once.
    fn userids(self) -> Vec<String> {
        let all = self.userid.into_iter().chain(self.exclusive_account_userid_list.unwrap_or_default());
        let mut userids: Vec<String> = all.filter(|id| wire::is_userid(id)).collect();
        userids.sort_unstable();
        userids.dedup();
        userids
    }
}

/// A subject stays what it is unless DingTalk gave the person a newer one.
async fn of_subject(app: &App<'_>, subject: &str) -> Result<Resolution, Fault> {
    app.cx.sleep(PACE).await;
    let newer = former::newer(app, subject).await?;
    Ok(Resolution::Subject(newer.unwrap_or_else(|| subject.to_owned())))
}

/// What `fault` says about one value; `None` when it would meet every value alike.
fn settled(fault: &Fault) -> Option<Resolution> {
    match (fault.kind, fault.provider_code.as_deref()) {
        // Nobody of that userid or number; no valid userid, no valid number.
        (_, Some("60121" | "33012" | "40104")) => Some(Resolution::Nobody),
        // Outside the range of contacts: somebody, but not for us.
        (_, Some("50002" | "50004")) => Some(Resolution::Unknown),
        (
            FaultKind::CredentialsRejected
            | FaultKind::AddressNotAllowed
            | FaultKind::PermissionMissing
            | FaultKind::Misconfigured,
            _,
        ) => None,
        _ => Some(Resolution::Unknown),
    }
}
