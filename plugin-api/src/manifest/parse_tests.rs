use serde_json::json;

use super::*;

fn good() -> Value {
    json!({
        "id": "auth-example", "version": "1.2.3", "api": "1.0",
        "name": { "en": "Example", "zh-CN": "示例" },
        "description": { "en": "Signs in.", "zh-CN": "登录。" },
        "icon": "<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>",
        "borrows": { "http": ["api.example.com"], "redirect": ["login.example.com"], "cache": true },
        "abilities": ["sign-in"],
    })
}

fn parse(document: &Value) -> Result<Manifest, ManifestError> {
    Manifest::parse(document.to_string().as_bytes())
}

/// The good manifest with one value replaced.
fn with(pointer: &str, value: Value) -> Result<Manifest, ManifestError> {
    let mut document = good();
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    document.pointer_mut(parent).unwrap()[name] = value;
    parse(&document)
}

#[test]
fn a_good_one_is_read() {
    let manifest = parse(&good()).unwrap();
    assert_eq!(manifest.version_numbers(), Some([1, 2, 3]));
    assert_eq!(manifest.borrows.http, ["api.example.com"]);
    assert_eq!(serde_json::to_value(&manifest).unwrap(), good());
}

#[test]
fn every_rule_refuses() {
    let long = "x".repeat(64 * 1024);
    let script = "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>1</script></svg>";
    let cases = [
        ("/id", json!("Auth")),
        ("/id", json!("a")),
        ("/id", json!("a".repeat(65))),
        ("/version", json!("1.2")),
        ("/version", json!("1.2.03")),
        ("/version", json!("1.2.3-beta")),
        ("/version", json!("1.2.99999999999")),
        ("/name", json!({ "en": "Only English", "zh-CN": " " })),
        ("/name", json!({ "en": "Bell\u{7}", "zh-CN": "铃" })),
        ("/description", json!({ "en": long, "zh-CN": "长" })),
        ("/icon", json!("<html></html>")),
        ("/icon", json!(script)),
        ("/borrows/http", json!(["https://api.example.com"])),
        ("/borrows/http", json!(["*.example.com"])),
        ("/borrows/http", json!(["localhost"])),
        ("/borrows/http", json!(["10.0.0.1"])),
        ("/borrows/http", json!(["API.example.com"])),
        ("/borrows/redirect", json!(["login.example.com:8443"])),
        ("/borrows/redirect", json!(vec!["login.example.com"; 65])),
        ("/abilities", json!([])),
        ("/abilities", json!(["directory-sync"])),
        ("/abilities", json!(["migrate-settings"])),
    ];
    for (pointer, value) in cases {
        let field = pointer[1..].replace('/', ".");
        let error = with(pointer, value.clone()).unwrap_err();
        assert!(matches!(&error, ManifestError::Invalid { field: found, .. } if *found == field), "{value}: {error}");
    }
}

#[test]
fn unknown_fields_are_mistakes_now_and_the_future_later() {
    for pointer in ["/colour", "/borrows/socket"] {
        let error = with(pointer, json!(true)).unwrap_err();
        assert!(matches!(error, ManifestError::UnknownField { .. }), "{error}");
        let mut later = good();
        later["api"] = json!("1.7");
        later.pointer_mut(pointer.rsplit_once('/').unwrap().0).unwrap()["new"] = json!(true);
        later["abilities"] = json!(["sign-in", "directory-sync"]);
        assert_eq!(parse(&later).unwrap().abilities, [Ability::SignIn, Ability::Unknown]);
    }
}

#[test]
fn another_major_version_is_refused() {
    for api in ["2.0", "0.9", "1", "1.0.0", "01.0", "", "one"] {
        assert_eq!(with("/api", json!(api)), Err(ManifestError::Api { api: api.to_owned() }));
    }
}

#[test]
fn what_is_no_manifest_is_malformed() {
    for bytes in [&b""[..], b"\xff\xfe", b"{", br#"{"api":"1.0","id":7}"#, br#"{"api":"1.0"}"#] {
        assert!(matches!(Manifest::parse(bytes), Err(ManifestError::Malformed { .. })), "{bytes:?}");
    }
    assert_eq!(Manifest::parse(b"[]"), Err(ManifestError::Api { api: String::new() }));
    let huge = vec![b' '; Manifest::SIZE_CAP + 1];
    assert_eq!(Manifest::parse(&huge), Err(ManifestError::TooLarge { size: huge.len() }));
}

#[test]
fn errors_are_one_short_line() {
    let error = with("/version", json!("x")).unwrap_err();
    assert_eq!(error.to_string(), "the manifest's `version` must be MAJOR.MINOR.PATCH in plain numbers");
    let error = with("/api", json!("9".repeat(5000))).unwrap_err();
    assert!(error.to_string().len() < 100, "{error}");
}
