//! The form beside the table, filled.

use std::collections::BTreeSet;

use plugin_api::AuthenticatorType;

use super::directory::Authenticator;
use super::form_page::{AuthenticatorDraft, AuthenticatorForm, CheckView, Mode, input};
use super::service::{self, Draft, DraftFaults};
use super::view;
use crate::app::App;
use crate::store::bindings;
use crate::ui::form::{FieldView, Filling};
use crate::web::problem::Problem;
use crate::web::visitor::Administrator;

/// The form of an authenticator that is not there yet.
pub(super) fn for_new(
    administrator: &Administrator,
    kind: &AuthenticatorType,
    draft: &Draft,
    faults: &DraftFaults,
) -> AuthenticatorForm {
    let (app, language) = (administrator.app(), administrator.language());
    // Visible before the first save, and kept true by the page's script while the uid is being typed.
    let redirect_url = app.redirect_url(draft.uid.trim());
    let (fields, other_faults) = fields(&kind.form, administrator, draft, &BTreeSet::new(), &redirect_url, faults);
    AuthenticatorForm {
        mode: Mode::Create,
        type_id: kind.id.clone(),
        type_title: kind.title.get(language).to_owned(),
        picture: view::picture(app, &kind.id),
        draft: draft_view(draft),
        draft_faults: faults.own.clone(),
        other_faults,
        fields,
        guide: kind.guide.get(language).replace("{redirect_url}", &redirect_url),
        check: None,
    }
}

/// The form of an authenticator, as stored or as somebody just tried to change it.
pub(super) async fn for_existing(
    administrator: &Administrator,
    one: &Authenticator,
    draft: &Draft,
    faults: &DraftFaults,
    check: Option<CheckView>,
) -> Result<AuthenticatorForm, Problem> {
    let (app, language) = (administrator.app(), administrator.language());
    let linked_users = {
        let mut conn = app.store.read().await?;
        bindings::count_of(&mut conn, &one.id).await?
    };
    let redirect_url = app.redirect_url(&one.uid);
    let form = service::form_of(app, &one.kind);
    let stored = one.secrets.keys().cloned().collect();
    let (fields, other_faults) =
        form.map(|form| fields(&form, administrator, draft, &stored, &redirect_url, faults)).unwrap_or_default();
    let guide = app
        .registry
        .type_of(&one.kind)
        .map(|(_, kind)| kind.guide.get(language).replace("{redirect_url}", &redirect_url));
    Ok(AuthenticatorForm {
        mode: Mode::Edit { state: view::state(app, one), linked_users: u64::try_from(linked_users).unwrap_or(0) },
        type_id: one.kind.clone(),
        type_title: view::type_title(app, language, &one.kind),
        picture: view::picture(app, &one.kind),
        draft: draft_view(draft),
        draft_faults: faults.own.clone(),
        other_faults,
        fields,
        guide: guide.unwrap_or_default(),
        check,
    })
}

/// The plug-in's part of the form, filled, and what is wrong with values that no field shows.
fn fields(
    form: &ui_schema::Form,
    administrator: &Administrator,
    draft: &Draft,
    stored: &BTreeSet<String>,
    redirect_url: &str,
    faults: &DraftFaults,
) -> (Vec<FieldView>, Vec<String>) {
    let filling = Filling {
        language: administrator.language(),
        prefix: input::SETTINGS,
        data: &draft.settings,
        redirect_url,
        stored,
        faults: &faults.settings,
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
        settings: one.settings.clone(),
    }
}

fn draft_view(draft: &Draft) -> AuthenticatorDraft {
    AuthenticatorDraft {
        uid: draft.uid.clone(),
        title: draft.title.clone(),
        description: draft.description.clone(),
        enabled: draft.enabled,
    }
}

/// A uid to start with: the type's id, with a number if it is taken.
pub(super) fn free_uid(app: &App, kind: &str) -> String {
    let free = |uid: &String| app.authenticators.find(uid).is_none();
    std::iter::once(kind.to_owned()).chain((2_u32..).map(|n| format!("{kind}-{n}"))).find(free).unwrap_or_default()
}
