//! What is done with an authenticator besides changing its settings.

use axum::extract::Path;
use http::StatusCode;
use plugin_api::{Finding, Severity};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{Authenticator, known};
use crate::api::document::{Administrators, Checked};
use crate::api::json::Json;
use crate::api::refused::{ErrorBody, Fault, Refused};
use crate::app::App;
use crate::authenticators::{doctor, service};
use crate::signin::Refused as SignInRefused;
use crate::ui::fault::FieldFault;
use crate::ui::i18n::Words;
use crate::web::problem::Problem;
use crate::web::visitor::Administrator;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(enable))
        .routes(routes!(disable))
        .routes(routes!(check))
        .routes(routes!(order))
}

/// The order of the sign-in page.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Order {
    /// Uids, the first one on top. Those that are not named follow in the order they had.
    order: Vec<String>,
}

/// What the connection doctor found.
#[derive(Serialize, ToSchema)]
struct Examination {
    /// Findings, in the order in which they were made.
    findings: Vec<FindingBody>,
    /// Why nothing could be found out, if so.
    #[serde(skip_serializing_if = "Option::is_none")]
    failed: Option<CheckFailure>,
}

/// One finding.
#[derive(Serialize, ToSchema)]
struct FindingBody {
    /// What was examined.
    #[schema(example = "credentials")]
    id: String,
    /// How bad it is.
    severity: SeverityName,
    /// What was found, in the language of the request.
    message: String,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    remedy: Option<String>,
    /// A page of the provider that helps.
    #[serde(skip_serializing_if = "Option::is_none")]
    link: Option<String>,
}

/// As it should be; might matter; people will not be able to sign in.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
enum SeverityName {
    Good,
    Warning,
    Error,
}

/// Why nothing could be found out.
#[derive(Serialize, ToSchema)]
struct CheckFailure {
    /// For programs, out of a closed set.
    #[schema(example = "refusal-provider-unavailable")]
    code: String,
    /// For people, in the language of the request.
    message: String,
}

/// Put an authenticator on the sign-in page
#[utoipa::path(
    post, path = "/api/v1/authenticators/{uid}/enable", operation_id = "enable_authenticator", tag = "authenticators",
    params(("uid" = String, Path, description = "Uid of the authenticator")),
    responses(
        (status = 200, description = "Enabled", body = Authenticator),
        (status = 404, description = "There is no such authenticator", body = ErrorBody),
        (status = 409, description = "Required settings are missing, or its plug-in does not run", body = ErrorBody),
        Administrators,
    )
)]
async fn enable(administrator: Administrator, Path(uid): Path<String>) -> Result<Json<Authenticator>, Refused> {
    service::set_enabled(administrator.app(), administrator.id(), &uid, true).await?;
    known(administrator.app(), &uid)
}

/// Take an authenticator off the sign-in page
///
/// Sign-ins that are under way with it end.
#[utoipa::path(
    post, path = "/api/v1/authenticators/{uid}/disable", operation_id = "disable_authenticator", tag = "authenticators",
    params(("uid" = String, Path, description = "Uid of the authenticator")),
    responses(
        (status = 200, description = "Disabled", body = Authenticator),
        (status = 404, description = "There is no such authenticator", body = ErrorBody),
        (status = 409, description = "It is the last way to sign in", body = ErrorBody),
        Administrators,
    )
)]
async fn disable(administrator: Administrator, Path(uid): Path<String>) -> Result<Json<Authenticator>, Refused> {
    service::set_enabled(administrator.app(), administrator.id(), &uid, false).await?;
    known(administrator.app(), &uid)
}

/// Check the connection of an authenticator
///
/// Its plug-in examines the stored settings, and calls the provider for that.
#[utoipa::path(
    post, path = "/api/v1/authenticators/{uid}/check", operation_id = "check_authenticator", tag = "authenticators",
    params(("uid" = String, Path, description = "Uid of the authenticator")),
    responses(
        (status = 200, description = "What was found", body = Examination),
        (status = 404, description = "There is no such authenticator", body = ErrorBody),
        (status = 409, description = "Its plug-in does not run, or there is none", body = ErrorBody),
        Administrators,
    )
)]
async fn check(administrator: Administrator, Path(uid): Path<String>) -> Result<Json<Examination>, Refused> {
    let app = administrator.app();
    let words = Words::new(administrator.language());
    let one = app.authenticators.find(&uid).ok_or(Problem::NotFound)?;
    let outcome = doctor::examine(app, administrator.id(), &one).await?.ok_or(Refused::PluginOff)?;
    Ok(Json(match outcome {
        Ok(findings) => Examination {
            findings: findings.into_iter().map(|finding| FindingBody::of(finding, words)).collect(),
            failed: None,
        },
        Err(fault) => {
            let reason = SignInRefused::from(fault).reason;
            let failure = CheckFailure { code: reason.key().to_owned(), message: words.t(&reason.sentence_key()) };
            Examination { findings: Vec::new(), failed: Some(failure) }
        }
    }))
}

/// Put the authenticators in order
#[utoipa::path(
    put, path = "/api/v1/authenticators/order", operation_id = "order_authenticators", tag = "authenticators",
    request_body = Order,
    responses((status = 204, description = "In order"), Administrators, Checked)
)]
async fn order(administrator: Administrator, Json(wanted): Json<Order>) -> Result<StatusCode, Refused> {
    let app = administrator.app();
    let all = app.authenticators.all();
    if wanted.order.iter().any(|uid| app.authenticators.find(uid).is_none()) {
        return Err(Refused::Invalid(vec![Fault::Own("order", FieldFault::BadChoice)]));
    }
    // The journal names the first one that is not where it was.
    let moved = wanted.order.iter().zip(all.iter()).find(|(uid, one)| **uid != one.uid);
    if let Some((uid, _)) = moved {
        service::reorder(app, administrator.id(), uid, &wanted.order).await?;
    }
    Ok(StatusCode::NO_CONTENT)
}

impl FindingBody {
    fn of(finding: Finding, words: Words) -> Self {
        let language = words.language();
        Self {
            id: finding.id,
            severity: match finding.severity {
                Severity::Good => SeverityName::Good,
                Severity::Warning => SeverityName::Warning,
                Severity::Error => SeverityName::Error,
            },
            message: finding.message.get(language).to_owned(),
            remedy: finding.remedy.map(|text| text.get(language).to_owned()),
            link: finding.link.filter(|link| link.starts_with("https://")),
        }
    }
}
