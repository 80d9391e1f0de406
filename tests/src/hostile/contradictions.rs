//! Packages that say something else than the library in them, rightly signed; and libraries that are none.

use serde_json::{Value, json};

use super::{Forge, Hostile};

pub(super) fn packages(forge: &Forge) -> Vec<Hostile> {
    let mut all: Vec<Hostile> = claims(forge)
        .into_iter()
        .map(|(pointer, value)| {
            let document = forge.with(pointer, value);
            let named = serde_json::from_slice::<Value>(&document).unwrap();
            let comment = format!("gatehouse plug-in {} {}", text(&named["id"]), text(&named["version"]));
            let signature = super::forge::sign(&forge.key, &document, &comment);
            let bytes = super::forge::package(&document, Some(&signature), &forge.files);
            Hostile::new(format!("contradiction: {pointer}"), "package-contradicts", bytes)
        })
        .collect();
    all.extend(icon(forge));
    all.extend(libraries(forge));
    all
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

/// What would look better than what runs.
fn claims(forge: &Forge) -> [(&'static str, Value); 8] {
    let borrows = &forge.manifest["borrows"];
    [
        ("/id", json!("auth-trusted")),
        ("/version", json!("99.0.0")),
        ("/api/from", json!("1.0")),
        ("/name/en", json!("Nothing to see here")),
        ("/description/en", json!("Does nothing at all.")),
        ("/borrows/http", json!(["harmless.example.com"])),
        ("/borrows/cache", json!(!borrows["cache"].as_bool().unwrap())),
        ("/abilities", json!(["sign-in", "fly"])),
    ]
}

/// An icon that the library does not draw.
fn icon(forge: &Forge) -> Option<Hostile> {
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\"><path d=\"M0 0\"/></svg>";
    let (document, files) = forge.honest("icon.svg", svg.as_bytes());
    let mut manifest: Value = serde_json::from_slice(&document).unwrap();
    manifest["icon"] = json!("icon.svg");
    let bytes = forge.signed(manifest.to_string().as_bytes(), &files);
    Some(Hostile::new("contradiction: the icon", "package-contradicts", bytes))
}

fn libraries(forge: &Forge) -> Vec<Hostile> {
    let name = forge.library();
    let good = &forge.files[&name];
    let bent = |at: usize, byte: u8| {
        let mut library = good.clone();
        library[at] = byte;
        library
    };
    let one = |what: &str, reason, library: &[u8]| {
        let (document, files) = forge.honest(&name, library);
        Hostile::new(format!("library: {what}"), reason, forge.signed(&document, &files))
    };
    vec![
        one("a script", "not-elf", b"#!/bin/sh\n"),
        one("cut off", "damaged", &good[..good.len() / 2]),
        one("for another processor", "wrong-machine", &bent(18, 43)),
        one("a program", "not-a-library", &bent(16, 2)),
        one("empty", "not-elf", b""),
    ]
}
