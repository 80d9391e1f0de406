//! Signatures that are of somebody else, of something else, or of nothing.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use minisign::KeyPair;
use ring::signature::Ed25519KeyPair;
use serde_json::json;

use super::forge::{package, sign};
use super::{Forge, Hostile};

const BAD: &str = "package-bad-signature";
const MODIFIED: &str = "package-modified";

pub(super) fn packages(forge: &Forge) -> Vec<Hostile> {
    let mut all = bent(forge);
    all.extend(files(forge));
    all.extend(others(forge));
    all.extend(of_something_else(forge));
    all.extend(malformed(forge));
    all
}

/// One bit flipped, in each class of bytes.
fn bent(forge: &Forge) -> Vec<Hostile> {
    let document = forge.document();
    let good = forge.signature(&document);
    let one = |what: &str, reason, signature: &str| {
        let bytes = package(&document, Some(signature), &forge.files);
        Hostile::new(format!("signature: a bit of {what}"), reason, bytes)
    };
    let mut space = document.clone();
    space.push(b' ');
    vec![
        one("its kind", BAD, &flipped(&good, 1, 0)),
        one("the key's id", "package-unknown-key", &flipped(&good, 1, 2)),
        one("the signature", BAD, &flipped(&good, 1, 10)),
        one("the signature's end", BAD, &flipped(&good, 1, 73)),
        one("the second signature", BAD, &flipped(&good, 3, 0)),
        one("the trusted comment", BAD, &good.replacen("gatehouse plug-in", "gatehouse plug-im", 1)),
        Hostile::new("signature: a blank behind the manifest", BAD, package(&space, Some(&good), &forge.files)),
    ]
}

/// The signature with one bit flipped in the value on a line.
fn flipped(signature: &str, line: usize, at: usize) -> String {
    let mut lines: Vec<String> = signature.lines().map(str::to_owned).collect();
    let mut bytes = STANDARD.decode(&lines[line]).unwrap();
    bytes[at] ^= 0x10;
    lines[line] = STANDARD.encode(bytes);
    lines.join("\n") + "\n"
}

/// What lies in a package, by name.
type Contents = BTreeMap<String, Vec<u8>>;

/// Files that are not the ones that were signed.
fn files(forge: &Forge) -> Vec<Hostile> {
    let one = |what: &str, change: &dyn Fn(&mut Contents)| {
        let mut files = forge.files.clone();
        change(&mut files);
        Hostile::new(format!("modified: {what}"), MODIFIED, forge.signed(&forge.document(), &files))
    };
    let library = forge.library();
    let middle = forge.files[&library].len() / 2;
    let flip = |files: &mut Contents, at: usize| files.get_mut(&library).unwrap()[at] ^= 1;
    let put = |files: &mut Contents, name: &str| drop(files.insert(name.into(), b"evil".to_vec()));
    let mut changed = forge.files.clone();
    put(&mut changed, "README.md");
    vec![
        one("a bit of the library", &|files| flip(files, middle)),
        one("the first bit of the library", &|files| flip(files, 0)),
        one("the library is longer", &|files| files.get_mut(&library).unwrap().push(0)),
        one("the library is missing", &|files| drop(files.remove(&library))),
        one("another readme", &|files| put(files, "README.md")),
        one("the readme is missing", &|files| drop(files.remove("README.md"))),
        one("a file more", &|files| put(files, "LICENSE")),
        one("a library more", &|files| put(files, "lib/sparc-unknown-linux-gnu.so")),
        Hostile::new("modified: and not signed", MODIFIED, package(&forge.document(), None, &changed)),
    ]
}

/// Signatures of others.
fn others(forge: &Forge) -> Vec<Hostile> {
    let document = forge.document();
    let stranger = KeyPair::generate_unencrypted_keypair().unwrap().sk;
    let by_stranger = sign(&stranger, &document, &forge.comment());
    // Nobody can make a key with a given id by accident, and anybody can on purpose.
    let disguised = with_id(&by_stranger, &forge.signature(&document));
    let one = |what: &str, reason, signature: Option<&str>| {
        Hostile::new(format!("signature: {what}"), reason, package(&document, signature, &forge.files))
    };
    vec![
        one("absent", "package-unsigned", None),
        one("of a stranger", "package-unknown-key", Some(&by_stranger)),
        one("of a stranger under the trusted key's id", BAD, Some(&disguised)),
    ]
}

/// The one signature under the key's id of the other.
fn with_id(signature: &str, other: &str) -> String {
    let bytes = |text: &str| STANDARD.decode(text.lines().nth(1).unwrap()).unwrap();
    let mut disguised = bytes(signature);
    disguised[2..10].copy_from_slice(&bytes(other)[2..10]);
    let mut lines: Vec<String> = signature.lines().map(str::to_owned).collect();
    lines[1] = STANDARD.encode(disguised);
    lines.join("\n") + "\n"
}

/// Good signatures of the trusted key, over something else.
fn of_something_else(forge: &Forge) -> Vec<Hostile> {
    let good = forge.document();
    let one = |what: &str, document: &[u8], signature: &str| {
        Hostile::new(format!("signature: {what}"), BAD, package(document, Some(signature), &forge.files))
    };
    let other = forge.with("/id", json!("auth-other"));
    let earlier = forge.with("/version", json!("0.0.1"));
    let of_other = sign(&forge.key, &other, "gatehouse plug-in auth-other 1.0.0");
    let swapped = swap_comment(&forge.signature(&good), &of_other);
    vec![
        one("of another plug-in's manifest", &other, &forge.signature(&good)),
        one("of another plug-in", &good, &of_other),
        one("of an earlier version", &good, &forge.signature(&earlier)),
        one("with a comment on another plug-in", &good, &sign(&forge.key, &good, "gatehouse plug-in auth-other 1.0.0")),
        one("with an empty comment", &good, &sign(&forge.key, &good, "")),
        one("with the comment of another signature", &good, &swapped),
        one("of the old kind", &good, &legacy(forge, &good)),
    ]
}

/// The first value of the one with the comment and the second value of the other: both are of the same key.
fn swap_comment(signature: &str, other: &str) -> String {
    let first = signature.lines().take(2);
    first.chain(other.lines().skip(2)).collect::<Vec<_>>().join("\n") + "\n"
}

/// A good signature over the bytes themselves instead of their hash, as minisign made them until 2020.
fn legacy(forge: &Forge, document: &[u8]) -> String {
    let key = forge.key.to_bytes();
    // Kinds, salt and limits; then the id, the seed, the public key.
    let (id, seed) = (&key[54..62], &key[62..94]);
    let pair = Ed25519KeyPair::from_seed_unchecked(seed).unwrap();
    let first = pair.sign(document);
    let second = pair.sign(&[first.as_ref(), forge.comment().as_bytes()].concat());
    let value = STANDARD.encode([b"Ed", id, first.as_ref()].concat());
    let second = STANDARD.encode(second.as_ref());
    format!("untrusted comment: old\n{value}\ntrusted comment: {}\n{second}\n", forge.comment())
}

/// What is no signature.
fn malformed(forge: &Forge) -> Vec<Hostile> {
    let document = forge.document();
    let good = forge.signature(&document);
    let lines: Vec<&str> = good.lines().collect();
    let texts: [(&str, Vec<u8>); 8] = [
        ("empty", Vec::new()),
        ("a text", b"signed, the vendor".to_vec()),
        ("no base64", good.replace(lines[1], "!!!!").into_bytes()),
        ("too short a value", good.replace(lines[1], "RUQ=").into_bytes()),
        ("one line less", lines[..3].join("\n").into_bytes()),
        ("one line more", format!("{good}evil\n").into_bytes()),
        ("two in one", format!("{good}{good}").into_bytes()),
        ("no UTF-8", [good.as_bytes(), b"\xff"].concat()),
    ];
    let one = |(what, text): (&str, Vec<u8>)| {
        let mut entries = super::forge::entries(&document, Some(""), &forge.files);
        entries[1].content = text;
        Hostile::new(format!("no signature: {what}"), BAD, super::tar::archive(&entries))
    };
    texts.into_iter().map(one).collect()
}
