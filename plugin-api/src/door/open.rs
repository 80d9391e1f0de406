//! From a library file to the table inside it.

use std::mem::ManuallyDrop;
use std::path::Path;
use std::sync::Arc;

use abi_stable::StableAbi;
use abi_stable::abi_stability::abi_checking::{
    AbiInstabilityErrors, CheckingGlobals, check_layout_compatibility_with_globals,
};
use abi_stable::library::{AbiHeaderRef, IsLayoutChecked, LibHeader, RootModule};
use abi_stable::std_types::RResult;
use abi_stable::type_layout::TypeLayout;
use libloading::os::unix::{Library, RTLD_LOCAL, RTLD_NOW};

use super::interface::{InstanceBox, RootRef};
use super::outside::{Outside, fault_from};
use crate::PluginHandle;
use crate::build::BuildInfo;
use crate::host::{OpenError, ROOT_SYMBOL};

/// An opened library.
pub struct Opened {
    /// The plug-in.
    pub handle: Arc<dyn PluginHandle>,
    /// How it was built.
    pub build: BuildInfo,
}

impl std::fmt::Debug for Opened {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Opened").field("build", &self.build).finish_non_exhaustive()
    }
}

/// Opens the library at `path` and makes its plug-in. The library stays mapped until the process ends.
///
/// This runs code of the library, before any check can: only ever call it on a file whose bytes were verified, and
/// which nobody can change afterwards. A truncated or overwritten file ends the process.
///
/// Use each path once: the system answers a path (and an inode) that it has seen before with the copy it has, even
/// when another file lies there now.
///
/// # Errors
/// [`OpenError`] when the file is not a library, not a plug-in, not one for this version of the contract, or when the
/// plug-in panics while it is made.
pub fn open(path: &Path) -> Result<Opened, OpenError> {
    let header = header(path)?;
    check_version(header)?;
    let root = root(header)?;
    let build = serde_json::from_str(root.build().as_str())
        .map_err(|error| OpenError::Header { full: format!("build information: {error}") })?;
    match root.create()() {
        RResult::ROk(instance) => Ok(Opened { handle: handle(instance), build }),
        RResult::RErr(fault) => Err(OpenError::Start { full: fault_from(&fault).to_string() }),
    }
}

fn handle(instance: InstanceBox) -> Arc<dyn PluginHandle> {
    Arc::new(Outside::new(instance))
}

/// Maps the library and finds its header.
fn header(path: &Path) -> Result<&'static LibHeader, OpenError> {
    let path = std::path::absolute(path).map_err(|error| OpenError::Dlopen { full: error.to_string() })?;
    let flags = RTLD_NOW | RTLD_LOCAL | libc::RTLD_NODELETE;
    // SAFETY: the library's initialisers run here, with all rights of this process; the caller vouches for the file.
    let library = unsafe { Library::open(Some(path), flags) };
    let library = ManuallyDrop::new(library.map_err(|error| OpenError::Dlopen { full: with_source(&error) })?);
    // SAFETY: under this symbol, the export macro places a `LibHeader`, of which `AbiHeaderRef` is a pointer to the
    // first part. That part says whether the rest can be read. The library is never unmapped, so the pointer is good
    // for ever.
    let symbol = unsafe { library.get::<AbiHeaderRef>(ROOT_SYMBOL) };
    let symbol = symbol.map_err(|error| OpenError::NoRoot { full: with_source(&error) })?;
    symbol.upgrade().map_err(|error| OpenError::Header { full: error.to_string() })
}

/// Refuses another major version with a sentence, before the layout check does it with a book.
fn check_version(header: &LibHeader) -> Result<(), OpenError> {
    let (plugin, host) = (header.version_strings(), RootRef::VERSION_STRINGS);
    let major = |version: &str| version.split('.').next().and_then(|major| major.parse::<u32>().ok());
    let (plugin, host) = (plugin.version.as_str(), host.version.as_str());
    if major(plugin).is_some() && major(plugin) == major(host) {
        return Ok(());
    }
    Err(OpenError::ApiVersion { plugin: plugin.to_owned(), host: host.to_owned() })
}

/// Checks the layout and calls the library's constructor.
fn root(header: &'static LibHeader) -> Result<RootRef, OpenError> {
    let IsLayoutChecked::Yes(library) = header.root_mod_consts().layout() else {
        return Err(OpenError::Header { full: "the library does not describe its layout".to_owned() });
    };
    check_layout(library, RootRef::LAYOUT)?;
    // SAFETY: the layouts were compared just now; header and version were checked before.
    let root = unsafe { header.init_root_module_with_unchecked_layout::<RootRef>() };
    root.map_err(|error| OpenError::Start { full: error.to_string() })
}

/// Compares the layouts of plug-in and host, in both directions.
///
/// The stock check lets the *library* know more than the host, but not the reverse; yet an older plug-in in a newer
/// host is the normal case. Since interfaces only grow at their ends, the same check with its arguments swapped
/// accepts exactly that: each type of the library is the beginning of the host's type of that name. What the library
/// lacks is then never touched: prefix types know at run time which of their fields are there, and give the default.
fn check_layout(plugin: &'static TypeLayout, host: &'static TypeLayout) -> Result<(), OpenError> {
    match fits(host, plugin) {
        Err(report) if fits(plugin, host).is_err() => Err(layout_error(report.to_string())),
        _ => Ok(()),
    }
}

/// The stock check of one direction, without the memory that it otherwise has of every library it saw: it would hold
/// libraries of different minor versions against one another, but plug-ins never exchange anything among themselves.
fn fits(interface: &'static TypeLayout, implementation: &'static TypeLayout) -> Result<(), AbiInstabilityErrors> {
    check_layout_compatibility_with_globals(interface, implementation, &CheckingGlobals::new())
}

fn layout_error(full: String) -> OpenError {
    let errors = full.lines().filter_map(|line| line.trim().strip_prefix("Error:")).map(ToOwned::to_owned).collect();
    OpenError::Layout { errors, full }
}

/// libloading's own text is only "dlopen failed"; the reason is its source.
fn with_source(error: &libloading::Error) -> String {
    match std::error::Error::source(error) {
        Some(source) => source.to_string(),
        None => error.to_string(),
    }
}

#[cfg(test)]
#[path = "evolution_tests.rs"]
mod tests;
