//! A sign-in of several legs ends in time, however slow they are.

use std::time::{Duration, Instant};

use dingtalk_simulator::Fault;
use gatehouse_tests::World;

use super::{banner, everything_fails};

/// Row UP-1 promises so much.
const PROMISED: Duration = Duration::from_millis(10_500);

/// UP-1: each leg is slow, none fails; the person reads a sentence about the provider.
#[tokio::test(flavor = "multi_thread")]
async fn up_1_many_slow_legs_end_in_a_sentence() {
    let world = World::members_only().await;
    everything_fails(&world, &Fault::always().delay(Duration::from_millis(2_400)));
    let mut browser = world.browser();
    let address = browser.go_to_provider(&world.simulator, "dingtalk", "lin").await;
    let started = Instant::now();
    let reply = browser.get(&address).await;
    assert!(started.elapsed() <= PROMISED, "{:?}", started.elapsed());
    let page = reply.page();
    assert!(!browser.has_session(), "{}", page.text());
    assert_ne!(reply.status, 500, "{}", page.text());
    assert_eq!(page.texts("h1"), ["The sign-in service did not answer in time"], "{}", page.text());
    assert!(banner(&world, "en").await.is_empty(), "slow once is not down");
}
