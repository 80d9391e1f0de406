//! Every state of the Authentication page.

use super::*;

impl AuthenticatorsPage {
    pub(crate) fn samples() -> Vec<(&'static str, Self)> {
        let forms = AuthenticatorForm::samples().into_iter();
        let with_forms = forms.map(|(name, form)| (name, Self { panel: Some(form), ..full() }));
        let mut samples = vec![("full", full()), ("empty", Self { types: types(), ..Self::default() })];
        samples.extend(with_forms);
        samples
    }
}

fn full() -> AuthenticatorsPage {
    let plugin = |id: &str, version: Option<&str>| Origin::Plugin(id.into(), version.map(Into::into));
    let served = Picture::Served("example".into());
    AuthenticatorsPage {
        rows: vec![
            row("password", "Password", Origin::BuiltIn, Picture::Drawn(Icon::Key), AuthenticatorState::Ready),
            row("example", "Example", plugin("auth-example", Some("1.0.0")), served.clone(), AuthenticatorState::Ready),
            row(
                "partners",
                "合作方目录",
                plugin("auth-oidc", Some("0.3.1")),
                served,
                AuthenticatorState::NotConfigured,
            ),
            row(
                "away",
                "Away",
                plugin("auth-away", Some("1.0.0")),
                Picture::Drawn(Icon::Door),
                AuthenticatorState::NotAnswering,
            ),
            row("old", "Old", plugin("auth-old", None), Picture::Drawn(Icon::Door), AuthenticatorState::PluginDisabled),
            row("odd", "Odd", plugin("auth-odd", None), Picture::Drawn(Icon::Door), AuthenticatorState::PluginFailed),
            row(
                "gone",
                "Gone",
                plugin("auth-gone", None),
                Picture::Drawn(Icon::Door),
                AuthenticatorState::PluginMissing,
            ),
        ],
        types: types(),
        panel: None,
    }
}

fn row(uid: &str, title: &str, origin: Origin, picture: Picture, state: AuthenticatorState) -> AuthenticatorRow {
    let sign_ins = if state == AuthenticatorState::Ready { 12_345 } else { 0 };
    let enabled = state == AuthenticatorState::Ready;
    AuthenticatorRow {
        uid: uid.into(),
        title: title.into(),
        type_title: if uid == "partners" { "OpenID Connect".into() } else { title.into() },
        origin,
        picture,
        state,
        sign_ins,
        enabled,
    }
}

fn types() -> Vec<TypeOption> {
    [
        ("example", "Example", "Sign in with an Example account."),
        ("oidc", "OpenID Connect", "Any provider that speaks it."),
    ]
    .map(|(id, title, description)| TypeOption {
        id: id.into(),
        title: title.into(),
        description: description.into(),
        picture: Picture::Served(id.into()),
    })
    .into()
}
