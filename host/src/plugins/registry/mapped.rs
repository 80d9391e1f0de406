//! The copies of libraries that are mapped into this process. None is ever unmapped, so they are counted, and the same
//! bytes are not mapped twice unless their copy hangs.

use std::sync::{Arc, Mutex};

use plugin_api::{AuthenticatorType, PluginHandle};

use crate::plugins::lock;

/// A library that is mapped into this process.
#[derive(Clone)]
pub struct Mapped {
    /// The copies of this process are numbered.
    pub number: u64,
    /// Id of the plug-in.
    pub plugin: String,
    /// SHA-256 of the library.
    pub library: String,
    /// The plug-in in it.
    pub handle: Arc<dyn PluginHandle>,
    /// What it registers.
    pub types: Vec<AuthenticatorType>,
}

/// All of them.
#[derive(Default)]
pub(super) struct MappedCopies(Mutex<Vec<Kept>>);

struct Kept {
    copy: Mapped,
    /// Its threads hang: nobody uses it again.
    wedged: bool,
}

impl MappedCopies {
    pub(super) fn add(&self, copy: Mapped) {
        lock(&self.0).push(Kept { copy, wedged: false });
    }

    /// A copy of these bytes whose threads did not hang so far.
    pub(super) fn usable(&self, library: &str) -> Option<Mapped> {
        lock(&self.0).iter().find(|kept| kept.copy.library == library && !kept.wedged).map(|kept| kept.copy.clone())
    }

    /// Notes that the threads of a copy hang.
    pub(super) fn is_wedged(&self, number: u64) {
        for kept in lock(&self.0).iter_mut().filter(|kept| kept.copy.number == number) {
            kept.wedged = true;
        }
    }

    /// Plug-in and number of each.
    pub(super) fn all(&self) -> Vec<(String, u64)> {
        lock(&self.0).iter().map(|kept| (kept.copy.plugin.clone(), kept.copy.number)).collect()
    }
}
