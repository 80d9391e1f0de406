//! Where the built programs and libraries are.

use std::ffi::OsString;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The compiled DingTalk library.
pub fn plugin_library() -> PathBuf {
    built("GATEHOUSE_TEST_PLUGIN", "plugin/libauth_dingtalk.so")
}

/// The library of one of the example plug-ins, without what only a debugger reads: that is nine tenths of it.
pub fn example_plugin(name: &str) -> PathBuf {
    let folder = variable("GATEHOUSE_TEST_EXAMPLES").map(PathBuf::from);
    let built = folder.unwrap_or_else(|| target().join("debug/examples")).join(format!("lib{name}.so"));
    assert!(built.is_file(), "{} is not built; run: cargo xtask test", built.display());
    let stripped = target().join("test-libraries");
    fs::create_dir_all(&stripped).unwrap();
    let lock = File::create(stripped.join("lock")).unwrap();
    lock.lock().unwrap();
    let path = stripped.join(format!("lib{name}.so"));
    let changed = |path: &Path| fs::metadata(path).and_then(|about| about.modified()).ok();
    if changed(&path) < changed(&built) {
        // It comes with the linker that Rust needs anyway.
        let fresh = path.with_extension("fresh");
        let strip = Command::new("strip").arg("--strip-debug").arg("-o").arg(&fresh).arg(&built).status();
        assert!(strip.is_ok_and(|status| status.success()), "{} cannot be stripped", built.display());
        fs::rename(fresh, &path).unwrap();
    }
    path
}

/// The program itself.
pub fn gatehouse_program() -> PathBuf {
    built("GATEHOUSE_TEST_BIN", "debug/gatehouse")
}

/// The simulator's program.
pub fn simulator_program() -> PathBuf {
    built("GATEHOUSE_TEST_SIMULATOR", "debug/dingtalk-simulator")
}

/// Whether `part` (`browser`, `postgres`, `node`) was left out on purpose.
pub fn skips(part: &str) -> bool {
    variable("GATEHOUSE_TEST_SKIP").is_some_and(|parts| parts.to_string_lossy().split(',').any(|one| one == part))
}

/// Whether the pictures in `docs/images` are to be made anew.
pub fn wants_pictures() -> bool {
    variable("GATEHOUSE_SCREENSHOTS").is_some_and(|value| value == "1")
}

fn built(name: &str, below_target: &str) -> PathBuf {
    let path = variable(name).map_or_else(|| target().join(below_target), PathBuf::from);
    assert!(path.is_file(), "{} is not built; run: cargo xtask test", path.display());
    path
}

pub(crate) fn target() -> PathBuf {
    let folder = variable("CARGO_TARGET_DIR").map(PathBuf::from);
    folder.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../target"))
}

fn variable(name: &str) -> Option<OsString> {
    #[expect(clippy::disallowed_methods, reason = "whoever runs the tests says here where things are")]
    std::env::var_os(name)
}
