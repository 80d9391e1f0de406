//! Changing the stage: apps, people, quirks, who is signed in automatically, codes out of thin air, and the reset.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};

use super::merge::merged;
use super::trouble::read;
use super::{Outcome, Trouble};
use crate::scenario::{App, Permission, Person, Quirks, Scenario};
use crate::world::{CodeKind, EditError, World};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AutoApprove {
    person: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Permissions {
    permissions: BTreeSet<Permission>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RedirectUrl {
    url: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewCode {
    kind: CodeKind,
    client_id: String,
    person: String,
    #[serde(default)]
    corp_id: Option<String>,
}

/// A code that was issued.
#[derive(Serialize)]
pub(super) struct IssuedCode {
    code: String,
}

pub(super) async fn scenario(State(world): State<Arc<World>>) -> Json<Scenario> {
    Json(Scenario::clone(&world.directory()))
}

pub(super) async fn reset(State(world): State<Arc<World>>) -> StatusCode {
    world.reset();
    StatusCode::NO_CONTENT
}

pub(super) async fn change_quirks(State(world): State<Arc<World>>, body: Bytes) -> Outcome<Json<Quirks>> {
    let changed = merged(&world.directory().quirks, read(&body)?)?;
    world.edit(|scenario| {
        scenario.quirks = changed.clone();
        Ok(())
    })?;
    Ok(Json(changed))
}

pub(super) async fn auto_approve(State(world): State<Arc<World>>, body: Bytes) -> Outcome<StatusCode> {
    let AutoApprove { person } = read(&body)?;
    world.edit(|scenario| {
        scenario.auto_approve = person;
        Ok(())
    })?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn issue_code(State(world): State<Arc<World>>, body: Bytes) -> Outcome<Json<IssuedCode>> {
    let NewCode { kind, client_id, person, corp_id } = read(&body)?;
    let code = world.issue_code(kind, &client_id, &person, corp_id.as_deref())?;
    Ok(Json(IssuedCode { code }))
}

pub(super) async fn change_app(
    State(world): State<Arc<World>>,
    Path(client_id): Path<String>,
    body: Bytes,
) -> Outcome<Json<App>> {
    let directory = world.directory();
    let app = directory.app(&client_id).ok_or_else(|| EditError::NotFound("app", client_id.clone()))?;
    let changed = merged(app, read(&body)?)?;
    world.edit_app(&client_id, |app| *app = changed.clone())?;
    Ok(Json(changed))
}

pub(super) async fn set_permissions(
    State(world): State<Arc<World>>,
    Path(client_id): Path<String>,
    body: Bytes,
) -> Outcome<StatusCode> {
    let Permissions { permissions } = read(&body)?;
    world.edit_app(&client_id, |app| app.permissions = permissions)?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn register(
    State(world): State<Arc<World>>,
    Path(client_id): Path<String>,
    body: Bytes,
) -> Outcome<StatusCode> {
    let RedirectUrl { url } = read(&body)?;
    world.edit_app(&client_id, |app| app.register(&url))?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn unregister(
    State(world): State<Arc<World>>,
    Path(client_id): Path<String>,
    body: Bytes,
) -> Outcome<StatusCode> {
    let RedirectUrl { url } = read(&body)?;
    world.edit_app(&client_id, |app| app.redirect_urls.retain(|known| *known != url))?;
    Ok(StatusCode::NO_CONTENT)
}

/// Adds a person, or replaces the one of this id.
pub(super) async fn put_person(
    State(world): State<Arc<World>>,
    Path(id): Path<String>,
    body: Bytes,
) -> Outcome<StatusCode> {
    let person = Person { id, ..read(&body)? };
    world.edit(|scenario| {
        match scenario.person_mut(&person.id) {
            Some(known) => *known = person,
            None => scenario.people.push(person),
        }
        Ok(())
    })?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn change_person(
    State(world): State<Arc<World>>,
    Path(id): Path<String>,
    body: Bytes,
) -> Outcome<Json<Person>> {
    let directory = world.directory();
    let person = directory.person_by_id(&id).ok_or_else(|| EditError::NotFound("person", id.clone()))?;
    let changed = merged(person, read(&body)?)?;
    if changed.id != id {
        return Err(Trouble::bad("the id of a person cannot be changed"));
    }
    world.edit_person(&id, |person| *person = changed.clone())?;
    Ok(Json(changed))
}
