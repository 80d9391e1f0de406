//! What the page of a user tells beside the form.

use crate::store::bindings::{self, BindingRow};
use crate::store::users::Source;
use crate::users::form_page::{BindingOrigin, BindingView, ExistingUser, Origin, Origins, UserFormPage};
use crate::users::service::UserWithRoles;
use crate::web::problem::Problem;
use crate::web::visitor::Administrator;

/// The page together with what is known of the user.
pub(super) async fn with_existing(
    administrator: &Administrator,
    page: UserFormPage,
    known: &UserWithRoles,
) -> Result<UserFormPage, Problem> {
    let mut conn = administrator.app().store.read().await?;
    let links = bindings::of_user(&mut conn, &known.user.id).await?;
    let user = &known.user;
    let existing = ExistingUser {
        id: user.id.clone(),
        name: user.nickname.clone(),
        enabled: !user.disabled,
        is_self: administrator.id() == user.id,
        has_password: user.password_hash.is_some(),
        origins: Origins {
            nickname: Some(origin(user.nickname_source)),
            email: user.email.as_ref().map(|_| origin(user.email_source)),
            phone: user.phone_source.map(origin),
        },
        created_at: user.created_at,
        bindings: links.into_iter().map(|link| binding(administrator, link)).collect(),
    };
    Ok(UserFormPage { existing: Some(existing), ..page })
}

fn binding(administrator: &Administrator, link: BindingRow) -> BindingView {
    let (app, language) = (administrator.app(), administrator.language());
    let kind = app.registry.type_of(&link.authenticator_kind);
    let titled = kind.as_ref().and_then(|(_, kind)| kind.keys.iter().find(|key| key.id == link.key_kind));
    let key_title = || titled.map_or_else(|| link.key_kind.clone(), |key| key.title.get(language).to_owned());
    BindingView {
        id: link.id(),
        authenticator_title: link.title().get(language).to_owned(),
        origin: BindingOrigin::from_name(&link.how),
        key_title: (!link.is_by_subject()).then(key_title),
        subject: link.subject_shown(),
        used_at: link.last_used(),
        authenticator_uid: link.authenticator_uid,
        tenant: link.tenant,
        realm: link.realm,
        made_by: Some(link.made_by).filter(|name| !name.is_empty()),
        created_at: link.created_at,
    }
}

const fn origin(source: Source) -> Origin {
    match source {
        Source::Admin => Origin::Administrator,
        Source::Provider => Origin::Account,
        Source::Directory => Origin::Directory,
    }
}
