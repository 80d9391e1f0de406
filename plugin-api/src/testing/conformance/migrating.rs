//! The rules for `migrate`, where the manifest declares it.

use std::sync::Arc;

use serde_json::Value;
use ui_schema::Form;

use super::bench::Bench;
use super::report::Rule;
use crate::{Ability, Manifest, MigrateRequest};

/// Tries the settings of this version, which must come back as they are, and those of every earlier one.
pub(super) fn check(bench: &mut Bench<'_>) {
    let declares = |manifest: &&Manifest| manifest.abilities.contains(&Ability::MigrateSettings);
    let Some(manifest) = bench.manifest.as_ref().filter(declares) else { return };
    let sample = bench.sample;
    let current = migrated(bench, &manifest.version, &sample.settings);
    let kept = current.as_ref() == Some(&sample.settings);
    bench.report.require(Rule::Migration, kept, || "settings of this version are changed".to_owned());
    for (version, settings) in &sample.earlier {
        one(bench, version, settings);
    }
}

fn one(bench: &mut Bench<'_>, version: &str, settings: &Value) {
    let Some(new) = migrated(bench, version, settings) else {
        bench.report.fail(Rule::Migration, format!("settings of version {version}: not migrated"));
        return;
    };
    for misfit in misfits(&bench.kind.form, &new) {
        bench.report.fail(Rule::Migration, format!("settings of version {version}: {misfit}"));
    }
    let settled = migrated(bench, version, &new).as_ref() == Some(&new);
    let moves = || format!("settings of version {version}: what was migrated is changed once more");
    bench.report.require(Rule::Migration, settled, moves);
}

/// What does not fit, by name: the values may be secrets. The host looks at the values, too; that takes a validator,
/// which is too much to build for the tests of a plug-in.
fn misfits(form: &Form, settings: &Value) -> Vec<String> {
    let entered = settings.as_object().into_iter().flat_map(|object| object.keys());
    let unknown = entered.filter(|name| form.field(name).is_none());
    let unknown = unknown.map(|name| format!("there is no field `{name}`"));
    let needed = form.fields().iter().filter(|field| field.required && form.is_shown(field, settings));
    let missing = needed.filter(|field| settings.get(&field.name).is_none_or(Value::is_null));
    unknown.chain(missing.map(|field| format!("`{}` has no value", field.name))).collect()
}

fn migrated(bench: &mut Bench<'_>, version: &str, settings: &Value) -> Option<Value> {
    let provider = Arc::clone(&bench.sample.provider);
    let request = MigrateRequest {
        authenticator_type: bench.kind.id.clone(),
        from_version: version.to_owned(),
        settings: settings.clone(),
    };
    let what = format!("migrate from {version}");
    let ended = bench.call(&what, &provider, settings, |handle, settings, lender| {
        handle.migrate(settings, lender, request.clone())
    })?;
    ended.result.ok()
}
