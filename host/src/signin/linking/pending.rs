//! What is kept of a person whom a provider named: sealed in the database, under the hash of what the browser holds.

use http::HeaderMap;

use super::{Named, client_key};
use crate::app::App;
use crate::failure::Failure;
use crate::ids::{self, Token};
use crate::session::cookie;
use crate::store::pending_links::{self, PendingLinkRow};
use crate::store::sessions;

/// How long it is kept, in milliseconds.
const LIFETIME: i64 = 10 * 60 * 1000;

/// Keeps `named` for the session with the hash, or, if that is empty, for the first that claims it. Returns the cookie.
pub(super) async fn keep(app: &App, named: &Named, session_hash: &str) -> Result<String, Failure> {
    let token = Token::new(&*app.entropy);
    let token_hash = token.hash();
    let sealed = app.vault.seal(&*app.entropy, &place(&token_hash), &serde_json::to_vec(named)?)?;
    let row = PendingLinkRow {
        authenticator_id: named.authenticator_id.clone(),
        session_hash: session_hash.to_owned(),
        sealed: format!("{}:{}", sealed.key_id, sealed.text),
        expires_at: app.clock.now_ms().saturating_add(LIFETIME),
        token_hash,
    };
    app.store
        .write_one(move |conn| Box::pin(async move { Ok::<_, Failure>(pending_links::insert(conn, &row).await?) }))
        .await?;
    Ok(cookie::set(cookie::PENDING_LINK, token.text(), Some(LIFETIME / 1000)))
}

/// Gives what this browser's cookie stands for to the session, unless another one has it. A session that is claimed
/// with what the provider's client said keeps note of whom that was.
pub(super) async fn claim(app: &App, headers: &HeaderMap, session_hash: &str) -> Result<bool, Failure> {
    let Some(token_hash) = presented(headers) else { return Ok(false) };
    let (app, session_hash) = (app.clone(), session_hash.to_owned());
    let store = app.store.clone();
    store
        .write(move |conn| {
            Box::pin(async move {
                let now = app.clock.now_ms();
                let Some(row) = pending_links::claim(conn, &token_hash, &session_hash, now).await? else {
                    return Ok(false);
                };
                let named = opened(&app, &row)?;
                if named.in_client {
                    let key = client_key(&named.authenticator_id, &named.identity.subject);
                    sessions::keep_client_key(conn, &session_hash, &key).await?;
                }
                Ok::<_, Failure>(true)
            })
        })
        .await
}

/// What this browser and this session may confirm.
pub(super) async fn find(app: &App, headers: &HeaderMap, session_hash: &str) -> Result<Option<Named>, Failure> {
    let Some(token_hash) = presented(headers) else { return Ok(None) };
    let row = {
        let mut conn = app.store.read().await?;
        pending_links::find(&mut conn, &token_hash, session_hash, app.clock.now_ms()).await?
    };
    row.map(|row| opened(app, &row)).transpose()
}

/// The same, taken out for good.
pub(super) async fn take(app: &App, headers: &HeaderMap, session_hash: &str) -> Result<Option<Named>, Failure> {
    let Some(token_hash) = presented(headers) else { return Ok(None) };
    let (session_hash, now) = (session_hash.to_owned(), app.clock.now_ms());
    let row = app
        .store
        .write_one(move |conn| {
            Box::pin(async move { Ok::<_, Failure>(pending_links::take(conn, &token_hash, &session_hash, now).await?) })
        })
        .await?;
    row.map(|row| opened(app, &row)).transpose()
}

fn presented(headers: &HeaderMap) -> Option<String> {
    ids::hash_of_presented(cookie::read(headers, cookie::PENDING_LINK)?)
}

fn opened(app: &App, row: &PendingLinkRow) -> Result<Named, Failure> {
    let (key_id, sealed) =
        row.sealed.split_once(':').ok_or_else(|| Failure::new("a stored pending link has no key id"))?;
    Ok(serde_json::from_slice(&app.vault.open(&place(&row.token_hash), key_id, sealed)?)?)
}

fn place(token_hash: &str) -> String {
    format!("pending_links/{token_hash}/sealed")
}
