//! What this process lets in.

use super::Refused;
use super::package::{Trust, TrustedKeys};

/// What this process lets in. The default trusts nobody.
#[derive(Clone, Debug, Default)]
pub struct Policy {
    /// Whose signatures count.
    pub keys: TrustedKeys,
    /// Whether plug-ins that nobody known has signed may run as well. Only ever a flag at the start.
    pub allow_unsigned: bool,
    /// Whether no plug-in runs at all.
    pub safe_mode: bool,
}

impl Policy {
    /// Whether a release may be loaded. What is signed and was changed, or badly signed, never is.
    pub(super) fn admit(&self, trust: &Trust) -> Result<(), Refused> {
        if self.safe_mode {
            return Err(Refused::SafeMode);
        }
        Ok(trust.check(self.allow_unsigned)?)
    }
}

impl Trust {
    /// Whether somebody vouches for it whom this installation trusts.
    pub fn is_trusted(&self) -> bool {
        matches!(self, Self::Trusted { .. })
    }
}
