//! What is shown on DingTalk's own page, without a callback. Codes are given where one has been seen in the field.

use axum::http::StatusCode;
use maud::html;
use serde_json::json;

use super::{AuthRequest, callback};
use crate::front::{Answer, HTML};
use crate::pages::{Shape, Tongue, page};

/// Why nobody can sign in here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// `client_id` is missing or unknown.
    UnknownClient,
    /// `redirect_uri` is missing or not registered.
    RedirectMismatch,
    /// Another parameter is missing, wrong, given twice, or needs a scope that was not asked for.
    Parameter(&'static str),
    /// The person is not in the organisation that is asked for.
    NotInOrganisation,
    /// The form named nobody in the scenario.
    UnknownPerson,
}

impl Refusal {
    /// The code that the page shows, where it is known.
    const fn code(self) -> Option<u32> {
        match self {
            Self::UnknownClient => Some(900_103),
            Self::NotInOrganisation => Some(11_055),
            _ => None,
        }
    }

    /// A word for scripts that read the page.
    const fn word(self) -> &'static str {
        match self {
            Self::UnknownClient => "unknown_client",
            Self::RedirectMismatch => "redirect_uri",
            Self::Parameter(name) => name,
            Self::NotInOrganisation => "not_in_organisation",
            Self::UnknownPerson => "unknown_person",
        }
    }

    fn text(self, tongue: Tongue) -> String {
        match self {
            Self::UnknownClient => tongue.say("Application does not exist", "应用不存在").to_owned(),
            Self::RedirectMismatch => tongue
                .say("redirect_uri is not registered for this application", "redirect_uri 未在应用的重定向URL中注册")
                .to_owned(),
            Self::Parameter(name) => {
                format!("{} {name}", tongue.say("Missing or invalid parameter:", "参数缺失或不合法："))
            }
            Self::NotInOrganisation => {
                tongue.say("Operation failed: you are not in the organisation", "操作失败，你不在组织内").to_owned()
            }
            Self::UnknownPerson => tongue.say("There is no such person", "没有这个人").to_owned(),
        }
    }
}

/// The page with the refusal; in a frame, the message to the parent window.
pub(super) fn show(refusal: Refusal, tongue: Tongue, request: Option<&AuthRequest>) -> Answer {
    if request.is_some_and(|request| request.iframe) {
        let message =
            json!({ "success": false, "errorMsg": refusal.text(Tongue::Chinese), "errorCode": refusal.code() });
        return callback::post_message(&message, 1);
    }
    let content = html! {
        h1 { (tongue.say("Sign-in is not possible", "无法登录")) }
        p #refusal data-reason=(refusal.word()) data-code=[refusal.code()] { (refusal.text(tongue)) }
        @if let Some(code) = refusal.code() { small { (tongue.say("Error code", "错误码")) " " (code) } }
        @if refusal == Refusal::RedirectMismatch {
            p { a href="/_sim/" { (tongue.say("Register it in the console", "到控制台注册")) } }
        }
    };
    let title = tongue.say("Sign-in is not possible", "无法登录");
    Answer::of(StatusCode::BAD_REQUEST, HTML, page(tongue, title, Shape::Card, &content))
}
