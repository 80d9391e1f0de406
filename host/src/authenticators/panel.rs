//! The form beside the table, filled.

use std::collections::BTreeSet;

use plugin_api::AuthenticatorType;
use ui_schema::Role;

use super::PASSWORD;
use super::carried::Carried;
use super::directory::Authenticator;
use super::form_page::{AuthenticatorDraft, AuthenticatorForm, CheckView, Mode, input};
use super::service::{self, Draft, DraftFaults};
use super::view;
use crate::app::App;
use crate::store::bindings;
use crate::ui::form::{FieldView, Filling};
use crate::users::refresh::Fields;
use crate::web::problem::Problem;
use crate::web::visitor::Administrator;

/// What is said on a form, beside its values.
#[derive(Default)]
pub(super) struct Said {
    pub(super) faults: DraftFaults,
    /// What the doctor found, and what is asked because of it.
    pub(super) check: Option<CheckView>,
    /// Secrets that were typed and not saved.
    pub(super) carried: Option<Carried>,
}

/// The form of an authenticator that is not there yet.
pub(super) fn for_new(
    administrator: &Administrator,
    kind: &AuthenticatorType,
    draft: &Draft,
    said: Said,
) -> AuthenticatorForm {
    let (app, language) = (administrator.app(), administrator.language());
    // Visible before the first save, and kept true by the page's script while the uid is being typed.
    let redirect_url = app.redirect_url(draft.uid.trim());
    let (fields, other_faults) = fields(administrator, &kind.form, Some(kind), draft, BTreeSet::new(), &said);
    AuthenticatorForm {
        mode: Mode::Create,
        type_id: kind.id.clone(),
        type_title: kind.title.get(language).to_owned(),
        picture: view::picture(app, &kind.id),
        draft: draft_view(draft, Some(Fields::all())),
        draft_faults: said.faults.own,
        other_faults,
        fields,
        has_keys: false,
        guide: kind.guide.get(language).replace("{redirect_url}", &redirect_url),
        check: said.check,
        carried: said.carried.map(|carried| carried.sealed),
    }
}

/// The form of an authenticator, as stored or as somebody just tried to change it.
pub(super) async fn for_existing(
    administrator: &Administrator,
    one: &Authenticator,
    draft: &Draft,
    said: Said,
) -> Result<AuthenticatorForm, Problem> {
    let (app, language) = (administrator.app(), administrator.language());
    let linked_users = {
        let mut conn = app.store.read().await?;
        bindings::count_of(&mut conn, &one.id).await?
    };
    let kind = app.registry.type_of(&one.kind).map(|(_, kind)| kind);
    let stored = one.secrets.keys().cloned().collect();
    let (fields, other_faults) = service::form_of(app, &one.kind)
        .map(|form| fields(administrator, &form, kind.as_deref(), draft, stored, &said))
        .unwrap_or_default();
    let has_keys = kind.as_deref().is_some_and(|kind| !kind.keys.is_empty());
    let guide = kind.map(|kind| kind.guide.get(language).replace("{redirect_url}", &app.redirect_url(&one.uid)));
    Ok(AuthenticatorForm {
        mode: Mode::Edit { state: view::state(app, one), linked_users: u64::try_from(linked_users).unwrap_or(0) },
        type_id: one.kind.clone(),
        type_title: view::type_title(app, language, &one.kind),
        picture: view::picture(app, &one.kind),
        draft: draft_view(draft, (one.kind != PASSWORD).then(|| one.refresh.clone())),
        draft_faults: said.faults.own,
        other_faults,
        fields,
        has_keys,
        guide: guide.unwrap_or_default(),
        check: said.check,
        carried: said.carried.map(|carried| carried.sealed),
    })
}

/// The plug-in's part of the form, filled, and what is wrong with values that no field shows.
fn fields(
    administrator: &Administrator,
    form: &ui_schema::Form,
    kind: Option<&AuthenticatorType>,
    draft: &Draft,
    mut stored: BTreeSet<String>,
    said: &Said,
) -> (Vec<FieldView>, Vec<String>) {
    let (app, language, uid) = (administrator.app(), administrator.language(), draft.uid.trim());
    // What was just typed need not be typed again.
    stored.extend(said.carried.iter().flat_map(|carried| carried.fields.clone()));
    let link_query = kind.and_then(|kind| kind.client.as_ref()?.link_query.as_deref());
    // Told before the check box that shows both is ticked.
    let landing = form.fields().iter().find(|field| field.role == Some(Role::Landing));
    let landing = landing.and_then(|field| draft.settings.get(&field.name).or(field.default.as_ref())?.as_str());
    let other = said.faults.other_client.iter();
    let filling = Filling {
        language,
        prefix: input::SETTINGS,
        data: &draft.settings,
        redirect_url: &app.redirect_url(uid),
        client_url: &app.client_url(uid, link_query, landing),
        link_query: link_query.unwrap_or_default(),
        stored: &stored,
        faults: &said.faults.settings,
        said: &other.map(|other| (other.field.clone(), other.sentence(language))).collect::<Vec<_>>(),
    };
    (filling.fields(form), filling.other_faults(form))
}

/// The form's values as they are stored.
pub(super) fn stored_draft(one: &Authenticator) -> Draft {
    Draft {
        uid: one.uid.clone(),
        title: one.title.clone(),
        description: one.description.clone(),
        enabled: one.enabled,
        refresh: Some(one.refresh.clone()),
        settings: one.settings.clone(),
    }
}

/// `refresh` is what is ticked where the draft does not say; `None` where there is nothing to tick.
fn draft_view(draft: &Draft, refresh: Option<Fields>) -> AuthenticatorDraft {
    AuthenticatorDraft {
        uid: draft.uid.clone(),
        title: draft.title.clone(),
        description: draft.description.clone(),
        enabled: draft.enabled,
        refresh: refresh.map(|usual| draft.refresh.clone().unwrap_or(usual)),
    }
}

/// A uid to start with: the type's id, with a number if it is taken.
pub(super) fn free_uid(app: &App, kind: &str) -> String {
    let free = |uid: &String| app.authenticators.find(uid).is_none();
    std::iter::once(kind.to_owned()).chain((2_u32..).map(|n| format!("{kind}-{n}"))).find(free).unwrap_or_default()
}
