//! What an administrator enters about an authenticator.

use super::{CLIENT_ID, CORP_ID};

/// What the form says when only members of the simulated organisation may come in.
pub const MEMBERS_ONLY: &[(&str, &str)] = &[("settings.membership", "auto"), ("settings.corp_id", CORP_ID)];

/// A form with some fields changed.
pub(super) fn merged<'a>(
    form: &'a [(&'static str, String)],
    changes: &[(&'a str, &'a str)],
) -> Vec<(&'a str, &'a str)> {
    let kept = form.iter().map(|(name, value)| (*name, value.as_str()));
    let kept = kept.filter(|(name, _)| changes.iter().all(|(changed, _)| changed != name));
    kept.chain(changes.iter().copied()).collect()
}

/// What the form of an authenticator posts. Anybody with a DingTalk account may come in.
pub(super) fn authenticator_form(
    uid: &str,
    sign_up: bool,
    login: &str,
    api: &str,
    secret: &str,
) -> Vec<(&'static str, String)> {
    let mut form = vec![
        ("type", "dingtalk".to_owned()),
        ("uid", uid.to_owned()),
        ("title.en", "DingTalk".to_owned()),
        ("title.zh-CN", "钉钉".to_owned()),
        ("enabled", "on".to_owned()),
        // Tests of other things neither ask the doctor nor for proof.
        ("anyway", "true".to_owned()),
        ("settings.client_id", CLIENT_ID.to_owned()),
        ("settings.client_secret", secret.to_owned()),
        ("settings.membership", "never".to_owned()),
        ("settings.region", "custom".to_owned()),
        ("settings.login_url", login.to_owned()),
        ("settings.api_url", api.to_owned()),
        ("settings.legacy_url", api.to_owned()),
    ];
    if sign_up {
        form.push(("settings.sign_up", "on".to_owned()));
    }
    form
}
