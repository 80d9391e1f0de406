//! Libraries of earlier versions, as they were built then, in today's host. `tests/fixtures/README.md` tells how.

use std::path::{Path, PathBuf};

use plugin_api::host::open;
use plugin_api::testing::{FakeHost, json_reply};
use plugin_api::{About, FaultKind, MigrateRequest, PluginHandle, ResolveRequest, Severity};
use serde_json::json;

use crate::libraries::{begin_request, callback, library, settings};

/// A kept file; `None`, and a line that says so, where there is none for this machine.
pub(crate) fn kept(version: &str, name: &str, ending: &str) -> Option<PathBuf> {
    let name = format!("tests/fixtures/{version}/{name}-{}{ending}", env!("GATEHOUSE_TARGET"));
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(&name);
    if path.is_file() {
        return Some(path);
    }
    eprintln!("skipped: there is no {name}");
    None
}

#[test]
fn a_library_of_version_1_0_works_unchanged() {
    let Some(path) = kept("1.0", "smallest", ".so") else { return };
    works_unchanged(&path, ("1.0", "1.0.0"), "the plug-in was built before this method was there");
}

#[test]
fn a_library_of_version_1_1_works_unchanged() {
    let Some(path) = kept("1.1", "smallest", ".so") else { return };
    works_unchanged(&path, ("1.1", "1.1.0"), "the plug-in looks up no identifiers");
}

/// Plug-ins of all ages live in one process, whoever comes first.
#[test]
fn all_ages_together_the_oldest_first() {
    together(["1.0", "1.1", "today"]);
}

#[test]
fn all_ages_together_the_latest_first() {
    together(["today", "1.1", "1.0"]);
}

fn together(ages: [&str; 3]) {
    let file = |age: &str| if age == "today" { Some(library("smallest")) } else { kept(age, "smallest", ".so") };
    let files: Vec<PathBuf> = ages.into_iter().filter_map(file).collect();
    let all: Vec<_> = files.iter().map(|path| open(path).unwrap_or_else(|error| panic!("{error}")).handle).collect();
    all.iter().for_each(|plugin| signs_in(&**plugin));
}

/// Calls every method that there is today; `no_resolve` is what the library says to the one that came with 1.1.
fn works_unchanged(path: &Path, built_with: (&str, &str), no_resolve: &str) {
    let opened = open(path).unwrap();
    assert_eq!((opened.build.api.as_str(), opened.build.sdk.as_str()), built_with);
    let plugin = opened.handle;
    signs_in(&*plugin);
    let host = FakeHost::offline();
    host.run(plugin.ping()).unwrap().unwrap();

    let request = ResolveRequest { authenticator_type: "example".into(), kind: "x".into(), values: vec!["1".into()] };
    let fault = host.run(plugin.resolve(settings(), host.lender(), request)).unwrap().unwrap_err();
    assert_eq!((fault.kind, fault.chain[0].as_str()), (FaultKind::Misconfigured, no_resolve));
    let request =
        MigrateRequest { authenticator_type: "example".into(), from_version: "0.9.0".into(), settings: settings() };
    let fault = host.run(plugin.migrate(settings(), host.lender(), request)).unwrap().unwrap_err();
    assert_eq!(fault.chain, ["the plug-in was built before this method was there"]);
}

fn signs_in(plugin: &dyn PluginHandle) {
    let host = FakeHost::new(|_| json_reply(200, &json!({ "id": "u1", "name": "张三" })));
    let types = plugin.authenticator_types().unwrap();
    assert!(types[0].client.is_none() && types[0].panel.is_none() && types[0].keys.is_empty());
    let begun = host.run(plugin.begin(settings(), host.lender(), begin_request())).unwrap().unwrap();
    assert!(begun.authorize_url.starts_with("https://id.example/base/authorize?"));
    let identity = host.run(plugin.finish(settings(), host.lender(), callback("good"))).unwrap().unwrap();
    assert_eq!((identity.subject.as_str(), identity.member, identity.realm), ("u1", false, None));
    let findings = host.run(plugin.check(settings(), host.lender(), About::of("example", "https://h/cb"))).unwrap();
    assert_eq!(findings.unwrap()[0].severity, Severity::Good);
}
