//! The rules for what a plug-in declares.

use std::collections::BTreeSet;

use ui_schema::Text;

use super::report::{Report, Rule};
use crate::{AuthenticatorType, Manifest, PluginHandle, guard, wellformed};

/// The manifest, if it can be read.
pub(super) fn manifest(report: &mut Report, json: &[u8]) -> Option<Manifest> {
    match Manifest::parse(json) {
        Ok(manifest) => Some(manifest),
        Err(error) => {
            report.fail(Rule::Manifest, error.to_string());
            None
        }
    }
}

/// The type to try, if there is one by that name; all of them are looked at.
pub(super) fn types(report: &mut Report, handle: &dyn PluginHandle, wanted: &str) -> Option<AuthenticatorType> {
    report.called();
    let types = match guard::catch(|| handle.authenticator_types()) {
        Ok(Ok(types)) => types,
        Ok(Err(fault)) => {
            report.fail(Rule::Sound, format!("authenticator_types: {fault}"));
            return None;
        }
        Err(panic) => {
            report.fail(Rule::Sound, format!("authenticator_types {panic}"));
            return None;
        }
    };
    let ids: BTreeSet<&str> = types.iter().map(|kind| kind.id.as_str()).collect();
    report.require(Rule::Types, ids.len() == types.len(), || "two types have one identifier".to_owned());
    for kind in &types {
        one_type(report, kind);
    }
    let found = types.into_iter().find(|kind| kind.id == wanted);
    report.require(Rule::Types, found.is_some(), || format!("there is no type `{wanted}`"));
    found
}

fn one_type(report: &mut Report, kind: &AuthenticatorType) {
    let id = &kind.id;
    report.require(Rule::Types, wellformed::is_id(id), || format!("`{id}` is not an identifier"));
    text(report, id, "title", &kind.title, 80);
    text(report, id, "description", &kind.description, 1000);
    text(report, id, "login_button.caption", &kind.login_button.caption, 80);
    text(report, id, "guide", &kind.guide, 64 * 1024);
    if let Err(error) = kind.form.validate_definition() {
        report.fail(Rule::Forms, format!("{id}: {error}"));
    }
    if let Some(Err(rule)) = kind.icon.as_deref().map(wellformed::icon) {
        report.fail(Rule::Icons, format!("{id}: must be {rule}"));
    }
    for key in &kind.keys {
        text(report, id, "keys.title", &key.title, 80);
    }
    if let Some(rule) = kind.broken_rule() {
        report.fail(Rule::Types, format!("{id}: {rule}"));
    }
    let names: Vec<&str> = kind.callback.code.iter().chain([&kind.callback.error]).map(String::as_str).collect();
    let distinct = names.iter().collect::<BTreeSet<_>>().len() == names.len();
    let good = !kind.callback.code.is_empty() && distinct && !names.contains(&"") && !names.contains(&"state");
    report.require(Rule::Grammar, good, || {
        format!("{id}: code {:?}, error {:?}", kind.callback.code, kind.callback.error)
    });
}

fn text(report: &mut Report, id: &str, field: &str, text: &Text, cap: usize) {
    report.require(Rule::Texts, wellformed::is_text(text, cap), || {
        format!("{id}: `{field}` lacks a language, is longer than {cap} characters, or has control characters")
    });
}
