//! A sign-in that an administrator goes through without anything coming of it.
//!
//! It begins beside the authenticator's form ([`begin`]) and takes the real way: the plug-in's address, the provider's
//! page, the callback, the plug-in's calls. Then the real decision is made inside a transaction, looked at from within,
//! and rolled back. What remains is a [`Report`], for the administrator who rehearsed and for a day, and one entry in the
//! journal: no session, no link, no user. It also works while the authenticator is off, to try it out before people see
//! it.

pub(crate) mod handlers;
pub(crate) mod page;
mod played;

use plugin_api::ui_schema::Role;
use serde::{Deserialize, Serialize};
use serde_json::json;
use ui_schema::Language;

use super::Refused;
use super::admit::Case;
use super::attempt::Purpose;
use super::explanation::{Calls, Ending, Person};
use super::outcome::Course;
use super::start::{self, Started};
use crate::app::App;
use crate::audit::{self, Entry};
use crate::authenticators::directory::Authenticator;
use crate::failure::Failure;
use crate::ids;
use crate::session::guard::Visit;
use crate::store::rehearsals::{self, RehearsalRow};
pub(crate) use played::{Account, Admission, Change};

/// How long a report is kept, in milliseconds.
pub(crate) const KEPT: i64 = 24 * 3_600_000;

/// What a rehearsal came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Report {
    /// Uid of the authenticator.
    pub(crate) authenticator: String,
    /// Whether people see it on the sign-in page.
    pub(crate) enabled: bool,
    /// Whether it also signs in inside the provider's client, which no browser can rehearse.
    pub(crate) client: bool,
    pub(crate) verdict: Verdict,
    pub(crate) course: Calls,
}

/// What would have become of the person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Verdict {
    /// A session.
    Admitted(Admission),
    /// A refusal.
    Refused(Ending),
}

/// Sends the administrator's browser to the provider.
///
/// # Errors
/// When the report could not be kept. If it is over before it began, `Err` inside holds the report's id.
pub(crate) async fn begin(
    app: &App,
    visit: &Visit,
    one: &Authenticator,
    language: Language,
) -> Result<Result<Started, String>, Failure> {
    let back = app.urls.authenticator(&one.uid);
    match start::start(app, &one.uid, Purpose::Rehearsal(visit.id_hash.clone()), back, language).await {
        Ok(started) => Ok(Ok(started)),
        Err(refused) => {
            let verdict = Verdict::Refused(told(&refused));
            let course = Calls::of(&refused.background.steps, refused.background.took, None);
            Ok(Err(keep(app, visit, &one.id, &report(app, &one.uid, verdict, course)).await?))
        }
    }
}

/// The provider sent the browser back to the authenticator `uid`, and this came of it. Makes the decision, takes it back,
/// and keeps the report. Returns its id.
pub(crate) async fn finish(
    app: &App,
    visit: &Visit,
    authenticator_id: &str,
    uid: &str,
    outcome: Result<Case, Refused>,
    course: &Course,
) -> Result<String, Failure> {
    let person = outcome.as_ref().ok().map(|case| Person::of(&case.identity));
    let outcome = match outcome {
        Ok(case) => played::decide(app, case).await,
        Err(refused) => Err(refused),
    };
    let verdict = match outcome {
        Ok(admission) => Verdict::Admitted(admission),
        Err(refused) => Verdict::Refused(told(&refused)),
    };
    let calls = Calls::of(&course.trace.steps(), course.took(), person);
    keep(app, visit, authenticator_id, &report(app, uid, verdict, calls)).await
}

fn report(app: &App, uid: &str, verdict: Verdict, course: Calls) -> Report {
    let one = app.authenticators.find(uid);
    Report {
        authenticator: uid.to_owned(),
        enabled: one.as_ref().is_some_and(|one| one.enabled),
        client: one.is_some_and(|one| signs_in_inside(app, &one)),
        verdict,
        course,
    }
}

/// Says in the log why it would have been refused: there is no other reference to look for.
fn told(refused: &Refused) -> Ending {
    tracing::info!(
        target: "gatehouse::signin",
        reason = refused.reason.name(), provider_code = refused.provider_code, detail = %refused.detail,
        "a rehearsed sign-in would be refused"
    );
    Ending::of(refused)
}

fn signs_in_inside(app: &App, one: &Authenticator) -> bool {
    let kind = app.registry.type_of(&one.kind);
    kind.is_some_and(|(_, kind)| kind.client.is_some() && kind.form.is_on(Role::Client, &one.settings))
}

async fn keep(app: &App, visit: &Visit, authenticator_id: &str, report: &Report) -> Result<String, Failure> {
    let id = ids::row_id(&*app.clock, &*app.entropy);
    let row = RehearsalRow {
        id: id.clone(),
        authenticator_id: authenticator_id.to_owned(),
        user_id: visit.user_id.clone(),
        at: app.clock.now_ms(),
        report: serde_json::to_string(report)?,
    };
    let outcome = match &report.verdict {
        Verdict::Admitted(admission) => json!({"how": admission.how}),
        Verdict::Refused(ending) => json!({"reason": ending.reason}),
    };
    let entry = Entry::new("authenticator.rehearsed").actor(&visit.user_id).subject(&report.authenticator);
    let (entry, app) = (entry.detail(outcome), app.clone());
    let store = app.store.clone();
    store
        .write(move |conn| {
            Box::pin(async move {
                rehearsals::insert(conn, &row).await?;
                audit::insert(conn, &app, entry).await
            })
        })
        .await?;
    Ok(id)
}
