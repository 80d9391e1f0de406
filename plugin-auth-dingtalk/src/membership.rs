//! Who may come in: active members of the organisation, and nobody else.
//!
//! What a person's own account says proves nothing about an organisation. So the organisation is asked, as the
//! application that belongs to it: is this person one of yours, and active? Whatever keeps it from answering keeps the
//! person out.

use plugin_api::{Fault, FaultKind};
use serde::Deserialize;
use serde_json::json;

use crate::app::App;
use crate::exchange::Grant;
use crate::leg::Leg;
use crate::staff::{self, Staff};
use crate::{legacy, wire};

/// A member, as the directory knows them.
pub(crate) struct Member {
    pub(crate) userid: String,
    pub(crate) staff: Staff,
}

/// Whether the person chose our organisation at DingTalk. They can choose any of theirs, and none.
pub(crate) fn chose_ours(app: &App<'_>, grant: &Grant) -> Result<(), Fault> {
    let ours = app.settings.organisation()?;
    match grant.corp_id.as_deref() {
        None => Err(Fault::new(FaultKind::OrganisationUnknown, "the user token came without a corpId")),
        Some(theirs) if theirs == ours => Ok(()),
        Some(_) => Err(Fault::new(FaultKind::OtherOrganisation, "the corpId is another organisation's")),
    }
}

/// Proves that the person with this `unionId` is an active member (page `query-a-user-by-the-union-id`).
pub(crate) async fn prove(app: &App<'_>, union_id: &str) -> Result<Member, Fault> {
    let seat = seat(app, union_id).await.map_err(unproven)?;
    match seat.contact_type {
        0 if wire::is_userid(&seat.userid) => active(app, seat.userid, union_id).await,
        1 => Err(Fault::new(FaultKind::ExternalContact, "the person is a contact from outside the organisation")),
        _ => Err(Fault::new(FaultKind::MembershipUnproven, "DingTalk gave a kind of contact that is not known")),
    }
}

/// The member `userid`, if they are active and the person with this `unionId`.
pub(crate) async fn active(app: &App<'_>, userid: String, union_id: &str) -> Result<Member, Fault> {
    let staff = staff::get(app, &userid).await.map_err(unproven)?;
    if staff.union_id.as_deref() != Some(union_id) {
        return Err(wire::bad_answer(app, Leg::Staff, "the directory's member is somebody else"));
    }
    if staff.active != Some(true) {
        return Err(Fault::new(FaultKind::InactiveMember, "the member has not joined yet or is not active any more"));
    }
    Ok(Member { userid, staff })
}

/// Where in the organisation somebody is. Both fields have to be there: a member is not assumed.
#[derive(Deserialize)]
struct Seat {
    contact_type: i64,
    userid: String,
}

async fn seat(app: &App<'_>, union_id: &str) -> Result<Seat, Fault> {
    legacy::ask(app, Leg::Member, "/topapi/user/getbyunionid", json!({ "unionid": union_id }), &[]).await
}

/// A question without an answer is no proof, whatever the reason; the reason stays for the administrator.
fn unproven(mut fault: Fault) -> Fault {
    if fault.kind != FaultKind::NotAMember {
        fault.kind = FaultKind::MembershipUnproven;
    }
    fault.during("making sure that the person is a member")
}
