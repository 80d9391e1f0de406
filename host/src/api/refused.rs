//! Why a request of the API was not served, and the JSON that says so.

mod services;

use axum::body::Body;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderValue, StatusCode};
use serde::Serialize;
use ui_schema::Text;
use utoipa::ToSchema;

use super::sentences::{self, Place};
use crate::authenticators::doctor::Examination;
use crate::authenticators::doctor::told::{CheckFailure, FindingBody, Told};
use crate::authenticators::one_client::OtherClient;
use crate::failure::Failure;
use crate::plugins::service::Unfit;
use crate::store::StoreError;
use crate::ui::fault::FieldFault;
use crate::ui::i18n::Words;
use crate::ui::notice::Notice;
use crate::web::problem::Problem;
use crate::web::visitor::language_of;

/// What every refused request is answered with.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ErrorBody {
    /// What is wrong, for programs: out of a closed set, in kebab-case.
    #[schema(example = "invalid")]
    error: String,
    /// What is wrong, for people: one sentence in the language of the request.
    message: String,
    /// The code under which the log tells more, where the fault is this server's.
    #[serde(skip_serializing_if = "Option::is_none")]
    reference: Option<String>,
    /// Which values cannot be accepted.
    faults: Vec<FaultBody>,
    /// What the connection doctor found, where that is the reason.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    findings: Vec<FindingBody>,
    /// Why it could find out no more, where that is the reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    failed: Option<CheckFailure>,
}

/// One value that cannot be accepted. The value itself is not repeated.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct FaultBody {
    /// Path of the field in the body, joined with dots.
    #[schema(example = "title.en")]
    field: String,
    /// What is wrong, for programs, in kebab-case.
    #[schema(example = "required")]
    code: String,
    /// What is wrong, for people.
    message: String,
}

/// Why a request was not served.
#[derive(Clone, Debug)]
pub(super) enum Refused {
    /// What every page may run into as well.
    Problem(Problem),
    /// What axum found before a handler was asked.
    Status(StatusCode),
    /// The body is no JSON from this place on.
    NotJson(Place),
    /// The body is JSON, but a field at this place is unknown, missing, or of the wrong type.
    WrongShape(Place),
    /// Values that cannot be.
    Invalid(Vec<Fault>),
    /// Unknown name or wrong password: told to nobody apart.
    WrongPassword,
    /// Signing in with a password is switched off.
    PasswordOff,
    /// It cannot be done as things are.
    Conflict(Notice),
    /// People could not sign in with it, so it is not enabled.
    Findings(Box<Examination>),
    /// New credentials are not proven, so the old ones stay.
    Unproven(Box<Examination>),
    /// The built-in authenticator cannot be deleted.
    BuiltIn,
    /// The plug-in that is needed does not run.
    PluginOff,
    /// The identity-key assistant wrote nothing; the key of the reason.
    Keys(&'static str),
    /// The plug-in does not load; the key of the reason.
    Plugin(String),
    /// Settings do not fit the release.
    Unfit(Vec<Unfit>),
    /// It needs the password, and the one that came is none.
    Unproved,
}

/// A value that cannot be, in no language yet.
#[derive(Clone, Debug)]
pub(super) enum Fault {
    /// One of the host's own fields.
    Own(&'static str, FieldFault),
    /// One of the settings.
    Setting(ui_schema::FieldFault),
    /// Another authenticator has this setting on.
    Client(Box<OtherClient>),
}

/// Turns every refusal of a request into JSON. Faults of ours are left to the gate, which logs them first.
pub(super) async fn in_words(request: Request, next: Next) -> Response {
    let words = Words::new(language_of(request.headers()));
    let mut response = next.run(request).await;
    if !response.status().is_client_error() {
        return response;
    }
    let body = match response.extensions().get::<Refused>() {
        Some(refused) => refused.body(words),
        None => ErrorBody::of_status(response.status(), None, words),
    };
    if let Ok(text) = serde_json::to_vec(&body) {
        *response.body_mut() = Body::from(text);
        response.headers_mut().remove(CONTENT_LENGTH);
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    }
    response
}

impl ErrorBody {
    /// The answer of which no more is known than its status.
    pub(crate) fn of_status(status: StatusCode, reference: Option<String>, words: Words) -> Self {
        let error = status.canonical_reason().unwrap_or("error").to_lowercase().replace(' ', "-");
        let message = sentences::of_status(status).get(words.language()).to_owned();
        Self { error, message, reference, faults: Vec::new(), findings: Vec::new(), failed: None }
    }
}

impl Refused {
    fn status(&self) -> StatusCode {
        match self {
            Self::Problem(problem) => problem.status(),
            Self::Status(status) => *status,
            Self::NotJson(_) => StatusCode::BAD_REQUEST,
            Self::WrongShape(_) | Self::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::WrongPassword => StatusCode::UNAUTHORIZED,
            Self::PasswordOff => StatusCode::FORBIDDEN,
            Self::Findings(_) | Self::Unproven(_) => StatusCode::CONFLICT,
            Self::Unproved => StatusCode::FORBIDDEN,
            Self::Conflict(_) | Self::BuiltIn | Self::PluginOff | Self::Plugin(_) | Self::Unfit(_) | Self::Keys(_) => {
                StatusCode::CONFLICT
            }
        }
    }

    fn body(&self, words: Words) -> ErrorBody {
        let text = |text: Text| text.get(words.language()).to_owned();
        let (error, message) = match self {
            Self::Problem(_) | Self::Status(_) => return ErrorBody::of_status(self.status(), None, words),
            Self::NotJson(place) => ("not-json", text(sentences::not_json(*place))),
            Self::WrongShape(place) => ("wrong-shape", text(sentences::wrong_shape(*place))),
            Self::Invalid(_) => ("invalid", text(sentences::invalid())),
            Self::WrongPassword => ("wrong-password", words.t("message-wrong-password")),
            Self::PasswordOff => ("password-off", text(sentences::password_off())),
            Self::Conflict(notice) => (notice.name(), words.t(&format!("notice-{}", notice.name()))),
            Self::Findings(_) => ("findings", text(sentences::findings())),
            Self::Unproven(_) => ("unproven", text(sentences::unproven())),
            Self::BuiltIn => ("built-in", text(sentences::built_in())),
            Self::PluginOff => ("plugin-off", text(sentences::plugin_off())),
            Self::Keys(key) => (*key, words.t(key)),
            Self::Plugin(key) => (key.as_str(), words.t(key)),
            Self::Unfit(_) => ("settings", words.t("choose-unfit")),
            Self::Unproved => ("reauth-required", words.t("reauth-lead-password")),
        };
        let faults = match self {
            Self::Invalid(faults) => faults.iter().map(|fault| fault.body(words)).collect(),
            Self::Unfit(unfit) => unfit.iter().flat_map(|one| unfit_bodies(one, words)).collect(),
            _ => Vec::new(),
        };
        let Told { findings, failed } = match self {
            Self::Findings(found) | Self::Unproven(found) => Told::of(found, words),
            _ => Told::default(),
        };
        ErrorBody { error: error.to_owned(), message, reference: None, faults, findings, failed }
    }
}

impl Fault {
    fn body(&self, words: Words) -> FaultBody {
        match self {
            Self::Own(field, fault) => FaultBody {
                field: (*field).to_owned(),
                code: fault.key().trim_start_matches("fault-").to_owned(),
                message: fault.sentence(words),
            },
            Self::Setting(fault) => FaultBody {
                field: fault.field.as_ref().map_or_else(|| "settings".to_owned(), |name| format!("settings.{name}")),
                code: code_of(&fault.kind),
                message: fault.text(words.language()),
            },
            Self::Client(other) => FaultBody {
                field: format!("settings.{}", other.field),
                code: "client-taken".to_owned(),
                message: other.sentence(words.language()),
            },
        }
    }
}

/// What does not fit of one authenticator; the field begins with its uid.
fn unfit_bodies(one: &Unfit, words: Words) -> Vec<FaultBody> {
    let body = |code: &str, message: String| FaultBody { field: one.uid.clone(), code: code.to_owned(), message };
    let gone = one.type_is_gone.then(|| body("type-is-gone", words.t("unfit-type-is-gone")));
    let said = one.said.as_ref().map(|said| body("migration", format!("{} {said}", words.t("unfit-migration"))));
    let faults = one.faults.iter().map(|(_, fault)| FaultBody {
        field: format!("{}.settings.{}", one.uid, fault.field.as_deref().unwrap_or_default()),
        code: code_of(&fault.kind),
        message: fault.text(words.language()),
    });
    gone.into_iter().chain(said).chain(faults).collect()
}

/// The name under which a fault is serialized, which is its public one.
fn code_of(kind: &ui_schema::FaultKind) -> String {
    let named = serde_json::to_value(kind).ok();
    named.as_ref().and_then(|kind| kind.get("code")?.as_str()).unwrap_or("invalid").to_owned()
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        if let Self::Problem(problem) = self {
            return problem.into_response();
        }
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

impl From<Problem> for Refused {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl From<Failure> for Refused {
    fn from(failure: Failure) -> Self {
        Self::Problem(failure.into())
    }
}

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Self {
        Self::Problem(error.into())
    }
}
