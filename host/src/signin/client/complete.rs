//! From what the scripts posted to a session, and what becomes of the one that was there.

use std::sync::Arc;

use plugin_api::{Callback, Channel};

use super::Way;
use crate::failure::Failure;
use crate::session::guard::Visit;
use crate::session::{self, Session};
use crate::signin::admit::Case;
use crate::signin::explanation::Person;
use crate::signin::linking::{self, Named};
use crate::signin::outcome::Course;
use crate::signin::refusal::Refusal;
use crate::signin::{Refused, admit, callback};
use crate::store::sessions;
use crate::web::peer::Caller;
use crate::web::visitor::Visitor;

/// The most parameters that scripts may report.
const MOST_PARAMETERS: usize = 16;

/// Somebody who was not admitted.
pub(super) struct Turned {
    pub(super) refused: Refused,
    /// Whether that was the end of the session that the browser had.
    pub(super) session_ended: bool,
}

impl From<Refused> for Turned {
    fn from(refused: Refused) -> Self {
        Self { refused, session_ended: false }
    }
}

/// Turns what the scripts of the authenticator `uid` posted into a session, or into a refusal.
pub(super) async fn complete(visitor: &Visitor, uid: &str, posted: &str, caller: Caller) -> Result<Session, Turned> {
    let app = &visitor.app;
    let course = Course::begin();
    let way = Way::find(app, uid).map_err(Refused::from)?;
    let asked = identify(visitor, &way, posted, &course).await;
    let case = asked.map_err(|refused| course.ended(refused))?;
    let (authenticator_id, identity) = (case.authenticator.id.clone(), case.identity.clone());
    let named = Named { authenticator_id, identity, in_client: true };
    match admit::admit(app, case, caller).await {
        Ok(session) => Ok(session),
        Err(refused) => {
            let refused = course.ended(refused).about(Person::of(&named.identity));
            turn_away(visitor, refused, &named).await
        }
    }
}

/// Has the plug-in ask who it is. These codes never meet those of the Redirect URL: they come to another address, and
/// the plug-in is told by which way.
async fn identify(visitor: &Visitor, way: &Way, posted: &str, course: &Course) -> Result<Case, Refused> {
    let app = &visitor.app;
    let query = callback::parse(posted)?;
    if query.len() > MOST_PARAMETERS {
        return Err(Refused::new(Refusal::BadCallback, "too many parameters"));
    }
    callback::check_code(&query, &way.kind.callback)?;
    let callback = Callback {
        authenticator_type: way.kind.id.clone(),
        redirect_uri: app.redirect_url(&way.authenticator.uid),
        query,
        memo: Vec::new(),
        language: visitor.language,
        channel: Channel::Client,
    };
    let settings = way.authenticator.settings_in_clear(app, &way.kind.form)?;
    callback::ask(app, Arc::clone(&way.authenticator), settings, callback, course).await
}

/// The client named somebody who may not come in. A session that is there is somebody else's then, and ends; unless its
/// person signed in beside this very one before, and so both are known to be the same.
async fn turn_away(visitor: &Visitor, refused: Refused, named: &Named) -> Result<Session, Turned> {
    let mut session_ended = false;
    if let Some(visit) = visitor.visit.as_deref().filter(|_| names_another(refused.reason)) {
        if are_together(visitor, visit, named).await.map_err(Refused::from)? {
            return Ok(session::stay(visit));
        }
        session::give_way(&visitor.app, visit).await.map_err(Refused::from)?;
        session_ended = true;
    }
    let refused = linking::remember(&visitor.app, refused, named).await;
    Err(Turned { refused, session_ended })
}

/// Whether a sign-in that was refused for this reason says who the person is, and that they are nobody here.
const fn names_another(reason: Refusal) -> bool {
    linking::may_be_somebody(reason) || matches!(reason, Refusal::PhoneTaken | Refusal::AccountDisabled)
}

async fn are_together(visitor: &Visitor, visit: &Visit, named: &Named) -> Result<bool, Failure> {
    let key = linking::client_key(&named.authenticator_id, &named.identity.subject);
    let mut conn = visitor.app.store.read().await?;
    Ok(sessions::owner(&mut conn, &visit.id_hash).await?.is_some_and(|owner| owner.client_key == key))
}
