//! The package's manifest against what the library says about itself: the one is shown and signed, the other runs.

use plugin_api::Manifest;

use super::{PackageFault, PackageManifest};
use crate::plugins::Inspected;

/// Refuses a package whose manifest says something else than the library in it.
pub(super) fn check(
    package: &PackageManifest,
    icon: Option<&str>,
    target: &str,
    library: &Inspected,
) -> Result<(), PackageFault> {
    let Manifest { id, version, api, name, description, icon: drawn, borrows, abilities, .. } = &library.manifest;
    let said = [
        ("id", package.id == *id),
        ("version", package.version == *version),
        ("api", package.api.from == *api),
        ("name", package.name == *name),
        ("description", package.description == *description),
        ("icon", icon == drawn.as_deref()),
        ("borrows", package.borrows == *borrows),
        ("abilities", package.abilities == *abilities),
        ("panic", package.panic == library.build.panic),
        ("target", target == library.build.target),
    ];
    match said.into_iter().find(|(_, agrees)| !agrees) {
        Some((about, _)) => Err(PackageFault::Contradicts(about.to_owned())),
        None => Ok(()),
    }
}
