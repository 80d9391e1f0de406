//! The program from the shell.

mod administrators;
mod apply;
mod configuration;
mod crash;
mod first_start;
mod keys;
mod plugins;
mod refuses;

use dingtalk_simulator::{Scenario, Simulator};
use gatehouse_tests::{CLIENT_ID, CLIENT_SECRET, Host, Machine};

/// The file that `cargo demo` applies.
const SEED: &str = include_str!("../../../demo/seed.toml");

/// Nothing was found on the disk.
const NO_FILES: [&str; 0] = [];

/// The password in what a command or the first start wrote.
fn password_in(text: &str) -> String {
    let line = text.lines().find_map(|line| line.trim().strip_prefix("Password:"));
    line.unwrap_or_else(|| panic!("no password: {text}")).trim().to_owned()
}

/// A simulator, and a machine on which the seed can be applied.
async fn seeded() -> (Simulator, Machine) {
    let simulator = Simulator::start(Scenario::demo().unwrap()).await.expect("the simulator starts");
    let mut machine = Machine::with_plugin();
    machine.set("DEMO_CLIENT_ID", CLIENT_ID);
    machine.set("DEMO_CLIENT_SECRET", CLIENT_SECRET);
    machine.set("DEMO_DINGTALK", simulator.base_url());
    machine.write("seed.toml", SEED);
    (simulator, machine)
}

/// The Redirect URL of a host's authenticator becomes one that the simulator knows.
fn register(simulator: &Simulator, host: &Host) {
    simulator.register_redirect(CLIENT_ID, &format!("{}/signin/dingtalk/callback", host.address)).unwrap();
}
