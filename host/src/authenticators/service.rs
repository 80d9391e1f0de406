//! What an administrator can do with authenticators, for the pages, the JSON API and the command line alike.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::{Map, json};
use ui_schema::Form;

use super::assurance::{self, Assurance, WouldBe};
use super::directory::Authenticator;
use super::doctor::Examination;
use super::draft::{Prepared, changed_fields, check_settings};
use super::form_page::DraftField;
use super::{PASSWORD, one_client, rows, seal};
use crate::app::App;
use crate::audit::{self, Entry};
use crate::failure::Failure;
use crate::ids;
use crate::store::StoreError;
use crate::store::authenticators::{self, AuthenticatorRow, SecretRow};
use crate::store::revisions::{self, Topic};
use crate::ui::fault::FieldFault;

pub(crate) use super::assurance::Mandate;
pub(crate) use super::draft::{Draft, DraftFaults, prepare};

/// Why nothing was changed.
#[derive(Debug)]
pub(crate) enum Refused {
    NotFound,
    /// No plug-in registers the type.
    NoSuchType,
    Invalid(DraftFaults),
    /// It is the last enabled way to sign in.
    LastWayIn,
    /// The built-in one stays.
    BuiltIn,
    /// Settings that its form requires are missing.
    NotConfigured,
    /// Somebody else changed it while it was being examined.
    Changed,
    /// People could not sign in with it, so it is not enabled.
    Findings(Box<Examination>),
    /// The provider does not accept the new credentials, or does not say, so the old ones stay in use.
    Unproven(Box<Examination>),
    Failure(Failure),
}

impl From<Failure> for Refused {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Self {
        if error.is_duplicate() {
            return uid_taken();
        }
        Self::Failure(error.into())
    }
}

fn uid_taken() -> Refused {
    Refused::Invalid(DraftFaults { own: vec![(DraftField::Uid, FieldFault::Taken)], ..DraftFaults::default() })
}

/// Creates an authenticator of the type `kind` below all others.
pub(crate) async fn create(app: &App, mandate: &Mandate<'_>, kind: &str, draft: Draft) -> Result<(), Refused> {
    // The built-in one is there already, and there is never a second.
    let form = form_of(app, kind).filter(|_| kind != PASSWORD).ok_or(Refused::NoSuchType)?;
    let prepared = prepare(&form, &draft, None)?;
    if app.authenticators.find(draft.uid.trim()).is_some() {
        return Err(uid_taken());
    }
    let row = AuthenticatorRow {
        plugin: app.registry.type_of(kind).map(|(plugin, _)| plugin.manifest().id.clone()).unwrap_or_default(),
        position: app.authenticators.all().iter().map(|one| one.position).max().unwrap_or(0) + 1,
        ..rows::of_draft(app, ids::row_id(&*app.clock, &*app.entropy), kind, &draft, &prepared.settings)
    };
    let would_be = Authenticator::from_row(row.clone());
    let assurance = check_first(app, mandate, None, &would_be, &form, Some(&prepared)).await?;
    let secrets = sealed(app, &row.id, prepared.secrets)?;
    let detail = assurance.note(Map::from_iter([("type".to_owned(), kind.into())]));
    let entry = Entry::new("authenticator.created").actor(mandate.actor).subject(&row.uid).detail(detail);
    save(app, entry, None, Effect::Adds(Box::new(would_be)), move |conn| {
        Box::pin(async move {
            authenticators::insert(conn, &row).await?;
            put_all(conn, &secrets).await
        })
    })
    .await
}

/// Saves the form of an authenticator.
pub(crate) async fn update(app: &App, mandate: &Mandate<'_>, uid: &str, draft: Draft) -> Result<(), Refused> {
    let before = as_it_is(app, uid).await?;
    let form = form_of(app, &before.kind).ok_or(Refused::NoSuchType)?;
    let draft = Draft { uid: uid.to_owned(), ..draft };
    let prepared = prepare(&form, &draft, Some(&before))?;
    let row = rows::of_change(app, &before, &draft, &prepared.settings);
    let would_be = Authenticator::from_row(row.clone());
    let assurance = check_first(app, mandate, Some(&before), &would_be, &form, Some(&prepared)).await?;
    let changed = changed_fields(&before, &draft, &prepared);
    let secrets = sealed(app, &row.id, prepared.secrets)?;
    let detail = assurance.note(Map::from_iter([("fields".to_owned(), changed.into())]));
    let entry = Entry::new("authenticator.changed").actor(mandate.actor).subject(uid).detail(detail);
    let effect = if before.enabled && !draft.enabled { Effect::Removes } else { Effect::Adds(Box::new(would_be)) };
    save(app, entry, Some(before), effect, move |conn| {
        Box::pin(async move {
            authenticators::update(conn, &row).await?;
            put_all(conn, &secrets).await
        })
    })
    .await
}

/// Switches an authenticator on or off.
pub(crate) async fn set_enabled(app: &App, mandate: &Mandate<'_>, uid: &str, enabled: bool) -> Result<(), Refused> {
    let before = as_it_is(app, uid).await?;
    if before.enabled == enabled {
        return Ok(());
    }
    let row = AuthenticatorRow { enabled, updated_at: app.clock.now_ms(), ..rows::of(&before) };
    let (kind, effect, assurance) = if enabled {
        let form = form_of(app, &before.kind).ok_or(Refused::NoSuchType)?;
        is_configured(&form, &before).then_some(()).ok_or(Refused::NotConfigured)?;
        let would_be = Authenticator::from_row(row.clone());
        let assurance = check_first(app, mandate, Some(&before), &would_be, &form, None).await?;
        ("authenticator.enabled", Effect::Adds(Box::new(would_be)), assurance)
    } else {
        ("authenticator.disabled", Effect::Removes, Assurance::NotNeeded)
    };
    let entry = Entry::new(kind).actor(mandate.actor).subject(uid).detail(assurance.note(Map::new()));
    save(app, entry, Some(before), effect, move |conn| {
        Box::pin(async move { Ok(authenticators::update(conn, &row).await?) })
    })
    .await
}

/// The authenticator as the database has it: what another node changed a moment ago counts.
async fn as_it_is(app: &App, uid: &str) -> Result<Arc<Authenticator>, Refused> {
    app.authenticators.reload(&app.store).await?;
    app.authenticators.find(uid).ok_or(Refused::NotFound)
}

/// What is looked at before anything is written, cheap things first.
async fn check_first(
    app: &App,
    mandate: &Mandate<'_>,
    before: Option<&Authenticator>,
    would_be: &Authenticator,
    form: &Form,
    prepared: Option<&Prepared>,
) -> Result<Assurance, Refused> {
    one_client::check(app, would_be, app.authenticators.all().iter().map(|one| &**one))?;
    assurance::assure(app, mandate, before, &WouldBe { one: would_be, form, prepared }).await
}

/// Removes an authenticator, its secrets and its links to users.
pub(crate) async fn delete(app: &App, actor: &str, uid: &str) -> Result<(), Refused> {
    let before = as_it_is(app, uid).await?;
    if before.kind == PASSWORD {
        return Err(Refused::BuiltIn);
    }
    let entry = Entry::new("authenticator.deleted").actor(actor).subject(uid).detail(json!({"type": before.kind}));
    let id = before.id.clone();
    let effect = if before.enabled { Effect::Removes } else { Effect::Neither };
    save(app, entry, Some(before), effect, move |conn| {
        Box::pin(async move { Ok(authenticators::delete(conn, &id).await?) })
    })
    .await
}

/// Whether somebody can still sign in after the changes of this transaction, and without the types of the plug-in
/// `without`.
pub(crate) async fn check_another_way(
    conn: &mut crate::store::Conn,
    app: &App,
    without: Option<&str>,
) -> Result<(), Refused> {
    let works = |one: &AuthenticatorRow| {
        let registered = |kind: &str| {
            app.registry.type_of(kind).is_some_and(|(plugin, _)| Some(plugin.manifest().id.as_str()) != without)
        };
        one.enabled && (one.kind == PASSWORD || registered(&one.kind))
    };
    if authenticators::all(conn).await?.iter().any(works) { Ok(()) } else { Err(Refused::LastWayIn) }
}

/// What the built-in authenticator asks for: nothing.
#[derive(ui_schema::JsonSchema)]
#[schemars(crate = "ui_schema::schemars")]
struct NoSettings {}

/// The form of a type; the built-in one asks for nothing.
pub(crate) fn form_of(app: &App, kind: &str) -> Option<Form> {
    if kind == PASSWORD {
        return Some(Form::of::<NoSettings>());
    }
    app.registry.type_of(kind).map(|(_, kind)| kind.form.clone())
}

/// Whether everything that the form requires is there.
pub(crate) fn is_configured(form: &Form, authenticator: &Authenticator) -> bool {
    let stored: BTreeSet<String> = authenticator.secrets.keys().cloned().collect();
    check_settings(form, &form.with_defaults(authenticator.settings.clone()), &stored).is_empty()
}

fn sealed(app: &App, id: &str, secrets: BTreeMap<String, String>) -> Result<Vec<SecretRow>, Failure> {
    let seal_one = |(field, clear): (String, String)| seal::seal(&app.vault, &*app.entropy, id, &field, &clear);
    Ok(secrets.into_iter().map(seal_one).collect::<Result<_, _>>()?)
}

async fn put_all(conn: &mut crate::store::Conn, secrets: &[SecretRow]) -> Result<(), Refused> {
    for secret in secrets {
        authenticators::put_secret(conn, secret).await?;
    }
    Ok(())
}

/// Whether what a change was made from still holds; its place among the others may be another.
async fn check_unchanged(conn: &mut crate::store::Conn, before: &Authenticator) -> Result<(), Refused> {
    let now = authenticators::find(conn, &before.id).await?.map(Authenticator::from_row).ok_or(Refused::NotFound)?;
    let as_before = AuthenticatorRow { position: now.position, ..rows::of(before) };
    if rows::of(&now) == as_before { Ok(()) } else { Err(Refused::Changed) }
}

/// What a change does to the ways to sign in.
pub(super) enum Effect {
    Neither,
    /// There may be one less.
    Removes,
    /// This one is there afterwards.
    Adds(Box<Authenticator>),
}

/// Runs a change in a transaction with its journal entry, tells other nodes, and refreshes the snapshot here. It is
/// refused if the authenticator is no longer as it was `before`, which was read without a lock, and long ago where a
/// provider was asked meanwhile; if no way to sign in would be left; or one too many inside a provider's client.
pub(super) async fn save<W>(
    app: &App,
    entry: Entry,
    before: Option<Arc<Authenticator>>,
    effect: Effect,
    change: W,
) -> Result<(), Refused>
where
    W: for<'c> FnOnce(&'c mut crate::store::Conn) -> futures_util::future::BoxFuture<'c, Result<(), Refused>>
        + Send
        + 'static,
{
    let inner = app.clone();
    app.store
        .write(move |conn| {
            Box::pin(async move {
                // First, because it makes concurrent changes wait for one another.
                revisions::raise(conn, Topic::Authenticators).await?;
                if let Some(before) = before {
                    check_unchanged(conn, &before).await?;
                }
                change(conn).await?;
                match effect {
                    Effect::Neither => {}
                    Effect::Removes => check_another_way(conn, &inner, None).await?,
                    Effect::Adds(one) => one_client::check_within(conn, &inner, &one).await?,
                }
                Ok::<_, Refused>(audit::insert(conn, &inner, entry).await?)
            })
        })
        .await?;
    Ok(app.authenticators.reload(&app.store).await?)
}
