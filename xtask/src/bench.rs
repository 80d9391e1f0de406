//! `cargo xtask bench`: builds what is released, and measures it beside a bare axum program.
//!
//! The measuring itself is the package `gatehouse-bench`.

use std::process::{Command, ExitCode};

use clap::Args;

use crate::failure::Failure;
use crate::layout::Layout;
use crate::shell::{cargo, run as run_to_end, say};

/// How the figures are taken.
#[derive(Args)]
pub(crate) struct Options {
    /// Less of everything: about two minutes instead of up to fifteen, and less exact.
    #[arg(long)]
    quick: bool,
    /// Measure only this (sign-in, check, page, crowd, memory, start, library, weight, door, loading, turns); may be repeated.
    #[arg(long, value_name = "MEASURE")]
    only: Vec<String>,
}

pub(crate) fn run(options: &Options, layout: &Layout) -> Result<ExitCode, Failure> {
    say("Building release programs and the plug-in …");
    let build = |arguments: &[&str]| run_to_end(cargo(&layout.root, ["build", "--quiet"]).args(arguments));
    // The host by itself, so that it has no more features than the one that is shipped.
    build(&["--release", "-p", "gatehouse"])?;
    build(&["--release", "-p", "gatehouse-bench", "-p", "dingtalk-simulator"])?;
    build(&["--release", "-p", "plugin-api", "--example", "chameleon"])?;
    build(&["--profile", "plugin", "-p", "plugin-auth-dingtalk"])?;
    say(if options.quick {
        "Measuring, for about two minutes …\n"
    } else {
        "Measuring, for up to fifteen minutes …\n"
    });
    run_to_end(&mut measure(options, layout))?;
    Ok(ExitCode::SUCCESS)
}

fn measure(options: &Options, layout: &Layout) -> Command {
    let release = layout.target.join("release");
    let mut command = Command::new(release.join("gatehouse-bench"));
    command.arg("--host").arg(release.join("gatehouse"));
    command.arg("--library").arg(layout.dingtalk_library("plugin"));
    command.arg("--chameleon").arg(release.join("examples/libchameleon.so"));
    command.arg("--simulator").arg(release.join("dingtalk-simulator"));
    command.arg("--reference").arg(release.join("bench-reference"));
    // In the target folder, which is on a disk: writes are to be as durable as they are in production.
    command.arg("--work").arg(layout.target.join("bench"));
    if options.quick {
        command.arg("--quick");
    }
    for measure in &options.only {
        command.arg("--only").arg(measure);
    }
    command
}
