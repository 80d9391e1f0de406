//! The way back to the application: the code under both of its names, and the state; or what a fault makes of them.

use axum::http::StatusCode;
use maud::{PreEscaped, html};
use serde_json::{Value, json};
use url::form_urlencoded;

use super::AuthRequest;
use super::grant::Allowed;
use crate::faults::Mutation;
use crate::front::{Answer, HTML};
use crate::world::{CodeKind, Grant, World};

/// What the callback carries, in order.
pub(super) struct Reply(Vec<(&'static str, String)>);

impl Reply {
    /// A refusal by the person.
    pub(super) fn error(request: &AuthRequest, reason: &str) -> Self {
        let mut pairs = vec![("error", reason.to_owned())];
        pairs.extend(request.state.clone().map(|state| ("state", state)));
        Self(pairs)
    }

    /// The callback as an address. The registered URL is kept as it is, its own query included.
    fn address(&self, redirect_uri: &str) -> String {
        let encode =
            |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>().replace('+', "%20");
        let pairs: Vec<String> = self.0.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
        let joint = if !redirect_uri.contains('?') {
            "?"
        } else if redirect_uri.ends_with(['?', '&']) {
            ""
        } else {
            "&"
        };
        format!("{redirect_uri}{joint}{}", pairs.join("&"))
    }
}

/// The reply to an approval, bent if so planned.
pub(super) fn reply(world: &World, request: &AuthRequest, allowed: &Allowed) -> Reply {
    let mutation = world.callbacks.take();
    let corp_id = match &mutation {
        Some(Mutation::OtherOrganisation { corp_id }) => Some(corp_id.clone()),
        Some(Mutation::WithoutOrganisation) => None,
        _ => allowed.corp_id.clone(),
    };
    let issue = || {
        let seconds = world.directory().quirks.code_seconds;
        world.codes.issue(Grant {
            kind: CodeKind::Oauth,
            client_id: request.client_id.clone(),
            person: allowed.person.clone(),
            corp_id: corp_id.clone(),
            expires_at: world.now() + std::time::Duration::from_secs(seconds),
        })
    };
    if let Some(Mutation::Error { reason }) = &mutation {
        return Reply::error(request, reason);
    }
    let mut pairs = codes(mutation.as_ref(), issue);
    pairs.extend(states(mutation.as_ref(), request.state.as_deref()));
    Reply(pairs)
}

fn codes(mutation: Option<&Mutation>, issue: impl Fn() -> String) -> Vec<(&'static str, String)> {
    let code = issue();
    match mutation {
        Some(Mutation::NoCode) => Vec::new(),
        Some(Mutation::CodeOnly) => vec![("code", code)],
        Some(Mutation::AuthCodeOnly) => vec![("authCode", code)],
        Some(Mutation::DifferingPair) => vec![("code", code), ("authCode", issue())],
        Some(Mutation::DuplicateCode) => vec![("code", code.clone()), ("code", issue()), ("authCode", code)],
        Some(Mutation::DuplicateAuthCode) => vec![("code", code.clone()), ("authCode", code), ("authCode", issue())],
        _ => vec![("code", code.clone()), ("authCode", code)],
    }
}

fn states(mutation: Option<&Mutation>, state: Option<&str>) -> Vec<(&'static str, String)> {
    let pair = |value: &str| ("state", value.to_owned());
    match (mutation, state) {
        (Some(Mutation::NoState), _) => Vec::new(),
        (Some(Mutation::ChangedState { state: other }), _) => vec![pair(other)],
        (Some(Mutation::DuplicateState), _) => vec![pair(state.unwrap_or_default()), pair("another")],
        (_, state) => state.map(pair).into_iter().collect(),
    }
}

/// Sends the browser back, or tells the parent window in a frame.
pub(super) fn send(request: &AuthRequest, reply: &Reply, status: StatusCode) -> Answer {
    let address = reply.address(&request.redirect_uri);
    if request.iframe {
        return post_message(&json!({ "success": true, "redirectUrl": address }), request.frame_messages);
    }
    Answer::redirect(status, address)
}

/// A page that hands `message` to the window around it, as the real one does for `DTFrameLogin`.
pub(super) fn post_message(message: &Value, times: u8) -> Answer {
    // Inside a script element only "</" and "<!--" could end the text early.
    let message = message.to_string().replace('<', "\\u003c");
    let script = format!("window.parent.postMessage({message}, \"*\");").repeat(times.into());
    let page = html! {
        (maud::DOCTYPE)
        html { body { script { (PreEscaped(script)) } } }
    };
    Answer::of(StatusCode::OK, HTML, page.into_string())
}
