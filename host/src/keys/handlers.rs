//! The addresses of the identity-key assistant.

use axum::Router;
use axum::extract::{Form, Path};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use http::StatusCode;
use plugin_api::ResolveRequest;
use serde::Deserialize;

use super::page::{KeysPage, LISTED, PlanRowView, PlanView, input};
use super::plan::{Fate, Plan, PlanRow, plan};
use super::{Refused, Subject, carry_out, import};
use crate::app::App;
use crate::failure::Failure;
use crate::signin;
use crate::store::binding_keys;
use crate::ui::i18n::Words;
use crate::urls::route;
use crate::web::problem::Problem;
use crate::web::visitor::Administrator;

/// How many links are looked up in one request; more take longer than a browser waits.
const MOST: usize = 300;

pub(crate) fn routes() -> Router<App> {
    Router::new().route(route::AUTHENTICATOR_KEYS, get(show).post(act))
}

/// What the forms post.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Input {
    #[serde(default)]
    step: String,
    #[serde(default)]
    fingerprint: String,
    #[serde(default)]
    also_subjects: bool,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    lines: String,
}

async fn show(administrator: Administrator, Path(uid): Path<String>) -> Result<Response, Problem> {
    let subject = subject_of(administrator.app(), &uid)?;
    respond(&administrator, &subject, StatusCode::OK, KeysPage::default()).await
}

async fn act(
    administrator: Administrator,
    Path(uid): Path<String>,
    Form(input): Form<Input>,
) -> Result<Response, Problem> {
    let subject = subject_of(administrator.app(), &uid)?;
    let outcome = match input.step.as_str() {
        input::PLAN => dry_run(&administrator, &subject, input.also_subjects).await,
        input::MOVE => carry(&administrator, &subject, &input).await,
        input::IMPORT => take_in(&administrator, &subject, &input).await,
        _ => return Err(Problem::BadRequest),
    };
    let (status, page) = match outcome {
        Ok(page) => (StatusCode::OK, page),
        Err(Refused::Failure(failure)) => return Err(failure.into()),
        Err(refused) => {
            let entered = if input.step == input::IMPORT { input.lines } else { String::new() };
            let faults = sentences(Words::new(administrator.language()), &refused);
            (StatusCode::UNPROCESSABLE_ENTITY, KeysPage { faults, entered, ..KeysPage::default() })
        }
    };
    respond(&administrator, &subject, status, page).await
}

fn subject_of(app: &App, uid: &str) -> Result<Subject, Problem> {
    Subject::of(app, uid).map_err(|_| Problem::NotFound)
}

async fn dry_run(by: &Administrator, subject: &Subject, also_subjects: bool) -> Result<KeysPage, Refused> {
    let plan = plan(by.app(), subject, also_subjects).await?;
    Ok(KeysPage { plan: Some(view(by, subject, &plan, also_subjects)), ..KeysPage::default() })
}

async fn carry(by: &Administrator, subject: &Subject, input: &Input) -> Result<KeysPage, Refused> {
    let plan = plan(by.app(), subject, input.also_subjects).await?;
    if plan.fingerprint() != input.fingerprint {
        return Err(Refused::Changed);
    }
    let count = plan.changes() as u64;
    carry_out::carry_out(by.app(), by.id(), subject, plan).await?;
    let words = Words::new(by.language());
    Ok(KeysPage { done: Some(words.with("keys-moved", &[("count", count.into())])), ..KeysPage::default() })
}

async fn take_in(by: &Administrator, subject: &Subject, input: &Input) -> Result<KeysPage, Refused> {
    let count = import::import(by.app(), by.id(), subject, &input.kind, &input.lines).await? as u64;
    let words = Words::new(by.language());
    Ok(KeysPage { done: Some(words.with("keys-imported", &[("count", count.into())])), ..KeysPage::default() })
}

/// Puts around `page` what every state of it shows.
async fn respond(
    by: &Administrator,
    subject: &Subject,
    status: StatusCode,
    page: KeysPage,
) -> Result<Response, Problem> {
    let (app, words) = (by.app(), Words::new(by.language()));
    let links = {
        let mut conn = app.store.read().await.map_err(Failure::from)?;
        binding_keys::all(&mut conn, &subject.authenticator.id).await.map_err(Failure::from)?
    };
    let kinds: Vec<(String, String)> = kinds(by, subject);
    let count = |id: &str| links.iter().filter(|link| link.kind == id).count();
    let too_many = links.len() > MOST;
    let page = KeysPage {
        uid: subject.authenticator.uid.clone(),
        title: subject.authenticator.title.get(by.language()).to_owned(),
        inventory: kinds.iter().map(|(id, title)| (title.clone(), count(id) as u64)).collect(),
        kinds,
        too_many: too_many.then(|| {
            let command = format!("gatehouse keys plan --authenticator {}", subject.authenticator.uid);
            words.with("keys-too-many", &[("command", command.into())])
        }),
        ..page
    };
    let body = page.markup(&by.frame().await?).into_string();
    Ok((status, Html(body)).into_response())
}

/// The kinds of identifiers, the subject among them, with their titles.
fn kinds(by: &Administrator, subject: &Subject) -> Vec<(String, String)> {
    let others = subject.kind.keys.iter().map(|key| (key.id.clone(), key.title.get(by.language()).to_owned()));
    let own = (ResolveRequest::SUBJECT.to_owned(), Words::new(by.language()).t("keys-kind-subject"));
    others.chain([own]).collect()
}

fn view(by: &Administrator, subject: &Subject, plan: &Plan, also_subjects: bool) -> PlanView {
    let titles = kinds(by, subject);
    let row = |row: &PlanRow| PlanRowView {
        username: row.link.username.clone(),
        kind: titles.iter().find(|(id, _)| *id == row.link.kind).map(|(_, title)| title.clone()).unwrap_or_default(),
        value: shortened(&row.link.subject),
        fate: row.fate.name(),
        target: match &row.fate {
            Fate::Move(target) | Fate::Merge(target) => shortened(target),
            Fate::Conflict(username) => username.clone(),
            _ => String::new(),
        },
    };
    PlanView {
        counts: Fate::NAMES.iter().map(|name| (*name, plan.count(name))).collect(),
        rows: plan.rows.iter().filter(|row| row.fate != Fate::Stay).take(LISTED).map(row).collect(),
        changes: plan.changes(),
        fingerprint: plan.fingerprint(),
        also_subjects,
    }
}

/// Enough of an identifier to recognise it, and never a whole telephone number.
pub(crate) fn shortened(value: &str) -> String {
    let letters: Vec<char> = value.chars().collect();
    if letters.len() <= 8 {
        return format!("{}…", letters.iter().take(2).collect::<String>());
    }
    let (start, end) = (letters.iter().take(4), letters.iter().skip(letters.len() - 4));
    format!("{}…{}", start.collect::<String>(), end.collect::<String>())
}

/// What a person reads about a refusal.
pub(crate) fn sentences(words: Words, refused: &Refused) -> Vec<String> {
    match refused {
        Refused::Lines(faults) => faults
            .iter()
            .take(20)
            .map(|(number, fault)| words.with(fault.key(), &[("line", (*number as u64).into())]))
            .collect(),
        Refused::Plugin(fault) => {
            let reason = signin::Refused::from(fault.clone()).reason;
            vec![words.t("keys-plugin-failed"), words.t(&reason.sentence_key())]
        }
        Refused::Changed => vec![words.t("keys-changed")],
        Refused::UnknownKind => vec![words.t("keys-unknown-kind")],
        Refused::NoKeys | Refused::NotFound => vec![words.t("keys-not-here")],
        Refused::Failure(_) => vec![words.t("refusal-internal.sentence")],
    }
}
