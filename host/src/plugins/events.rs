//! What happens to running plug-ins without anybody asking, told to whoever watches over them.

use tokio::sync::mpsc;

/// Something happened to a running copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// The threads of a copy do not answer any more.
    Wedged {
        /// Id of the plug-in.
        plugin: String,
        /// Number of the copy.
        copy: u64,
    },
    /// Too many of the first calls of a new release failed.
    Failing {
        /// Id of the plug-in.
        plugin: String,
        /// Number of the copy.
        copy: u64,
        /// Calls so far.
        calls: u32,
        /// How many of them failed.
        failed: u32,
    },
}

/// Where copies tell. Nobody may listen: a command of the shell has nothing to watch over.
pub type Tell = mpsc::UnboundedSender<Event>;
