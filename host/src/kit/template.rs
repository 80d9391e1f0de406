//! The crate that a new plug-in begins as.

use std::borrow::Cow;

use rust_embed::Embed;

use super::Name;

/// The files of `host/template`. What cargo and git would take for their own has another name there.
#[derive(Embed)]
#[folder = "template/"]
struct Template;

/// What every such file ends with.
const DISGUISE: &str = ".template";

/// The files of the crate: path and content.
pub(super) fn files(name: &Name, sdk: &str) -> Vec<(String, Vec<u8>)> {
    let title = name.title();
    let ident = name.ident();
    let words = [
        ("{{id}}", name.id()),
        ("{{crate}}", &ident),
        ("{{kind}}", name.kind()),
        ("{{title}}", &title),
        ("{{api}}", plugin_api::API_VERSION),
        ("{{sdk}}", sdk),
    ];
    let file = |path: Cow<'static, str>| {
        let text = String::from_utf8_lossy(&Template::get(&path)?.data).into_owned();
        let text = words.iter().fold(text, |text, (word, value)| text.replace(word, value));
        Some((own_name(&path), text.into_bytes()))
    };
    Template::iter().filter_map(file).collect()
}

fn own_name(path: &str) -> String {
    match path {
        "gitignore.template" => ".gitignore".to_owned(),
        _ => path.strip_suffix(DISGUISE).unwrap_or(path).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_filled_in() {
        let files = files(&Name::parse("auth-acme").unwrap(), "sdk/plugin-api");
        let paths: Vec<&str> = files.iter().map(|(path, _)| path.as_str()).collect();
        for wanted in ["Cargo.toml", ".gitignore", "manifest.json", "src/lib.rs", "tests/provider.rs"] {
            assert!(paths.contains(&wanted), "{paths:?}");
        }
        for (path, content) in &files {
            let text = str::from_utf8(content).unwrap();
            assert!(!text.contains("{{"), "{path}: {text}");
        }
    }

    #[test]
    fn the_manifest_is_one_of_this_version() {
        let files = files(&Name::parse("auth-acme").unwrap(), "sdk/plugin-api");
        let (_, json) = files.iter().find(|(path, _)| path == "manifest.json").unwrap();
        let manifest = plugin_api::Manifest::parse(json).unwrap();
        assert_eq!((manifest.id.as_str(), manifest.api.as_str()), ("auth-acme", plugin_api::API_VERSION));
    }
}
