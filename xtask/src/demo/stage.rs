//! The folder of the demo: data, the plug-in, logs.

use std::fs::{self, DirBuilder, Permissions};
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::Failure;
use crate::layout::Layout;

/// Everything that the demo writes lies in here.
pub(crate) struct Stage {
    folder: PathBuf,
    program: PathBuf,
    /// The folder `demo` of the repository.
    sources: PathBuf,
}

impl Stage {
    /// Makes the folder, empty unless `keep`, and drops the plug-in where an administrator would.
    pub(crate) fn lay_out(layout: &Layout, keep: bool) -> Result<Self, Failure> {
        let stage = Self {
            folder: layout.target.join("demo"),
            program: layout.debug_program("gatehouse"),
            sources: layout.root.join("demo"),
        };
        if !keep {
            remove(&stage.data())?;
        }
        let plugins = stage.data().join("plugins");
        private_folder(&plugins)?;
        // Under a new name first: a host that is still running must not see half a library.
        let library = plugins.join("auth-dingtalk.so");
        let fresh = plugins.join("auth-dingtalk.fresh");
        let built = layout.dingtalk_library("debug");
        fs::copy(&built, &fresh).map_err(|error| Failure::file(&built, &error))?;
        fs::set_permissions(&fresh, Permissions::from_mode(0o644)).map_err(|error| Failure::file(&fresh, &error))?;
        fs::rename(&fresh, &library).map_err(|error| Failure::file(&library, &error))?;
        Ok(stage)
    }

    /// The host's data folder.
    pub(crate) fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    /// What the host logs.
    pub(crate) fn host_log(&self) -> PathBuf {
        self.folder.join("gatehouse.log")
    }

    /// What the simulator logs.
    pub(crate) fn simulator_log(&self) -> PathBuf {
        self.folder.join("simulator.log")
    }

    /// Users, plug-in and authenticator, as a file.
    pub(crate) fn seed(&self) -> PathBuf {
        self.sources.join("seed.toml")
    }

    /// The program with the demo's configuration, for people who will read `address`. Nothing of the developer's own
    /// environment gets into it.
    pub(crate) fn gatehouse(&self, address: &str) -> Command {
        let mut command = Command::new(&self.program);
        command.env_clear().env("LC_ALL", "C.UTF-8");
        command.arg("--config").arg(self.sources.join("gatehouse.toml"));
        command.arg("--data-dir").arg(self.data()).arg("--public-url").arg(address);
        command.arg("--listen").arg(address.trim_start_matches("http://"));
        command
    }
}

fn remove(folder: &Path) -> Result<(), Failure> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(Failure::file(folder, &error)),
        _ => Ok(()),
    }
}

fn private_folder(folder: &Path) -> Result<(), Failure> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(|error| Failure::file(folder, &error))
}
