//! Where things are: the repository, and what cargo builds.

use std::path::{Path, PathBuf};

use crate::failure::Failure;

/// Folders of this checkout.
pub(crate) struct Layout {
    /// The top of the repository.
    pub(crate) root: PathBuf,
    /// Cargo's target folder, wherever it was told to put it.
    pub(crate) target: PathBuf,
}

impl Layout {
    /// Looks at where this program lies, `<target>/debug/xtask`, so that every way of moving the target folder counts.
    pub(crate) fn find() -> Result<Self, Failure> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent();
        let program = std::env::current_exe().map_err(|error| Failure::new(format!("where am I? {error}")))?;
        let target = program.parent().and_then(Path::parent);
        match (root, target) {
            (Some(root), Some(target)) => Ok(Self { root: root.to_owned(), target: target.to_owned() }),
            _ => Err(Failure::new("run this with cargo, inside the repository")),
        }
    }

    /// A program of the development profile.
    pub(crate) fn debug_program(&self, name: &str) -> PathBuf {
        self.target.join("debug").join(name)
    }

    /// The DingTalk plug-in in a profile.
    pub(crate) fn dingtalk_library(&self, profile: &str) -> PathBuf {
        self.target.join(profile).join("libauth_dingtalk.so")
    }

    /// What the demo's simulated people are.
    pub(crate) fn demo_scenario(&self) -> PathBuf {
        self.root.join("tests/simulator/scenarios/demo.json")
    }
}
