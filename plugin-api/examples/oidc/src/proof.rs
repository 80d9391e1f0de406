//! What ties the answer of the provider to this attempt and to nobody else's: PKCE (RFC 7636) and the nonce.

use plugin_api::{Context, Fault, FaultKind};
use sha2::{Digest, Sha256};

use crate::encoding::base64url;

/// Two secrets of one attempt. They wait in the memo, which the host keeps sealed.
pub(crate) struct Proof {
    verifier: [u8; 32],
    nonce: [u8; 32],
}

impl Proof {
    /// Fresh ones.
    ///
    /// # Errors
    /// When the host lends no random bytes.
    pub(crate) fn drawn(cx: &Context) -> Result<Self, Fault> {
        Ok(Self { verifier: cx.random()?, nonce: cx.random()? })
    }

    /// Those of the memo.
    ///
    /// # Errors
    /// [`FaultKind::CodeRejected`] for a memo of another version: an upgrade came in between.
    pub(crate) fn remembered(memo: &[u8]) -> Result<Self, Fault> {
        let halves = memo.split_first_chunk().and_then(|(verifier, rest)| Some((verifier, rest.try_into().ok()?)));
        let (verifier, nonce) =
            halves.ok_or_else(|| Fault::new(FaultKind::CodeRejected, "the attempt began with another version"))?;
        Ok(Self { verifier: *verifier, nonce })
    }

    pub(crate) fn memo(&self) -> Vec<u8> {
        [self.verifier, self.nonce].concat()
    }

    /// The code verifier: 43 characters, as section 4.1 recommends.
    pub(crate) fn verifier(&self) -> String {
        base64url(&self.verifier)
    }

    /// The code challenge of the method S256 (section 4.2).
    pub(crate) fn challenge(&self) -> String {
        base64url(&Sha256::digest(self.verifier()))
    }

    /// The nonce (Core section 3.1.2.1).
    pub(crate) fn nonce(&self) -> String {
        base64url(&self.nonce)
    }
}
