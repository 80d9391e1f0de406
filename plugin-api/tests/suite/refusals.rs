//! Files that are not opened, and what is said about them.

use std::path::Path;

use plugin_api::host::{OpenError, open};

use crate::libraries::{library, open_altered};

#[test]
fn a_file_that_is_no_library() {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("text.so");
    std::fs::write(&path, "not a library").unwrap();
    for path in [path.as_path(), Path::new("/does/not/exist.so")] {
        let error = open(path).unwrap_err();
        assert!(matches!(&error, OpenError::Dlopen { full } if !full.is_empty()), "{error}");
        assert_eq!(error.summary(), "the system cannot load this file as a library");
    }
}

#[test]
fn a_name_without_a_folder_is_not_looked_for_among_the_systems_libraries() {
    assert!(matches!(open(Path::new("libm.so.6")), Err(OpenError::Dlopen { .. })));
}

#[test]
fn a_library_that_is_no_plugin() {
    let error = open_altered("impostor", "gatehouse_plugin_v1", "gatehouse_plugin_v9").unwrap_err();
    assert!(matches!(&error, OpenError::NoRoot { full } if full.contains("gatehouse_plugin_v1")), "{error}");
}

#[test]
fn a_library_with_something_else_under_our_symbol() {
    let error = open(&library("impostor")).unwrap_err();
    assert!(matches!(&error, OpenError::Header { .. }), "{error}");
}

#[test]
fn a_plugin_for_another_major_version() {
    let error = open_altered("smallest", "1.2.0", "2.2.0").unwrap_err();
    assert_eq!(error, OpenError::ApiVersion { plugin: "2.2.0".into(), host: "1.2.0".into() });
}

#[test]
fn a_plugin_for_a_later_patch_is_welcome() {
    open_altered("smallest", "1.2.0", "1.2.9").unwrap();
}

#[test]
fn a_plugin_with_another_interface() {
    let error = open_altered("smallest", "cache_settle", "cache_bottle").unwrap_err();
    let OpenError::Layout { errors, full } = &error else { panic!("{error}") };
    assert!(!errors.is_empty() && full.len() > 1000, "{errors:?}");
    assert!(error.to_string().len() < 2000, "the short text is short: {error}");
}
