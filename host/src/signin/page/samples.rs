//! Every state of the sign-in page and of the refusal page.

use super::*;

impl SignInPage {
    pub(crate) fn samples() -> Vec<(&'static str, Self)> {
        let full = Self {
            redirect: Some("/admin/users?q=a&page=2".into()),
            wrong_password: false,
            password: Some(PasswordForm::default()),
            buttons: vec![button("example", "Continue with Example", Picture::Served("example".into()))],
        };
        let typed = Some(PasswordForm { identifier: "ada@example.com".into() });
        let many = vec![
            button("example", "Continue with Example", Picture::Served("example".into())),
            button("partners", "使用合作伙伴的企业身份登录", Picture::Drawn(Icon::Door)),
            button("long", "Continue with The International Society for Very Long Names", Picture::Drawn(Icon::Door)),
        ];
        vec![
            ("full", full.clone()),
            ("wrong", Self { password: typed, wrong_password: true, ..full.clone() }),
            ("password-only", Self { buttons: Vec::new(), ..full.clone() }),
            ("buttons-only", Self { password: None, buttons: many, ..full }),
            ("nothing", Self::default()),
        ]
    }
}

fn button(uid: &str, caption: &str, picture: Picture) -> SignInButton {
    SignInButton { uid: uid.into(), caption: caption.into(), picture }
}

impl RefusalPage {
    pub(crate) fn samples() -> Vec<(&'static str, Self)> {
        Refusal::ALL.into_iter().map(|reason| (reason.name(), page(reason))).collect()
    }
}

fn page(reason: Refusal) -> RefusalPage {
    RefusalPage {
        reason,
        reference: "7F3K-9QWD".into(),
        authenticator_title: (reason != Refusal::AttemptUnknown).then(|| "Example".into()),
        retry: (reason != Refusal::AuthenticatorOff).then(|| "example".into()),
        redirect: Some("/admin/users".into()),
    }
}
