//! Why a command did not do what it was asked to.

use super::terminal::tame;
use crate::app::StartError;
use crate::authenticators::doctor::Examination;
use crate::authenticators::doctor::told::{FindingBody, SeverityName, Told};
use crate::authenticators::form_page::DraftField;
use crate::authenticators::service::{DraftFaults, Refused as AuthenticatorRefused};
use crate::config::ConfigError;
use crate::failure::Failure;
use crate::plugins::Refused as PluginRefused;
use crate::plugins::service::{ChangeRefused, Unfit};
use crate::store::StoreError;
use crate::ui::i18n::Words;
use crate::users::form_page::UserField;
use crate::users::service::UserRefused;
use crate::vault::VaultError;
use plugin_api::Finding;
use ui_schema::{FieldFault, Language, Text};

/// Exit code when the configuration or a file is at fault.
const MISCONFIGURED: u8 = 2;

/// One line for the person at the shell.
#[derive(Debug)]
pub(super) struct Problem {
    sentence: String,
    code: u8,
}

impl Problem {
    /// The configuration, or a file that was given, cannot be used.
    pub(super) fn configuration(sentence: impl Into<String>) -> Self {
        Self { sentence: sentence.into(), code: MISCONFIGURED }
    }

    /// What was examined is not as it should be.
    pub(super) fn verdict(sentence: impl Into<String>, code: u8) -> Self {
        Self { sentence: sentence.into(), code }
    }

    /// Anything else.
    pub(super) fn other(sentence: impl Into<String>) -> Self {
        Self { sentence: sentence.into(), code: 1 }
    }

    /// The same, said of something.
    pub(super) fn of(self, thing: &str) -> Self {
        Self { sentence: format!("{thing}: {}", self.sentence), ..self }
    }

    /// The line.
    pub(super) fn sentence(&self) -> &str {
        &self.sentence
    }

    /// Writes the line, and gives the exit code.
    pub(super) fn report(&self) -> u8 {
        let line = self.sentence.lines().map(str::trim).collect::<Vec<_>>().join("; ");
        // Much of it may quote a file that somebody else wrote.
        eprintln!("gatehouse: {}", tame(&line));
        self.code
    }
}

/// The texts of the pages, in English.
fn words() -> Words {
    Words::new(Language::En)
}

/// Why a library is no plug-in: the sentence that the plug-in manager shows, and what the system or the file said.
pub(super) fn sentence_of(why: &PluginRefused) -> String {
    let sentence = words().t(why.key());
    match why.detail() {
        Some(detail) => format!("{sentence} ({detail})"),
        None => sentence,
    }
}

impl From<ConfigError> for Problem {
    fn from(error: ConfigError) -> Self {
        Self::configuration(format!("configuration: {error}"))
    }
}

impl From<StartError> for Problem {
    fn from(error: StartError) -> Self {
        match error {
            StartError::Config(error) => error.into(),
            StartError::Failure(failure) => failure.into(),
        }
    }
}

impl From<Failure> for Problem {
    fn from(failure: Failure) -> Self {
        Self::other(failure.chain())
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        Failure::from(error).into()
    }
}

impl From<VaultError> for Problem {
    /// What is wrong with a key file has to be put right there.
    fn from(error: VaultError) -> Self {
        Self::configuration(error.to_string())
    }
}

impl From<PluginRefused> for Problem {
    fn from(why: PluginRefused) -> Self {
        Self::other(sentence_of(&why))
    }
}

impl From<ChangeRefused> for Problem {
    fn from(refused: ChangeRefused) -> Self {
        match refused {
            ChangeRefused::NotFound => Self::other("there is no such plug-in"),
            ChangeRefused::Plugin(why) => why.into(),
            ChangeRefused::LastWayIn => Self::other(words().t("notice-last-way-in")),
            ChangeRefused::Settings(unfit) => Self::other(unfit_settings(&unfit)),
            ChangeRefused::Older { than } => {
                Self::other(format!("it is older than {than}, which was enabled last; --older insists"))
            }
            ChangeRefused::Rehearsal { uid, said } => {
                Self::other(format!("{} ({said})", words().with("choose-rehearsal", &[("uid", uid.into())])))
            }
            ChangeRefused::StillEnabled => Self::other(words().t("notice-plugin-still-enabled")),
            ChangeRefused::InFolder => Self::other(words().t("notice-plugin-in-folder")),
            ChangeRefused::NoWayBack => Self::other(words().t("notice-plugin-no-way-back")),
            ChangeRefused::Failure(failure) => failure.into(),
        }
    }
}

/// Which settings do not fit a release, in one line.
fn unfit_settings(unfit: &[Unfit]) -> String {
    let of = |one: &Unfit| {
        let gone = one.type_is_gone.then(|| words().t("unfit-type-is-gone"));
        let said = one.said.as_ref().map(|said| format!("{} {said}", words().t("unfit-migration")));
        let fault = |(title, fault): &(Text, FieldFault)| format!("{}: {}", title.en, fault.text(Language::En));
        let all: Vec<String> = gone.into_iter().chain(said).chain(one.faults.iter().map(fault)).collect();
        format!("{}: {}", one.uid, all.join(" "))
    };
    let all: Vec<String> = unfit.iter().map(of).collect();
    format!("{} {}; --despite-settings insists", words().t("choose-unfit"), all.join("; "))
}

impl From<UserRefused> for Problem {
    fn from(refused: UserRefused) -> Self {
        let of_field = |(field, fault): &(UserField, crate::ui::fault::FieldFault)| {
            format!("{}: {}", name_of_user_field(*field), fault.sentence(words()))
        };
        match refused {
            UserRefused::NotFound => Self::other("there is no such user"),
            UserRefused::Invalid(faults) => Self::other(faults.iter().map(of_field).collect::<Vec<_>>().join("; ")),
            UserRefused::LastAdministrator => Self::other(words().t("notice-last-administrator")),
            UserRefused::NotYourself => Self::other(words().t("notice-not-yourself")),
            UserRefused::Failure(failure) => failure.into(),
        }
    }
}

const fn name_of_user_field(field: UserField) -> &'static str {
    match field {
        UserField::Username => "username",
        UserField::Nickname => "nickname",
        UserField::Email => "email",
        UserField::Phone => "phone",
        UserField::Roles => "roles",
        UserField::Password => "password",
    }
}

impl From<AuthenticatorRefused> for Problem {
    fn from(refused: AuthenticatorRefused) -> Self {
        match refused {
            AuthenticatorRefused::NotFound => Self::other("there is no such authenticator"),
            AuthenticatorRefused::NoSuchType => Self::other("no enabled plug-in registers its type"),
            AuthenticatorRefused::Invalid(faults) => Self::other(sentences_of(&faults)),
            AuthenticatorRefused::LastWayIn => Self::other(words().t("notice-last-way-in")),
            AuthenticatorRefused::BuiltIn => Self::other("the built-in authenticator stays"),
            AuthenticatorRefused::Findings(_) => Self::other(words().t("question-enable")),
            AuthenticatorRefused::Unproven(found) => Self::other(unproven(&found)),
            AuthenticatorRefused::NotConfigured => Self::other(words().t("notice-not-configured")),
            AuthenticatorRefused::Changed => Self::other(words().t("notice-changed")),
            AuthenticatorRefused::Failure(failure) => failure.into(),
        }
    }
}

/// Which credentials stay in use, and why.
fn unproven(found: &Examination) -> String {
    let told = Told::of(found, words());
    let bad = |finding: &&FindingBody| finding.severity == SeverityName::Error || finding.id == Finding::CREDENTIALS;
    let reasons = told.findings.iter().filter(bad).map(|finding| finding.message.clone());
    let reasons: Vec<String> = reasons.chain(told.failed.map(|failure| failure.message)).collect();
    format!(
        "the new credentials are not proven and the old ones stay in use ({}); --unproven insists",
        reasons.join(" ")
    )
}

fn sentences_of(faults: &DraftFaults) -> String {
    let own = faults.own.iter().map(|(field, fault)| format!("{}: {}", name_of(*field), fault.sentence(words())));
    let settings = faults.settings.iter().map(|fault| {
        let field = fault.field.as_deref().unwrap_or_default();
        format!("settings.{field}: {}", fault.text(Language::En))
    });
    let client =
        faults.other_client.iter().map(|other| format!("settings.{}: {}", other.field, other.sentence(Language::En)));
    own.chain(settings).chain(client).collect::<Vec<_>>().join("; ")
}

const fn name_of(field: DraftField) -> &'static str {
    match field {
        DraftField::Uid => "uid",
        DraftField::Title(Language::En) => "title.en",
        DraftField::Title(Language::ZhCn) => "title.zh-CN",
        DraftField::Description(Language::En) => "description.en",
        DraftField::Description(Language::ZhCn) => "description.zh-CN",
        DraftField::Enabled => "enabled",
    }
}
