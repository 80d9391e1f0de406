//! Libraries as signed packages, the way they come to a host.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use gatehouse::plugins::package::pack::{TEXTS, pack};
use gatehouse::plugins::package::sign::{SigningKey, sign};

use crate::files::target;
use crate::hostile::Forge;

/// The name under which hosts of the tests know the key that the tests sign with.
pub const KEY_NAME: &str = "tests";

/// A key that signs packages. All tests of a build folder share one.
pub struct Signer(SigningKey);

impl Signer {
    /// The key that hosts of the tests trust.
    pub fn trusted() -> Self {
        let folder = folder();
        let _alone = alone(&folder);
        let path = folder.join("key");
        if let Ok(text) = fs::read_to_string(&path) {
            return Self(SigningKey::read(&text, None).unwrap());
        }
        let key = SigningKey::generate().unwrap();
        fs::write(path, key.unprotected_text().unwrap().as_bytes()).unwrap();
        Self(key)
    }

    /// A key that nobody trusts.
    pub fn stranger() -> Self {
        Self(SigningKey::generate().unwrap())
    }

    /// The public key, as configuration has it.
    pub fn public(&self) -> String {
        self.0.public().unwrap()
    }

    /// What `GATEHOUSE_PLUGIN_KEYS` says so that a program trusts the key.
    pub fn variable(&self) -> String {
        format!("{{{KEY_NAME}=\"{}\"}}", self.public())
    }

    /// Somebody who has this key and signs anything.
    pub fn forge(&self, library: &[u8]) -> Forge {
        Forge::with_key_file(&self.0.unprotected_text().unwrap(), library)
    }

    /// A signed package of these bytes of a library, and the name of its file.
    pub fn package(&self, library: &[u8]) -> (String, Vec<u8>) {
        self.package_with(library, &BTreeMap::new())
    }

    /// The same, with texts by their names in packages.
    pub fn package_with(&self, library: &[u8], texts: &BTreeMap<String, Vec<u8>>) -> (String, Vec<u8>) {
        let packed = pack(&[library.into()], texts).unwrap_or_else(|why| panic!("no package: {why}"));
        let signed = sign(&packed.bytes, &self.0).unwrap_or_else(|why| panic!("not signed: {why}"));
        (packed.file_name, signed)
    }
}

/// A signed package of the library at `path`, made once for each build of it.
pub fn package_of(path: &Path) -> PathBuf {
    let about = fs::metadata(path).unwrap();
    let stem = path.file_stem().unwrap().to_string_lossy();
    let cached = folder().join(format!("{stem}-{}-{}.{:09}", about.size(), about.mtime(), about.mtime_nsec()));
    let signer = Signer::trusted();
    let _alone = alone(&folder());
    if !cached.is_dir() {
        let (name, bytes) = signer.package_with(&fs::read(path).unwrap(), &texts_of(path));
        let fresh = cached.with_extension("fresh");
        fs::create_dir_all(&fresh).unwrap();
        fs::write(fresh.join(name), bytes).unwrap();
        fs::rename(&fresh, &cached).unwrap();
    }
    fs::read_dir(cached).unwrap().next().unwrap().unwrap().path()
}

/// What the author of the DingTalk plug-in puts beside the library.
fn texts_of(library: &Path) -> BTreeMap<String, Vec<u8>> {
    if !library.ends_with("libauth_dingtalk.so") {
        return BTreeMap::new();
    }
    let crate_folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../plugin-auth-dingtalk");
    let texts = TEXTS.iter().filter_map(|name| Some(((*name).to_owned(), fs::read(crate_folder.join(name)).ok()?)));
    texts.collect()
}

fn folder() -> PathBuf {
    let folder = target().join("test-packages");
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Keeps other tests away until it is dropped.
fn alone(folder: &Path) -> File {
    let file = File::create(folder.join("lock")).unwrap();
    file.lock().unwrap();
    file
}
