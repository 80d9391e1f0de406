//! Links that people make themselves.
//!
//! There are two ways to one question. A sign-in that named a person whom nobody here is ([`remember`]) leaves what the
//! provider said behind, sealed, for ten minutes, and a cookie of 256 random bits in the browser. That is no session.
//! If somebody then signs in with a password in the same browser, [`claim`] hands it to that session. Or a person who
//! is signed in asks for a link on their own page, goes to the provider, and comes back ([`offer`]).
//!
//! Either way nothing is linked yet: the [page](page) names both accounts and asks, and only the answer of the session
//! that it was handed to, with a sign-in of the last ten minutes ([`fresh`]), makes the link. So nobody is linked by an
//! address that somebody else sent them, nor with a stolen session of yesterday (OA-8, SE-7).

mod confirm;
pub mod fresh;
pub(crate) mod handlers;
pub mod page;
mod pending;
pub mod reauth;
mod unlink;

use http::HeaderMap;
use plugin_api::Identity;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::Refused;
use super::refusal::Refusal;
use crate::app::App;
use crate::failure::Failure;
use crate::ids;

/// What a provider said about a person, and through which authenticator.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Named {
    pub(crate) authenticator_id: String,
    pub(crate) identity: Identity,
    /// Whether the provider's own client said so. The session that claims it is then told apart from those of other
    /// people at the same client, see [`client_key`].
    pub(crate) in_client: bool,
}

/// Who the provider's client says the person is, as the session of somebody whom no link connects with them keeps it.
pub(crate) fn client_key(authenticator_id: &str, subject: &str) -> String {
    ids::hex(&Sha256::digest(format!("{authenticator_id}\u{0}{subject}")))
}

/// Whether a sign-in that was refused for this reason named a person whom somebody here may turn out to be.
pub(crate) const fn may_be_somebody(reason: Refusal) -> bool {
    matches!(
        reason,
        Refusal::SignUpOff
            | Refusal::NoPhone
            | Refusal::PhoneUnusable
            | Refusal::PhoneAmbiguous
            | Refusal::PrivilegedAccount
    )
}

/// Keeps whom the provider named, if the refusal is one of [`may_be_somebody`] and people can sign in with a password;
/// the cookie goes into [`Refused::pending`]. What cannot be kept changes nothing about the refusal.
pub(crate) async fn remember(app: &App, mut refused: Refused, named: &Named) -> Refused {
    if may_be_somebody(refused.reason) && app.authenticators.password_is_enabled() {
        match keep(app, named).await {
            Ok(cookie) => refused.pending = Some(cookie),
            Err(failure) => tracing::error!(error = %failure, "whom the provider named was not kept"),
        }
    }
    refused
}

/// Keeps whom the provider named until somebody signs in with a password in this browser. Returns the cookie.
pub(crate) async fn keep(app: &App, named: &Named) -> Result<String, Failure> {
    pending::keep(app, named, "").await
}

/// Hands whom the provider named to the session with this hash, which went there to be linked. Returns the cookie; the
/// browser goes on to [`crate::urls::Urls::link_confirm`].
pub(crate) async fn offer(app: &App, named: &Named, session_hash: &str) -> Result<String, Failure> {
    pending::keep(app, named, session_hash).await
}

/// Hands what this browser's cookie stands for to the session that a password just opened. Whether there is something
/// to ask the person about.
pub(crate) async fn claim(app: &App, headers: &HeaderMap, session_hash: &str) -> Result<bool, Failure> {
    pending::claim(app, headers, session_hash).await
}
