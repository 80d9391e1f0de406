//! `gatehouse admin`: the first administrator, and the way back in when nobody has one.

use clap::{Args, Subcommand};
use secrecy::SecretString;

use super::Problem;
use super::flags::Flags;
use super::terminal::{Credentials, say, words};
use crate::app::App;
use crate::authenticators::service::Mandate;
use crate::authenticators::{self, PASSWORD};
use crate::store;
use crate::ui::role::Role;
use crate::users::first::one_time_password;
use crate::users::service::{self, UserDraft};
use crate::users::{names, service::UserWithRoles};

/// Whose doing it is, in the journal.
const ACTOR: &str = "command-line";

#[derive(Subcommand)]
pub(super) enum Command {
    /// Create an administrator and print a one-time password.
    Create(New),
    /// Print a new password for somebody, end their sessions, and let them in again: a disabled account and the
    /// password sign-in are switched on.
    ResetPassword {
        /// Their username.
        #[arg(long, value_name = "NAME")]
        username: String,
    },
}

/// Who the administrator is.
#[derive(Args)]
pub(super) struct New {
    /// What they sign in with.
    #[arg(long, value_name = "NAME")]
    username: String,
    /// What others see; the username by default.
    #[arg(long, value_name = "NAME", default_value = "")]
    nickname: String,
    /// Their e-mail address.
    #[arg(long, value_name = "ADDRESS", default_value = "")]
    email: String,
}

pub(super) async fn run(flags: &Flags, command: Command) -> Result<(), Problem> {
    let app = flags.open().await?;
    match command {
        Command::Create(new) => create(&app, new).await,
        Command::ResetPassword { username } => reset_password(&app, &username).await,
    }
}

async fn create(app: &App, new: New) -> Result<(), Problem> {
    let password = one_time_password(&*app.entropy);
    let draft = UserDraft {
        username: new.username.clone(),
        nickname: new.nickname,
        email: new.email,
        roles: vec![Role::Administrator, Role::Member],
        password: Some(SecretString::from(password.as_str())),
        ..UserDraft::default()
    };
    service::create(app, ACTOR, draft).await?;
    let headline = words().with("cli-administrator-created", &[("name", new.username.clone().into())]);
    tell(app, &headline, &new.username, &password)
}

async fn reset_password(app: &App, username: &str) -> Result<(), Problem> {
    let UserWithRoles { user, roles } = find(app, username).await?;
    let password = one_time_password(&*app.entropy);
    service::set_password(app, ACTOR, &user.id, &SecretString::from(password.as_str()), "").await?;
    let words = words();
    let headline = words.with("cli-password-reset", &[("name", user.username.clone().into())]);
    tell(app, &headline, &user.username, &password)?;
    if user.disabled {
        service::set_enabled(app, ACTOR, &user.id, true).await?;
        say(words.t("cli-account-enabled"))?;
    }
    if !app.authenticators.password_is_enabled() {
        authenticators::service::set_enabled(app, &Mandate::of(ACTOR), PASSWORD, true).await?;
        say(words.t("cli-password-sign-in-enabled"))?;
    }
    if !roles.contains(&Role::Administrator) {
        say(words.t("cli-no-administrator"))?;
    }
    Ok(())
}

async fn find(app: &App, username: &str) -> Result<UserWithRoles, Problem> {
    let user = {
        let mut conn = app.store.read().await?;
        store::users::find_by_username(&mut conn, &names::fold(username)).await?
    };
    let unknown = || Problem::other(format!("there is no user called {username}"));
    let id = user.map(|user| user.id).ok_or_else(unknown)?;
    service::find(app, &id).await?.ok_or_else(unknown)
}

fn tell(app: &App, headline: &str, username: &str, password: &str) -> Result<(), Problem> {
    let address = format!("{}{}", app.origin, app.urls.sign_in(None));
    Credentials { address: &address, username, password }.say(headline)
}
