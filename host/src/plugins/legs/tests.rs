use super::*;
use crate::clock::ManualClock;

const NOW: i64 = 1_800_000_000_000;

/// Draws the longest pause each time.
struct NoChance;

impl Entropy for NoChance {
    fn fill(&self, bytes: &mut [u8]) {
        bytes.fill(0);
    }
}

fn legs() -> (ManualClock, Arc<Legs>) {
    let clock = ManualClock::new(NOW);
    (clock.clone(), Arc::new(Legs::new(Arc::new(clock), Arc::new(NoChance))))
}

fn leg(authenticator: &str, name: &str) -> Leg {
    Leg { authenticator: authenticator.into(), origin: "https://api.example.com".into(), name: name.into() }
}

fn call(legs: &Arc<Legs>, leg: &Leg, check: bool, outcome: StepOutcome) -> bool {
    let passage = legs.admit(leg.clone(), NOW, check);
    let passed = passage.is_some();
    passage.into_iter().for_each(|passage| passage.settle(outcome, Duration::from_millis(7)));
    passed
}

fn fail(legs: &Arc<Legs>, leg: &Leg) {
    (0..5).for_each(|_| assert!(call(legs, leg, false, StepOutcome::Timeout)));
}

fn state(legs: &Legs, leg: &Leg) -> BreakerState {
    legs.readings().into_iter().find(|reading| reading.leg == *leg).unwrap().state
}

#[test]
fn each_leg_is_guarded_by_itself() {
    let (clock, legs) = legs();
    let (token, profile, other) = (leg("1", "token"), leg("1", "profile"), leg("2", "token"));
    fail(&legs, &token);
    assert!(!call(&legs, &token, false, StepOutcome::Status(200)), "left alone");
    assert!(call(&legs, &profile, false, StepOutcome::Status(200)));
    assert!(call(&legs, &other, false, StepOutcome::Status(200)));
    assert!(legs.is_down("1", NOW) && !legs.is_down("2", NOW) && !legs.is_down("1", NOW + 1));
    clock.advance(Duration::from_secs(1));
    assert!(call(&legs, &token, false, StepOutcome::Status(200)), "the trial");
    assert!(!legs.is_down("1", NOW));
}

/// What the old address still owes when new settings are saved is not held against them.
#[test]
fn late_answers_to_old_settings_say_nothing_about_new_ones() {
    let (clock, legs) = legs();
    let token = leg("1", "token");
    fail(&legs, &token);
    let under_way = legs.admit(token.clone(), NOW, true).unwrap();
    clock.advance(Duration::from_secs(1));
    let saved = clock.now_ms();
    under_way.settle(StepOutcome::Timeout, Duration::from_secs(1));
    assert!(legs.is_down("1", NOW) && !legs.is_down("1", saved));
    let with_new_ones = legs.admit(token, saved, true).unwrap();
    with_new_ones.settle(StepOutcome::Timeout, Duration::from_secs(1));
    assert!(legs.is_down("1", saved));
}

/// UP-4: too often is an answer.
#[test]
fn refusals_open_nothing() {
    let (_, legs) = legs();
    for status in [400, 401, 403, 404, 429].repeat(5) {
        assert!(call(&legs, &leg("1", "token"), false, StepOutcome::Status(status)));
    }
    assert!(!legs.is_down("1", NOW));
}

/// A leg that only a person can go is spoken for by checks along another.
#[test]
fn checks_speak_for_their_neighbours() {
    let (clock, legs) = legs();
    let (token, app) = (leg("1", "user-token"), leg("1", "app-token"));
    fail(&legs, &token);
    for _ in 0..3 {
        assert!(call(&legs, &app, false, StepOutcome::Status(200)), "a sign-in was not about that");
    }
    assert!(legs.is_down("1", NOW));
    clock.advance(Duration::from_secs(5));
    call(&legs, &app, true, StepOutcome::Status(200));
    call(&legs, &app, true, StepOutcome::Status(502));
    call(&legs, &app, true, StepOutcome::Status(200));
    assert!(legs.is_down("1", NOW), "not twice in a row");
    call(&legs, &app, true, StepOutcome::Status(403));
    assert!(!legs.is_down("1", NOW));
    assert_eq!(state(&legs, &token), BreakerState::Closed);
}

/// An administrator who tries settings out does not put up a sign for everybody.
#[test]
fn checks_open_nothing() {
    let (_, legs) = legs();
    (0..20).for_each(|_| assert!(call(&legs, &leg("1", "token"), true, StepOutcome::Connect)));
    assert!(!legs.is_down("1", NOW));
}

#[test]
fn failing_neighbours_keep_the_news_fresh() {
    let (clock, legs) = legs();
    fail(&legs, &leg("1", "user-token"));
    for _ in 0..20 {
        clock.advance(Duration::from_secs(30));
        call(&legs, &leg("1", "app-token"), true, StepOutcome::Connect);
        assert!(legs.is_down("1", NOW));
    }
    clock.advance(Duration::from_secs(61));
    assert!(!legs.is_down("1", NOW), "nobody asked for a minute");
}

#[test]
fn there_are_so_many_and_no_more() {
    let (clock, legs) = legs();
    let broken = leg("1", "broken");
    fail(&legs, &broken);
    for number in 0..2 * MOST {
        clock.advance(Duration::from_millis(1));
        call(&legs, &leg("1", &format!("leg-{number}")), false, StepOutcome::Status(200));
    }
    let readings = legs.readings();
    assert_eq!(readings.len(), MOST);
    assert!(readings.iter().any(|reading| reading.leg == broken), "trouble is remembered longest");
}

#[test]
fn what_comes_of_calls_is_counted() {
    let (_, legs) = legs();
    let leg = leg("1", "token");
    fail(&legs, &leg);
    call(&legs, &leg, false, StepOutcome::Status(200));
    drop(legs.admit(leg, NOW, false));
    let [reading] = legs.readings().try_into().unwrap();
    let counted: Vec<_> = reading.tally.outcomes().filter(|(_, count)| *count > 0).collect();
    assert_eq!(counted, [("timeout", 5), ("paused", 2)]);
    assert_eq!((reading.tally.calls(), reading.state), (5, BreakerState::Open));
}
