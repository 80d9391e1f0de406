//! What a host reads from a file before it opens it.

use plugin_api::host::{BUILD_SECTION, BuildInfo, MANIFEST_SECTION, ROOT_SYMBOL, open};
use plugin_api::{Ability, Manifest};

use crate::libraries::{library, section};

#[test]
fn the_manifest_is_in_its_section() {
    let file = std::fs::read(library("smallest")).unwrap();
    let manifest = Manifest::parse(&section(&file, MANIFEST_SECTION).unwrap()).unwrap();
    assert_eq!((manifest.id.as_str(), manifest.api.as_str()), ("example-smallest", "1.0"));
    assert_eq!((manifest.version_numbers(), manifest.abilities), (Some([1, 0, 0]), vec![Ability::SignIn]));
}

#[test]
fn every_example_has_a_good_manifest() {
    for name in ["smallest", "renewed", "panics", "hangs", "nonsense", "blocks", "stillborn"] {
        let file = std::fs::read(library(name)).unwrap();
        let manifest = Manifest::parse(&section(&file, MANIFEST_SECTION).unwrap()).unwrap();
        assert_eq!(manifest.id, format!("example-{name}"));
    }
}

#[test]
fn the_build_section_says_what_the_loaded_library_says() {
    let path = library("smallest");
    let build: BuildInfo =
        serde_json::from_slice(&section(&std::fs::read(&path).unwrap(), BUILD_SECTION).unwrap()).unwrap();
    assert_eq!(build, open(&path).unwrap().build);
}

#[test]
fn the_library_exports_the_root_symbol() {
    let file = std::fs::read(library("smallest")).unwrap();
    let names = section(&file, ".dynstr").unwrap();
    let names: Vec<&[u8]> = names.split(|byte| *byte == 0).collect();
    assert!(names.contains(&ROOT_SYMBOL.as_bytes()));
    let rust = names.iter().filter(|name| name.starts_with(b"_ZN") || name.starts_with(b"_R")).count();
    assert_eq!(rust, 0, "nothing of Rust is exported");
}
