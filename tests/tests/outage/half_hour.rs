//! Half an hour in which the provider fails: whoever signs in another way, or is signed in, does not notice.

use dingtalk_simulator::{Fault, Preset, Reset};
use gatehouse_tests::World;

use super::{BANNER, attempt, attempts_fail, banner, everything_fails, exchanges, pass, trouble};

/// How long the steps are in which the half hour passes, in seconds.
const STEP: u64 = 50;

/// Whether a fault takes the provider for gone.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Seen {
    /// The sign-in page says so.
    Down,
    /// It answers, if only "too often".
    Up,
}

/// Everything beside the sign-ins with the provider.
async fn life_goes_on(world: &mut World, seen: Seen) {
    let password = world.admin_password.clone();
    let mut browser = world.browser();
    assert_eq!(browser.sign_in_with_password("admin", &password).await.status, 303);
    for path in ["/", "/admin/authentication", "/admin/journal"] {
        assert_eq!(world.admin.get(path).await.status, 200, "a session from before: {path}");
    }
    let expected: &[&str] = if seen == Seen::Down { &[BANNER] } else { &[] };
    assert_eq!(banner(world, "en").await, expected);
}

/// UP-4: no error elsewhere, no code sent twice, and the first sign-in five seconds after the end succeeds.
async fn half_an_hour_of(fault: Fault, seen: Seen) {
    let mut world = World::signing_in().await;
    let (mut before, reply) = attempt(&world).await;
    assert_eq!(reply.status, 303, "{}", reply.body);
    everything_fails(&world, &fault);
    world.simulator.reset_counters();
    attempts_fail(&world, 5).await;
    assert_eq!(exchanges(&world), 5, "each code was sent once");
    for step in 0..30 * 60 / STEP {
        let sent = exchanges(&world);
        attempts_fail(&world, 1).await;
        assert!(exchanges(&world) <= sent + 1, "at {} s: no code is sent twice", step * STEP);
        life_goes_on(&mut world, seen).await;
        pass(&world, STEP);
    }
    world.simulator.clear_faults();
    pass(&world, 5);
    let (_, reply) = attempt(&world).await;
    assert_eq!(reply.status, 303, "{}", reply.page().text());
    gatehouse_tests::eventually("the banner is gone", async || banner(&world, "en").await.is_empty()).await;
    assert_eq!(before.get("/").await.status, 200, "the person's own session lived on");
}

macro_rules! half_hours {
    ($($name:ident: $fault:expr, $seen:expr;)*) => {$(
        #[tokio::test(flavor = "multi_thread")]
        async fn $name() {
            half_an_hour_of($fault, $seen).await;
        }
    )*};
}

half_hours! {
    up_4_status_500: trouble(500), Seen::Down;
    up_4_status_503: trouble(503), Seen::Down;
    up_4_gateway_timeout: Fault::always().preset(Preset::GatewayTimeout), Seen::Down;
    up_4_reset: Fault::always().reset(Reset::AfterReading), Seen::Down;
    up_4_status_429: Fault::always().answer(429, "text/plain", "slow down"), Seen::Up;
    up_4_too_often_for_the_app: Fault::always().preset(Preset::QpsApp), Seen::Up;
    up_4_too_often_for_everybody: Fault::always().preset(Preset::QpsApi), Seen::Up;
}
