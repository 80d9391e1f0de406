//! Who signed a manifest.
//!
//! A signature is a file of minisign: an untrusted comment that nobody reads here, the key's id and the signature, a
//! trusted comment, and a signature over both. The trusted comment names the plug-in and its version, so that what a
//! person sees when looking at the file alone is what was signed.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use minisign_verify::Signature;

use super::trust::{KeyId, Trust, TrustedKeys};

/// What the trusted comment says.
pub(super) fn comment(id: &str, version: &str) -> String {
    format!("gatehouse plug-in {id} {version}")
}

/// What a signature makes of a manifest: never [`Trust::Modified`], which is about the other files.
pub(super) fn judge(manifest: &[u8], signature: Option<&[u8]>, comment: &str, keys: &TrustedKeys) -> Trust {
    let Some(bytes) = signature else { return Trust::Unsigned };
    let Some((id, signature)) = read(bytes) else { return Trust::Invalid };
    let Some(trusted) = keys.find(id) else { return Trust::UnknownKey { key_id: id.to_string() } };
    // Signatures of minisign's old kind, over the bytes instead of their hash, are not accepted.
    let verified = trusted.key.verify(manifest, &signature, false).is_ok();
    if verified && signature.trusted_comment() == comment {
        Trust::Trusted { key: trusted.name.clone(), key_id: id.to_string() }
    } else {
        Trust::Invalid
    }
}

/// Four lines and nothing else.
fn read(bytes: &[u8]) -> Option<(KeyId, Signature)> {
    let text = std::str::from_utf8(bytes).ok()?;
    let [_, encoded, _, _] = text.lines().collect::<Vec<_>>()[..] else { return None };
    let id = STANDARD.decode(encoded).ok()?.get(2..10)?.try_into().ok()?;
    Some((KeyId(id), Signature::decode(text).ok()?))
}
