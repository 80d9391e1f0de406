//! One release of a plug-in.

use std::path::Path;
use std::sync::Arc;

use plugin_api::Manifest;
use plugin_api::host::BuildInfo;
use ui_schema::Language;

use crate::plugins::inspect::Inspected;
use crate::plugins::package::{PackagedFile, Texts, Trust};

/// One release of a plug-in: a package or a bare library, without its bytes.
#[derive(Clone, Debug)]
pub struct Release {
    /// SHA-256 of the file, in 64 hexadecimal digits.
    pub sha256: String,
    /// SHA-256 of the library in it; the same where the file is the library.
    pub library: String,
    /// Name of the file.
    pub file: String,
    /// Size of the file, in bytes.
    pub size: u64,
    /// Where it comes from.
    pub origin: Origin,
    /// How far it can be trusted.
    pub trust: Trust,
    /// What the plug-in says about itself.
    pub manifest: Arc<Manifest>,
    /// How it says that it was built.
    pub build: BuildInfo,
    /// What else is in the package.
    pub papers: Arc<Papers>,
}

/// Where a release comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// It lies in the folder.
    Folder,
    /// It was installed.
    Installed {
        /// By whom: a user's id, or the name of a command.
        by: String,
        /// When, in milliseconds since 1970-01-01 UTC.
        at: i64,
    },
}

/// What is in a package besides the library.
#[derive(Clone, Debug, Default)]
pub struct Papers {
    /// Readme and changelog.
    pub texts: Texts,
    /// Every file with its hash.
    pub files: Vec<PackagedFile>,
}

impl Release {
    /// A library by itself: nobody vouches for it.
    pub(super) fn bare(library: &Inspected, origin: Origin) -> Self {
        Self {
            sha256: library.sha256.clone(),
            library: library.sha256.clone(),
            file: name(&library.path),
            size: library.size,
            origin,
            trust: Trust::Unsigned,
            manifest: Arc::new(library.manifest.clone()),
            build: library.build.clone(),
            papers: Arc::default(),
        }
    }

    /// Its version as numbers, which compare as versions do.
    pub fn version(&self) -> [u32; 3] {
        self.manifest.version_numbers().unwrap_or_default()
    }

    /// The readme, in the wanted language if there is one in it.
    pub fn readme(&self, language: Language) -> Option<&str> {
        let Texts { readme, readme_zh, .. } = &self.papers.texts;
        let (wanted, other) = match language {
            Language::En => (readme, readme_zh),
            Language::ZhCn => (readme_zh, readme),
        };
        wanted.as_deref().or(other.as_deref())
    }
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
