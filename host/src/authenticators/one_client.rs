//! Inside a provider's client there is no sign-in page to choose on: at most one enabled authenticator signs people in
//! there.

use ui_schema::{Language, Role, Text};

use super::directory::Authenticator;
use super::draft::DraftFaults;
use super::service::Refused;
use crate::app::App;
use crate::store::Conn;
use crate::store::authenticators;
use crate::ui::i18n::Words;

/// The one that signs people in there already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct OtherClient {
    /// Name of the setting that cannot be on.
    pub(crate) field: String,
    pub(crate) uid: String,
    pub(crate) title: Text,
}

impl OtherClient {
    /// What stands under the check box.
    pub(crate) fn sentence(&self, language: Language) -> String {
        let title = self.title.get(language).to_owned();
        Words::new(language).with("fault-client-taken", &[("title", title.into()), ("uid", self.uid.clone().into())])
    }
}

/// Refuses `one` if it would be the second among `all`.
pub(super) fn check<'a>(
    app: &App,
    one: &Authenticator,
    all: impl IntoIterator<Item = &'a Authenticator>,
) -> Result<(), Refused> {
    let Some(field) = field_of(app, one) else { return Ok(()) };
    let other = all.into_iter().find(|other| other.id != one.id && field_of(app, other).is_some());
    other.map_or(Ok(()), |other| {
        let other = OtherClient { field, uid: other.uid.clone(), title: other.title.clone() };
        Err(Refused::Invalid(DraftFaults { other_client: Some(Box::new(other)), ..DraftFaults::default() }))
    })
}

/// The same, inside the transaction that writes `one`. Other changes wait for it (see
/// [`crate::store::revisions::raise`]), so that two cannot become the only one at once.
pub(super) async fn check_within(conn: &mut Conn, app: &App, one: &Authenticator) -> Result<(), Refused> {
    let all: Vec<Authenticator> = authenticators::all(conn).await?.into_iter().map(Authenticator::from_row).collect();
    check(app, one, &all)
}

/// The setting that is on, if it is.
fn field_of(app: &App, one: &Authenticator) -> Option<String> {
    let (_, kind) = app.registry.type_of(&one.kind).filter(|_| one.enabled)?;
    let field = kind.form.fields().iter().find(|field| field.role == Some(Role::Client))?;
    kind.form.is_on(Role::Client, &one.settings).then(|| field.name.clone())
}
