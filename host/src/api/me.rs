//! Who is signed in. Answered from memory: nothing but the session check, which every request passes, may ask the
//! database.

use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::document::Members;
use super::json::Json;
use super::values::{RoleName, Texts, moment};
use crate::app::App;
use crate::ui::role::Role;
use crate::web::visitor::Member;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default().routes(routes!(show))
}

/// The person who is signed in.
#[derive(Serialize, ToSchema)]
struct Me {
    /// Id of the user.
    id: String,
    /// Username.
    username: String,
    /// Name as others read it.
    nickname: String,
    /// What they may do.
    roles: Vec<RoleName>,
    /// How this session began; absent if that authenticator is gone.
    #[serde(skip_serializing_if = "Option::is_none")]
    signed_in_with: Option<Through>,
    /// When this session began.
    #[schema(format = DateTime)]
    since: String,
}

/// The authenticator of a session.
#[derive(Serialize, ToSchema)]
struct Through {
    /// Its uid.
    uid: String,
    /// Its title.
    title: Texts,
}

/// Who is signed in
#[utoipa::path(
    get, path = "/api/v1/me", operation_id = "get_me", tag = "session",
    responses((status = 200, description = "The person", body = Me), Members)
)]
async fn show(member: Member) -> Json<Me> {
    let visit = &member.visit;
    let all = member.visitor.app.authenticators.all();
    let through = all.iter().find(|one| one.id == visit.authenticator_id);
    Json(Me {
        id: visit.user_id.clone(),
        username: visit.username.clone(),
        nickname: visit.nickname.clone(),
        roles: visit.roles.iter().filter_map(|name| Role::from_name(name)).map(RoleName::from).collect(),
        signed_in_with: through.map(|one| Through { uid: one.uid.clone(), title: (&one.title).into() }),
        since: moment(visit.created_at),
    })
}
