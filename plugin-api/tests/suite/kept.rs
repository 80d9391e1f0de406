//! Libraries of earlier versions, as they were built then, in today's host. `tests/fixtures/README.md` tells how.

use std::path::{Path, PathBuf};

use plugin_api::host::open;
use plugin_api::testing::{FakeHost, json_reply};
use plugin_api::{About, FaultKind, ResolveRequest, Severity};
use serde_json::json;

use crate::libraries::{begin_request, callback, settings};

/// The example `smallest` of version 1.0, where the fixtures are for this machine.
fn smallest_of_1_0() -> Option<PathBuf> {
    let name = concat!("tests/fixtures/1.0/smallest-", env!("GATEHOUSE_TARGET"), ".so");
    Some(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).filter(|path| path.is_file())
}

#[test]
fn a_library_of_version_1_0_works_unchanged() {
    let Some(path) = smallest_of_1_0() else { return };
    let opened = open(&path).unwrap();
    assert_eq!((opened.build.api.as_str(), opened.build.sdk.as_str()), ("1.0", "1.0.0"));
    let host = FakeHost::new(|_| json_reply(200, &json!({ "id": "u1", "name": "张三" })));
    let plugin = opened.handle;

    let types = plugin.authenticator_types().unwrap();
    assert!(types[0].client.is_none() && types[0].panel.is_none() && types[0].keys.is_empty());
    let begun = host.run(plugin.begin(settings(), host.lender(), begin_request())).unwrap().unwrap();
    assert!(begun.authorize_url.starts_with("https://id.example/base/authorize?"));
    let identity = host.run(plugin.finish(settings(), host.lender(), callback("good"))).unwrap().unwrap();
    assert_eq!((identity.subject.as_str(), identity.member, identity.realm), ("u1", false, None));
    let findings = host.run(plugin.check(settings(), host.lender(), About::of("example", "https://h/cb"))).unwrap();
    assert_eq!(findings.unwrap()[0].severity, Severity::Good);

    let request = ResolveRequest { authenticator_type: "example".into(), kind: "x".into(), values: vec!["1".into()] };
    let unknown = host.run(plugin.resolve(settings(), host.lender(), request)).unwrap().unwrap_err();
    assert_eq!(unknown.kind, FaultKind::Misconfigured, "a method that was not there yet: {unknown}");
}
