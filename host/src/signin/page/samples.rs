//! Every state of the sign-in page and of the refusal page.

use ui_schema::Text;

use super::*;
use crate::signin::client::told::Told;

impl SignInPage {
    pub(crate) fn samples() -> Vec<(&'static str, Self)> {
        let full = Self {
            redirect: Some("/admin/users?q=a&page=2".into()),
            wrong_password: false,
            password: Some(PasswordForm::default()),
            buttons: vec![button("example", "Continue with Example", Picture::Served("example".into()))],
            outages: Vec::new(),
            inside: Inside::default(),
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
            ("buttons-only", Self { password: None, buttons: many, ..full.clone() }),
            ("outage", Self { outages: vec!["Example".into()], ..full.clone() }),
            ("outage-of-all", Self { outages: vec!["Example".into()], password: None, ..full.clone() }),
            ("panel", Self { buttons: vec![with_panel()], ..full.clone() }),
            ("staying", Self { inside: inside(None, Some("Ada Lovelace")), ..full.clone() }),
            ("turned-away", Self { inside: inside(Some(Refusal::SignUpOff), None), ..full.clone() }),
            ("nothing", Self::default()),
        ]
    }
}

fn inside(refusal: Option<Refusal>, staying: Option<&str>) -> Inside {
    Inside {
        told: refusal.map(|refusal| Told { refusal, reference: "7F3K-9QWD".into() }),
        staying: staying.map(str::to_owned),
        silent: Some("example".into()),
        connectable: refusal.map(|_| "Example".into()),
    }
}

fn button(uid: &str, caption: &str, picture: Picture) -> SignInButton {
    SignInButton { uid: uid.into(), caption: caption.into(), picture, panel: None }
}

fn with_panel() -> SignInButton {
    let panel = PanelSection {
        uid: "example".into(),
        title: Text::new("Example", "示例"),
        settings: r#"{"client_id":"a\"b"}"#.into(),
        scripts: vec!["/scripts/example/panel.0123456789abcdef.js".into()],
    };
    let picture = Picture::Served("example".into());
    SignInButton { panel: Some(panel), ..button("example", "Continue with Example", picture) }
}

impl RefusalPage {
    pub(crate) fn samples() -> Vec<(&'static str, Self)> {
        let connectable = Self { connectable: true, ..page(Refusal::PrivilegedAccount) };
        let each = Refusal::ALL.into_iter().map(|reason| (reason.name(), page(reason)));
        each.chain([("connectable", connectable)]).collect()
    }
}

fn page(reason: Refusal) -> RefusalPage {
    RefusalPage {
        reason,
        reference: "7F3K-9QWD".into(),
        authenticator_title: (reason != Refusal::AttemptUnknown).then(|| "Example".into()),
        retry: (reason != Refusal::AuthenticatorOff).then(|| "example".into()),
        redirect: Some("/admin/users".into()),
        connectable: false,
    }
}
