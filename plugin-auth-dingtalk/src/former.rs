//! The `unionId` that a person had before the organisation turned their account into an enterprise account.

use std::time::Duration;

use plugin_api::{Fault, FaultKind, HttpRequest, Level};
use serde_json::{Value, json};

use crate::app::App;
use crate::app_token::{self, Place};
use crate::leg::Leg;
use crate::membership::Member;
use crate::servers::percent_encode;
use crate::wire;

/// What DingTalk says when there is nothing on record about a person, or no such interface at all.
const NOTHING_KNOWN: [&str; 6] = [
    "illegal.migration.unionId",
    "invalid.unionId",
    "invalid.userid",
    "invalid.param",
    "invalidParameter.user.notFound",
    "InvalidAction.NotFound",
];

/// How long an answer is kept. An account is turned once, and then for good.
const KEPT: Duration = Duration::from_secs(24 * 60 * 60);

/// The former subject of a member with an enterprise account, if there is one
/// (page `query-the-original-union-id-based-on-the-union-id`).
///
/// # Errors
/// [`FaultKind::Unavailable`] when DingTalk cannot answer just now: to go on would make a second user of the person.
/// An application that may not ask goes on without, since most organisations have no such accounts.
pub(crate) async fn subjects(app: &App<'_>, member: &Member, union_id: &str) -> Result<Vec<String>, Fault> {
    if member.staff.exclusive_account != Some(true) {
        return Ok(Vec::new());
    }
    let made = || async { original(app, union_id).await.map(|found| (found.unwrap_or_default().into_bytes(), KEPT)) };
    match app.cx.cached(&format!("former {union_id}"), made).await {
        Ok(found) => Ok(String::from_utf8(found).ok().filter(|id| !id.is_empty()).into_iter().collect()),
        Err(fault) if is_passing(&fault) => Err(Fault { kind: FaultKind::Unavailable, ..fault }),
        Err(fault) => {
            let fields = json!({ "code": fault.provider_code, "missing": fault.missing });
            app.cx.log(Level::Warn, "the former unionId of an enterprise account could not be asked for", fields);
            Ok(Vec::new())
        }
    }
}

/// The `unionId` before the change to an enterprise account.
async fn original(app: &App<'_>, union_id: &str) -> Result<Option<String>, Fault> {
    ask(app, "getUnionIdByMigrationUnionIds", "migrationUnionId", "unionId", union_id).await
}

/// The `unionId` since the change (page `the-union-id-that-you-want-to-query-you-can`).
pub(crate) async fn newer(app: &App<'_>, union_id: &str) -> Result<Option<String>, Fault> {
    ask(app, "getMigrationUnionIdByUnionIds", "unionId", "migrationUnionId", union_id).await
}

/// Whether DingTalk may well answer in a moment.
pub(crate) fn is_passing(fault: &Fault) -> bool {
    matches!(fault.kind, FaultKind::Busy | FaultKind::Unavailable | FaultKind::Slow)
}

async fn ask(app: &App<'_>, name: &str, asked: &str, wanted: &str, union_id: &str) -> Result<Option<String>, Fault> {
    let base = &app.servers.api;
    let url = format!("{base}/v1.0/contact/orgAccount/{name}?{asked}={}", percent_encode(union_id));
    let answer: Value = match app_token::exchange(app, Leg::Migration, Place::Header, HttpRequest::get(url), &[]).await
    {
        Err(fault) if fault.provider_code.as_deref().is_some_and(|code| NOTHING_KNOWN.contains(&code)) => {
            return Ok(None);
        }
        reply => wire::read(app, Leg::Migration, &reply?)?,
    };
    let corp_id = app.settings.corp_id.as_deref().unwrap_or_default();
    let found = named(&answer, wanted).or_else(|| paired(&answer, asked, wanted, union_id));
    let found = found.or_else(|| mapped(&answer, &[union_id, corp_id]));
    Ok(found.filter(|id| wire::is_identifier(id) && *id != union_id).map(str::to_owned))
}

/// The answer as a field of its own.
fn named<'a>(answer: &'a Value, wanted: &str) -> Option<&'a str> {
    [Some(answer), answer.get("result")].into_iter().flatten().find_map(|layer| layer.get(wanted)?.as_str())
}

/// The answer in a list of pairs, with the identifier that was asked about beside it.
fn paired<'a>(answer: &'a Value, asked: &str, wanted: &str, union_id: &str) -> Option<&'a str> {
    let lists = [answer.get("result"), answer.get("list")].into_iter().flatten().filter_map(Value::as_array);
    let pair = lists.flatten().find(|pair| pair.get(asked).and_then(Value::as_str) == Some(union_id))?;
    pair.get(wanted)?.as_str()
}

/// The answer in a map. One page has it under a name and its sample without, and neither says what the keys are; so
/// the identifier that was asked about counts, the organisation does, and under the name whatever is there alone.
fn mapped<'a>(answer: &'a Value, keys: &[&str]) -> Option<&'a str> {
    let list = answer.get("migrationUnionIdList");
    let by_key = |map: &'a Value| keys.iter().find_map(|key| map.get(*key)?.as_str());
    let alone = |map: &'a Value| map.as_object().filter(|map| map.len() == 1)?.values().next()?.as_str();
    list.and_then(by_key).or_else(|| list.and_then(alone)).or_else(|| by_key(answer))
}
