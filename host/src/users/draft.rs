//! What is entered about a user, checked.

use secrecy::{ExposeSecret, SecretString};

use super::form_page::UserField;
use super::service::UserRefused;
use super::{names, passwords};
use crate::app::App;
use crate::signin::phone::{self, PhoneFault};
use crate::store::users::{Source, UserRow};
use crate::store::{Conn, users};
use crate::ui::fault::FieldFault;
use crate::ui::role::Role;

/// What is entered about a user.
#[derive(Clone, Debug, Default)]
pub(crate) struct UserDraft {
    pub(crate) username: String,
    pub(crate) nickname: String,
    pub(crate) email: String,
    pub(crate) phone: String,
    pub(crate) roles: Vec<Role>,
    /// A new password; none keeps the old one.
    pub(crate) password: Option<SecretString>,
}

/// The row that a draft makes of `row`, or everything that is wrong with the draft. What the draft changes is an
/// administrator's from then on, and no sign-in refreshes it.
pub(crate) fn fill(app: &App, mut row: UserRow, draft: &UserDraft) -> Result<UserRow, UserRefused> {
    let mut faults = Vec::new();
    let mut check = |field, result: Result<(), FieldFault>| faults.extend(result.err().map(|fault| (field, fault)));
    check(UserField::Username, names::check_username(&draft.username));
    let email = draft.email.trim();
    if !email.is_empty() {
        check(UserField::Email, names::check_email(email));
    }
    name(&mut row, draft);
    match phone::normalise(&draft.phone, &app.config.default_country_code) {
        Ok(number) if row.phone.as_ref() == Some(&number) => {}
        Ok(number) => (row.phone, row.phone_source) = (Some(number), Some(Source::Admin)),
        Err(PhoneFault::Absent) => (row.phone, row.phone_source) = (None, None),
        Err(PhoneFault::Unusable) => check(UserField::Phone, Err(FieldFault::BadPhone)),
    }
    if let Some(password) = &draft.password {
        check(
            UserField::Password,
            passwords::check_new(password.expose_secret(), &[&row.username, &row.nickname, email]),
        );
    }
    if faults.is_empty() { Ok(row) } else { Err(UserRefused::Invalid(faults)) }
}

/// What the draft makes of how the user is called.
fn name(row: &mut UserRow, draft: &UserDraft) {
    row.username = draft.username.trim().to_owned();
    row.username_key = names::fold(&draft.username);
    let nickname = Some(names::tame(&draft.nickname)).filter(|name| !name.is_empty());
    let nickname = nickname.unwrap_or_else(|| row.username.clone());
    if nickname != row.nickname {
        (row.nickname, row.nickname_source) = (nickname, Source::Admin);
    }
    let email = Some(draft.email.trim().to_owned()).filter(|email| !email.is_empty());
    if email != row.email {
        (row.email, row.email_source) = (email, Source::Admin);
    }
    row.email_key = row.email.as_deref().map(names::fold);
}

/// One person's username or e-mail address must not let them in as another.
pub(super) async fn check_free(conn: &mut Conn, user: &UserRow) -> Result<(), UserRefused> {
    let mut faults = Vec::new();
    let keys = [(UserField::Username, Some(&user.username_key)), (UserField::Email, user.email_key.as_ref())];
    for (field, key) in keys {
        let Some(key) = key else { continue };
        if users::find_by_login(conn, key).await?.is_some_and(|other| other.id != user.id) {
            faults.push((field, FieldFault::Taken));
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(UserRefused::Invalid(faults)) }
}
