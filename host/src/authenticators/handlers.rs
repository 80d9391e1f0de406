//! The addresses of the Authentication page.

use std::collections::HashMap;

use axum::Router;
use axum::extract::{Form, Path, Query};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use http::StatusCode;
use serde::Deserialize;

use super::doctor::approach::Approach;
use super::form_page::{AuthenticatorForm, Question, QuestionKind, input};
use super::page::AuthenticatorsPage;
use super::panel::Said;
use super::service::{self, Draft, Mandate, Refused};
use super::{carried, doctor, order, panel, view};
use crate::app::App;
use crate::signin::{policy, rehearsal};
use crate::store::journal;
use crate::ui::notice::Notice;
use crate::urls::{AuthenticatorAction as Action, route};
use crate::web::preferences::see_other;
use crate::web::problem::Problem;
use crate::web::visitor::Administrator;
use posted::{Answer, Pairs, Posted, text};

mod posted;

/// The span of the "sign-ins" column, in milliseconds.
const WEEK: i64 = 7 * 24 * 3_600_000;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route(route::AUTHENTICATORS, get(list).post(create))
        .route(route::AUTHENTICATOR_NEW, get(new))
        .route(route::AUTHENTICATOR, get(show).post(save))
        .route(route::AUTHENTICATOR_ACTION, post(act))
}

#[derive(Deserialize)]
struct Wanted {
    #[serde(default, rename = "type")]
    kind: String,
}

async fn list(administrator: Administrator) -> Result<Response, Problem> {
    page(&administrator, StatusCode::OK, None).await
}

async fn new(administrator: Administrator, Query(wanted): Query<Wanted>) -> Result<Response, Problem> {
    let app = administrator.app();
    let (_, kind) = app.registry.type_of(&wanted.kind).ok_or(Problem::NotFound)?;
    let draft =
        Draft { uid: panel::free_uid(app, &kind.id), title: kind.title.clone(), enabled: true, ..Draft::default() };
    let panel = panel::for_new(&administrator, &kind, &draft, Said::default());
    page(&administrator, StatusCode::OK, Some(panel)).await
}

async fn show(administrator: Administrator, Path(uid): Path<String>) -> Result<Response, Problem> {
    as_stored(&administrator, StatusCode::OK, &uid, Said::default()).await
}

async fn create(
    administrator: Administrator,
    approach: Approach,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Problem> {
    let app = administrator.app();
    let (_, kind) = app.registry.type_of(&text(&pairs, input::TYPE)).ok_or(Problem::NotFound)?;
    let place = place(&administrator, &format!("new {}", kind.id));
    let posted = Posted::read(app, &kind.form, place, pairs);
    let mandate = mandate(&administrator, &approach, posted.anyway);
    let refused = match posted.expiry(&kind.form) {
        Some(faults) => Refused::Invalid(faults),
        None => match service::create(app, &mandate, &kind.id, posted.draft.clone()).await {
            Ok(()) => return Ok(see_other(&Notice::Created.on(app.urls.authenticator(posted.draft.uid.trim())))),
            Err(refused) => refused,
        },
    };
    let (action, back) = (app.urls.authenticators(), app.urls.authenticator_new(&kind.id));
    match posted.said(app, administrator.language(), &kind.form, refused, action, back)? {
        Answer::OnTheForm(said) => {
            let panel = panel::for_new(&administrator, &kind, &posted.draft, said);
            page(&administrator, StatusCode::UNPROCESSABLE_ENTITY, Some(panel)).await
        }
        Answer::Elsewhere(refused) => elsewhere(app, refused),
    }
}

async fn save(
    administrator: Administrator,
    approach: Approach,
    Path(uid): Path<String>,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Problem> {
    let app = administrator.app();
    let one = app.authenticators.find(&uid).ok_or(Problem::NotFound)?;
    let form = service::form_of(app, &one.kind).ok_or(Problem::NotFound)?;
    let posted = Posted::read(app, &form, place(&administrator, &one.id), pairs).about(&uid);
    let mandate = mandate(&administrator, &approach, posted.anyway);
    let refused = match posted.expiry(&form) {
        Some(faults) => Refused::Invalid(faults),
        None => match service::update(app, &mandate, &uid, posted.draft.clone()).await {
            Ok(()) => return Ok(see_other(&Notice::Saved.on(app.urls.authenticator(&uid)))),
            Err(refused) => refused,
        },
    };
    let own = app.urls.authenticator(&uid);
    match posted.said(app, administrator.language(), &form, refused, own.clone(), own)? {
        Answer::OnTheForm(said) => {
            let panel = panel::for_existing(&administrator, &one, &posted.draft, said).await?;
            page(&administrator, StatusCode::UNPROCESSABLE_ENTITY, Some(panel)).await
        }
        Answer::Elsewhere(refused) => elsewhere(app, refused),
    }
}

async fn act(
    administrator: Administrator,
    approach: Approach,
    Path((uid, action)): Path<(String, String)>,
    body: String,
) -> Result<Response, Problem> {
    let (app, by) = (administrator.app(), administrator.id());
    let (outcome, notice) = match action.as_str() {
        "enable" => return enable(&administrator, &approach, &uid, &body).await,
        "disable" => (service::set_enabled(app, &Mandate::of(by), &uid, false).await, Some(Notice::Disabled)),
        "up" => (order::shift(app, by, &uid, true).await, None),
        "down" => (order::shift(app, by, &uid, false).await, None),
        "delete" => (service::delete(app, by, &uid).await, Some(Notice::Deleted)),
        "check" => return examine(&administrator, &approach, &uid).await,
        "rehearse" => return rehearsal::handlers::rehearse(&administrator, &uid).await,
        _ => return Err(Problem::NotFound),
    };
    match outcome {
        Ok(()) => {
            let address = app.urls.authenticators();
            Ok(see_other(&notice.map_or(address.clone(), |notice| notice.on(address))))
        }
        Err(refused) => elsewhere(app, refused),
    }
}

/// The switch. What the doctor finds is a question; "yes" comes back here.
async fn enable(
    administrator: &Administrator,
    approach: &Approach,
    uid: &str,
    body: &str,
) -> Result<Response, Problem> {
    let app = administrator.app();
    let pairs: Pairs = url::form_urlencoded::parse(body.as_bytes()).into_owned().collect();
    let mandate = mandate(administrator, approach, !text(&pairs, input::ANYWAY).is_empty());
    let said = match service::set_enabled(app, &mandate, uid, true).await {
        Ok(()) => return Ok(see_other(&Notice::Enabled.on(app.urls.authenticators()))),
        Err(Refused::Invalid(faults)) => Said { faults, ..Said::default() },
        Err(Refused::Findings(found)) => {
            let action = app.urls.authenticator_action(uid, Action::Enable);
            let back = app.urls.authenticators();
            let question = Question { kind: QuestionKind::Enable, action, posted: Vec::new(), back };
            Said { check: Some(view::check(administrator.language(), &found, Some(question))), ..Said::default() }
        }
        Err(refused) => return elsewhere(app, refused),
    };
    as_stored(administrator, StatusCode::UNPROCESSABLE_ENTITY, uid, said).await
}

async fn examine(administrator: &Administrator, approach: &Approach, uid: &str) -> Result<Response, Problem> {
    let one = administrator.app().authenticators.find(uid).ok_or(Problem::NotFound)?;
    let found = doctor::examine(administrator.app(), administrator.id(), &one, Some(approach)).await?;
    let check = Some(view::check(administrator.language(), &found, None));
    as_stored(administrator, StatusCode::OK, uid, Said { check, ..Said::default() }).await
}

/// The page with the form as it is stored.
async fn as_stored(
    administrator: &Administrator,
    status: StatusCode,
    uid: &str,
    said: Said,
) -> Result<Response, Problem> {
    let one = administrator.app().authenticators.find(uid).ok_or(Problem::NotFound)?;
    let panel = panel::for_existing(administrator, &one, &panel::stored_draft(&one), said).await?;
    page(administrator, status, Some(panel)).await
}

/// On a page, one "yes" answers either question: only one of them is ever asked.
fn mandate<'a>(administrator: &'a Administrator, approach: &'a Approach, anyway: bool) -> Mandate<'a> {
    Mandate { actor: administrator.id(), approach: Some(approach), despite_findings: anyway, unproven: anyway }
}

fn place(administrator: &Administrator, form: &str) -> String {
    carried::place(&administrator.0.visit.id_hash, form)
}

/// Refusals that no field is to blame for: back to the table, with a notice.
fn elsewhere(app: &App, refused: Refused) -> Result<Response, Problem> {
    let notice = match refused {
        Refused::LastWayIn => Notice::LastWayIn,
        Refused::NotConfigured => Notice::NotConfigured,
        Refused::Changed => Notice::Changed,
        Refused::NotFound | Refused::NoSuchType => Notice::Gone,
        Refused::BuiltIn | Refused::Invalid(_) | Refused::Findings(_) | Refused::Unproven(_) => {
            return Err(Problem::BadRequest);
        }
        Refused::Failure(failure) => return Err(failure.into()),
    };
    Ok(see_other(&notice.on(app.urls.authenticators())))
}

async fn page(
    administrator: &Administrator,
    status: StatusCode,
    panel: Option<AuthenticatorForm>,
) -> Result<Response, Problem> {
    let (app, language) = (administrator.app(), administrator.language());
    let counts: HashMap<String, i64> = {
        let mut conn = app.store.read().await?;
        journal::sign_ins_since(&mut conn, app.clock.now_ms() - WEEK).await?.into_iter().collect()
    };
    let sign_ins = |uid: &str| counts.get(uid).and_then(|n| u64::try_from(*n).ok()).unwrap_or(0);
    let all = app.authenticators.all();
    let page = AuthenticatorsPage {
        rows: all.iter().map(|one| view::row(app, language, one, sign_ins(&one.uid))).collect(),
        types: view::types(app, language),
        panel,
    };
    let response = (status, Html(page.markup(&administrator.frame().await?).into_string())).into_response();
    Ok(match page.panel.and_then(|panel| app.authenticators.find(&panel.draft.uid)) {
        Some(one) => policy::with(response, policy::of_rehearsals(app, &one)),
        None => response,
    })
}
