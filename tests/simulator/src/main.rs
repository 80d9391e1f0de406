//! The simulator as a program: one address, one scenario, until it is told to stop.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use dingtalk_simulator::{Scenario, Simulator, StartError};
use tokio::signal::unix::{SignalKind, signal};

/// Exit code for a refusal: a wrong address, an unusable scenario, a wrong option.
const REFUSED: u8 = 2;

/// A strict simulator of the DingTalk endpoints that a sign-in needs.
#[derive(Parser)]
#[command(name = "dingtalk-simulator", version)]
struct Options {
    /// Loopback address and port to listen on; port 0 takes one that is free.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:0")]
    listen: SocketAddr,
    /// JSON file that says who exists; the built-in demonstration by default.
    #[arg(long, value_name = "FILE")]
    scenario: Option<PathBuf>,
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Options::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Refused(reason)) => {
            eprintln!("dingtalk-simulator: {reason}");
            ExitCode::from(REFUSED)
        }
        Err(Failure::System(error)) => {
            eprintln!("dingtalk-simulator: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Why the program ends other than by being told to.
enum Failure {
    /// What it was asked to do is not done on principle.
    Refused(String),
    /// The system would not let it.
    System(std::io::Error),
}

async fn run(options: Options) -> Result<(), Failure> {
    let refused = |error: &dyn std::error::Error| Failure::Refused(error.to_string());
    let scenario = match &options.scenario {
        Some(path) => Scenario::load(path),
        None => Scenario::demo(),
    };
    let scenario = scenario.map_err(|error| refused(&error))?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(Failure::System)?;
    let mut terminate = signal(SignalKind::terminate()).map_err(Failure::System)?;
    let simulator = Simulator::start_on(options.listen, scenario).await.map_err(|error| match error {
        StartError::Listen(_, error) => Failure::System(error),
        other => refused(&other),
    })?;
    announce(&simulator);
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
    }
    Ok(())
}

/// Whoever started the program waits for this line.
#[expect(clippy::print_stdout, reason = "the line on standard output is how a starter learns the address")]
fn announce(simulator: &Simulator) {
    println!("dingtalk-simulator listening on {}", simulator.base_url());
}
