//! The provider sent the person back.

use std::collections::BTreeMap;

use http::HeaderMap;
use plugin_api::{Callback, CallbackGrammar};

use super::attempt::Redeemed;
use super::refusal::Refusal;
use super::{Refused, admit};
use crate::app::App;
use crate::session::Session;
use crate::web::peer::Caller;

/// Longest query, and longest value in it, in bytes.
const LONGEST_QUERY: usize = 8192;
const LONGEST_VALUE: usize = 2048;

/// A completed sign-in.
pub(crate) struct Completed {
    pub(crate) session: Session,
    pub(crate) redirect: String,
}

/// Turns the callback of the authenticator `uid` into a session, or into a refusal.
pub(crate) async fn complete(
    app: &App,
    uid: &str,
    query: &str,
    headers: &HeaderMap,
    caller: Caller,
) -> Result<Completed, Refused> {
    let query = parse(query)?;
    let state = query.get("state").ok_or(Refusal::AttemptUnknown)?;
    let attempt = Redeemed::take(app, headers, state).await?.attempt;

    // From here on the attempt is spent, whatever happens.
    let authenticator = app.authenticators.enabled(uid).ok_or(Refusal::AuthenticatorOff)?;
    if authenticator.id != attempt.authenticator_id {
        return Err(Refused::new(Refusal::AttemptUnknown, "the attempt began at another authenticator"));
    }
    let (plugin, kind) = app.registry.type_of(&authenticator.kind).ok_or(Refusal::PluginOff)?;
    if authenticator.fingerprint(&kind.form) != attempt.snapshot.fingerprint {
        return Err(Refusal::AuthenticatorChanged.into());
    }
    check_code(&query, &kind.callback)?;
    let callback = Callback {
        authenticator_type: kind.id.clone(),
        redirect_uri: app.redirect_url(uid),
        query,
        memo: attempt.snapshot.memo(),
        language: attempt.language,
    };
    let on = authenticator.on_behalf(attempt.snapshot.settings, &kind.form);
    let identity = plugin.finish(&on, callback).await?;
    let case = admit::Case {
        authenticator_id: authenticator.id.clone(),
        authenticator_uid: uid.to_owned(),
        scope: kind.subject_scope,
        sign_up: kind.form.sign_up(&authenticator.settings),
        identity,
        caller,
    };
    let session = admit::admit(app, case).await?;
    Ok(Completed { session, redirect: attempt.redirect })
}

/// The parameters, each at most once, short, and made of printable characters (RFC 6749 section 3.1).
fn parse(query: &str) -> Result<BTreeMap<String, String>, Refused> {
    let bad = |why: &str| Refused::new(Refusal::BadCallback, why);
    if query.len() > LONGEST_QUERY {
        return Err(bad("the query is too long"));
    }
    let mut parameters = BTreeMap::new();
    for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
        let broken = |text: &str| text.chars().any(|c| c.is_control() || c == char::REPLACEMENT_CHARACTER);
        if value.len() > LONGEST_VALUE || broken(&name) || broken(&value) {
            return Err(bad("a parameter is too long or holds characters that none has"));
        }
        if parameters.insert(name.into_owned(), value.into_owned()).is_some() {
            return Err(bad("a parameter came twice"));
        }
    }
    Ok(parameters)
}

/// One value of the code under whichever names, or an error, but not neither.
fn check_code(query: &BTreeMap<String, String>, grammar: &CallbackGrammar) -> Result<(), Refused> {
    let given = |name: &String| query.get(name).filter(|value| !value.is_empty());
    let mut codes = grammar.code.iter().filter_map(given);
    let first = codes.next();
    if codes.any(|other| Some(other) != first) {
        return Err(Refused::new(Refusal::BadCallback, "two different codes"));
    }
    if first.is_none() && given(&grammar.error).is_none() {
        return Err(Refused::new(Refusal::BadCallback, "neither code nor error"));
    }
    Ok(())
}
