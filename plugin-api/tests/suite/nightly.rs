//! A library that another compiler built, in today's host.

use std::path::{Path, PathBuf};
use std::process::Command;

use plugin_api::host::open;
use plugin_api::testing::{FakeHost, json_reply};
use serde_json::json;

use crate::libraries::{begin_request, callback, settings};

/// The example `smallest` as the nightly toolchain builds it; `None`, and a line that says why, where there is none.
fn smallest_by_nightly() -> Option<PathBuf> {
    let toolchains = Command::new("rustup").args(["toolchain", "list"]).output().map(|output| output.stdout);
    let toolchains = String::from_utf8(toolchains.unwrap_or_default()).unwrap();
    let Some(nightly) = toolchains.split_whitespace().find(|name| name.starts_with("nightly")) else {
        eprintln!("skipped: there is no nightly toolchain");
        return None;
    };
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("nightly");
    let mut cargo = Command::new("rustup");
    cargo.args(["run", nightly, "cargo", "build", "--offline", "--quiet", "--package", "plugin-api"]);
    cargo.args(["--example", "smallest", "--target-dir"]).arg(&target).current_dir(env!("CARGO_MANIFEST_DIR"));
    // What the tests' own cargo says about its compiler is not for this one.
    for name in ["CARGO", "RUSTC", "RUSTDOC", "RUSTFLAGS", "RUSTUP_TOOLCHAIN"] {
        cargo.env_remove(name);
    }
    assert!(cargo.status().unwrap().success(), "nightly cannot build the example");
    Some(target.join("debug/examples/libsmallest.so"))
}

#[test]
fn a_library_that_nightly_built_works() {
    let Some(path) = smallest_by_nightly() else { return };
    let opened = open(&path).unwrap();
    assert!(opened.build.rustc.contains("nightly"), "{:?}", opened.build);
    let host = FakeHost::new(|_| json_reply(200, &json!({ "id": "u1", "name": "Ada" })));
    let plugin = opened.handle;
    assert_eq!(plugin.authenticator_types().unwrap()[0].id, "example");
    let begun = host.run(plugin.begin(settings(), host.lender(), begin_request())).unwrap().unwrap();
    assert!(begun.authorize_url.starts_with("https://id.example/base/authorize?"), "{}", begun.authorize_url);
    let identity = host.run(plugin.finish(settings(), host.lender(), callback("good"))).unwrap().unwrap();
    assert_eq!((identity.subject.as_str(), identity.name.unwrap().value.as_str()), ("u1", "Ada"));
}
