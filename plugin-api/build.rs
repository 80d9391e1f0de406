//! Tells the crate which compiler and which target it is built with: a plug-in says so in its build section.
#![expect(clippy::disallowed_methods, reason = "cargo talks to build scripts through environment variables")]

use std::process::Command;

fn main() {
    let rustc = std::env::var("RUSTC").unwrap_or_else(|_| "rustc".into());
    let version = Command::new(rustc).arg("--version").output().map(|output| output.stdout).unwrap_or_default();
    println!("cargo::rustc-env=GATEHOUSE_RUSTC={}", String::from_utf8_lossy(&version).trim());
    println!("cargo::rustc-env=GATEHOUSE_TARGET={}", std::env::var("TARGET").unwrap_or_default());
    println!("cargo::rerun-if-changed=build.rs");
}
