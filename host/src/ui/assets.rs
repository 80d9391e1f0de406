//! The site's own files: the style sheet, the script and the icon, embedded in the program.
//!
//! An address holds the hash of the content, so browsers may keep a file for ever and still see every change at once.

use std::sync::LazyLock;

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, StatusCode, header};
use rust_embed::Embed;

use crate::urls::Urls;
use crate::web::packed::Packed;

/// A file that pages refer to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asset {
    /// The style sheet of every page.
    StyleSheet,
    /// The one script; pages work without it.
    Script,
    /// Comfort of the authenticator form.
    Form,
    /// Comfort of the form that installs a package.
    Upload,
    /// Lends the plug-ins' scripts a place on the sign-in page; only where there is a panel.
    Panel,
    /// Lends them a page inside a provider's client.
    ClientScript,
    /// The icon in the browser's tab.
    Favicon,
}

impl Asset {
    /// Every file.
    pub const ALL: [Self; 7] =
        [Self::StyleSheet, Self::Script, Self::Form, Self::Upload, Self::Panel, Self::ClientScript, Self::Favicon];

    const fn file_name(self) -> &'static str {
        match self {
            Self::StyleSheet => "site.css",
            Self::Script => "site.js",
            Self::Form => "form.js",
            Self::Upload => "upload.js",
            Self::Panel => "panel.js",
            Self::ClientScript => "client.js",
            Self::Favicon => "favicon.svg",
        }
    }

    const fn content_type(self) -> &'static str {
        match self {
            Self::StyleSheet => "text/css; charset=utf-8",
            Self::Script | Self::Form | Self::Upload | Self::Panel | Self::ClientScript => {
                "text/javascript; charset=utf-8"
            }
            Self::Favicon => "image/svg+xml",
        }
    }

    /// Its address, with the hash of its content.
    pub fn url(self, urls: &Urls) -> String {
        let name = TABLE.iter().find(|entry| entry.asset == self).map_or(self.file_name(), |entry| &entry.hashed_name);
        urls.asset(name)
    }
}

#[derive(Embed)]
#[folder = "assets/"]
struct Files;

struct Entry {
    asset: Asset,
    hashed_name: String,
    content: Packed,
}

static TABLE: LazyLock<Vec<Entry>> = LazyLock::new(|| Asset::ALL.into_iter().filter_map(load).collect());

fn load(asset: Asset) -> Option<Entry> {
    let file = Files::get(asset.file_name())?;
    let hash: String = file.metadata.sha256_hash().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    let (stem, extension) = asset.file_name().split_once('.')?;
    Some(Entry {
        asset,
        hashed_name: format!("{stem}.{hash}.{extension}"),
        content: Packed::new(file.data.into_owned()),
    })
}

/// `GET /assets/{name}`: the file of a hashed name.
pub async fn serve(Path(name): Path<String>, asked: HeaderMap) -> Response {
    let Some(entry) = TABLE.iter().find(|entry| entry.hashed_name == name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let headers = [
        (header::CONTENT_TYPE, entry.asset.content_type()),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, entry.content.response(&asked)).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_embedded_under_a_hashed_name() {
        for asset in Asset::ALL {
            let url = asset.url(&Urls::new("/gate"));
            let name = url.strip_prefix("/gate/assets/").unwrap();
            assert_eq!(name.split('.').nth(1).map(str::len), Some(16), "{name}");
            assert!(TABLE.iter().any(|entry| entry.hashed_name == name));
        }
    }

    #[test]
    fn browsers_without_light_dark_get_the_light_values() {
        let css = String::from_utf8(Files::get("site.css").unwrap().data.into_owned()).unwrap();
        let (tokens, rest) = css.split_once("@supports not (color: light-dark(#000, #fff))").unwrap();
        let fallback = rest.split('}').next().unwrap();
        let mut count = 0;
        for line in tokens.lines().filter(|line| line.contains(": light-dark(")) {
            let light = line.replace("light-dark(", "").split(',').next().unwrap().trim().to_owned();
            assert!(fallback.contains(&format!("{light};")), "{light}");
            count += 1;
        }
        assert_eq!(fallback.matches("--").count(), count);
    }

    #[test]
    fn the_scripts_stay_small() {
        for name in ["site.js", "form.js", "upload.js", "panel.js", "client.js"] {
            assert!(Files::get(name).unwrap().data.len() < 4096, "{name}");
        }
    }
}
