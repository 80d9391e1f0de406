//! What an administrator can do with authenticators, for the pages, the JSON API and the command line alike.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::{Value, json};
use ui_schema::Form;

use super::directory::Authenticator;
use super::draft::{changed_fields, check_settings};
use super::form_page::DraftField;
use super::{PASSWORD, seal};
use crate::app::App;
use crate::audit::{self, Entry};
use crate::failure::Failure;
use crate::ids;
use crate::store::StoreError;
use crate::store::authenticators::{self, AuthenticatorRow, SecretRow};
use crate::store::revisions::{self, Topic};
use crate::ui::fault::FieldFault;

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
            let own = vec![(DraftField::Uid, FieldFault::Taken)];
            return Self::Invalid(DraftFaults { own, settings: Vec::new() });
        }
        Self::Failure(error.into())
    }
}

/// Creates an authenticator of the type `kind` below all others.
pub(crate) async fn create(app: &App, actor: &str, kind: &str, draft: Draft) -> Result<(), Refused> {
    // The built-in one is there already, and there is never a second.
    let form = form_of(app, kind).filter(|_| kind != PASSWORD).ok_or(Refused::NoSuchType)?;
    let all = app.authenticators.all();
    let prepared = prepare(&form, &draft, None)?;
    let now = app.clock.now_ms();
    let id = ids::row_id(&*app.clock, &*app.entropy);
    let row = AuthenticatorRow {
        plugin: app.registry.type_of(kind).map(|(plugin, _)| plugin.manifest().id.clone()).unwrap_or_default(),
        position: all.iter().map(|one| one.position).max().unwrap_or(0) + 1,
        created_at: now,
        ..row(id, draft.uid.trim().to_owned(), kind.to_owned(), &draft, &prepared.settings, now)
    };
    let secrets = sealed(app, &row.id, prepared.secrets)?;
    let entry = Entry::new("authenticator.created").actor(actor).subject(&row.uid).detail(json!({"type": kind}));
    save(app, entry, false, move |conn| {
        Box::pin(async move {
            authenticators::insert(conn, &row).await?;
            put_all(conn, &secrets).await
        })
    })
    .await
}

/// Saves the form of an authenticator.
pub(crate) async fn update(app: &App, actor: &str, uid: &str, draft: Draft) -> Result<(), Refused> {
    let before = app.authenticators.find(uid).ok_or(Refused::NotFound)?;
    let form = form_of(app, &before.kind).ok_or(Refused::NoSuchType)?;
    let draft = Draft { uid: uid.to_owned(), ..draft };
    let prepared = prepare(&form, &draft, Some(&before))?;
    let removes = before.enabled && !draft.enabled;
    let row = AuthenticatorRow {
        plugin: before.plugin.clone(),
        position: before.position,
        created_at: before.created_at,
        ..row(
            before.id.clone(),
            before.uid.clone(),
            before.kind.clone(),
            &draft,
            &prepared.settings,
            app.clock.now_ms(),
        )
    };
    let changed = changed_fields(&before, &draft, &prepared);
    let secrets = sealed(app, &row.id, prepared.secrets)?;
    let entry = Entry::new("authenticator.changed").actor(actor).subject(uid).detail(json!({"fields": changed}));
    save(app, entry, removes, move |conn| {
        Box::pin(async move {
            authenticators::update(conn, &row).await?;
            put_all(conn, &secrets).await
        })
    })
    .await
}

/// Switches an authenticator on or off.
pub(crate) async fn set_enabled(app: &App, actor: &str, uid: &str, enabled: bool) -> Result<(), Refused> {
    let before = app.authenticators.find(uid).ok_or(Refused::NotFound)?;
    if before.enabled == enabled {
        return Ok(());
    }
    if enabled {
        check_configured(app, &before)?;
    }
    let row = AuthenticatorRow { enabled, updated_at: app.clock.now_ms(), ..row_of(&before) };
    let kind = if enabled { "authenticator.enabled" } else { "authenticator.disabled" };
    let entry = Entry::new(kind).actor(actor).subject(uid);
    save(app, entry, !enabled, move |conn| Box::pin(async move { Ok(authenticators::update(conn, &row).await?) })).await
}

/// Moves an authenticator one place up or down.
pub(crate) async fn shift(app: &App, actor: &str, uid: &str, up: bool) -> Result<(), Refused> {
    let mut order: Vec<Arc<Authenticator>> = app.authenticators.all().to_vec();
    let from = order.iter().position(|one| one.uid == uid).ok_or(Refused::NotFound)?;
    let to = if up { from.checked_sub(1) } else { Some(from + 1).filter(|to| *to < order.len()) };
    let Some(to) = to else { return Ok(()) };
    order.swap(from, to);
    let uids = order.iter().map(|one| one.uid.clone()).collect::<Vec<_>>();
    reorder(app, actor, uid, &uids).await
}

/// Puts the authenticators into the order of `uids`; those that are not named follow in the order they had.
pub(crate) async fn reorder(app: &App, actor: &str, subject: &str, uids: &[String]) -> Result<(), Refused> {
    let all = app.authenticators.all();
    if uids.iter().any(|uid| all.iter().all(|one| one.uid != *uid)) {
        return Err(Refused::NotFound);
    }
    let rank = |one: &Authenticator| uids.iter().position(|uid| *uid == one.uid).unwrap_or(usize::MAX);
    let mut order: Vec<_> = all.iter().cloned().collect();
    order.sort_by_key(|one| rank(one));
    let rows: Vec<AuthenticatorRow> =
        order.iter().zip(1..).map(|(one, position)| AuthenticatorRow { position, ..row_of(one) }).collect();
    let entry = Entry::new("authenticator.moved").actor(actor).subject(subject);
    save(app, entry, false, move |conn| {
        Box::pin(async move {
            for row in &rows {
                authenticators::update(conn, row).await?;
            }
            Ok(())
        })
    })
    .await
}

/// Removes an authenticator, its secrets and its links to users.
pub(crate) async fn delete(app: &App, actor: &str, uid: &str) -> Result<(), Refused> {
    let before = app.authenticators.find(uid).ok_or(Refused::NotFound)?;
    if before.kind == PASSWORD {
        return Err(Refused::BuiltIn);
    }
    let entry = Entry::new("authenticator.deleted").actor(actor).subject(uid).detail(json!({"type": before.kind}));
    let id = before.id.clone();
    let removes = before.enabled;
    save(app, entry, removes, move |conn| Box::pin(async move { Ok(authenticators::delete(conn, &id).await?) })).await
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

fn check_configured(app: &App, authenticator: &Authenticator) -> Result<(), Refused> {
    let form = form_of(app, &authenticator.kind).ok_or(Refused::NoSuchType)?;
    if is_configured(&form, authenticator) { Ok(()) } else { Err(Refused::NotConfigured) }
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

/// Runs a change in a transaction with its journal entry, tells other nodes, and refreshes the snapshot here. One that
/// `removes` a way to sign in is refused if none would be left.
async fn save<W>(app: &App, entry: Entry, removes: bool, change: W) -> Result<(), Refused>
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
                change(conn).await?;
                if removes {
                    check_another_way(conn, &inner, None).await?;
                }
                Ok::<_, Refused>(audit::insert(conn, &inner, entry).await?)
            })
        })
        .await?;
    Ok(app.authenticators.reload(&app.store).await?)
}

fn row(id: String, uid: String, kind: String, draft: &Draft, settings: &Value, now: i64) -> AuthenticatorRow {
    AuthenticatorRow {
        id,
        uid,
        kind,
        plugin: String::new(),
        title_en: draft.title.en.trim().to_owned(),
        title_zh: draft.title.zh_cn.trim().to_owned(),
        description_en: draft.description.en.trim().to_owned(),
        description_zh: draft.description.zh_cn.trim().to_owned(),
        enabled: draft.enabled,
        position: 0,
        settings: settings.to_string(),
        created_at: now,
        updated_at: now,
    }
}

fn row_of(one: &Authenticator) -> AuthenticatorRow {
    let draft = Draft {
        uid: one.uid.clone(),
        title: one.title.clone(),
        description: one.description.clone(),
        enabled: one.enabled,
        settings: Value::Null,
    };
    AuthenticatorRow {
        plugin: one.plugin.clone(),
        position: one.position,
        created_at: one.created_at,
        ..row(one.id.clone(), one.uid.clone(), one.kind.clone(), &draft, &one.settings, one.updated_at)
    }
}
