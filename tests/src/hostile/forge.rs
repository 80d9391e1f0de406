//! Who makes hostile packages: somebody with a good package, and with a key that signs anything.

use std::collections::BTreeMap;
use std::io::Read;

use flate2::read::GzDecoder;
use gatehouse::plugins::package::pack::pack;
use gatehouse::plugins::package::{MANIFEST, SIGNATURE};
use minisign::{KeyPair, PublicKey, SecretKey, SecretKeyBox};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::tar::{self, Entry};

/// A good package taken apart, and a key that signs whatever is made of it.
pub struct Forge {
    pub(super) key: SecretKey,
    public: String,
    pub(super) manifest: Value,
    /// Every file but the manifest.
    pub(super) files: BTreeMap<String, Vec<u8>>,
}

impl Forge {
    /// Takes the package of a library as the good one, and makes a key.
    pub fn new(library: &[u8]) -> Self {
        Self::with_key(KeyPair::generate_unencrypted_keypair().unwrap().sk, library)
    }

    /// The same with the key in the text of a key file.
    pub(crate) fn with_key_file(text: &str, library: &[u8]) -> Self {
        Self::with_key(SecretKeyBox::from(text.to_owned()).into_unencrypted_secret_key().unwrap(), library)
    }

    fn with_key(key: SecretKey, library: &[u8]) -> Self {
        let texts = BTreeMap::from([("README.md".to_owned(), b"# A plug-in\n".to_vec())]);
        let packed = pack(&[library.into()], &texts).unwrap_or_else(|why| panic!("no package: {why}"));
        let mut files = unpack(&packed.bytes);
        let manifest = serde_json::from_slice(&files.remove(MANIFEST).unwrap()).unwrap();
        let public = PublicKey::from_secret_key(&key).unwrap().to_base64();
        Self { key, public, manifest, files }
    }

    /// The public key, as configuration has it.
    pub fn public(&self) -> String {
        self.public.clone()
    }

    /// The good package, signed: the one that gets in.
    pub fn good(&self) -> Vec<u8> {
        self.signed(&self.document(), &self.files)
    }

    /// The good manifest's bytes.
    pub(super) fn document(&self) -> Vec<u8> {
        self.manifest.to_string().into_bytes()
    }

    /// Name of the library for this machine.
    pub(super) fn library(&self) -> String {
        self.files.keys().find(|name| name.starts_with("lib/")).unwrap().clone()
    }

    /// The good manifest with one value exchanged.
    pub(super) fn with(&self, pointer: &str, value: Value) -> Vec<u8> {
        let mut manifest = self.manifest.clone();
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        manifest.pointer_mut(parent).unwrap()[name] = value;
        manifest.to_string().into_bytes()
    }

    /// A package of any manifest and any files, with a signature that is right.
    pub(super) fn signed(&self, document: &[u8], files: &BTreeMap<String, Vec<u8>>) -> Vec<u8> {
        package(document, Some(&self.signature(document)), files)
    }

    /// The right signature over any bytes, for the good plug-in.
    pub(super) fn signature(&self, document: &[u8]) -> String {
        sign(&self.key, document, &self.comment())
    }

    /// What the trusted comment has to say.
    pub(super) fn comment(&self) -> String {
        let said = |name: &str| self.manifest[name].as_str().unwrap().to_owned();
        format!("gatehouse plug-in {} {}", said("id"), said("version"))
    }

    /// The files with one more or another one, and a manifest that lists them as they are.
    pub(super) fn honest(&self, name: &str, content: &[u8]) -> (Vec<u8>, BTreeMap<String, Vec<u8>>) {
        let mut files = self.files.clone();
        files.insert(name.to_owned(), content.to_vec());
        let sha256: String = Sha256::digest(content).iter().map(|byte| format!("{byte:02x}")).collect();
        let mut manifest = self.manifest.clone();
        manifest["files"][name] = json!({ "sha256": sha256, "size": content.len() });
        (manifest.to_string().into_bytes(), files)
    }
}

/// A signature in minisign's form.
pub(super) fn sign(key: &SecretKey, document: &[u8], comment: &str) -> String {
    let public = PublicKey::from_secret_key(key).unwrap();
    minisign::sign(Some(&public), key, document, Some(comment), Some("untrusted")).unwrap().into_string()
}

/// The entries of a package in the usual order.
pub(super) fn entries(document: &[u8], signature: Option<&str>, files: &BTreeMap<String, Vec<u8>>) -> Vec<Entry> {
    let mut entries = vec![Entry::new(MANIFEST, document)];
    entries.extend(signature.map(|text| Entry::new(SIGNATURE, text)));
    entries.extend(files.iter().map(|(name, content)| Entry::new(name, content.clone())));
    entries
}

pub(super) fn package(document: &[u8], signature: Option<&str>, files: &BTreeMap<String, Vec<u8>>) -> Vec<u8> {
    tar::archive(&entries(document, signature, files))
}

/// The files of a package that a host made.
fn unpack(package: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut tar = Vec::new();
    GzDecoder::new(package).read_to_end(&mut tar).unwrap();
    let mut files = BTreeMap::new();
    let mut rest = &tar[..];
    while rest[0] != 0 {
        let (header, after) = rest.split_at(512);
        let text =
            |field: &[u8]| String::from_utf8(field.iter().copied().take_while(|byte| *byte != 0).collect()).unwrap();
        let size = usize::from_str_radix(&text(&header[124..136]), 8).unwrap();
        files.insert(text(&header[..100]), after[..size].to_vec());
        rest = &after[size.next_multiple_of(512)..];
    }
    files
}
