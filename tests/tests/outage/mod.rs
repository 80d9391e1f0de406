//! A provider that does not answer costs its own sign-ins and nothing else, and is found again by itself (rows UP-1,
//! UP-4).

mod banner;
mod deadline;
mod half_hour;
mod metrics;
mod page;

use std::time::Duration;

use dingtalk_simulator::{Endpoint, Fault};
use gatehouse_tests::{Client, Reply, World};

const UNREACHABLE: &str = "The sign-in service cannot be reached";
const BANNER: &str = "DingTalk is not answering at the moment. The other ways to sign in work as usual.";

/// What a sign-in, and an examination of the connection, may ask for.
const INTERFACES: [Endpoint; 7] = [
    Endpoint::UserAccessToken,
    Endpoint::ContactUser,
    Endpoint::AppAccessToken,
    Endpoint::GetToken,
    Endpoint::AuthScopes,
    Endpoint::GetByUnionId,
    Endpoint::UserGet,
];

/// From now on every interface of the provider fails; the pages on which people sign in go on working.
fn everything_fails(world: &World, fault: &Fault) {
    INTERFACES.into_iter().for_each(|interface| world.simulator.fault(interface, fault.clone()));
}

/// A server that is in trouble.
fn trouble(status: u16) -> Fault {
    Fault::always().answer(status, "text/html", "<html><body>13900000001</body></html>")
}

/// A sign-in as 林小满 in a new browser.
async fn attempt(world: &World) -> (Client, Reply) {
    let mut browser = world.browser();
    let reply = browser.sign_in_as(&world.simulator, "dingtalk", "lin").await;
    (browser, reply)
}

/// So many sign-ins, none of which succeeds.
async fn attempts_fail(world: &World, count: usize) {
    for _ in 0..count {
        let (browser, reply) = attempt(world).await;
        assert!(reply.status >= 400 && !browser.has_session(), "{}", reply.body);
    }
}

/// What the sign-in page says about providers, in the language of a browser.
async fn banner(world: &World, language: &'static str) -> Vec<String> {
    let mut browser = world.browser();
    browser.language = language;
    let reply = browser.get("/signin").await;
    assert_eq!(reply.status, 200, "{}", reply.body);
    reply.page().texts("div.alert[data-tone='warning']")
}

/// Requests that carry a code.
fn exchanges(world: &World) -> u64 {
    world.simulator.counters().get(Endpoint::UserAccessToken)
}

/// Moves the clock on by seconds.
fn pass(world: &World, seconds: u64) {
    world.clock.advance(Duration::from_secs(seconds));
}
