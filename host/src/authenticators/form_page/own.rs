//! The part of the form that every authenticator has.

use maud::{Markup, html};
use ui_schema::Language;

use super::{AuthenticatorDraft, DraftField, input};
use crate::ui::fault::FieldFault;
use crate::ui::form::{FieldKind, FieldView};
use crate::ui::i18n::Words;
use crate::users::refresh::{Field, Fields};

impl AuthenticatorDraft {
    /// The uid of a new one, the texts in pairs of languages, the switch.
    pub(super) fn fields(&self, new: bool, faults: &[(DraftField, FieldFault)], words: Words) -> [Vec<FieldView>; 3] {
        let fault = |field: DraftField| {
            let (_, fault) = faults.iter().find(|(which, _)| *which == field)?;
            Some(fault.sentence(words))
        };
        let field = |which: DraftField, name: &str, key: &str, value: &str| {
            let field = FieldView::new(name, FieldKind::Text(Some(which.longest())), words.t(key));
            field.value(value).fault(fault(which))
        };
        let (en, zh) = (Language::En, Language::ZhCn);
        let uid = new.then(|| field(DraftField::Uid, input::UID, "uid", &self.uid));
        let texts = vec![
            field(DraftField::Title(en), input::TITLE_EN, "title-en", &self.title.en).required(),
            field(DraftField::Title(zh), input::TITLE_ZH, "title-zh", &self.title.zh_cn).required(),
            field(DraftField::Description(en), input::DESCRIPTION_EN, "description-en", &self.description.en),
            field(DraftField::Description(zh), input::DESCRIPTION_ZH, "description-zh", &self.description.zh_cn),
        ];
        let enabled = FieldView::new(input::ENABLED, FieldKind::Boolean, words.t("authenticator-enabled"))
            .value(if self.enabled { "true" } else { "false" })
            .help(words.t("authenticator-enabled-help"))
            .fault(fault(DraftField::Enabled));
        [uid.map(|uid| uid.required().help(words.t("uid-help"))).into_iter().collect(), texts, vec![enabled]]
    }
}

/// One check box for each field of a user that a sign-in can refresh.
pub(super) fn refresh_boxes(chosen: &Fields, words: Words) -> Markup {
    let one = |field: Field| {
        let label = match field {
            Field::Name => words.t("refresh-name"),
            Field::Email => words.t("refresh-email"),
            Field::Picture => words.t("refresh-picture"),
            Field::Phone => words.t("refresh-phone"),
        };
        let name = format!("{}{}", input::REFRESH_FIELD, field.name());
        FieldView::new(&name, FieldKind::Boolean, label).value(chosen.has(field).to_string())
    };
    html! {
        fieldset.choices aria-describedby="refresh-help" {
            legend { (words.t("refresh-legend")) }
            input type="hidden" name=(input::REFRESH) value="true";
            div.checks { @for field in Field::ALL { (one(field).markup(words)) } }
            p.help #refresh-help { (words.t("refresh-help")) }
        }
    }
}

impl DraftField {
    /// The most characters that it takes.
    pub const fn longest(self) -> u32 {
        match self {
            Self::Uid => 64,
            Self::Title(_) | Self::Enabled => 64,
            Self::Description(_) => 500,
        }
    }
}
