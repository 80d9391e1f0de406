//! People who sign in, in every way there is, while something else goes wrong. None of them may notice.

use std::cell::Cell;
use std::future::Future;

use gatehouse_tests::{Client, World};
use serde_json::json;

use super::add;

/// A host with DingTalk, a password, and a second plug-in to sign in with.
pub(crate) async fn let_people_in(world: &mut World) {
    world.enable("auth-dingtalk").await;
    world.add_authenticator("dingtalk", true).await;
    world.enable("example-puppet").await;
    add(world, "puppet", "puppet", json!({"sign_up": true})).await;
}

/// Lets people sign in over and over, in each way, until `trouble` is over; every one of them must get in and see every
/// page. Returns what came of the trouble, and how many people got in.
pub(crate) async fn while_people_sign_in<T>(world: &World, trouble: impl Future<Output = T>) -> (T, usize) {
    let over = Cell::new(false);
    let dingtalk = over_and_over(world, &over, async |browser| {
        let reply = browser.sign_in_as(&world.simulator, "dingtalk", "lin").await;
        assert_eq!(reply.status, 303, "DingTalk: {}", reply.body);
    });
    let password = over_and_over(world, &over, async |browser| {
        let reply = browser.sign_in_with_password("admin", &world.admin_password).await;
        assert_eq!(reply.status, 303, "password: {}", reply.body);
    });
    let puppet = over_and_over(world, &over, sign_in_with_puppet);
    let trouble = async {
        let outcome = trouble.await;
        over.set(true);
        outcome
    };
    let (outcome, one, two, three) = tokio::join!(trouble, dingtalk, password, puppet);
    assert!(one > 0 && two > 0 && three > 0);
    (outcome, one + two + three)
}

/// At least once, and once more after the trouble is over.
async fn over_and_over(world: &World, over: &Cell<bool>, sign_in: impl AsyncFn(&mut Client)) -> usize {
    let mut times = 0;
    loop {
        let last = over.get();
        let mut browser = world.browser();
        sign_in(&mut browser).await;
        for page in ["/", "/signin", "/livez", "/readyz"] {
            let reply = browser.get(page).await;
            assert!(reply.status < 400, "{page}: {} {}", reply.status, reply.body);
        }
        assert_eq!(browser.get("/api/v1/me").await.status, 200);
        times += 1;
        if last {
            return times;
        }
    }
}

/// The code that comes back is the identity.
async fn sign_in_with_puppet(browser: &mut Client) {
    let clicked = browser.click("puppet").await;
    assert_eq!(clicked.status, 303, "puppet: {}", clicked.page().text());
    let address = url::Url::parse(&clicked.location()).unwrap();
    let state = address.query_pairs().find(|(name, _)| name == "state").unwrap().1.into_owned();
    let mut back = url::form_urlencoded::Serializer::new(String::new());
    let phone = json!({"value": {"number": "13900000077", "country_code": "86"}, "provenance": "account"});
    let person = json!({"subject": "p-1", "phone": phone});
    back.append_pair("code", &person.to_string()).append_pair("state", &state);
    let reply = browser.get(&format!("/signin/puppet/callback?{}", back.finish())).await;
    assert_eq!(reply.status, 303, "puppet: {}", reply.page().text());
}
