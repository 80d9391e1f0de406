//! The language files and the source agree: the same messages in both languages, none missing, none left over.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use ui_schema::Language;

use super::fault::FieldFault;
use super::i18n::Words;
use super::notice::Notice;
use crate::audit::page::{GROUPS, KINDS};
use crate::signin::refusal::Refusal;

/// Keys that are put together from a beginning and a name out of a closed set.
const PUT_TOGETHER: [&str; 13] = [
    "kit-rule-",
    "keys-count-",
    "keys-fate-",
    "notice-",
    "refusal-",
    "event-",
    "theme-",
    "home-tile-",
    "nav-",
    "error-",
    "role-",
    "plugin-refused-",
    "cure-",
];

fn files(folder: &Path, extension: &str, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, extension, found);
        } else if path.extension().is_some_and(|it| it == extension) {
            found.push(fs::read_to_string(path).unwrap());
        }
    }
}

fn texts(folder: &str, extension: &str) -> Vec<String> {
    let mut found = Vec::new();
    files(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), extension, &mut found);
    found
}

/// The keys of a language, attributes as `key.attribute`.
fn keys(language: Language) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for text in texts(&format!("locales/{}", language.tag()), "ftl") {
        let mut message = String::new();
        for line in text.lines() {
            let Some((name, _)) = line.split_once(" =") else { continue };
            if let Some(attribute) = name.strip_prefix("    .") {
                assert!(keys.insert(format!("{message}.{attribute}")), "{message}.{attribute} is written twice");
            } else if name.starts_with(|c: char| c.is_ascii_lowercase()) {
                message = name.to_owned();
                assert!(keys.insert(message.clone()), "{message} is written twice");
            }
        }
    }
    keys
}

#[test]
fn both_languages_have_the_same_messages() {
    assert_eq!(keys(Language::En), keys(Language::ZhCn));
}

#[test]
fn every_key_in_the_source_is_written() {
    let keys = keys(Language::En);
    let source = texts("src", "rs").concat();
    for call in ["words.t(\"", "words.with(\"", "words().t(\"", "words().with(\""] {
        for rest in source.split(call).skip(1) {
            let key = rest.split('"').next().unwrap();
            assert!(keys.contains(key) || key == "no-such-key", "{key} is used and not written");
        }
    }
}

/// Keys that are handed on before they are looked up, for example reasons why a plug-in does not run.
#[test]
fn every_key_that_is_handed_on_is_written() {
    let keys = keys(Language::En);
    for beginning in ["plugin-refused-", "fault-", "refusal-", "state-", "binding-"] {
        for rest in texts("src", "rs").concat().split(&format!("\"{beginning}")).skip(1) {
            let name = rest.split('"').next().unwrap();
            assert!(
                name.is_empty() || keys.contains(&format!("{beginning}{name}")),
                "{beginning}{name} is not written"
            );
        }
    }
}

#[test]
fn every_message_is_used() {
    let source = texts("src", "rs").concat();
    for key in keys(Language::En).iter().filter(|key| !key.contains('.')) {
        let put_together = PUT_TOGETHER.iter().any(|beginning| key.starts_with(beginning));
        assert!(put_together || source.contains(&format!("\"{key}\"")), "{key} is written and not used");
    }
}

#[test]
fn every_closed_set_has_its_messages() {
    for language in Language::ALL {
        let words = Words::new(language);
        let mut sentences: Vec<String> = FieldFault::ALL.into_iter().map(|fault| fault.sentence(words)).collect();
        sentences.extend(Notice::ALL.into_iter().map(|notice| words.t(&format!("notice-{}", notice.name()))));
        sentences.extend(GROUPS.map(|group| words.t(&format!("event-group-{group}"))));
        for kind in KINDS {
            let key = format!("event-{}", kind.replace('.', "-"));
            sentences.push(words.with(&key, &[("subject", "X".into())]));
        }
        for refusal in Refusal::ALL {
            sentences.extend([refusal.key(), &refusal.sentence_key(), &refusal.advice_key()].map(|key| words.t(key)));
            sentences.push(words.t(&format!("cure-{}", refusal.name())));
        }
        for sentence in sentences {
            assert!(!sentence.contains('⟦') && !sentence.contains('{'), "{sentence}");
        }
    }
}

#[test]
fn plurals_follow_the_language() {
    let question = |language, count: u64| Words::new(language).with("plugin-usage", &[("count", count.into())]);
    assert_eq!(question(Language::En, 1), "1 authenticator");
    assert_eq!(question(Language::En, 2), "2 authenticators");
    assert_eq!(question(Language::ZhCn, 1), "1 个认证方式");
}
