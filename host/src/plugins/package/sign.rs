//! Signing: with minisign's keys and in minisign's form, so that its own tools can check what we sign.

use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use minisign::{KeyPair, PublicKey, SecretKey, SecretKeyBox};
use zeroize::Zeroizing;

use super::archive::{self, Entry};
use super::names::{ICON, MANIFEST, SIGNATURE, target_of};
use super::open::Files;
use super::write::write;
use super::{PackageFault, PackageManifest, agreement, signature};
use crate::plugins::Refused;
use crate::plugins::inspect::examine_foreign;

/// A key that signs. It has no text form but the one for its file, so that no log can ever show it.
pub struct SigningKey(SecretKey);

/// Why a key cannot be made or read. Says nothing of the key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyFault {
    /// The file holds no secret key of minisign.
    NotAKey,
    /// The key is protected, and no password was given.
    Protected,
    /// The password is another one, or the file is damaged.
    WrongPassword,
    /// The system gave no random numbers, or not enough memory.
    System,
}

impl SigningKey {
    /// A new key. The crate draws its random numbers from the operating system itself.
    ///
    /// # Errors
    /// [`KeyFault::System`].
    pub fn generate() -> Result<Self, KeyFault> {
        KeyPair::generate_unencrypted_keypair().map(|pair| Self(pair.sk)).map_err(|_| KeyFault::System)
    }

    /// A new key, and the text of its file, which only the password opens.
    ///
    /// # Errors
    /// [`KeyFault::System`].
    pub fn generate_protected(password: &str) -> Result<(Self, Zeroizing<String>), KeyFault> {
        let pair = KeyPair::generate_encrypted_keypair(Some(password.to_owned())).map_err(|_| KeyFault::System)?;
        let text = pair.sk.to_box(Some("secret key for Gatehouse plug-ins")).map_err(|_| KeyFault::System)?;
        let text = Zeroizing::new(text.into_string());
        Ok((Self::read(&text, Some(password))?, text))
    }

    /// The text of the key's file, which nothing protects. For development, and for a vault that protects it.
    ///
    /// # Errors
    /// [`KeyFault::System`].
    pub fn unprotected_text(&self) -> Result<Zeroizing<String>, KeyFault> {
        let text = self.0.to_box(Some("unprotected secret key for Gatehouse plug-ins"));
        text.map(|text| Zeroizing::new(text.into_string())).map_err(|_| KeyFault::System)
    }

    /// Reads the text of a key's file.
    ///
    /// # Errors
    /// [`KeyFault`].
    pub fn read(text: &str, password: Option<&str>) -> Result<Self, KeyFault> {
        let text = SecretKeyBox::from(text.to_owned());
        if let Ok(key) = text.clone().into_unencrypted_secret_key() {
            return Ok(Self(key));
        }
        is_protected(&text)?;
        let password = password.ok_or(KeyFault::Protected)?;
        text.into_secret_key(Some(password.to_owned())).map(Self).map_err(|_| KeyFault::WrongPassword)
    }

    /// The public key in one line, `RW…`, as configuration has it.
    ///
    /// # Errors
    /// [`KeyFault::NotAKey`].
    pub fn public(&self) -> Result<String, KeyFault> {
        PublicKey::from_secret_key(&self.0).map(|key| key.to_base64()).map_err(|_| KeyFault::NotAKey)
    }
}

/// Signs a package, in the place of the signature that it may have. Blocks.
///
/// A signature has randomness of its own, so the same package signed twice is two packages.
///
/// # Errors
/// [`Refused`] when it is no package, or one that contradicts itself: nobody should vouch for that.
pub fn sign(package: &[u8], key: &SigningKey) -> Result<Vec<u8>, Refused> {
    let mut entries = archive::read(package, |_| true)?;
    entries.retain(|entry| entry.path != SIGNATURE);
    let files = Files(entries);
    let document = files.bytes(MANIFEST).ok_or(PackageFault::NoManifest)?;
    let manifest = PackageManifest::parse(document)?;
    check(&files, &manifest)?;
    let signature = signature_of(document, &manifest, key)?;
    let rest = files.0.iter().filter(|entry| entry.path != MANIFEST).filter_map(Entry::whole);
    let first = [(MANIFEST, document), (SIGNATURE, signature.as_bytes())];
    Ok(write(first.into_iter().chain(rest)).map_err(PackageFault::damaged)?)
}

/// Every file is as the manifest says, and so is every library, for whichever target.
fn check(files: &Files, manifest: &PackageManifest) -> Result<(), Refused> {
    if let Some(file) = files.different(manifest) {
        return Err(PackageFault::Modified(file).into());
    }
    let icon = files.bytes(ICON).map(String::from_utf8_lossy);
    for (path, bytes) in files.0.iter().filter_map(Entry::whole) {
        if let Some(target) = target_of(path) {
            let library = examine_foreign(Path::new(path), &bytes.into())?;
            agreement::check(manifest, icon.as_deref(), target, &library)?;
        }
    }
    Ok(())
}

fn signature_of(document: &[u8], manifest: &PackageManifest, key: &SigningKey) -> Result<String, Refused> {
    let trusted = signature::comment(&manifest.id, &manifest.version);
    let untrusted = "signature of a Gatehouse plug-in";
    let signed = minisign::sign(None, &key.0, document, Some(&trusted), Some(untrusted));
    signed.map(|signed| signed.into_string()).map_err(|error| PackageFault::CannotSign(error.to_string()).into())
}

/// Whether this is a key that wants a password, rather than no key.
fn is_protected(text: &SecretKeyBox) -> Result<(), KeyFault> {
    let text = Zeroizing::new(text.to_string());
    let encoded = text.lines().nth(1).unwrap_or_default();
    let bytes = STANDARD.decode(encoded).map_err(|_| KeyFault::NotAKey)?;
    // Two letters for the signature, two for the derivation from a password: scrypt.
    if bytes.get(2..4) == Some(b"Sc") { Ok(()) } else { Err(KeyFault::NotAKey) }
}

impl std::fmt::Display for KeyFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::NotAKey => "this is no secret key that \"gatehouse plugin keygen\" made",
            Self::Protected => "the key wants its password",
            Self::WrongPassword => "the password does not open the key",
            Self::System => "the system has no random numbers, or too little memory",
        })
    }
}

impl std::error::Error for KeyFault {}
