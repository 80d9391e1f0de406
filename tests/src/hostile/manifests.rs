//! Manifests that break a rule, rightly signed: a signature is no excuse.

use serde_json::{Value, json};

use super::forge::package;
use super::{Forge, Hostile};

const REASON: &str = "package-bad-manifest";

pub(super) fn packages(forge: &Forge) -> Vec<Hostile> {
    let mut all = vec![
        Hostile::new("manifest: absent", "package-no-manifest", without_manifest(forge)),
        Hostile::new("manifest: of another target only", "package-no-library", for_another_target(forge)),
    ];
    let documents = texts(forge).into_iter().map(|(what, text)| (what.to_owned(), text));
    let values = values(forge).into_iter().map(|(pointer, value)| {
        let what = format!("{pointer} is {}", value.to_string().chars().take(120).collect::<String>());
        (what, forge.with(&pointer, value))
    });
    all.extend(documents.chain(values).map(|(what, document)| {
        Hostile::new(format!("manifest: {what}"), REASON, forge.signed(&document, &forge.files))
    }));
    all
}

fn without_manifest(forge: &Forge) -> Vec<u8> {
    let entries: Vec<_> =
        forge.files.iter().map(|(name, content)| super::tar::Entry::new(name, content.clone())).collect();
    super::tar::archive(&entries)
}

fn for_another_target(forge: &Forge) -> Vec<u8> {
    let (from, to) = (forge.library(), "lib/sparc-unknown-linux-gnu.so".to_owned());
    let text = String::from_utf8(forge.document()).unwrap();
    let target = |path: &str| path.trim_start_matches("lib/").trim_end_matches(".so").to_owned();
    let document = text.replace(&target(&from), &target(&to)).into_bytes();
    let mut files = forge.files.clone();
    let library = files.remove(&from).unwrap();
    files.insert(to, library);
    package(&document, Some(&forge.signature(&document)), &files)
}

/// Texts that are no manifest, or two in one.
fn texts(forge: &Forge) -> Vec<(&'static str, Vec<u8>)> {
    let good = String::from_utf8(forge.document()).unwrap();
    let id = forge.manifest["id"].to_string();
    let twice = |member: &str| good.replacen('{', &format!("{{{member},"), 1).into_bytes();
    let nested =
        |name: &str| good.replacen(&format!("\"{name}\":{{"), &format!("\"{name}\":{{\"en\":\"x\",\"en\":\"x\","), 1);
    vec![
        ("empty", Vec::new()),
        ("no JSON", b"id = \"auth-evil\"".to_vec()),
        ("a list", b"[]".to_vec()),
        ("an empty object", b"{}".to_vec()),
        ("a name twice", twice(&format!("\"id\":{id}"))),
        ("a name twice, written differently", twice("\"\\u0069d\":\"auth-evil\"")),
        ("a list of files twice", twice("\"files\":{}")),
        ("a name twice further down", nested("name").into_bytes()),
        ("a file twice", good.replacen("\"files\":{", &file_again(forge), 1).into_bytes()),
        ("two manifests", format!("{good}{good}").into_bytes()),
        ("something behind it", format!("{good}!").into_bytes()),
        ("a zero behind it", format!("{good}\0").into_bytes()),
        ("a mark in front of it", format!("\u{feff}{good}").into_bytes()),
        ("no UTF-8", [&b"{\"format\":1,\"id\":\"\xff\""[..], b"}"].concat()),
        ("a comment", good.replacen('{', "{/* evil */", 1).into_bytes()),
        ("endless depth", [vec![b'['; 100_000], vec![b']'; 100_000]].concat()),
    ]
}

/// The list of files with its first entry once more.
fn file_again(forge: &Forge) -> String {
    let files = forge.manifest["files"].as_object().unwrap();
    let (name, file) = files.iter().next().unwrap();
    format!("\"files\":{{{}:{file},", json!(name))
}

/// Values that break the rule of their field.
fn values(forge: &Forge) -> Vec<(String, Value)> {
    let library = forge.library();
    let target = library.trim_start_matches("lib/").trim_end_matches(".so");
    let upper = "A".repeat(64);
    let listed = |name: &str| (format!("/files/{name}"), json!({ "sha256": "0".repeat(64), "size": 1 }));
    let mut values: Vec<(String, Value)> = vec![
        (format!("/libraries/{target}"), json!("lib/../../evil.so")),
        (format!("/libraries/{target}"), json!("README.md")),
        ("/libraries/sparc-unknown-linux-gnu".into(), json!("lib/sparc-unknown-linux-gnu.so")),
        ("/files/README.md".into(), json!({ "sha256": upper, "size": 1 })),
        ("/files/README.md".into(), json!({ "sha256": "0", "size": 1 })),
        ("/files/README.md".into(), json!({ "sha256": "0".repeat(64), "size": -1 })),
        ("/files/README.md".into(), json!({ "sha256": "0".repeat(64), "size": 1e300 })),
        ("/files/README.md".into(), json!({ "sha256": "0".repeat(64), "size": 1, "mode": 511 })),
        listed("manifest.json"),
        listed("manifest.json.minisig"),
        listed("evil.so"),
        listed("Readme.md"),
        listed(".."),
    ];
    values.extend(plain_values().map(|(pointer, value)| (pointer.to_owned(), value)));
    values
}

fn plain_values() -> [(&'static str, Value); 22] {
    [
        ("/format", json!(2)),
        ("/format", json!("1")),
        ("/id", json!("../../evil")),
        ("/id", json!("Auth-Evil")),
        ("/id", json!("auth-evil\u{0}")),
        ("/id", json!(7)),
        ("/version", json!("../1.0.0")),
        ("/version", json!("1.0")),
        ("/version", json!("1.0.0-beta")),
        ("/api/from", json!("2.0")),
        ("/api/below", json!("3.0")),
        ("/api/until", json!("9.9")),
        ("/panic", json!("abort")),
        ("/icon", json!("../../evil.svg")),
        ("/name", json!({ "en": "Evil" })),
        ("/name", json!({ "en": "Evil\u{1b}[2J", "zh-CN": "恶" })),
        ("/borrows/http", json!(["*"])),
        ("/borrows/http", json!(["127.0.0.1"])),
        ("/borrows/socket", json!(true)),
        ("/abilities", json!([])),
        ("/script", json!("post-install.sh")),
        ("/libraries", json!({})),
    ]
}
