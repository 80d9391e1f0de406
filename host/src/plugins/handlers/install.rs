//! A package comes in through the browser.

use axum::extract::multipart::{Multipart, MultipartError};
use axum::response::{Html, IntoResponse, Response};
use http::{HeaderMap, StatusCode};
use secrecy::SecretString;

use super::reason;
use crate::plugins::page::Reason;
use crate::plugins::page::install::{InstallPage, input};
use crate::plugins::service::{self, ChangeRefused};
use crate::signin::linking::fresh::{self, Proof, Unproven};
use crate::signin::linking::reauth;
use crate::ui::i18n::Words;
use crate::ui::notice::Notice;
use crate::web::policy::Reach;
use crate::web::preferences::see_other;
use crate::web::problem::Problem;
use crate::web::visitor::Administrator;

/// What the form holds.
struct Posted {
    password: SecretString,
    package: Vec<u8>,
}

/// `GET /admin/plugins/install`.
pub(super) async fn show(administrator: Administrator) -> Result<Response, Problem> {
    let proof = needed(&administrator).await?;
    page(&administrator, proof, false, None).await
}

/// `POST /admin/plugins/install`.
pub(super) async fn save(
    administrator: Administrator,
    headers: HeaderMap,
    mut form: Multipart,
) -> Result<Response, Problem> {
    let app = administrator.app();
    if !app.config.plugin_uploads {
        return Err(Problem::Forbidden);
    }
    // One at a time is held in memory.
    let _turn = app.uploads.acquire().await.map_err(|error| Problem::Unavailable(error.to_string()))?;
    let posted = read(&mut form).await.map_err(|error| match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Problem::TooLarge,
        _ => Problem::BadRequest,
    })?;
    let proven = match fresh::prove_each_time(&administrator.0, &posted.password).await {
        Ok(proven) => proven,
        Err(Unproven::Failure(failure)) => return Err(failure.into()),
        Err(Unproven::Missing { proof, .. }) => return page(&administrator, proof, true, None).await,
    };
    let response = match service::install(app, administrator.id(), posted.package).await {
        Ok(release) => see_other(&Notice::PluginInstalled.on(app.urls.plugin(&release.manifest.id))),
        Err(ChangeRefused::Failure(failure)) => return Err(failure.into()),
        Err(ChangeRefused::Plugin(why)) => {
            let reason = reason(Words::new(administrator.language()), &why);
            page(&administrator, needed(&administrator).await?, false, Some(reason)).await?
        }
        Err(refused) => return Err(super::problem(refused)),
    };
    Ok(proven.on(app, &headers, response))
}

async fn read(form: &mut Multipart) -> Result<Posted, MultipartError> {
    let mut posted = Posted { password: String::new().into(), package: Vec::new() };
    while let Some(field) = form.next_field().await? {
        match field.name() {
            Some(reauth::PASSWORD) => posted.password = field.text().await?.into(),
            Some(input::PACKAGE) => posted.package = field.bytes().await?.into(),
            _ => {}
        }
    }
    Ok(posted)
}

async fn needed(administrator: &Administrator) -> Result<Proof, Problem> {
    Ok(fresh::needed_each_time(administrator.app(), &administrator.0.visit).await?)
}

async fn page(
    administrator: &Administrator,
    proof: Proof,
    wrong: bool,
    refused: Option<Reason>,
) -> Result<Response, Problem> {
    let app = administrator.app();
    let status = if wrong || refused.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = InstallPage {
        open: app.config.plugin_uploads,
        keys: app.registry.policy().keys.names(),
        refused,
        proof,
        wrong,
        username: administrator.0.visit.username.clone(),
    };
    let mut response = (status, Html(page.markup(&administrator.frame().await?).into_string())).into_response();
    // The script that shows how much was sent posts the form itself.
    if let Some(policy) = (Reach { calls: true, ..Reach::default() }).policy() {
        response.headers_mut().insert(http::header::CONTENT_SECURITY_POLICY, policy);
    }
    Ok(response)
}
