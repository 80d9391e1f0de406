//! Where a library is tried out that is not to be remembered.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::runtime::Handle;

use crate::cli::Problem;
use crate::cli::flags::own_program;
use crate::clock::{Entropy, OsEntropy, SystemClock};
use crate::ids;
use crate::outbound::{Outbound, OutboundLimits};
use crate::plugins::{CallLimits, EnabledBy, Inspected, LoadedPlugin, Means, Policy, Probe, Registry, Setup, Wanted};

/// A folder of its own in which one library is loaded, and which is gone afterwards.
pub(super) struct Workshop(PathBuf);

impl Workshop {
    pub(super) fn open(file: &Inspected) -> Result<Self, Problem> {
        let entropy: &dyn Entropy = &OsEntropy;
        let name = format!("gatehouse-inspect-{}", ids::hex(&entropy.array::<8>()));
        let workshop = Self(std::env::temp_dir().join(name));
        let fail = |error: std::io::Error| Problem::other(format!("{}: {error}", workshop.0.display()));
        fs::DirBuilder::new().recursive(true).mode(0o700).create(workshop.plugins()).map_err(fail)?;
        let mut copy = OpenOptions::new();
        let copy = copy.write(true).create_new(true).mode(0o600).open(workshop.library());
        copy.and_then(|mut copy| copy.write_all(&file.bytes)).map_err(fail)?;
        Ok(workshop)
    }

    /// The copy of the library.
    pub(super) fn library(&self) -> PathBuf {
        self.plugins().join("one.so")
    }

    fn plugins(&self) -> PathBuf {
        self.0.join("plugins")
    }

    /// Walks the whole way that the host walks when an administrator enables the plug-in.
    pub(super) async fn load(&self, id: &str) -> Result<Arc<LoadedPlugin>, Problem> {
        let outbound = Arc::new(Outbound::new(OutboundLimits::default()));
        let setup = Setup {
            folder: self.plugins(),
            packages: None,
            // Whoever runs this command on a file wants to know what is in it; it runs with their rights.
            policy: Policy { allow_unsigned: true, ..Policy::default() },
            data: self.0.clone(),
            probe: Probe::new(own_program()?),
            open: Duration::from_secs(5),
            limits: CallLimits::default(),
            means: Means {
                runtime: Handle::current(),
                outbound,
                clock: Arc::new(SystemClock),
                entropy: Arc::new(OsEntropy),
            },
        };
        let registry = Registry::new(setup).map_err(|error| Problem::other(format!("plug-ins: {error}")))?;
        registry.scan().await?;
        Ok(registry.enable(id, Wanted::Best, EnabledBy::Administrator).await?)
    }
}

impl Drop for Workshop {
    fn drop(&mut self) {
        // The system empties its folder for temporary files sooner or later.
        let _ = fs::remove_dir_all(&self.0);
    }
}
