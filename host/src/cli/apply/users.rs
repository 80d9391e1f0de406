//! `[[users]]`.

use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

use super::given::Given;
use super::{ACTOR, Change, Run};
use crate::cli::Problem;
use crate::store::users::{self, UserRow};
use crate::ui::role::Role;
use crate::users::names;
use crate::users::service::{self, UserDraft, UserWithRoles};

/// What the file says about one user. What it does not say stays, or is empty for a new user.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct UserSpec {
    pub(super) username: String,
    nickname: Option<Given>,
    email: Option<Given>,
    phone: Option<Given>,
    roles: Option<Vec<String>>,
    password: Option<Given>,
    enabled: Option<bool>,
}

impl UserSpec {
    pub(super) async fn apply(&self, run: &Run<'_>) -> Result<Change, Problem> {
        match self.find(run).await? {
            None => self.create(run).await,
            Some(before) => self.update(run, before).await,
        }
    }

    async fn find(&self, run: &Run<'_>) -> Result<Option<UserWithRoles>, Problem> {
        let user = {
            let mut conn = run.app.store.read().await?;
            users::find_by_username(&mut conn, &names::fold(&self.username)).await?
        };
        match user {
            Some(user) => Ok(service::find(run.app, &user.id).await?),
            None => Ok(None),
        }
    }

    async fn create(&self, run: &Run<'_>) -> Result<Change, Problem> {
        let nobody = UserWithRoles { user: UserRow::default(), roles: vec![Role::Member] };
        let draft = self.draft(run, &nobody).await?;
        if run.dry {
            service::fill(run.app, UserRow::default(), &draft)?;
            return Ok(Change::Created);
        }
        let id = service::create(run.app, ACTOR, draft).await?;
        if self.enabled == Some(false) {
            service::set_enabled(run.app, ACTOR, &id, false).await?;
        }
        Ok(Change::Created)
    }

    async fn update(&self, run: &Run<'_>, before: UserWithRoles) -> Result<Change, Problem> {
        let draft = self.draft(run, &before).await?;
        let filled = service::fill(run.app, before.user.clone(), &draft)?;
        let differs = draft.password.is_some() || draft.roles != before.roles || told(&filled) != told(&before.user);
        let switched = self.enabled.filter(|enabled| *enabled == before.user.disabled);
        if !run.dry && differs {
            service::update(run.app, ACTOR, &before.user.id, draft).await?;
        }
        if let Some(enabled) = switched.filter(|_| !run.dry) {
            service::set_enabled(run.app, ACTOR, &before.user.id, enabled).await?;
        }
        Ok(if differs || switched.is_some() { Change::Changed } else { Change::Unchanged })
    }

    /// What would be entered on the page.
    async fn draft(&self, run: &Run<'_>, before: &UserWithRoles) -> Result<UserDraft, Problem> {
        let text = |given: &Option<Given>, name: &str, old: Option<&str>| match given {
            Some(given) => given.text(run.folder).map_err(|why| Problem::configuration(format!("{name}: {why}"))),
            None => Ok(old.unwrap_or_default().to_owned()),
        };
        let user = &before.user;
        Ok(UserDraft {
            username: self.username.clone(),
            nickname: text(&self.nickname, "nickname", Some(&user.nickname))?,
            email: text(&self.email, "email", user.email.as_deref())?,
            phone: text(&self.phone, "phone", user.phone.as_deref())?,
            roles: self.roles(&before.roles)?,
            password: self.password(run, user).await?,
        })
    }

    /// The roles, in the order in which the store gives them.
    fn roles(&self, before: &[Role]) -> Result<Vec<Role>, Problem> {
        let Some(names) = &self.roles else { return Ok(before.to_vec()) };
        if let Some(unknown) = names.iter().find(|name| Role::from_name(name).is_none()) {
            let known = Role::ALL.map(Role::name).join(", ");
            return Err(Problem::configuration(format!("roles: {unknown:?} is none of {known}")));
        }
        Ok(Role::ALL.into_iter().filter(|role| names.iter().any(|name| name == role.name())).collect())
    }

    /// The password, unless the user has it already.
    async fn password(&self, run: &Run<'_>, user: &UserRow) -> Result<Option<SecretString>, Problem> {
        let Some(given) = &self.password else { return Ok(None) };
        if given.is_here() {
            let why =
                "password: a secret does not belong in this file; write { env = \"NAME\" } or { file = \"PATH\" }";
            return Err(Problem::configuration(why));
        }
        let text = given.text(run.folder).map_err(|why| Problem::configuration(format!("password: {why}")))?;
        let password = SecretString::from(text);
        let known = user.password_hash.as_deref();
        let same = known.is_some() && run.app.passwords.verify(password.expose_secret(), known).await?;
        Ok((!same).then_some(password))
    }
}

/// What the file can change of a row.
fn told(user: &UserRow) -> (&str, &str, Option<&str>, Option<&str>) {
    (&user.username, &user.nickname, user.email.as_deref(), user.phone.as_deref())
}
