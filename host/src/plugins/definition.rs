//! What a plug-in may register: the rules for its authenticator types.
//!
//! They are checked in the process that tries a library out, and again on what the loaded copy says.

use std::collections::BTreeSet;

use plugin_api::ui_schema::Text;
use plugin_api::{AuthenticatorType, Manifest};

/// Types of one plug-in.
const MAX_TYPES: usize = 16;
/// Characters of a title or caption.
const MAX_TITLE: usize = 80;
/// Characters of a description.
const MAX_DESCRIPTION: usize = 1_000;
/// Characters of a set-up guide.
const MAX_GUIDE: usize = 64 * 1024;
/// Names under which a provider may send the code.
const MAX_CODE_NAMES: usize = 4;

/// Checks all types of one plug-in. The error tells an administrator, and the plug-in's author, what is wrong.
pub(super) fn check(types: &[AuthenticatorType]) -> Result<(), String> {
    if types.is_empty() || types.len() > MAX_TYPES {
        return Err(format!("{} authenticator types; 1 to {MAX_TYPES} are allowed", types.len()));
    }
    let mut seen = BTreeSet::new();
    for one in types {
        if !is_id(&one.id) {
            return Err(format!("{:.80?} is no identifier", one.id));
        }
        if !seen.insert(one.id.as_str()) {
            return Err(format!("two types are called {}", one.id));
        }
        check_one(one).map_err(|why| format!("type {}: {why}", one.id))?;
    }
    Ok(())
}

/// `[a-z][a-z0-9-]{1,63}`.
pub(super) fn is_id(id: &str) -> bool {
    let tail = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (2..=64).contains(&id.len()) && id.as_bytes()[0].is_ascii_lowercase() && id.bytes().all(tail)
}

fn check_one(one: &AuthenticatorType) -> Result<(), String> {
    text("title", &one.title, MAX_TITLE)?;
    text("description", &one.description, MAX_DESCRIPTION)?;
    text("button caption", &one.login_button.caption, MAX_TITLE)?;
    text("guide", &one.guide, MAX_GUIDE)?;
    if let Some(icon) = &one.icon {
        svg(icon)?;
    }
    callback_names(one)?;
    for key in &one.keys {
        text("title of a key", &key.title, MAX_TITLE)?;
    }
    if let Some(rule) = one.broken_rule() {
        return Err(rule.to_owned());
    }
    one.form.validate_definition().map_err(|error| format!("form: {error}"))
}

/// A text that is there in both languages, and not too long.
fn text(what: &str, text: &Text, max: usize) -> Result<(), String> {
    for text in [&text.en, &text.zh_cn] {
        if text.trim().is_empty() {
            return Err(format!("the {what} is missing in a language"));
        }
        if text.chars().count() > max {
            return Err(format!("the {what} is longer than {max} characters"));
        }
        if text.chars().any(|character| character.is_control() && character != '\n') {
            return Err(format!("the {what} holds control characters"));
        }
    }
    Ok(())
}

/// Pictures are shown through `<img>` with a sandboxing policy, so their content is inert; only the shape is checked.
fn svg(icon: &str) -> Result<(), String> {
    if icon.len() > Manifest::ICON_CAP {
        return Err(format!("the icon is larger than {} bytes", Manifest::ICON_CAP));
    }
    if !icon.contains("<svg") {
        return Err("the icon is no SVG document".to_owned());
    }
    Ok(())
}

fn callback_names(one: &AuthenticatorType) -> Result<(), String> {
    let grammar = &one.callback;
    if grammar.code.is_empty() || grammar.code.len() > MAX_CODE_NAMES {
        return Err(format!("{} names of the code; 1 to {MAX_CODE_NAMES} are allowed", grammar.code.len()));
    }
    let mut seen = BTreeSet::from(["state"]);
    for name in grammar.code.iter().chain([&grammar.error]) {
        let safe = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
        if name.is_empty() || name.len() > 64 || !name.bytes().all(safe) {
            return Err(format!("{name:.80?} is no parameter name"));
        }
        if !seen.insert(name) {
            return Err(format!("the parameter {name} has two meanings"));
        }
    }
    Ok(())
}
