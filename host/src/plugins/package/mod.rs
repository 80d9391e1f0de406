//! Packages: how a plug-in travels from its author to a host, and how far it can be trusted on arrival.
//!
//! A package is a `.tar.gz` with one library a target, a manifest that lists every file with its hash, and a signature
//! over the manifest. So one signature vouches for everything, and whoever has a trusted key vouches for what will run
//! with all rights of this process.
//!
//! The way in, in reading order: [`archive`] unpacks in memory and believes nothing; [`names`] is the closed list of
//! what may lie in a package; [`manifest`] is what the author says; [`signature`] finds who signed it; then the files
//! are held against the manifest, and in [`agreement`] the manifest against the library. Nothing is written to a disk
//! and nothing of the package runs. The way out is [`pack`](mod@pack) and
//! [`sign`](mod@sign).

mod agreement;
mod archive;
mod fault;
mod manifest;
mod names;
mod open;
pub mod pack;
pub mod sign;
mod signature;
mod trust;
mod write;

pub use archive::{MAX_ENTRIES, MAX_PACKED, MAX_UNPACKED};
pub use fault::PackageFault;
pub use manifest::{ApiRange, FileEntry, PackageManifest};
pub use names::{MANIFEST, SIGNATURE};
pub use open::{Package, PackagedFile, Texts, digest, open};
pub use trust::{Trust, TrustedKeys};
