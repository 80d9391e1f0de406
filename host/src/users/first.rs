//! The first administrator, who is there after the first start.

use secrecy::SecretString;
use zeroize::Zeroizing;

use super::service::{self, UserDraft, UserRefused};
use crate::app::{App, Core};
use crate::clock::Entropy;
use crate::failure::Failure;
use crate::store::users;
use crate::ui::role::Role;

/// Whose doing it is, in the journal.
const ACTOR: &str = "first-start";

impl Core {
    /// Makes the user `admin` if there are no users at all, and returns their password, which nobody can tell again.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn first_administrator(self: &App) -> Result<Option<Zeroizing<String>>, Failure> {
        let count = {
            let mut conn = self.store.read().await?;
            users::count(&mut conn).await?
        };
        if count > 0 {
            return Ok(None);
        }
        let password = one_time_password(&*self.entropy);
        let draft = UserDraft {
            username: "admin".into(),
            nickname: "Administrator".into(),
            roles: vec![Role::Administrator, Role::Member],
            password: Some(SecretString::from(password.as_str())),
            ..UserDraft::default()
        };
        match service::create(self, ACTOR, draft).await {
            Ok(_) => Ok(Some(password)),
            // Another node was first.
            Err(UserRefused::Invalid(_)) => Ok(None),
            Err(UserRefused::Failure(failure)) => Err(failure),
            Err(_) => Err(Failure::new("the first administrator was refused")),
        }
    }
}

/// A password that can be read out and typed: twenty letters and digits in groups of five, 99 bits.
pub(crate) fn one_time_password(entropy: &dyn Entropy) -> Zeroizing<String> {
    // Without letters and digits that look alike; 31 of them, so a byte below 248 picks one without bias.
    const LETTERS: &[u8; 31] = b"23456789abcdefghjkmnpqrstuvwxyz";
    let mut text = Zeroizing::new(String::with_capacity(23));
    let mut count = 0;
    while count < 20 {
        let [byte] = entropy.array::<1>();
        if byte >= 248 {
            continue;
        }
        if count > 0 && count % 5 == 0 {
            text.push('-');
        }
        text.push(char::from(LETTERS[usize::from(byte % 31)]));
        count += 1;
    }
    text
}
