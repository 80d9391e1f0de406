//! Every state of the form.

use super::*;
use crate::ui::form::{ChoiceOption, FieldKind, Link, When};
use crate::users::refresh::Field;

const GUIDE: &str = "1. Open the [developer console](https://example.com/console) and create an app.\n\
    2. Add the Redirect URL below under **Security settings**.\n3. Grant the permission `Contact.User.Read`.\n";

impl AuthenticatorForm {
    pub(crate) fn samples() -> Vec<(&'static str, Self)> {
        let create = Self { mode: Mode::Create, fields: fields(false), ..edit() };
        let wrong = Self {
            draft_faults: vec![(DraftField::Title(Language::En), FieldFault::Required)],
            other_faults: vec!["This form has no such field.".into()],
            fields: wrong_fields(),
            ..edit()
        };
        let asked = |kind, action: &str| {
            let posted = vec![("title.en".into(), "Example".into()), (input::CARRIED.into(), "k1:c2VhbGVk".into())];
            let question = Question { kind, action: action.into(), posted, back: "/admin/authentication".into() };
            Some(CheckView { question: Some(question), ..check() })
        };
        let checked = Self { check: Some(check()), ..edit() };
        let failed = Some("The sign-in service cannot be reached.".into());
        let broken = Self { check: Some(CheckView { findings: Vec::new(), failed, question: None }), ..edit() };
        let mut enabling = Self { check: asked(QuestionKind::Enable, "/admin/authentication"), ..create.clone() };
        enabling.carried = Some("k1:c2VhbGVk".into());
        let unproven = Self { check: asked(QuestionKind::Save, "/admin/authentication/example"), ..edit() };
        let mut taken = edit();
        taken.fields[7].value = "true".into();
        taken.fields[7].fault = Some("“Partners” (partners) signs people in inside the client already.".into());
        let mut plain = Self { guide: String::new(), fields: Vec::new(), ..edit() };
        plain.draft_faults = vec![(DraftField::Description(Language::ZhCn), FieldFault::TooLong(500))];
        let state = AuthenticatorState::PluginDisabled;
        let frozen = Self { mode: Mode::Edit { state, linked_users: 1 }, fields: Vec::new(), ..edit() };
        let mut built_in = Self { guide: String::new(), fields: Vec::new(), ..edit() };
        built_in.draft.uid = "password".into();
        built_in.draft.refresh = None;
        vec![
            ("create", create),
            ("frozen", frozen),
            ("built-in", built_in),
            ("edit", edit()),
            ("wrong", wrong),
            ("checked", checked),
            ("broken", broken),
            ("enabling", enabling),
            ("unproven", unproven),
            ("taken", taken),
            ("plain", plain),
        ]
    }
}

fn edit() -> AuthenticatorForm {
    AuthenticatorForm {
        mode: Mode::Edit { state: AuthenticatorState::Ready, linked_users: 61 },
        type_id: "example".into(),
        type_title: "Example".into(),
        picture: Picture::Served("example".into()),
        draft: AuthenticatorDraft {
            uid: "example".into(),
            title: Text::new("Example", "示例"),
            description: Text::default(),
            enabled: true,
            refresh: Some(Fields::of([Field::Name, Field::Picture])),
        },
        draft_faults: Vec::new(),
        other_faults: Vec::new(),
        fields: fields(true),
        has_keys: true,
        guide: GUIDE.into(),
        check: None,
        carried: None,
    }
}

fn check() -> CheckView {
    CheckView { findings: findings(), failed: None, question: None }
}

fn fields(stored: bool) -> Vec<FieldView> {
    let field = |name: &str, kind: FieldKind, label: &str| FieldView::new(name, kind, label.into());
    let option = |value: &str, label: &str| ChoiceOption { value: value.into(), label: label.into() };
    let regions = vec![option("global", "Everywhere (login.example.com)"), option("custom", "Custom gateway")];
    let mut gateway = field("settings.gateway", FieldKind::Url, "Gateway URL").required();
    gateway.when =
        Some(When { field: "settings.region".into(), value: "custom".into(), note: "Region: Custom gateway".into() });
    vec![
        field("settings.sign_up", FieldKind::Boolean, "Sign up automatically when the user does not exist")
            .value("true")
            .help("Creates a new user when the phone number matches nobody.".into()),
        field("settings.client_id", FieldKind::Text(Some(128)), "Client ID")
            .value("exampleabc123")
            .required()
            .help("From the **Credentials** page of your app.".into()),
        field("settings.client_secret", FieldKind::Secret(stored), "Client Secret"),
        field("settings.region", FieldKind::Choice(regions), "Region").value("global"),
        gateway,
        field("settings.timeout", FieldKind::Integer, "Deadline in seconds").value("10"),
        field("settings.redirect_url", FieldKind::Copy, "Redirect URL")
            .value("https://admin.example.com/gate/signin/example/callback")
            .help("Paste this address into the security settings of your app.".into()),
        field("settings.client", FieldKind::Boolean, "Sign in silently inside the client").value("true"),
        organisation(),
        field("settings.landing", FieldKind::Text(Some(500)), "Landing path").value("/").needs("settings.client"),
        client_url().needs("settings.client"),
    ]
}

fn organisation() -> FieldView {
    let mut field = FieldView::new("settings.organisation", FieldKind::Text(Some(64)), "Organisation".into());
    field.needed = Some("Required if “Members only” is “Always”, or if “Sign up” is on.".into());
    field.help("The identifier on the console’s first page.".into())
}

fn client_url() -> FieldView {
    let mut field = FieldView::new("settings.client_url", FieldKind::Copy, "Link for the client".into());
    field.link = Some(Link { landing: "settings.landing".into(), query: "org=$ORG$".into() });
    field.value("https://admin.example.com/gate/signin/example/client?redirect=%2F&org=$ORG$")
}

impl FieldView {
    fn needs(mut self, field: &str) -> Self {
        self.when = Some(When { field: field.into(), value: "true".into(), note: "Inside the client".into() });
        self
    }
}

fn wrong_fields() -> Vec<FieldView> {
    let mut fields = fields(true);
    for (field, value, fault) in [
        (1, "bad id!", "This is not in the expected form."),
        (4, "http://", "Please enter a full address such as https://api.example.com."),
        (5, "soon", "Please enter a whole number."),
    ] {
        fields[field].value = value.into();
        fields[field].fault = Some(fault.into());
    }
    fields[3].value = "custom".into();
    fields
}

fn findings() -> Vec<FindingView> {
    let finding = |severity, message: &str, remedy: Option<&str>, link: Option<&str>| FindingView {
        severity,
        message: message.into(),
        remedy: remedy.map(Into::into),
        search: link.map(|_| "Contact.User.Read".into()),
        link: link.map(Into::into),
    };
    vec![
        finding(FindingSeverity::Good, "The client id and secret are accepted.", None, None),
        finding(FindingSeverity::Warning, "The app is not published yet.", Some("Publish it in the console."), None),
        finding(
            FindingSeverity::Error,
            "The permission Contact.User.Read is missing.",
            Some("Grant it to the app, then check again."),
            Some("https://example.com/console/permissions"),
        ),
        finding(FindingSeverity::Good, "A link that leads nowhere is not shown.", None, Some("javascript:alert(1)")),
    ]
}
