//! The ways in which whoever is signed in can sign in, beside the password.

use crate::app::App;
use crate::authenticators::view;
use crate::failure::Failure;
use crate::home::page::ways::{Way, Ways};
use crate::session::guard::Visit;
use crate::store::bindings::{self, BindingRow};
use ui_schema::Language;

/// The person's links, and the authenticators that they could connect.
pub(super) async fn of(app: &App, visit: &Visit, language: Language, has_password: bool) -> Result<Ways, Failure> {
    let links = {
        let mut conn = app.store.read().await?;
        bindings::of_user(&mut conn, &visit.user_id).await?
    };
    let all = app.authenticators.all();
    let listed = all.iter().filter_map(|one| {
        let mine: Vec<&BindingRow> = links.iter().filter(|link| link.authenticator_uid == one.uid).collect();
        let runs = one.enabled && app.registry.type_of(&one.kind).is_some();
        (runs || !mine.is_empty()).then(|| Way {
            uid: one.uid.clone(),
            title: one.title.get(language).to_owned(),
            picture: view::picture(app, &one.kind),
            runs,
            since: mine.iter().map(|link| link.created_at).min(),
            used: mine.iter().map(|link| link.used_at).max(),
        })
    });
    Ok(Ways { has_password, ways: listed.collect() })
}
