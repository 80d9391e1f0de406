//! The folder of the demo: data, a key of its own, the plug-in as a package signed with it, logs.

use std::fs::{self, DirBuilder, File};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::Failure;
use crate::layout::Layout;
use crate::shell::read;

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
        stage.make_key()?;
        stage.drop_plugin(&layout.dingtalk_library("debug"), &layout.root.join("plugin-auth-dingtalk"))?;
        Ok(stage)
    }

    /// A key that nobody but this demo trusts, as `gatehouse plugin keygen` makes it for a plug-in's author.
    fn make_key(&self) -> Result<(), Failure> {
        if self.key().with_extension("pub").exists() {
            return Ok(());
        }
        let mut command = self.program();
        command.args(["plugin", "keygen", "--no-password", "--output"]).arg(self.key().with_extension(""));
        read(&mut command).map(drop)
    }

    /// Packs and signs the plug-in as its author would, into the folder where an administrator would put it.
    fn drop_plugin(&self, built: &Path, texts: &Path) -> Result<(), Failure> {
        let plugins = self.data().join("plugins");
        private_folder(&plugins)?;
        let mut command = self.program();
        command.args(["plugin", "pack"]).arg(built).arg("--with").arg(texts).arg("--output").arg(&plugins);
        read(command.arg("--sign").arg(self.key())).map(drop)
    }

    fn key(&self) -> PathBuf {
        self.folder.join("demo.key")
    }

    /// Whom the host trusts: the demo's own key.
    fn plugin_keys(&self) -> Result<String, Failure> {
        let path = self.key().with_extension("pub");
        let text = fs::read_to_string(&path).map_err(|error| Failure::file(&path, &error))?;
        let line = text.lines().nth(1).ok_or_else(|| Failure::new("the demo's public key is empty"))?;
        Ok(format!("{{demo=\"{line}\"}}"))
    }

    /// The program, with nothing of the developer's own environment.
    fn program(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.env_clear().env("LC_ALL", "C.UTF-8");
        command
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

    /// The program with the demo's configuration, for people who will read `address`.
    pub(crate) fn gatehouse(&self, address: &str) -> Result<Command, Failure> {
        let mut command = self.program();
        command.env("GATEHOUSE_PLUGIN_KEYS", self.plugin_keys()?);
        command.arg("--config").arg(self.sources.join("gatehouse.toml"));
        command.arg("--data-dir").arg(self.data()).arg("--public-url").arg(address);
        command.arg("--listen").arg(address.trim_start_matches("http://"));
        Ok(command)
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
