//! The addresses of the Authentication page.

use std::collections::HashMap;

use axum::Router;
use axum::extract::{Form, Path, Query};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use http::StatusCode;
use serde::Deserialize;
use ui_schema::Text;

use super::form_page::{AuthenticatorForm, input};
use super::page::AuthenticatorsPage;
use super::service::{self, Draft, DraftFaults, Refused};
use super::{doctor, panel, view};
use crate::app::App;
use crate::store::journal;
use crate::ui::notice::Notice;
use crate::urls::route;
use crate::web::preferences::see_other;
use crate::web::problem::Problem;
use crate::web::visitor::Administrator;

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

type Pairs = Vec<(String, String)>;

async fn list(administrator: Administrator) -> Result<Response, Problem> {
    page(&administrator, StatusCode::OK, None).await
}

async fn new(administrator: Administrator, Query(wanted): Query<Wanted>) -> Result<Response, Problem> {
    let app = administrator.app();
    let (_, kind) = app.registry.type_of(&wanted.kind).ok_or(Problem::NotFound)?;
    let draft =
        Draft { uid: panel::free_uid(app, &kind.id), title: kind.title.clone(), enabled: true, ..Draft::default() };
    let panel = panel::for_new(&administrator, &kind, &draft, &DraftFaults::default());
    page(&administrator, StatusCode::OK, Some(panel)).await
}

async fn show(administrator: Administrator, Path(uid): Path<String>) -> Result<Response, Problem> {
    let one = administrator.app().authenticators.find(&uid).ok_or(Problem::NotFound)?;
    let panel =
        panel::for_existing(&administrator, &one, &panel::stored_draft(&one), &DraftFaults::default(), None).await?;
    page(&administrator, StatusCode::OK, Some(panel)).await
}

async fn create(administrator: Administrator, Form(pairs): Form<Pairs>) -> Result<Response, Problem> {
    let app = administrator.app();
    let kind = text(&pairs, input::TYPE);
    let (_, kind) = app.registry.type_of(&kind).ok_or(Problem::NotFound)?;
    let draft = read(&kind.form, &pairs);
    match service::create(app, administrator.id(), &kind.id, draft.clone()).await {
        Ok(()) => Ok(see_other(&Notice::Created.on(app.urls.authenticator(draft.uid.trim())))),
        Err(Refused::Invalid(faults)) => {
            let panel = panel::for_new(&administrator, &kind, &draft, &faults);
            page(&administrator, StatusCode::UNPROCESSABLE_ENTITY, Some(panel)).await
        }
        Err(refused) => elsewhere(app, refused),
    }
}

async fn save(
    administrator: Administrator,
    Path(uid): Path<String>,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Problem> {
    let app = administrator.app();
    let one = app.authenticators.find(&uid).ok_or(Problem::NotFound)?;
    let form = service::form_of(app, &one.kind).ok_or(Problem::NotFound)?;
    let draft = Draft { uid: uid.clone(), ..read(&form, &pairs) };
    match service::update(app, administrator.id(), &uid, draft.clone()).await {
        Ok(()) => Ok(see_other(&Notice::Saved.on(app.urls.authenticator(&uid)))),
        Err(Refused::Invalid(faults)) => {
            let panel = panel::for_existing(&administrator, &one, &draft, &faults, None).await?;
            page(&administrator, StatusCode::UNPROCESSABLE_ENTITY, Some(panel)).await
        }
        Err(refused) => elsewhere(app, refused),
    }
}

async fn act(administrator: Administrator, Path((uid, action)): Path<(String, String)>) -> Result<Response, Problem> {
    let (app, by) = (administrator.app(), administrator.id());
    let (outcome, notice) = match action.as_str() {
        "enable" => (service::set_enabled(app, by, &uid, true).await, Some(Notice::Enabled)),
        "disable" => (service::set_enabled(app, by, &uid, false).await, Some(Notice::Disabled)),
        "up" => (service::shift(app, by, &uid, true).await, None),
        "down" => (service::shift(app, by, &uid, false).await, None),
        "delete" => (service::delete(app, by, &uid).await, Some(Notice::Deleted)),
        "check" => return examine(&administrator, &uid).await,
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

async fn examine(administrator: &Administrator, uid: &str) -> Result<Response, Problem> {
    let one = administrator.app().authenticators.find(uid).ok_or(Problem::NotFound)?;
    let outcome = doctor::examine(administrator.app(), administrator.id(), &one).await?;
    let check = outcome.map(|outcome| view::check(administrator.language(), outcome));
    let panel =
        panel::for_existing(administrator, &one, &panel::stored_draft(&one), &DraftFaults::default(), check).await?;
    page(administrator, StatusCode::OK, Some(panel)).await
}

/// Refusals that no field is to blame for: back to the table, with a notice.
fn elsewhere(app: &App, refused: Refused) -> Result<Response, Problem> {
    let notice = match refused {
        Refused::LastWayIn => Notice::LastWayIn,
        Refused::NotConfigured => Notice::NotConfigured,
        Refused::NotFound | Refused::NoSuchType => Notice::Gone,
        Refused::BuiltIn | Refused::Invalid(_) => return Err(Problem::BadRequest),
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
    Ok((status, Html(page.markup(&administrator.frame().await?).into_string())).into_response())
}

/// What the form posted.
fn read(form: &ui_schema::Form, pairs: &Pairs) -> Draft {
    let settings: Pairs = pairs
        .iter()
        .filter_map(|(name, value)| Some((name.strip_prefix(input::SETTINGS)?.to_owned(), value.clone())))
        .collect();
    Draft {
        uid: text(pairs, input::UID),
        title: Text::new(text(pairs, input::TITLE_EN), text(pairs, input::TITLE_ZH)),
        description: Text::new(text(pairs, input::DESCRIPTION_EN), text(pairs, input::DESCRIPTION_ZH)),
        enabled: !text(pairs, input::ENABLED).is_empty(),
        settings: form.read(&settings),
    }
}

fn text(pairs: &Pairs, name: &str) -> String {
    pairs.iter().rfind(|(key, _)| key == name).map(|(_, value)| value.trim().to_owned()).unwrap_or_default()
}
