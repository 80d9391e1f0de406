//! The folder of the demo: data, the plug-in, logs.

use std::fs::{self, DirBuilder, File, Permissions};
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
    /// Held as long as the demo runs, so that a second one does not take its data away.
    _lock: File,
}

impl Stage {
    /// Makes the folder, empty unless `keep`, with the plug-in in its place.
    pub(crate) fn lay_out(layout: &Layout, keep: bool) -> Result<Self, Failure> {
        let folder = layout.target.join("demo");
        private_folder(&folder)?;
        let stage = Self {
            _lock: lock(&folder)?,
            folder,
            program: layout.debug_program("gatehouse"),
            sources: layout.root.join("demo"),
        };
        if !keep {
            remove(&stage.data())?;
        }
        stage.drop_plugin(&layout.dingtalk_library("debug"))?;
        Ok(stage)
    }

    /// Puts the plug-in where an administrator would.
    fn drop_plugin(&self, built: &Path) -> Result<(), Failure> {
        let plugins = self.data().join("plugins");
        private_folder(&plugins)?;
        let library = plugins.join("auth-dingtalk.so");
        fs::copy(built, &library).map_err(|error| Failure::file(built, &error))?;
        fs::set_permissions(&library, Permissions::from_mode(0o644)).map_err(|error| Failure::file(&library, &error))
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

fn lock(folder: &Path) -> Result<File, Failure> {
    let path = folder.join("lock");
    let file = File::create(&path).map_err(|error| Failure::file(&path, &error))?;
    file.try_lock().map_err(|_| Failure::new("a demo is running already; stop it first"))?;
    Ok(file)
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
