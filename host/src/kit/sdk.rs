//! The contract as source: `plugin-api` and `ui-schema`, so that an author needs nothing but Rust and crates.io.
//!
//! In the repository both inherit from the workspace. What is written for an author stands alone: what is inherited is
//! spelt out, and what only hosts and our own tests need is left out.

use rust_embed::Embed;
use toml::{Table, Value};

use super::new::Trouble;

/// The sources of `plugin-api`.
#[derive(Embed)]
#[folder = "../plugin-api/src/"]
struct Api;

/// The sources of `ui-schema`.
#[derive(Embed)]
#[folder = "../ui-schema/src/"]
struct Schema;

const WORKSPACE: &str = include_str!("../../../Cargo.toml");
const API: &str = include_str!("../../../plugin-api/Cargo.toml");
const SCHEMA: &str = include_str!("../../../ui-schema/Cargo.toml");

/// One crate of the contract.
pub(super) struct Crate {
    /// Its name, and its folder.
    pub(super) name: &'static str,
    /// Its manifest.
    pub(super) manifest: Table,
    /// Its other files: path within the crate, and content.
    files: Vec<(String, Vec<u8>)>,
}

/// Both crates.
///
/// # Errors
/// [`Trouble::Embedded`]; a test keeps that from happening.
pub(super) fn crates() -> Result<[Crate; 2], Trouble> {
    let workspace = parsed(WORKSPACE)?;
    let beside = |path: &str, text: &str| (path.to_owned(), text.as_bytes().to_vec());
    let mut api = sources(Api::iter(), Api::get);
    api.push(beside("build.rs", include_str!("../../../plugin-api/build.rs")));
    api.push(beside("README.md", include_str!("../../../plugin-api/README.md")));
    api.push(beside("CHANGELOG.md", include_str!("../../../plugin-api/CHANGELOG.md")));
    let schema = sources(Schema::iter(), Schema::get);
    Ok([
        Crate { name: "plugin-api", manifest: flattened(API, &workspace)?, files: api },
        Crate { name: "ui-schema", manifest: flattened(SCHEMA, &workspace)?, files: schema },
    ])
}

impl Crate {
    /// Every file: path within the folder of all crates, and content.
    pub(super) fn files(&self) -> Result<Vec<(String, Vec<u8>)>, Trouble> {
        let manifest = toml::to_string(&self.manifest).map_err(|error| Trouble::Embedded(error.to_string()))?;
        let own = |(path, content): &(String, Vec<u8>)| (format!("{}/{path}", self.name), content.clone());
        let manifest = (format!("{}/Cargo.toml", self.name), manifest.into_bytes());
        Ok(self.files.iter().map(own).chain([manifest]).collect())
    }
}

fn sources<P: AsRef<str>>(
    paths: impl Iterator<Item = P>,
    get: fn(&str) -> Option<rust_embed::EmbeddedFile>,
) -> Vec<(String, Vec<u8>)> {
    let file = |path: P| Some((format!("src/{}", path.as_ref()), get(path.as_ref())?.data.into_owned()));
    paths.filter_map(file).collect()
}

fn parsed(text: &str) -> Result<Table, Trouble> {
    text.parse().map_err(|error: toml::de::Error| Trouble::Embedded(error.to_string()))
}

/// A manifest that inherits nothing, with what a plug-in is built from.
fn flattened(manifest: &str, workspace: &Table) -> Result<Table, Trouble> {
    let manifest = parsed(manifest)?;
    let workspace = table(workspace, "workspace");
    let (ours, common) = (table(&manifest, "dependencies"), table(&workspace, "dependencies"));
    let dependencies = ours.iter().filter(|(_, wish)| !is(wish, "optional"));
    let dependencies = dependencies.map(|(name, wish)| (name.clone(), dependency(name, wish, &common)));
    let (features, lost) = features(&table(&manifest, "features"));
    let mut flat = Table::new();
    flat.insert("package".into(), package(&table(&manifest, "package"), &table(&workspace, "package")).into());
    flat.insert("dependencies".into(), Value::Table(dependencies.collect()));
    flat.insert("features".into(), features.into());
    flat.insert("lints".into(), lints(&lost));
    Ok(flat)
}

fn package(own: &Table, common: &Table) -> Table {
    let known = ["name", "description", "version", "edition", "rust-version", "license", "publish"];
    let value = |key: &str| {
        let value = own.get(key)?;
        if is(value, "workspace") { common.get(key).cloned() } else { Some(value.clone()) }
    };
    known.into_iter().filter_map(|key| Some((key.to_owned(), value(key)?))).collect()
}

fn dependency(name: &str, wish: &Value, common: &Table) -> Value {
    let value = if is(wish, "workspace") { common.get(name).unwrap_or(wish) } else { wish };
    match value.as_table() {
        // The crates stand beside each other here as well.
        Some(table) if table.contains_key("path") => {
            Value::Table([("path".to_owned(), format!("../{name}").into())].into_iter().collect())
        }
        _ => value.clone(),
    }
}

/// The features that need nothing optional, and the names of the others.
fn features(all: &Table) -> (Table, Vec<String>) {
    let needs = |value: &Value| value.to_string().contains("dep:");
    let (lost, kept): (Vec<_>, Vec<_>) = all.clone().into_iter().partition(|(_, value)| needs(value));
    (kept.into_iter().collect(), lost.into_iter().map(|(name, _)| name).collect())
}

/// The sources still ask for the features that are left out; the compiler is told that this is no slip.
fn lints(lost: &[String]) -> Value {
    let names: Vec<String> = lost.iter().map(|name| format!("{name:?}")).collect();
    let expected = format!("cfg(feature, values({}))", names.join(", "));
    let entry = |key: &str, value: Value| Table::from_iter([(key.to_owned(), value)]);
    let mut lint = entry("level", "warn".into());
    lint.insert("check-cfg".into(), vec![Value::from(expected)].into());
    entry("rust", entry("unexpected_cfgs", lint.into()).into()).into()
}

fn table(of: &Table, key: &str) -> Table {
    of.get(key).and_then(Value::as_table).cloned().unwrap_or_default()
}

fn is(value: &Value, flag: &str) -> bool {
    value.get(flag).and_then(Value::as_bool) == Some(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_versions_are_those_of_the_workspace() {
        let common = table(&table(&parsed(WORKSPACE).unwrap(), "workspace"), "dependencies");
        let [api, schema] = crates().ok().unwrap();
        for one in [&api, &schema] {
            let dependencies = table(&one.manifest, "dependencies");
            assert!(dependencies.len() >= 3, "{}", one.name);
            for (name, wish) in dependencies {
                let expected = if name == "ui-schema" {
                    toml::toml! { path = "../ui-schema" }.into()
                } else {
                    common[&name].clone()
                };
                assert_eq!(wish, expected, "{name}");
            }
        }
        assert_eq!(
            api.manifest["package"]["version"].as_str(),
            table(&parsed(API).unwrap(), "package")["version"].as_str()
        );
    }

    #[test]
    fn nothing_is_inherited_and_nothing_is_optional() {
        for one in crates().ok().unwrap() {
            let text = toml::to_string(&one.manifest).unwrap();
            for gone in ["workspace", "optional", "dep:", "dev-dependencies", "example"] {
                assert!(!text.contains(gone), "{}: {text}", one.name);
            }
            assert!(one.files.iter().any(|(path, _)| path == "src/lib.rs"));
        }
    }
}
