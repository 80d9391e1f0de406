//! The kinds of requests that there are.

use std::time::Duration;

/// What a request is for. The host measures, limits and reports by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Leg {
    /// The code of the sign-in page becomes a user token.
    UserToken,
    /// Who the user token belongs to.
    Profile,
    /// The application's own token.
    AppToken,
    /// The code of the client becomes a member.
    ClientCode,
    /// Whether somebody belongs to the organisation.
    Member,
    /// What the organisation's directory says about a member.
    Staff,
    /// Which other `unionId` a person has or had.
    Migration,
    /// Which part of the directory the application may read.
    Scopes,
    /// Whether the application belongs to the organisation.
    Organisation,
    /// Who has a telephone number.
    Mobile,
}

impl Leg {
    /// The name for the host.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::UserToken => "user-token",
            Self::Profile => "profile",
            Self::AppToken => "app-token",
            Self::ClientCode => "client-code",
            Self::Member => "member",
            Self::Staff => "staff",
            Self::Migration => "migration",
            Self::Scopes => "scopes",
            Self::Organisation => "organisation",
            Self::Mobile => "mobile",
        }
    }

    /// What is being done, for the log.
    pub(crate) const fn step(self) -> &'static str {
        match self {
            Self::UserToken => "exchanging the code for a user token",
            Self::Profile => "asking who the person is",
            Self::AppToken => "asking for an application token",
            Self::ClientCode => "asking whom the client's code belongs to",
            Self::Member => "asking whether the person belongs to the organisation",
            Self::Staff => "asking what the directory says about the member",
            Self::Migration => "asking for the person's other unionId",
            Self::Scopes => "asking which part of the directory the application may read",
            Self::Organisation => "asking whether the application belongs to the organisation",
            Self::Mobile => "asking who has the telephone number",
        }
    }

    /// Whether the request carries a one-time code. It is sent once, whatever comes of it.
    pub(crate) const fn carries_code(self) -> bool {
        matches!(self, Self::UserToken | Self::ClientCode)
    }

    /// How long one exchange may take. DingTalk's gateway itself gives up after three seconds; a code is worth waiting
    /// for, because there is no second try.
    pub(crate) const fn patience(self) -> Duration {
        Duration::from_secs(if self.carries_code() { 8 } else { 5 })
    }
}
