//! `cargo demo`: from a fresh clone to a sign-in page.
//!
//! Builds the host, the plug-in and the DingTalk simulator; packs the plug-in and signs it with a key of the
//! demo's own; lays a data folder out under `target/demo`; starts the
//! simulator and the host as processes of their own; applies `demo/seed.toml` beside the running host, as an
//! administrator would; registers the Redirect URL in the simulated developer console; tells whom to sign in as; and
//! waits for Ctrl-C.

mod child;
mod http;
mod leaflet;
mod ports;
mod signals;
mod stage;

use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use clap::Args;

use crate::failure::Failure;
use crate::layout::Layout;
use crate::shell::{cargo, run as run_to_end, say};
use child::Child;
use leaflet::Leaflet;
use stage::Stage;

/// Port of the host unless it is taken or another one is asked for.
const PORT: u16 = 8600;
/// How long a program may take to answer after it was started.
const PATIENCE: Duration = Duration::from_secs(30);
/// The application in the simulated developer console that the seed configures. A test compares both with the scenario.
const CLIENT_ID: &str = "dingdemoclient0001";
const CLIENT_SECRET: &str = "demo-secret-0001-not-a-real-one";
/// The authenticator that the seed makes.
const AUTHENTICATOR: &str = "dingtalk";

/// How the demo runs.
#[derive(Args)]
pub(crate) struct Options {
    /// Keep the data of the last demo instead of starting afresh.
    #[arg(long)]
    keep: bool,
    /// Port of Gatehouse on 127.0.0.1; 8600 or any free one by default.
    #[arg(long, value_name = "N")]
    port: Option<u16>,
    /// Use what was built before.
    #[arg(long)]
    no_build: bool,
}

pub(crate) fn run(options: &Options, layout: &Layout) -> Result<ExitCode, Failure> {
    signals::listen();
    if !options.no_build {
        build(layout)?;
    }
    let stage = Stage::lay_out(layout, options.keep)?;
    let mut simulator = Child::start("the DingTalk simulator", &stage.simulator_log(), &mut simulator(layout))?;
    let console = simulator.wait_for_line("dingtalk-simulator listening on ", PATIENCE)?;
    let address = format!("http://127.0.0.1:{}", ports::choose(options.port)?);
    let mut host = Child::start("Gatehouse", &stage.host_log(), &mut serve(&stage, &address)?)?;
    wait_for(&mut host, &address, "/readyz", "ready")?;
    seed(&stage, &console, &address)?;
    register(&console, &address)?;
    wait_for(&mut host, &address, "/signin", &format!("/signin/{AUTHENTICATOR}/start"))?;
    let password = host.find("Password:");
    let leaflet = Leaflet { address, console, password, root: &layout.root, data: stage.data() };
    leaflet.print();
    let ended = watch(&mut [&mut host, &mut simulator]);
    // First whoever people talk to, then what it talks to.
    host.stop();
    simulator.stop();
    match ended {
        Some(sentence) => Err(Failure::new(sentence)),
        None => {
            say("\nStopped. 已停止。");
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn build(layout: &Layout) -> Result<(), Failure> {
    say("Building … (a few minutes the first time, seconds afterwards)  正在构建……（首次需要几分钟）");
    let packages = ["-p", "gatehouse", "-p", "dingtalk-simulator", "-p", "plugin-auth-dingtalk"];
    run_to_end(cargo(&layout.root, ["build", "--quiet"]).args(packages))
}

fn simulator(layout: &Layout) -> Command {
    let mut command = Command::new(layout.debug_program("dingtalk-simulator"));
    let port = ports::preferred(PORT + 1);
    command.arg("--listen").arg(format!("127.0.0.1:{port}")).arg("--scenario").arg(layout.demo_scenario());
    command
}

fn serve(stage: &Stage, address: &str) -> Result<Command, Failure> {
    let mut command = stage.gatehouse(address)?;
    command.arg("serve");
    Ok(command)
}

/// Makes the users and the authenticator, through the same door as an administrator with a file.
fn seed(stage: &Stage, console: &str, address: &str) -> Result<(), Failure> {
    let mut command = stage.gatehouse(address)?;
    command.env("DEMO_DINGTALK", console).env("DEMO_CLIENT_ID", CLIENT_ID).env("DEMO_CLIENT_SECRET", CLIENT_SECRET);
    run_to_end(command.args(["apply", "--file"]).arg(stage.seed()))
}

/// What an administrator does in the developer console.
fn register(console: &str, address: &str) -> Result<(), Failure> {
    let path = format!("/_sim/apps/{CLIENT_ID}/redirect-urls");
    let body = format!("{{\"url\":\"{address}/signin/{AUTHENTICATOR}/callback\"}}");
    match http::send("POST", console, &path, &body) {
        Ok(answer) if answer.status == 204 => Ok(()),
        Ok(answer) => Err(Failure::new(format!("the simulator refused the Redirect URL (status {})", answer.status))),
        Err(error) => Err(Failure::new(format!("the simulator does not answer: {error}"))),
    }
}

/// Waits until the page at `path` is there, with `text` in it.
fn wait_for(host: &mut Child, address: &str, path: &str, text: &str) -> Result<(), Failure> {
    let started = Instant::now();
    while started.elapsed() < PATIENCE {
        if let Some(sentence) = host.ended() {
            return Err(Failure::new(sentence));
        }
        if http::send("GET", address, path, "").is_ok_and(|answer| answer.status == 200 && answer.has(text)) {
            return Ok(());
        }
        std::thread::sleep(Duration::from_millis(25));
    }
    Err(Failure::new(format!("{address}{path} does not answer as expected")))
}

/// Waits for Ctrl-C, or for a program to end by itself; then it says which.
fn watch(children: &mut [&mut Child]) -> Option<String> {
    while !signals::told_to_stop() {
        if let Some(sentence) = children.iter_mut().find_map(|child| child.ended()) {
            return Some(sentence);
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scenario_has_the_application() {
        let scenario = include_str!("../../../tests/simulator/scenarios/demo.json");
        assert!(scenario.contains(&format!("\"{CLIENT_ID}\"")));
        assert!(scenario.contains(&format!("\"{CLIENT_SECRET}\"")));
    }

    #[test]
    fn the_seed_makes_the_authenticator() {
        assert!(include_str!("../../../demo/seed.toml").contains(&format!("uid = \"{AUTHENTICATOR}\"")));
    }
}
