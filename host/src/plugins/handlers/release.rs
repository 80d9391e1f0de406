//! Whether a release is to run: the question, and the answer.

use axum::extract::{Form, Path};
use axum::response::{Html, IntoResponse, Response};
use http::{HeaderMap, StatusCode};
use secrecy::SecretString;
use serde::Deserialize;

use super::{answer, card, reason};
use crate::plugins::page::Reason;
use crate::plugins::page::install::ReleasePage;
use crate::plugins::service::{self, ChangeRefused, Insist, Unfit, decided};
use crate::plugins::{Entry, Release, State, Wanted};
use crate::signin::linking::fresh::{self, Proof, Unproven};
use crate::ui::i18n::Words;
use crate::ui::notice::Notice;
use crate::web::problem::Problem;
use crate::web::visitor::Administrator;

/// What the form posts.
#[derive(Deserialize)]
pub(super) struct Posted {
    #[serde(default)]
    password: SecretString,
    #[serde(default)]
    older: bool,
    #[serde(default)]
    settings: bool,
}

/// What is asked, and what is wrong so far.
#[derive(Default)]
struct Question {
    proof: Option<Proof>,
    wrong: bool,
    unfit: Vec<Unfit>,
    older_than: Option<String>,
    refused: Option<Reason>,
}

/// `GET /admin/plugins/{id}/releases/{sha256}`.
pub(super) async fn ask(
    administrator: Administrator,
    Path((id, sha256)): Path<(String, String)>,
) -> Result<Response, Problem> {
    page(&administrator, &id, &sha256, Question::default(), StatusCode::OK).await
}

/// `POST /admin/plugins/{id}/releases/{sha256}`.
pub(super) async fn save(
    administrator: Administrator,
    Path((id, sha256)): Path<(String, String)>,
    headers: HeaderMap,
    Form(posted): Form<Posted>,
) -> Result<Response, Problem> {
    let app = administrator.app();
    let proven = match fresh::prove_each_time(&administrator.0, &posted.password).await {
        Ok(proven) => proven,
        Err(Unproven::Failure(failure)) => return Err(failure.into()),
        Err(Unproven::Missing { proof, .. }) => {
            let question = Question { proof: Some(proof), wrong: true, ..Question::default() };
            return page(&administrator, &id, &sha256, question, StatusCode::UNPROCESSABLE_ENTITY).await;
        }
    };
    let insist = Insist { older: posted.older, settings: posted.settings };
    let outcome = service::choose(app, administrator.id(), &id, Wanted::Exactly(sha256.clone()), insist).await;
    let words = Words::new(administrator.language());
    let again = match outcome {
        Err(ChangeRefused::Settings(unfit)) => Question { unfit, ..Question::default() },
        Err(ChangeRefused::Older { than }) => Question { older_than: Some(than), ..Question::default() },
        Err(ChangeRefused::Plugin(why)) => Question { refused: Some(reason(words, &why)), ..Question::default() },
        Err(ChangeRefused::Rehearsal { uid, said }) => {
            let sentence = words.with("choose-rehearsal", &[("uid", uid.into())]);
            Question { refused: Some(Reason { sentence, detail: Some(said) }), ..Question::default() }
        }
        outcome => {
            let response = answer(outcome, Notice::PluginUpgraded, app.urls.plugin(&id))?;
            return Ok(proven.on(app, &headers, response));
        }
    };
    let response = page(&administrator, &id, &sha256, again, StatusCode::CONFLICT).await?;
    Ok(proven.on(app, &headers, response))
}

async fn page(
    administrator: &Administrator,
    id: &str,
    sha256: &str,
    question: Question,
    status: StatusCode,
) -> Result<Response, Problem> {
    let app = administrator.app();
    app.registry.scan().await.map_err(ChangeRefused::from).map_err(super::problem)?;
    let listing = app.registry.list();
    let entry = listing.plugins.iter().find(|entry| entry.id == id).ok_or(Problem::NotFound)?;
    let release = entry.releases.iter().find(|release| release.sha256 == sha256).ok_or(Problem::NotFound)?;
    let running = running(entry);
    let shown = Entry { release: Some(release.clone()), ..entry.clone() };
    let row = decided(app, id).await?;
    let is_older = service::version_of(&row.version).is_some_and(|last| release.version() < last);
    let proof = match question.proof {
        Some(proof) => proof,
        None => fresh::needed_each_time(app, &administrator.0.visit).await?,
    };
    let page = ReleasePage {
        card: card(app, administrator.language(), &shown, None).ok_or(Problem::NotFound)?,
        running: running.as_ref().map(|running| running.manifest.version.clone()),
        older_than: question.older_than.or_else(|| is_older.then(|| row.version.clone())),
        new_hosts: new_hosts(running.as_deref(), release),
        unfit: question.unfit,
        refused: question.refused,
        proof,
        wrong: question.wrong,
        username: administrator.0.visit.username.clone(),
    };
    Ok((status, Html(page.markup(&administrator.frame().await?).into_string())).into_response())
}

fn running(entry: &Entry) -> Option<std::sync::Arc<Release>> {
    let State::Enabled(plugin) = &entry.state else { return None };
    Some(plugin.release().clone())
}

/// Hosts that only the new release names. Of the first one, all are new, and its card names them.
fn new_hosts(running: Option<&Release>, release: &Release) -> Vec<String> {
    let Some(running) = running else { return Vec::new() };
    let known = [&running.manifest.borrows.http, &running.manifest.borrows.redirect].map(Vec::as_slice).concat();
    let asked = [&release.manifest.borrows.http, &release.manifest.borrows.redirect].map(Vec::as_slice).concat();
    asked.into_iter().filter(|host| !known.contains(host)).collect()
}
