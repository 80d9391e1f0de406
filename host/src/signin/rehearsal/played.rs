//! The decision, made and taken back.

use std::convert::Infallible;

use serde::{Deserialize, Serialize};

use super::super::Refused;
use super::super::admit::{self, Admitted, Case};
use super::super::explanation::mask;
use crate::app::App;
use crate::store::users::{self, UserRow};
use crate::store::{Conn, StoreError};
use crate::users::refresh::Field;

/// Whom a sign-in would have let in, and what it would have written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Admission {
    /// Name of a [`How`](crate::signin::admit::How).
    pub(crate) how: String,
    pub(crate) account: Account,
    /// Nickname of the account.
    pub(crate) name: String,
    /// Names of its roles.
    pub(crate) roles: Vec<String>,
    /// What would be written besides the session, in no case nothing: the use of the link counts.
    pub(crate) changes: Vec<Change>,
}

/// Which account it would be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Account {
    /// One that is there.
    Known {
        /// Its id.
        id: String,
        /// Its username.
        username: String,
    },
    /// One that would be made.
    New,
}

/// Something that would be written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Change {
    /// The account.
    Account,
    /// A link between the person and the account.
    Link,
    /// A link by an identifier of this kind becomes one by the subject.
    Moved(String),
    /// A field of the profile gets this value, masked.
    Field(Field, String),
    /// A field of the profile would, but the value is somebody else's.
    Taken(Field),
}

/// How the play ends: always in an error, so that the transaction is rolled back.
enum Curtain {
    Seen(Box<Admission>),
    Refused(Refused),
}

impl From<StoreError> for Curtain {
    fn from(error: StoreError) -> Self {
        Self::Refused(error.into())
    }
}

impl From<Refused> for Curtain {
    fn from(refused: Refused) -> Self {
        Self::Refused(refused)
    }
}

/// Decides as a sign-in does, looks at what that would have written, and takes it all back.
pub(super) async fn decide(app: &App, case: Case) -> Result<Admission, Refused> {
    let app = app.clone();
    let store = app.store.clone();
    let curtain: Result<Infallible, Curtain> = store
        .write(move |conn| {
            Box::pin(async move {
                let admitted = admit::decide(conn, &app, &case).await?;
                Err(Curtain::Seen(Box::new(look(conn, &admitted).await?)))
            })
        })
        .await;
    match curtain {
        Err(Curtain::Seen(admission)) => Ok(*admission),
        Err(Curtain::Refused(refused)) => Err(refused),
        Ok(never) => match never {},
    }
}

/// Reads the account as the open transaction has it.
async fn look(conn: &mut Conn, admitted: &Admitted) -> Result<Admission, Refused> {
    let user = users::find(conn, admitted.user_id()).await?.unwrap_or_default();
    let roles = users::roles(conn, admitted.user_id()).await?;
    let written = admitted.written();
    let account = if written.created {
        Account::New
    } else {
        Account::Known { id: user.id.clone(), username: user.username.clone() }
    };
    let mut changes = Vec::new();
    if written.created {
        changes.push(Change::Account);
    }
    if written.linked {
        changes.push(Change::Link);
    }
    changes.extend(written.moved.iter().cloned().map(Change::Moved));
    changes.extend(written.profile.changed.iter().map(|field| Change::Field(*field, value(*field, &user))));
    changes.extend(written.profile.taken.iter().map(|field| Change::Taken(*field)));
    Ok(Admission { how: admitted.how().name().to_owned(), account, name: user.nickname, roles, changes })
}

fn value(field: Field, user: &UserRow) -> String {
    match field {
        Field::Name => user.nickname.clone(),
        Field::Email => user.email.as_deref().map(mask::email).unwrap_or_default(),
        Field::Phone => user.phone.as_deref().map(mask::phone).unwrap_or_default(),
        // The address of a picture may hold an identifier of the person.
        Field::Picture => String::new(),
    }
}
