//! What a developer does with the repository: `cargo demo`, `cargo xtask test`, `cargo xtask dist`, `cargo xtask bench`.
//!
//! Nothing here is part of the product. It needs nothing but the Rust toolchain and builds in seconds.

mod bench;
mod demo;
mod dist;
mod failure;
mod layout;
mod shell;
mod test;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use failure::Failure;
use layout::Layout;

/// Developer commands of Gatehouse.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Options {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Build everything, start Gatehouse and a simulated DingTalk on this machine, and say whom to sign in as.
    Demo(demo::Options),
    /// Check and test everything; install what is missing when run as root.
    Test(test::Options),
    /// Make the release archive in target/dist.
    Dist(dist::Options),
    /// Measure what a sign-in costs, beside a bare axum program.
    Bench(bench::Options),
}

fn main() -> ExitCode {
    match run(Options::parse().task) {
        Ok(code) => code,
        Err(failure) => {
            eprintln!("xtask: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn run(task: Task) -> Result<ExitCode, Failure> {
    let layout = Layout::find()?;
    match task {
        Task::Demo(options) => demo::run(&options, &layout),
        Task::Test(options) => test::run(&options, &layout),
        Task::Dist(options) => dist::run(&options, &layout),
        Task::Bench(options) => bench::run(&options, &layout),
    }
}
