//! What the form posted.

use serde_json::Value;
use ui_schema::{FaultKind, FieldFault, Form, Language, Text};

use crate::app::App;
use crate::authenticators::carried::{self, Carried};
use crate::authenticators::form_page::{Question, QuestionKind, input};
use crate::authenticators::panel::Said;
use crate::authenticators::service::{Draft, DraftFaults, Refused};
use crate::authenticators::view;
use crate::failure::Failure;
use crate::users::refresh::{Field, Fields};

/// Names and values, as they came.
pub(super) type Pairs = Vec<(String, String)>;

/// What the form posted.
pub(super) struct Posted {
    pub(super) draft: Draft,
    /// Whether somebody answered a question with "yes".
    pub(super) anyway: bool,
    /// Secrets that were typed before a question came back too late to be opened.
    expired: bool,
    /// Where its typed secrets belong (see [`carried::place`]).
    place: String,
    pairs: Pairs,
}

/// How a refused form is answered.
pub(super) enum Answer {
    OnTheForm(Said),
    Elsewhere(Refused),
}

impl Posted {
    /// Reads the form.
    pub(super) fn read(app: &App, form: &Form, place: String, pairs: Pairs) -> Self {
        let settings: Pairs = pairs
            .iter()
            .filter_map(|(name, value)| Some((name.strip_prefix(input::SETTINGS)?.to_owned(), value.clone())))
            .collect();
        let mut settings = form.read(&settings);
        let sealed = text(&pairs, input::CARRIED);
        let typed = carried::open(app, &place, &sealed);
        let expired = typed.is_none() && !sealed.is_empty();
        if let Value::Object(settings) = &mut settings {
            for (field, clear) in typed.unwrap_or_default() {
                settings.entry(field).or_insert(clear.into());
            }
        }
        let draft = Draft {
            uid: text(&pairs, input::UID),
            title: Text::new(text(&pairs, input::TITLE_EN), text(&pairs, input::TITLE_ZH)),
            description: Text::new(text(&pairs, input::DESCRIPTION_EN), text(&pairs, input::DESCRIPTION_ZH)),
            enabled: !text(&pairs, input::ENABLED).is_empty(),
            refresh: refresh(&pairs),
            settings,
        };
        Self { draft, anyway: !text(&pairs, input::ANYWAY).is_empty(), expired, place, pairs }
    }

    /// The form of an authenticator whose uid is fixed.
    pub(super) fn about(mut self, uid: &str) -> Self {
        self.draft.uid = uid.to_owned();
        self
    }

    /// What is wrong when typed secrets cannot be opened any more: they have to be typed again. Otherwise the old ones
    /// would stay, which nobody asked for.
    pub(super) fn expiry(&self, form: &Form) -> Option<DraftFaults> {
        let gone = form.secret_fields().into_iter().filter(|name| self.draft.settings.get(name).is_none());
        let fault = |name: &str| FieldFault { field: Some(name.to_owned()), kind: FaultKind::Required };
        let settings: Vec<FieldFault> = gone.map(fault).collect();
        (self.expired && !settings.is_empty()).then(|| DraftFaults { settings, ..DraftFaults::default() })
    }

    /// How the form is answered when it was `refused`; a "yes" is posted to `action`, a "no" leads `back`.
    pub(super) fn said(
        &self,
        app: &App,
        language: Language,
        form: &Form,
        refused: Refused,
        action: String,
        back: String,
    ) -> Result<Answer, Failure> {
        let carried = self.carry(app, form)?;
        let sealed = carried.as_ref().map(|carried| carried.sealed.as_str());
        let ask = |kind| Some(Question { kind, action, posted: self.again(form, sealed), back });
        let (faults, check) = match refused {
            Refused::Invalid(faults) => (faults, None),
            Refused::Findings(found) => {
                (DraftFaults::default(), Some(view::check(language, &found, ask(QuestionKind::Enable))))
            }
            Refused::Unproven(found) => {
                (DraftFaults::default(), Some(view::check(language, &found, ask(QuestionKind::Save))))
            }
            refused => return Ok(Answer::Elsewhere(refused)),
        };
        Ok(Answer::OnTheForm(Said { faults, check, carried }))
    }

    /// The secrets that were typed, if there are any, on their way to the browser and back.
    fn carry(&self, app: &App, form: &Form) -> Result<Option<Carried>, Failure> {
        let (_, secrets) = form.split(form.prepare(self.draft.settings.clone()));
        if secrets.is_empty() {
            return Ok(None);
        }
        let fields = secrets.keys().cloned().collect();
        Ok(Some(Carried { fields, sealed: carried::seal(app, &self.place, secrets)? }))
    }

    /// Everything that was posted, to be posted again with an answer: no secret, and no earlier answer.
    fn again(&self, form: &Form, sealed: Option<&str>) -> Pairs {
        let secrets = form.secret_fields();
        let is_secret = |name: &str| name.strip_prefix(input::SETTINGS).is_some_and(|name| secrets.contains(name));
        let is_repeated = |name: &str| name != input::CARRIED && name != input::ANYWAY && !is_secret(name);
        let kept = self.pairs.iter().filter(|(name, _)| is_repeated(name)).cloned();
        kept.chain(sealed.map(|sealed| (input::CARRIED.to_owned(), sealed.to_owned()))).collect()
    }
}

/// The ticked boxes, if the form had any to tick.
fn refresh(pairs: &Pairs) -> Option<Fields> {
    let ticked = |field: &Field| !text(pairs, &format!("{}{}", input::REFRESH_FIELD, field.name())).is_empty();
    (!text(pairs, input::REFRESH).is_empty()).then(|| Fields::of(Field::ALL.into_iter().filter(ticked)))
}

/// The last value of a name, trimmed; empty if there is none.
pub(super) fn text(pairs: &Pairs, name: &str) -> String {
    pairs.iter().rfind(|(key, _)| key == name).map(|(_, value)| value.trim().to_owned()).unwrap_or_default()
}
