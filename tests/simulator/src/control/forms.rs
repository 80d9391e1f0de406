//! The forms of the console. Each changes one thing and shows the console again.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Redirect, Response};

use super::console;
use crate::front::Pairs;
use crate::pages::Tongue;
use crate::scenario::Permission;
use crate::world::{EditError, World};

/// Registers or removes a Redirect URL: fields `client_id`, `url`, `action` (`add` or `remove`).
pub(super) async fn redirect_urls(State(world): State<Arc<World>>, headers: HeaderMap, body: Bytes) -> Response {
    let form = Pairs::parse(&body);
    let url = form.first("url").unwrap_or_default().trim().to_owned();
    let change = world.edit_app(form.first("client_id").unwrap_or_default(), |app| match form.first("action") {
        Some("remove") => app.redirect_urls.retain(|known| *known != url),
        _ => app.register(&url),
    });
    back(&world, &headers, change)
}

/// Sets the permissions of an app: fields `client_id`, and `permission` for each that is granted.
pub(super) async fn permissions(State(world): State<Arc<World>>, headers: HeaderMap, body: Bytes) -> Response {
    let form = Pairs::parse(&body);
    let ticked =
        |permission: &Permission| form.0.iter().any(|(name, value)| name == "permission" && value == permission.code());
    let granted = Permission::ALL.into_iter().filter(ticked).collect();
    let change = world.edit_app(form.first("client_id").unwrap_or_default(), |app| app.permissions = granted);
    back(&world, &headers, change)
}

/// Chooses who is signed in without asking: field `person`, empty for nobody.
pub(super) async fn auto_approve(State(world): State<Arc<World>>, headers: HeaderMap, body: Bytes) -> Response {
    let form = Pairs::parse(&body);
    let change = world.edit(|scenario| {
        scenario.auto_approve = form.filled("person").map(str::to_owned);
        Ok(())
    });
    back(&world, &headers, change)
}

fn back(world: &World, headers: &HeaderMap, change: Result<(), EditError>) -> Response {
    match change {
        Ok(()) => Redirect::to("/_sim/").into_response(),
        Err(error) => {
            let page = console::render(&world.directory(), Tongue::of(headers), Some(&error.to_string()));
            (StatusCode::BAD_REQUEST, Html(page)).into_response()
        }
    }
}
