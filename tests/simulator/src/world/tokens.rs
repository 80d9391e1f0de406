//! Tokens of the two kinds, and refresh tokens. A user token never passes for an app token, nor the other way round.

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::Duration;

use super::{guard, hex32};

/// Life of user and app tokens: `expireIn`, 7200 seconds.
pub(crate) const ACCESS_SECONDS: u64 = 7200;
/// Life of refresh tokens: thirty days.
const REFRESH_SECONDS: u64 = 30 * 24 * 3600;

/// In whose name a user token speaks.
#[derive(Clone, Debug)]
pub(crate) struct UserGrant {
    pub(crate) client_id: String,
    pub(crate) person: String,
    pub(crate) corp_id: Option<String>,
}

/// What a presented token turned out to be.
pub(crate) enum Bearer {
    /// A user token.
    User(UserGrant),
    /// The token of the app with this Client ID.
    App(String),
    /// Was good once.
    Expired,
    /// Never existed.
    Unknown,
}

/// A user token and the refresh token that came with it.
pub(crate) struct UserTokens {
    pub(crate) access: String,
    pub(crate) refresh: String,
}

/// The tokens that are out.
#[derive(Default)]
pub(crate) struct Tokens(Mutex<Store>);

#[derive(Default)]
struct Store {
    user: HashMap<String, (UserGrant, Duration)>,
    refresh: HashMap<String, (UserGrant, Duration)>,
    app: HashMap<String, (String, Duration)>,
    app_of: HashMap<String, String>,
}

impl Tokens {
    /// A user token and its refresh token.
    pub(crate) fn issue_user(&self, grant: &UserGrant, now: Duration) -> UserTokens {
        let tokens = UserTokens { access: hex32(), refresh: hex32() };
        let mut store = guard(&self.0);
        let until = |seconds| (grant.clone(), now + Duration::from_secs(seconds));
        store.user.insert(tokens.access.clone(), until(ACCESS_SECONDS));
        store.refresh.insert(tokens.refresh.clone(), until(REFRESH_SECONDS));
        tokens
    }

    /// Spends a refresh token of `client_id`: the old one is dead from here on.
    pub(crate) fn take_refresh(&self, token: &str, client_id: &str, now: Duration) -> Option<UserGrant> {
        let mut store = guard(&self.0);
        if store.refresh.get(token)?.0.client_id != client_id {
            return None;
        }
        store.refresh.remove(token).filter(|(_, expires_at)| now < *expires_at).map(|(grant, _)| grant)
    }

    /// The token of an app: the same one as long as it is good, with its life extended.
    pub(crate) fn app(&self, client_id: &str, now: Duration) -> String {
        let mut store = guard(&self.0);
        let expires_at = now + Duration::from_secs(ACCESS_SECONDS);
        if let Some((token, until)) = store.app.get_mut(client_id)
            && now < *until
        {
            *until = expires_at;
            return token.clone();
        }
        let token = hex32();
        store.app.insert(client_id.to_owned(), (token.clone(), expires_at));
        store.app_of.insert(token.clone(), client_id.to_owned());
        token
    }

    /// What `token` is.
    pub(crate) fn look_up(&self, token: &str, now: Duration) -> Bearer {
        let store = guard(&self.0);
        if let Some((grant, expires_at)) = store.user.get(token) {
            return if now < *expires_at { Bearer::User(grant.clone()) } else { Bearer::Expired };
        }
        let Some(client_id) = store.app_of.get(token) else { return Bearer::Unknown };
        match store.app.get(client_id) {
            Some((current, expires_at)) if current == token && now < *expires_at => Bearer::App(client_id.clone()),
            _ => Bearer::Expired,
        }
    }

    pub(super) fn clear(&self) {
        *guard(&self.0) = Store::default();
    }
}
