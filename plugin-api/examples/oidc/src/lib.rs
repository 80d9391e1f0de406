//! Signing in at any OpenID Connect provider, written against the public contract only.
//!
//! The administrator enters the issuer. [`discovery`] reads from there where everything is and what the provider can do.
//! A person clicks the button: [`proof`] draws a code verifier and a nonce, and [`authorize`] writes the address of the
//! provider's sign-in page. The person comes back: [`callback`] takes the code out of the query, [`token`] swaps it for
//! tokens, [`id_token`] verifies who the provider says they are with one of its [`keys`], [`userinfo`] asks for the
//! rest, and [`claims`] makes an identity of it, as the form says. Whose account that is decides the host.
//!
//! Theirs who administer are [`catalogue`] (what the Authentication page shows), [`settings`] (the form) and [`doctor`]
//! (do these settings work?).
//!
//! What is cited as *Core* is OpenID Connect Core 1.0, as *Discovery* OpenID Connect Discovery 1.0.

use plugin_api::{
    AuthPlugin, AuthenticatorType, BeginReply, BeginRequest, Callback, Context, Fault, Finding, Identity,
};

mod authorize;
mod callback;
mod catalogue;
mod claims;
mod discovery;
mod doctor;
mod encoding;
mod id_token;
mod keys;
mod proof;
mod provider;
mod settings;
mod token;
mod userinfo;
mod wire;

use proof::Proof;
use provider::Provider;
pub use settings::Settings;

/// The plug-in. It holds nothing: settings come with each call.
pub struct OpenIdConnect;

impl AuthPlugin for OpenIdConnect {
    const MANIFEST: &'static str = include_str!("../manifest.json");

    fn new() -> Self {
        Self
    }

    fn authenticator_types(&self) -> Vec<AuthenticatorType> {
        vec![catalogue::openid_connect()]
    }

    async fn begin(&self, cx: &Context, request: BeginRequest) -> Result<BeginReply, Fault> {
        let provider = Provider::discovered(cx).await?;
        let proof = Proof::drawn(cx)?;
        Ok(BeginReply { authorize_url: authorize::url(&provider, &proof, &request), memo: proof.memo() })
    }

    async fn finish(&self, cx: &Context, callback: Callback) -> Result<Identity, Fault> {
        let provider = Provider::discovered(cx).await?;
        let code = callback::code(&provider, &callback)?;
        let proof = Proof::remembered(&callback.memo)?;
        let tokens = token::exchanged(&provider, code, &proof, &callback.redirect_uri).await?;
        let signed = id_token::verified(&provider, &tokens.id_token, &proof).await?;
        let told = userinfo::fetched(&provider, &tokens, &signed).await?;
        claims::identity(&provider.settings, signed, told)
    }

    async fn check(&self, cx: &Context) -> Result<Vec<Finding>, Fault> {
        doctor::examine(cx).await
    }
}

plugin_api::export_auth_plugin!(OpenIdConnect);
