use super::*;
use Passing::{Check, Freely, Trial};

const NOW: i64 = 1_800_000_000_000;

/// With settings that were saved at `NOW`.
fn seen(at_ms: i64) -> Seen {
    Seen { at_ms, settings_ms: NOW }
}

fn opened() -> Breaker {
    let mut breaker = Breaker::default();
    for _ in 0..THRESHOLD {
        assert_eq!(breaker.admit(NOW), Some(Freely));
        breaker.bad(Freely, seen(NOW), 0);
    }
    breaker
}

#[test]
fn failures_in_a_row_open_it() {
    let mut breaker = Breaker::default();
    for _ in 0..3 {
        (1..THRESHOLD).for_each(|_| breaker.bad(Freely, seen(NOW), 0));
        breaker.good(Freely);
    }
    assert_eq!(breaker.state(NOW), BreakerState::Closed);
    assert_eq!(opened().state(NOW), BreakerState::Open);
}

/// UP-4: within five seconds the next call is a trial, however long the trouble lasted.
#[test]
fn the_pause_doubles_to_four_seconds_at_most() {
    let (mut breaker, mut now) = (opened(), NOW);
    for pause in [1_000, 2_000, 4_000, 4_000, 4_000] {
        assert_eq!(breaker.admit(now + pause - 1), None, "{pause}");
        now += pause;
        assert_eq!(breaker.state(now), BreakerState::HalfOpen);
        assert_eq!(breaker.admit(now), Some(Trial));
        assert_eq!(breaker.admit(now), None, "one at a time");
        breaker.bad(Trial, seen(now), 0);
    }
    assert_eq!(breaker.admit(now + 4_000), Some(Trial));
    breaker.good(Trial);
    assert_eq!(breaker.admit(now + 4_000), Some(Freely));
}

#[test]
fn chance_shortens_a_pause_by_a_quarter_at_most() {
    let mut breaker = Breaker::default();
    (0..THRESHOLD).for_each(|_| breaker.bad(Freely, seen(NOW), 255));
    assert_eq!(breaker.admit(NOW + 750), None);
    assert_eq!(breaker.admit(NOW + 760), Some(Trial));
}

#[test]
fn what_began_before_it_opened_says_nothing_new() {
    let mut breaker = opened();
    breaker.good(Freely);
    assert_eq!(breaker.state(NOW), BreakerState::Open);
    breaker.bad(Freely, seen(NOW + 900), 0);
    assert_eq!(breaker.admit(NOW + 1_000), Some(Trial), "the pause is no longer for it");
    breaker.bad(Freely, seen(NOW + 1_000), 0);
    assert_eq!(breaker.state(NOW + 1_000), BreakerState::HalfOpen, "the trial goes on");
}

#[test]
fn a_trial_that_nobody_saw_the_end_of_is_made_again() {
    let mut breaker = opened();
    assert_eq!(breaker.admit(NOW + 1_000), Some(Trial));
    breaker.abandon(Trial, NOW + 1_000);
    assert_eq!(breaker.admit(NOW + 1_000), Some(Trial));
}

#[test]
fn two_good_signs_close_it_on_probation() {
    let mut breaker = opened();
    breaker.hope();
    breaker.blame(seen(NOW));
    breaker.hope();
    assert!(breaker.is_troubled(), "not in a row");
    breaker.hope();
    assert_eq!(breaker.admit(NOW), Some(Freely));
    breaker.bad(Freely, seen(NOW), 0);
    assert_eq!(breaker.admit(NOW), None, "one failure is enough now");
    (0..3).for_each(|_| breaker.hope());
    assert!(breaker.is_troubled(), "others proved nothing about it");
    breaker.hope();
    assert_eq!(breaker.admit(NOW), Some(Freely));
    breaker.good(Freely);
    (0..THRESHOLD).for_each(|_| breaker.bad(Freely, seen(NOW), 0));
    (0..2).for_each(|_| breaker.hope());
    assert!(!breaker.is_troubled(), "that is forgotten once it answered");
}

#[test]
fn an_examination_closes_it_and_opens_nothing() {
    let mut breaker = Breaker::default();
    (0..20).for_each(|_| breaker.bad(Check, seen(NOW), 0));
    assert_eq!(breaker.state(NOW), BreakerState::Closed);
    let mut breaker = opened();
    breaker.bad(Check, seen(NOW + 900), 0);
    assert_eq!(breaker.admit(NOW + 1_000), Some(Trial), "the pause is no longer for it");
    breaker.bad(Check, seen(NOW + 1_000), 0);
    assert_eq!(breaker.admit(NOW + 1_000), None, "the trial goes on");
    breaker.good(Check);
    assert_eq!(breaker.state(NOW), BreakerState::Closed);
}

#[test]
fn old_news_is_no_news() {
    let breaker = opened();
    assert!(breaker.is_down(NOW, NOW + 60_000));
    assert!(!breaker.is_down(NOW, NOW + 60_001), "nobody asked for a minute");
    assert!(!breaker.is_down(NOW + 1, NOW + 2), "the settings are newer");
}

#[test]
fn a_clock_that_is_set_back_costs_nothing() {
    let mut breaker = opened();
    assert_eq!(breaker.admit(NOW - 3_600_000), Some(Trial));
}
