//! Why nothing was changed.

use super::Unfit;
use crate::authenticators::service::Refused as AuthenticatorsRefused;
use crate::failure::Failure;
use crate::plugins::Refused;

/// Why nothing was changed.
#[derive(Debug)]
pub(crate) enum ChangeRefused {
    /// There is no plug-in, or no release, of this name.
    NotFound,
    /// It was refused or failed; its card tells why.
    Plugin(Refused),
    /// Without it nobody could sign in.
    LastWayIn,
    /// These settings do not fit the release; whoever insists has these authenticators switched off.
    Settings(Vec<Unfit>),
    /// It is older than what was enabled last, and nobody said that this is meant.
    Older {
        /// The version that was enabled last.
        than: String,
    },
    /// It did not do in a rehearsal what the release that runs does.
    Rehearsal {
        /// The uid of the authenticator that it was tried with; empty for none.
        uid: String,
        /// What it said.
        said: String,
    },
    /// It runs: it has to be disabled before it is removed.
    StillEnabled,
    /// It lies in the folder of the server, which is not the host's to change.
    InFolder,
    /// There is nothing to go back to.
    NoWayBack,
    /// A fault of ours.
    Failure(Failure),
}

impl From<Failure> for ChangeRefused {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

impl From<crate::store::StoreError> for ChangeRefused {
    fn from(error: crate::store::StoreError) -> Self {
        Self::Failure(error.into())
    }
}

impl From<Refused> for ChangeRefused {
    fn from(why: Refused) -> Self {
        if why == Refused::NotFound { Self::NotFound } else { Self::Plugin(why) }
    }
}

impl From<AuthenticatorsRefused> for ChangeRefused {
    fn from(refused: AuthenticatorsRefused) -> Self {
        match refused {
            AuthenticatorsRefused::LastWayIn => Self::LastWayIn,
            AuthenticatorsRefused::Failure(failure) => Self::Failure(failure),
            _ => Self::NotFound,
        }
    }
}
