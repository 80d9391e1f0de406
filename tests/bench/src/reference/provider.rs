//! The two calls that a DingTalk sign-in needs, with reqwest and nothing around it.

use reqwest::Client;
use serde::{Deserialize, Serialize};
use url::Url;

/// The simulated DingTalk.
pub(crate) struct Provider {
    base: String,
    client_id: String,
    client_secret: String,
    callback: String,
    http: Client,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Exchange<'a> {
    client_id: &'a str,
    client_secret: &'a str,
    code: &'a str,
    grant_type: &'a str,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Token {
    access_token: String,
}

#[derive(Deserialize)]
struct Profile {
    nick: String,
}

impl Provider {
    pub(crate) fn new(
        base: String,
        client_id: String,
        client_secret: String,
        callback: String,
    ) -> reqwest::Result<Self> {
        // Fails only if one is installed already. The client wants one even though it only speaks plain HTTP here.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = Client::builder().no_proxy().http1_only().build()?;
        Ok(Self { base, client_id, client_secret, callback, http })
    }

    /// Where the browser goes.
    pub(crate) fn authorize_url(&self, state: &str) -> Result<Url, url::ParseError> {
        let query = [
            ("client_id", self.client_id.as_str()),
            ("redirect_uri", &self.callback),
            ("response_type", "code"),
            ("scope", "openid corpid"),
            ("prompt", "consent"),
            ("state", state),
        ];
        Url::parse_with_params(&format!("{}/oauth2/auth", self.base), query)
    }

    /// The name of the person behind a code.
    pub(crate) async fn name(&self, code: &str) -> reqwest::Result<String> {
        let Self { client_id, client_secret, .. } = self;
        let exchange = Exchange { client_id, client_secret, code, grant_type: "authorization_code" };
        let exchange = self.http.post(format!("{}/v1.0/oauth2/userAccessToken", self.base)).json(&exchange);
        let token: Token = exchange.send().await?.error_for_status()?.json().await?;
        let profile = self.http.get(format!("{}/v1.0/contact/users/me", self.base));
        let profile = profile.header("x-acs-dingtalk-access-token", token.access_token);
        let profile: Profile = profile.send().await?.error_for_status()?.json().await?;
        Ok(profile.nick)
    }
}
