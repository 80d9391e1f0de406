//! What Gatehouse costs, measured from outside, beside a bare axum program on the same machine in the same minute.
//!
//! Everything runs on loopback, in processes of its own: the simulated DingTalk, the product with its embedded
//! database on disk and the plug-in behind the door, and the reference (`src/reference`). This process drives the
//! load. Product and reference take turns, and of several rounds the median counts. Processor time is that of the
//! server alone, in user and in kernel mode. `cargo xtask bench` builds what is needed and starts this program.

mod browser;
mod crowd;
mod door;
mod line;
mod load;
mod loading;
mod measures;
mod numbers;
mod people;
mod program;
mod report;
mod stage;
mod turns;
mod weight;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;

use measures::{Effort, Measure};
use report::Report;

/// What may go wrong while measuring is told to a developer, who sees the whole sentence.
pub(crate) type Outcome<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// Measures Gatehouse beside a bare axum program.
#[derive(Parser)]
#[command(name = "gatehouse-bench")]
pub(crate) struct Options {
    /// The `gatehouse` program.
    #[arg(long)]
    host: PathBuf,
    /// The DingTalk plug-in, built with profile `plugin`.
    #[arg(long)]
    library: PathBuf,
    /// The example plug-in that comes in many releases.
    #[arg(long)]
    chameleon: PathBuf,
    /// The `dingtalk-simulator` program.
    #[arg(long)]
    simulator: PathBuf,
    /// The `bench-reference` program.
    #[arg(long)]
    reference: PathBuf,
    /// Folder to work in, on a real disk; a folder is made in it and removed at the end.
    #[arg(long)]
    work: PathBuf,
    /// Less of everything: under a minute, and less exact.
    #[arg(long)]
    quick: bool,
    /// Measure only this; may be given several times.
    #[arg(long, value_enum)]
    only: Vec<Measure>,
}

#[tokio::main]
async fn main() -> ExitCode {
    let options = Options::parse();
    let effort = if options.quick { Effort::QUICK } else { Effort::FULL };
    // Whatever hangs, it ends: dropping the stage kills what it started.
    let outcome = match tokio::time::timeout(effort.limit, run(&options, &effort)).await {
        Ok(outcome) => outcome,
        Err(_) => Err(format!("the measuring took longer than {} s", effort.limit.as_secs()).into()),
    };
    match outcome {
        Ok(report) => {
            print(&report);
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("bench: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(options: &Options, effort: &Effort) -> Outcome<Report> {
    program::raise_file_limit()?;
    let folder = options.work.join(format!("run-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let outcome = measures::all(options, effort, &folder).await;
    match &outcome {
        Ok(_) => std::fs::remove_dir_all(&folder)?,
        Err(_) => eprintln!("bench: logs and data are kept in {}", folder.display()),
    }
    outcome
}

#[expect(clippy::print_stdout, reason = "the table is what this program is for")]
fn print(report: &Report) {
    println!("{}", report.text());
}

/// How large a file is, in bytes.
fn size(path: &Path) -> Outcome<u64> {
    Ok(std::fs::metadata(path).map_err(|error| format!("{}: {error}", path.display()))?.len())
}

/// How long programs are left alone before their memory is read.
const REST: Duration = Duration::from_secs(2);
