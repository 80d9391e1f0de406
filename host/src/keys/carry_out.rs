//! Doing what a plan says, all of it or nothing.

use serde_json::json;

use super::plan::{Fate, Plan, PlanRow};
use super::{Refused, Subject, namespace_of_subject};
use crate::app::App;
use crate::audit::{self, Entry};
use crate::store::bindings::{self, BindingKey};
use crate::store::{Conn, binding_keys};

/// Carries `plan` out in one transaction.
pub(crate) async fn carry_out(app: &App, actor: &str, subject: &Subject, plan: Plan) -> Result<(), Refused> {
    let (inner, id) = (app.clone(), subject.authenticator.id.clone());
    let counts: serde_json::Map<_, _> =
        Fate::NAMES.iter().map(|name| ((*name).to_owned(), plan.count(name).into())).collect();
    let entry = Entry::new("authenticator.keys-moved").actor(actor).subject(&subject.authenticator.uid);
    let entry = entry.detail(json!(counts));
    app.store
        .write(move |conn| {
            Box::pin(async move {
                for row in &plan.rows {
                    change(conn, &id, row).await?;
                }
                Ok(audit::insert(conn, &inner, entry).await?)
            })
        })
        .await
}

/// A link that is not as it was planned with ends it all.
async fn change(conn: &mut Conn, authenticator_id: &str, row: &PlanRow) -> Result<(), Refused> {
    let key = |namespace: &str, subject: &str| BindingKey {
        authenticator_id: authenticator_id.to_owned(),
        namespace: namespace.to_owned(),
        subject: subject.to_owned(),
    };
    let PlanRow { link, fate } = row;
    let from = key(&link.namespace, &link.subject);
    let done = match fate {
        Fate::Move(target) => {
            let to = key(namespace_of_subject(&link.namespace), target);
            binding_keys::move_to_subject(conn, &from, &link.user_id, &to).await?
        }
        Fate::Merge(_) => bindings::remove(conn, &from, &link.user_id).await?,
        _ => true,
    };
    if done { Ok(()) } else { Err(Refused::Changed) }
}
