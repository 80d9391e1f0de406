//! `cargo xtask test`: everything that has to hold before a change goes in.
//!
//! Prepare the machine, check the shape of the code, build what the tests open and run, run them, and say how it
//! went. A step that fails does not hide the ones after it, except that nothing is run if it does not build.

mod machine;
mod steps;
mod summary;

use std::process::ExitCode;

use clap::Args;

use crate::failure::Failure;
use crate::layout::Layout;
use machine::Machine;
use summary::{Outcome, Summary};

/// What is tested.
#[derive(Args)]
pub(crate) struct Options {
    /// Install nothing, even as root.
    #[arg(long)]
    no_install: bool,
    /// Leave out what needs Chromium.
    #[arg(long)]
    no_browser: bool,
    /// Leave out what needs PostgreSQL.
    #[arg(long)]
    no_postgres: bool,
    /// Leave out what needs Node.js.
    #[arg(long)]
    no_node: bool,
    /// Leave out formatting, clippy and the rules about dependencies.
    #[arg(long)]
    no_lint: bool,
    /// Only tests whose names contain one of these.
    #[arg(value_name = "FILTER")]
    filter: Vec<String>,
}

pub(crate) fn run(options: &Options, layout: &Layout) -> Result<ExitCode, Failure> {
    let machine = Machine::prepare(options, layout)?;
    let mut summary = Summary::default();
    for part in machine.left_out() {
        summary.add(part.name(), Outcome::LeftOut(part.why()));
    }
    if !options.no_lint {
        lint(&mut summary, layout);
    }
    let built = summary.step("build", || steps::build(layout)) && summary.step("plug-in", || steps::plugin(layout));
    if built {
        summary.step("tests", || steps::tests(layout, &machine, &options.filter));
        if options.filter.is_empty() {
            summary.step("documentation tests", || steps::documentation_tests(layout));
        }
    }
    Ok(summary.print())
}

fn lint(summary: &mut Summary, layout: &Layout) {
    summary.step("formatting", || steps::formatting(layout));
    summary.step("clippy", || steps::clippy(layout));
    if let Some(check) = steps::dependencies(layout) {
        summary.step("dependencies", check);
    } else {
        summary.add("dependencies", Outcome::LeftOut("cargo-deny is not installed".into()));
    }
}
