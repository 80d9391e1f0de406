//! The steps. Each is a command or two of cargo.
//!
//! One development build serves all of them: it holds the host, the simulator, the example plug-ins and the tests
//! with the same features, so that nothing is compiled twice. Only the DingTalk plug-in is built once more, in the
//! profile that it is delivered in.

use std::process::Command;

use super::machine::Machine;
use crate::failure::Failure;
use crate::layout::Layout;
use crate::shell::{cargo, has, run};

pub(super) fn formatting(layout: &Layout) -> Result<(), Failure> {
    run(&mut cargo(&layout.root, ["fmt", "--all", "--check"]))
}

pub(super) fn clippy(layout: &Layout) -> Result<(), Failure> {
    run(&mut cargo(&layout.root, ["clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"]))
}

/// Licences, sources and banned crates, as `deny.toml` says; `None` without cargo-deny. Advisories are left to a
/// machine that may fetch them.
pub(super) fn dependencies(layout: &Layout) -> Option<impl FnOnce() -> Result<(), Failure>> {
    has("cargo-deny").then_some(|| run(&mut cargo(&layout.root, ["deny", "check", "bans", "licenses", "sources"])))
}

/// The host, the simulator, the example plug-ins, and the tests themselves.
pub(super) fn build(layout: &Layout) -> Result<(), Failure> {
    run(&mut cargo(&layout.root, ["build", "--workspace", "--all-targets"]))
}

/// The DingTalk plug-in as it is delivered.
pub(super) fn plugin(layout: &Layout) -> Result<(), Failure> {
    run(&mut cargo(&layout.root, ["build", "-p", "plugin-auth-dingtalk", "--profile", "plugin"]))
}

pub(super) fn tests(layout: &Layout, machine: &Machine, filter: &[String]) -> Result<(), Failure> {
    let mut command = if has("cargo-nextest") {
        let mut nextest = cargo(&layout.root, ["nextest", "run", "--workspace", "--no-tests", "warn"]);
        nextest.args(filter);
        nextest
    } else {
        let mut test = cargo(&layout.root, ["test", "--workspace", "--all-targets", "--no-fail-fast", "--"]);
        test.args(filter);
        test
    };
    tell_paths(&mut command, layout);
    command.env("GATEHOUSE_TEST_SKIP", machine.skipped());
    run(&mut command)
}

pub(super) fn documentation_tests(layout: &Layout) -> Result<(), Failure> {
    run(&mut cargo(&layout.root, ["test", "--workspace", "--doc", "--quiet"]))
}

/// Where the tests find what they speak to from outside.
fn tell_paths(command: &mut Command, layout: &Layout) {
    command
        .env("GATEHOUSE_TEST_BIN", layout.debug_program("gatehouse"))
        .env("GATEHOUSE_TEST_PLUGIN", layout.dingtalk_library("plugin"))
        .env("GATEHOUSE_TEST_EXAMPLES", layout.debug_program("examples"))
        .env("GATEHOUSE_TEST_SIMULATOR", layout.debug_program("dingtalk-simulator"));
}
