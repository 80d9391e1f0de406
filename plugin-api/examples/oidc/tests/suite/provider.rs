//! A provider of the tests: discovery, tokens, keys, userinfo, with a key of its own.

use std::sync::{Arc, Mutex};

use auth_oidc::OpenIdConnect;
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use plugin_api::testing::{FakeHost, InProcess, ScriptedReply, json_reply};
use plugin_api::ui_schema::Language;
use plugin_api::{BeginReply, BeginRequest, Callback, Channel, Fault, HttpRequest, Identity, PluginHandle};
use serde_json::{Value, json};

pub(crate) const ISSUER: &str = "https://id.example/realm";
pub(crate) const CLIENT_ID: &str = "gate & house";
pub(crate) const SECRET: &str = "correct:horse staple";
pub(crate) const KEY_ID: &str = "key-1";

/// 2026-01-01T00:00:00Z, when the clock of a fake host starts.
pub(crate) const NOW: u64 = 1_767_225_600;

/// What the provider answers; a test changes what it is about.
#[derive(Clone)]
pub(crate) struct Provider {
    pub(crate) discovery: Value,
    pub(crate) token: ScriptedReply,
    pub(crate) keys: Value,
    /// What it publishes when asked again.
    pub(crate) later_keys: Value,
    pub(crate) userinfo: ScriptedReply,
}

impl Provider {
    /// A provider that answers with `id_token`.
    pub(crate) fn giving(id_token: &str) -> Self {
        let keys = json!({ "keys": [{ "kty": "unheard-of" }, published(&key(7), KEY_ID)] });
        Self {
            discovery: json!({
                "issuer": ISSUER,
                "authorization_endpoint": format!("{ISSUER}/authorize?theme=dark"),
                "token_endpoint": format!("{ISSUER}/token"),
                "jwks_uri": format!("{ISSUER}/keys"),
                "userinfo_endpoint": format!("{ISSUER}/userinfo"),
                "code_challenge_methods_supported": ["S256"],
                "id_token_signing_alg_values_supported": ["RS256", "ES256"],
            }),
            token: json_reply(200, &json!({ "id_token": id_token, "access_token": "at-1", "token_type": "bearer" })),
            later_keys: keys.clone(),
            keys,
            userinfo: json_reply(200, &json!({ "sub": "u-1", "name": "Ada" })),
        }
    }

    pub(crate) fn answer(&self, request: &HttpRequest, asked_for_keys: &Mutex<usize>) -> ScriptedReply {
        match request.url.strip_prefix(ISSUER) {
            Some("/.well-known/openid-configuration") => json_reply(200, &self.discovery),
            Some("/token") => self.token.clone(),
            Some("/userinfo") => self.userinfo.clone(),
            Some("/keys") => {
                let mut asked = asked_for_keys.lock().unwrap();
                *asked += 1;
                json_reply(200, if *asked == 1 { &self.keys } else { &self.later_keys })
            }
            _ => json_reply(404, &json!({})),
        }
    }

    /// A host whose network has this provider.
    pub(crate) fn host(self) -> FakeHost {
        let asked = Mutex::new(0);
        FakeHost::new(move |request| self.answer(request, &asked))
    }
}

/// A private key on P-256: `seed` thirty-two times, in the wrapping of PKCS #8 (RFC 5958, RFC 5915).
pub(crate) fn key(seed: u8) -> EncodingKey {
    const WRAPPING: [u8; 35] = [
        0x30, 0x41, 0x02, 0x01, 0x00, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08,
        0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x04, 0x27, 0x30, 0x25, 0x02, 0x01, 0x01, 0x04, 0x20,
    ];
    EncodingKey::from_ec_der(&[&WRAPPING[..], &[seed; 32]].concat())
}

/// The public half as the provider publishes it.
pub(crate) fn published(key: &EncodingKey, id: &str) -> Value {
    let mut published = serde_json::to_value(Jwk::from_encoding_key(key, Algorithm::ES256).unwrap()).unwrap();
    published["kid"] = json!(id);
    published["use"] = json!("sig");
    published
}

/// Good claims in answer to `nonce`.
pub(crate) fn claims(nonce: &str) -> Value {
    json!({
        "iss": ISSUER, "sub": "u-1", "aud": CLIENT_ID, "exp": NOW + 300, "iat": NOW, "nonce": nonce,
        "email": "ada@example.com", "email_verified": true, "phone_number": "+8613900000001",
    })
}

/// `claims` signed by `key`, which is said to be `id`.
pub(crate) fn signed(claims: &Value, key: &EncodingKey, id: Option<&str>) -> String {
    let header = Header { kid: id.map(ToOwned::to_owned), ..Header::new(Algorithm::ES256) };
    encode(&header, claims, key).unwrap()
}

pub(crate) fn settings() -> Value {
    json!({
        "sign_up": true, "issuer": ISSUER, "client_id": CLIENT_ID, "client_secret": SECRET,
        "scopes": "profile email", "userinfo": true, "subject_claim": "sub", "name_claim": "name",
        "email_claim": "email", "phone_claim": "phone_number",
    })
}

pub(crate) fn begin_request() -> BeginRequest {
    BeginRequest {
        authenticator_type: "oidc".into(),
        redirect_uri: "https://gate.example/signin/1/callback".into(),
        state: "st&te".into(),
        language: Language::En,
    }
}

pub(crate) fn callback(memo: &[u8]) -> Callback {
    Callback {
        authenticator_type: "oidc".into(),
        redirect_uri: "https://gate.example/signin/1/callback".into(),
        query: [("code".to_owned(), "c0de-1234".to_owned()), ("state".to_owned(), "st&te".to_owned())].into(),
        memo: memo.to_vec(),
        language: Language::En,
        channel: Channel::Redirect,
    }
}

pub(crate) fn plugin() -> Arc<dyn PluginHandle> {
    Arc::new(InProcess::<OpenIdConnect>::new())
}

/// What `begin` answers on a fresh host; the random bytes of such a host are always the same.
pub(crate) fn begun() -> BeginReply {
    let host = Provider::giving("").host();
    host.run(plugin().begin(settings(), host.lender(), begin_request())).unwrap().unwrap()
}

/// The value of a query parameter that needs no decoding.
pub(crate) fn parameter<'a>(address: &'a str, name: &str) -> &'a str {
    let query = address.split_once('?').unwrap().1;
    query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('=')).unwrap_or_default()
}

/// The nonce of the attempt that [`begun`] began.
pub(crate) fn nonce() -> String {
    parameter(&begun().authorize_url, "nonce").to_owned()
}

/// What `finish` makes of the attempt that [`begun`] began, with this provider and these settings.
pub(crate) fn finished(provider: Provider, settings: Value) -> (Result<Identity, Fault>, FakeHost) {
    let host = provider.host();
    let identity = host.run(plugin().finish(settings, host.lender(), callback(&begun().memo))).unwrap();
    (identity, host)
}

/// A provider whose ID token has these claims and is signed as it should be.
pub(crate) fn honest(claims: &Value) -> Provider {
    Provider::giving(&signed(claims, &key(7), Some(KEY_ID)))
}
