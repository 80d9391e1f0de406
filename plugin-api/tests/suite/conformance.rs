//! The conformance list: the good examples pass, and each bad one fails where it should.

use plugin_api::host::MANIFEST_SECTION;
use plugin_api::testing::{Report, Rule, Sample, check_handle, check_plugin, json_reply};
use serde_json::{Value, json};

use crate::libraries::{library, plugin, section};

/// Tries the example `name`, whose type is `kind`.
fn report(name: &str, kind: &str, settings: [Value; 2]) -> Report {
    let [settings, other_settings] = settings;
    let sample = Sample::new(kind, settings, other_settings, |request| match request.url.rsplit('/').next() {
        Some("profile") => json_reply(200, &json!({ "id": "u1", "name": "Ada", "more": { "a": [1, null, true] } })),
        _ => json_reply(200, &json!({})),
    });
    let manifest = section(&std::fs::read(library(name)).unwrap(), MANIFEST_SECTION).unwrap();
    check_handle(&*plugin(name), &manifest, &sample)
}

#[test]
fn the_smallest_passes() {
    let first = json!({ "server": "https://id.example/base", "client_secret": "correct horse" });
    let second = json!({ "server": "https://other.example", "client_secret": "battery staple" });
    let report = report("smallest", "example", [first, second]);
    assert!(report.passed(), "{report}");
    assert!(report.calls() > 100, "{report}");
}

#[test]
fn randomness_and_migrations_pass() {
    let report = migrating(json!({ "host": "id.example" }));
    assert!(report.passed(), "{report}");
}

#[test]
fn a_migration_that_leaves_unfit_settings_is_found() {
    let report = migrating(json!({ "server": "https://id.example", "colour": "red" }));
    assert_eq!(report.broken(), [Rule::Migration], "{report}");
    assert!(report.examples(Rule::Migration)[0].contains("colour"), "{report}");
}

/// Tries the example `renewed` with settings that version 1 saved.
fn migrating(earlier: Value) -> Report {
    let (first, second) = (json!({ "server": "https://id.example" }), json!({ "server": "https://other.example/b" }));
    let mut sample = Sample::new("renewed", first, second, |_| json_reply(200, &json!({ "id": "u1" })));
    sample.earlier = vec![("1.4.0".to_owned(), earlier)];
    let manifest = section(&std::fs::read(library("renewed")).unwrap(), MANIFEST_SECTION).unwrap();
    check_handle(&*plugin("renewed"), &manifest, &sample)
}

#[test]
fn panics_are_found() {
    let report = report("panics", "panics", [json!({}), json!({})]);
    assert!(report.broken().contains(&Rule::Sound), "{report}");
    for message in ["begin went wrong", "index out of bounds", "dropped the bomb"] {
        assert!(report.to_string().contains(message), "{report}");
    }
}

#[test]
fn hanging_is_found() {
    let report = report("hangs", "hangs", [json!({}), json!({})]);
    assert_eq!(report.examples(Rule::Prompt)[0], "begin: never ends", "{report}");
    assert!(report.broken().contains(&Rule::Cache), "uses a cache that its manifest does not ask for: {report}");
}

#[test]
fn blocking_is_found_and_ends_the_list() {
    let settings = json!({ "milliseconds": 1200 });
    let report = report("blocks", "blocks", [settings.clone(), settings]);
    assert!(report.examples(Rule::Prompt)[0].contains("blocks its thread"), "{report}");
    assert_eq!(report.calls(), 2, "{report}");
}

#[test]
fn nonsense_is_found() {
    let broken = |which: &str| report("nonsense", "nonsense", [json!({ "which": which }), json!({ "which": "x" })]);
    let script = broken("script");
    assert!(script.broken().contains(&Rule::AuthorizeUrl) && script.broken().contains(&Rule::Sound), "{script}");
    let elsewhere = broken("elsewhere");
    for rule in [Rule::AuthorizeUrl, Rule::AuthorizeParameters, Rule::NoCode, Rule::Doctor] {
        assert!(elsewhere.broken().contains(&rule), "{rule:?}: {elsewhere}");
    }
}

#[test]
fn a_plugin_without_a_manifest_and_a_type_is_found() {
    let sample = Sample::new("native", json!({}), json!({}), |_| json_reply(200, &json!({})));
    let report = check_plugin::<crate::panics::Native>(&sample);
    assert_eq!(report.broken(), [Rule::Manifest, Rule::Sound], "{report}");
}
