//! What there is to tell, as one page of text.

use super::exposition::{Exposition, Kind, Label};
use crate::app::App;
use crate::plugins::{BreakerState, Entry, Reading, State};

/// The states of a plug-in, as labels.
const STATES: [&str; 4] = ["available", "enabled", "failed", "quarantined"];

/// A leg with the names of its plug-in and its authenticator.
struct Known {
    plugin: String,
    authenticator: String,
    reading: Reading,
}

impl Known {
    fn labels(&self) -> [Label<'_>; 4] {
        let leg = &self.reading.leg;
        [("plugin", &self.plugin), ("authenticator", &self.authenticator), ("origin", &leg.origin), ("leg", &leg.name)]
    }
}

/// The whole page.
pub(super) fn collect(app: &App) -> String {
    let mut page = Exposition::default();
    let plugins = app.registry.list().plugins;
    let legs = legs(app, &plugins);
    requests(&mut page, &legs);
    durations(&mut page, &legs);
    breakers(&mut page, &legs);
    sign_ins(&mut page, app);
    states(&mut page, &plugins);
    health(&mut page, &plugins);
    house(&mut page, app);
    page.finish()
}

/// The legs of authenticators that are there; one that was removed has no name.
fn legs(app: &App, plugins: &[Entry]) -> Vec<Known> {
    let authenticators = app.authenticators.all();
    let name = |id: &str| authenticators.iter().find(|one| one.id == id).map(|one| one.uid.clone());
    let mut legs = Vec::new();
    for entry in plugins {
        let State::Enabled(plugin) = &entry.state else { continue };
        for reading in plugin.legs().readings() {
            if let Some(authenticator) = name(&reading.leg.authenticator) {
                legs.push(Known { plugin: entry.id.clone(), authenticator, reading });
            }
        }
    }
    legs
}

fn requests(page: &mut Exposition, legs: &[Known]) {
    let mut family = page.family(
        "gatehouse_upstream_requests_total",
        Kind::Counter,
        "Requests to other servers by outcome; paused ones were not sent, because the server had failed.",
    );
    for leg in legs {
        for (outcome, count) in leg.reading.tally.outcomes() {
            let [plugin, authenticator, origin, name] = leg.labels();
            family.sample(&[plugin, authenticator, origin, name, ("outcome", outcome)], count);
        }
    }
}

fn durations(page: &mut Exposition, legs: &[Known]) {
    let mut family = page.family(
        "gatehouse_upstream_request_duration_seconds",
        Kind::Histogram,
        "How long requests to other servers took, whatever their outcome.",
    );
    for leg in legs {
        let tally = &leg.reading.tally;
        let [plugin, authenticator, origin, name] = leg.labels();
        let mut bucket = |bound: &str, count: u64| {
            family.part("_bucket", &[plugin, authenticator, origin, name, ("le", bound)], count);
        };
        tally.buckets().for_each(|(ms, count)| bucket(&seconds(ms), count));
        bucket("+Inf", tally.calls());
        family.part("_sum", &leg.labels(), tally.total().as_secs_f64());
        family.part("_count", &leg.labels(), tally.calls());
    }
}

fn breakers(page: &mut Exposition, legs: &[Known]) {
    let mut family = page.family(
        "gatehouse_upstream_breaker_state",
        Kind::Gauge,
        "Whether a leg is left alone: 0 closed, 1 half-open (one request is let through on trial), 2 open.",
    );
    for leg in legs {
        family.sample(&leg.labels(), number(leg.reading.state));
    }
}

fn sign_ins(page: &mut Exposition, app: &App) {
    let mut family = page.family(
        "gatehouse_sign_ins_total",
        Kind::Counter,
        "Sign-ins by authenticator and outcome: completed, or the reason of the refusal.",
    );
    for (authenticator, outcome, count) in app.metrics.sign_ins.read() {
        family.sample(&[("authenticator", &authenticator), ("outcome", outcome)], count);
    }
}

fn states(page: &mut Exposition, plugins: &[Entry]) {
    let mut family = page.family("gatehouse_plugin_state", Kind::Gauge, "1 for the state that a plug-in is in.");
    for entry in plugins {
        let now = state(&entry.state);
        for state in STATES {
            family.sample(&[("plugin", &entry.id), ("state", state)], u8::from(state == now));
        }
    }
}

fn health(page: &mut Exposition, plugins: &[Entry]) {
    let running = || {
        plugins.iter().filter_map(|entry| match &entry.state {
            State::Enabled(plugin) => Some((&entry.id, plugin.calls())),
            _ => None,
        })
    };
    let mut family = page.family(
        "gatehouse_plugin_breaker_state",
        Kind::Gauge,
        "Whether a plug-in that kept failing is left alone: 0 closed, 1 half-open, 2 open.",
    );
    for (id, calls) in running() {
        family.sample(&[("plugin", id)], number(calls.breaker()));
    }
    let mut family = page.family(
        "gatehouse_plugin_wedged",
        Kind::Gauge,
        "1 while the threads of a plug-in hang; a fresh copy takes its place, once.",
    );
    for (id, calls) in running() {
        family.sample(&[("plugin", id)], u8::from(calls.is_wedged()));
    }
}

fn house(page: &mut Exposition, app: &App) {
    let version = [("version", env!("CARGO_PKG_VERSION"))];
    page.family("gatehouse_build_info", Kind::Gauge, "1, with the version of this program.").sample(&version, 1);
    let help = "When the process was started, in seconds since 1970-01-01 UTC.";
    page.family("process_start_time_seconds", Kind::Gauge, help).sample(&[], seconds(app.metrics.started_ms));
}

const fn state(state: &State) -> &'static str {
    match state {
        State::Available => STATES[0],
        State::Enabled(_) => STATES[1],
        State::Failed(_) => STATES[2],
        State::Quarantined(_) => STATES[3],
    }
}

const fn number(state: BreakerState) -> u8 {
    match state {
        BreakerState::Closed => 0,
        BreakerState::HalfOpen => 1,
        BreakerState::Open => 2,
    }
}

/// Milliseconds as seconds, exactly.
fn seconds(ms: impl TryInto<u64>) -> String {
    let ms = ms.try_into().unwrap_or_default();
    let text = format!("{}.{:03}", ms / 1_000, ms % 1_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::seconds;

    #[test]
    fn milliseconds_are_told_as_seconds() {
        let told = [5_u64, 10, 250, 1_000, 2_500, 0, 1_790_000_000_000].map(seconds);
        assert_eq!(told, ["0.005", "0.01", "0.25", "1", "2.5", "0", "1790000000"]);
        assert_eq!(seconds(-1_i64), "0");
    }
}
