//! The list that every plug-in must pass.

use std::sync::Mutex;

use auth_oidc::OpenIdConnect;
use plugin_api::testing::{Sample, check_plugin};
use serde_json::json;

use crate::provider::{claims, honest, nonce, settings};

#[test]
fn the_conformance_list() {
    let mut other = settings();
    other["client_id"] = json!("another-client");
    other["client_secret"] = json!("another secret of ours");
    let (provider, asked) = (honest(&claims(&nonce())), Mutex::new(0));
    let sample = Sample::new("oidc", settings(), other, move |request| provider.answer(request, &asked));
    let report = check_plugin::<OpenIdConnect>(&sample);
    assert!(report.passed(), "{report}");
}
