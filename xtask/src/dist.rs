//! `cargo xtask dist`: the release archive.
//!
//! The same sources give the same archive: files in the order of their names, one date, nobody's user id. What is in
//! it is what `packaging/INSTALL.md` speaks of.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use clap::Args;

use crate::failure::Failure;
use crate::layout::Layout;
use crate::shell::{cargo, read, run as run_to_end, say};

/// Files beside the binaries: from the repository, to the archive.
const FILES: [(&str, &str); 9] = [
    ("LICENSE", "LICENSE"),
    ("CHANGELOG.md", "CHANGELOG.md"),
    ("packaging/INSTALL.md", "INSTALL.md"),
    ("packaging/gatehouse.toml", "etc/gatehouse.toml"),
    ("packaging/gatehouse.service", "systemd/gatehouse.service"),
    ("packaging/nginx.conf", "proxy/nginx.conf"),
    ("packaging/nginx-subpath.conf", "proxy/nginx-subpath.conf"),
    ("packaging/Caddyfile", "proxy/Caddyfile"),
    ("packaging/Caddyfile-subpath", "proxy/Caddyfile-subpath"),
];

/// What the archive is made with.
#[derive(Args)]
pub(crate) struct Options {
    /// Secret key to sign the plug-in's package with, made by `gatehouse plugin keygen --no-password`; its public half
    /// lies beside it. Without one, a key is made in `target/dist` and used again the next time.
    #[arg(long, value_name = "KEYFILE")]
    key: Option<PathBuf>,
}

pub(crate) fn run(options: &Options, layout: &Layout) -> Result<ExitCode, Failure> {
    build(layout, &["--release", "-p", "gatehouse"])?;
    build(layout, &["--profile", "plugin", "-p", "plugin-auth-dingtalk"])?;
    let name = format!("gatehouse-{}-{}", env!("CARGO_PKG_VERSION"), host_triple()?);
    let dist = layout.target.join("dist");
    let folder = dist.join(&name);
    let key = match &options.key {
        Some(key) => key.clone(),
        None => own_key(layout, &dist)?,
    };
    fill(layout, &folder, &key)?;
    sum(&folder)?;
    let archive = pack(layout, &dist, &name)?;
    say(read(Command::new("sha256sum").current_dir(&dist).arg(&archive))?.trim_end());
    say(dist.join(archive).display());
    Ok(ExitCode::SUCCESS)
}

/// The platform that cargo builds for unless told otherwise.
fn host_triple() -> Result<String, Failure> {
    let about = read(Command::new("rustc").arg("-vV"))?;
    let triple = about.lines().find_map(|line| line.strip_prefix("host: "));
    triple.map(str::to_owned).ok_or_else(|| Failure::new("rustc does not say for which platform it builds"))
}

/// Builds what is handed out. The folders of this machine are no part of it: panics tell places relative to them.
fn build(layout: &Layout, arguments: &[&str]) -> Result<(), Failure> {
    let mut command = cargo(&layout.root, ["build", "--locked"].iter().chain(arguments));
    let sources = format!("--remap-path-prefix={}=.", layout.root.display());
    let crates = cargo_home().map(|home| format!(" --remap-path-prefix={}=/cargo", home.display()));
    command.env("RUSTFLAGS", format!("{sources}{}", crates.unwrap_or_default()));
    run_to_end(&mut command)
}

/// Where cargo keeps the sources of other crates.
#[expect(clippy::disallowed_methods, reason = "cargo tells its folder in a variable only")]
fn cargo_home() -> Option<PathBuf> {
    let named = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    named.or_else(|| std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".cargo")))
}

/// The key that was made for the archives of this checkout.
fn own_key(layout: &Layout, dist: &Path) -> Result<PathBuf, Failure> {
    let key = dist.join("gatehouse.key");
    if !key.exists() {
        fs::create_dir_all(dist).map_err(|error| Failure::file(dist, &error))?;
        let mut command = program(layout);
        run_to_end(command.args(["plugin", "keygen", "--no-password", "--output"]).arg(key.with_extension("")))?;
    }
    Ok(key)
}

/// The program that was just built.
fn program(layout: &Layout) -> Command {
    let mut command = Command::new(layout.target.join("release/gatehouse"));
    command.env_clear();
    command
}

/// Packs and signs the plug-in, and has the sample configuration trust whoever signed it.
fn put_plugin(layout: &Layout, folder: &Path, key: &Path) -> Result<(), Failure> {
    let mut command = program(layout);
    command.args(["plugin", "pack"]).arg(layout.dingtalk_library("plugin"));
    command.arg("--with").arg(layout.root.join("plugin-auth-dingtalk")).arg("--output").arg(folder.join("plugins"));
    run_to_end(command.arg("--sign").arg(key))?;
    let public = key.with_extension("pub");
    let text = fs::read_to_string(&public).map_err(|error| Failure::file(&public, &error))?;
    let line = text.lines().nth(1).ok_or_else(|| Failure::new("the public key is empty"))?;
    let sample = folder.join("etc/gatehouse.toml");
    let text = fs::read_to_string(&sample).map_err(|error| Failure::file(&sample, &error))?;
    let trusting = text.replace("# plugin_keys = {}", &format!("plugin_keys = {{ gatehouse = \"{line}\" }}"));
    fs::write(&sample, trusting).map_err(|error| Failure::file(&sample, &error))
}

fn fill(layout: &Layout, folder: &Path, key: &Path) -> Result<(), Failure> {
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(|error| Failure::file(folder, &error))?;
    }
    put(&layout.target.join("release/gatehouse"), &folder.join("bin/gatehouse"), 0o755)?;
    FILES.iter().try_for_each(|(from, to)| put(&layout.root.join(from), &folder.join(to), 0o644))?;
    put_plugin(layout, folder, key)
}

fn put(from: &Path, to: &Path, mode: u32) -> Result<(), Failure> {
    if let Some(parent) = to.parent() {
        fs::create_dir_all(parent).map_err(|error| Failure::file(parent, &error))?;
    }
    fs::copy(from, to).map_err(|error| Failure::file(from, &error))?;
    fs::set_permissions(to, Permissions::from_mode(mode)).map_err(|error| Failure::file(to, &error))
}

/// Writes `SHA256SUMS`, for `sha256sum --check`.
fn sum(folder: &Path) -> Result<(), Failure> {
    let mut files = Vec::new();
    collect(folder, Path::new(""), &mut files)?;
    files.sort();
    let sums = read(Command::new("sha256sum").current_dir(folder).arg("--").args(&files))?;
    let path = folder.join("SHA256SUMS");
    fs::write(&path, sums).map_err(|error| Failure::file(&path, &error))
}

/// The files below `folder`, by their names relative to it.
fn collect(folder: &Path, below: &Path, files: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let here = folder.join(below);
    let entries = fs::read_dir(&here).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    for entry in entries.map_err(|error| Failure::file(&here, &error))? {
        let name = below.join(entry.file_name());
        if entry.path().is_dir() {
            collect(folder, &name, files)?;
        } else {
            files.push(name);
        }
    }
    Ok(())
}

/// Packs the folder `name` of `dist`, and returns the name of the archive.
fn pack(layout: &Layout, dist: &Path, name: &str) -> Result<String, Failure> {
    let (bare, archive) = (format!("{name}.tar"), format!("{name}.tar.gz"));
    let date = format!("--mtime=@{}", commit_time(&layout.root));
    let mut tar = Command::new("tar");
    tar.current_dir(dist).args(["--create", "--format=ustar", "--sort=name", "--owner=0", "--group=0"]);
    run_to_end(tar.args(["--numeric-owner", "--mode=go-w", &date, "--file", &bare, name]))?;
    // Without the date and the name that gzip would put in.
    run_to_end(Command::new("gzip").current_dir(dist).args(["--no-name", "--best", "--force", &bare]))?;
    Ok(archive)
}

/// When the sources were committed, in seconds of Unix time; a fixed day outside of git.
fn commit_time(root: &Path) -> u64 {
    const SOME_DAY: u64 = 1_735_689_600;
    let output = Command::new("git").current_dir(root).args(["log", "-1", "--format=%ct"]).output();
    let text = output.ok().filter(|output| output.status.success()).map(|output| output.stdout);
    text.and_then(|text| String::from_utf8(text).ok()?.trim().parse().ok()).unwrap_or(SOME_DAY)
}
