//! Why a library could not be opened.

/// Why a library could not be opened: a short sentence for a page ([`summary`](Self::summary)), and everything there
/// is to know for the log ([`full`](Self::full)).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OpenError {
    /// The dynamic loader refused the file.
    Dlopen {
        /// What it said.
        full: String,
    },
    /// The library does not export [`super::ROOT_SYMBOL`]: it is not a plug-in of this major version.
    NoRoot {
        /// What the dynamic loader said.
        full: String,
    },
    /// The library's header is not one this host can read.
    Header {
        /// In which way.
        full: String,
    },
    /// The library was made for another major version of the contract.
    ApiVersion {
        /// The `plugin-api` version of the library.
        plugin: String,
        /// The `plugin-api` version of this host.
        host: String,
    },
    /// The library's interface has another layout, in both directions.
    Layout {
        /// The lines that say what differs.
        errors: Vec<String>,
        /// The whole report, tens of kilobytes.
        full: String,
    },
    /// The plug-in failed while it was made.
    Start {
        /// What it said.
        full: String,
    },
}

impl OpenError {
    /// One short sentence.
    pub const fn summary(&self) -> &'static str {
        match self {
            Self::Dlopen { .. } => "the system cannot load this file as a library",
            Self::NoRoot { .. } => "this library is not a plug-in",
            Self::Header { .. } => "the plug-in's header cannot be read",
            Self::ApiVersion { .. } => "the plug-in was made for another major version of the interface",
            Self::Layout { .. } => "the plug-in's interface does not fit this host",
            Self::Start { .. } => "the plug-in failed while starting",
        }
    }

    /// Everything there is to know; may be long.
    pub fn full(&self) -> String {
        match self {
            Self::Dlopen { full } | Self::NoRoot { full } | Self::Header { full } | Self::Start { full } => {
                full.clone()
            }
            Self::ApiVersion { plugin, host } => format!("the plug-in has plugin-api {plugin}, the host {host}"),
            Self::Layout { full, .. } => full.clone(),
        }
    }
}

impl std::fmt::Display for OpenError {
    /// The summary, and the few lines that matter.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.summary())?;
        match self {
            Self::Layout { errors, .. } => errors.iter().take(3).try_for_each(|line| write!(f, "; {line}")),
            _ => write!(f, ": {}", self.full()),
        }
    }
}

impl std::error::Error for OpenError {}
