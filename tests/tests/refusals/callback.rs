//! The way back is not what it should be: bent, foreign, late, doubled.

use std::time::Duration;

use dingtalk_simulator::{CallbackFault, Mutation};
use gatehouse_tests::{Client, Reply};
use url::Url;

use super::rows;
use super::stage::Stage;
use super::told::*;

rows! {
    /// OA-13: what the provider calls its reason is never part of the page.
    declined: DENIED, (0, 0), async |stage: &mut Stage| {
        let reason = "<script>alert(1)</script>".to_owned();
        mutated(stage, Mutation::Error { reason }).await
    };
    declined_on_the_page: DENIED, (0, 0), async |stage: &mut Stage| {
        let clicked = stage.browser.click("dingtalk").await;
        let query = Url::parse(&clicked.location()).unwrap().query().unwrap().to_owned();
        let mut provider = Client::elsewhere();
        let form = [("query", query.as_str()), ("decision", "decline")];
        let address = format!("{}/oauth2/auth/approve", stage.world.simulator.base_url());
        let sent_back = provider.post(&address, &form).await.location();
        stage.back(&Url::parse(&sent_back).unwrap()).await
    };
    /// OA-3.
    callback_repeated: ATTEMPT_UNKNOWN, (0, 0), async |stage: &mut Stage| {
        let address = stage.go("lin").await;
        assert_eq!(stage.browser.clone().get(address.as_str()).await.status, 303);
        stage.mark().await;
        stage.back(&address).await
    };
    /// OA-3: the first try failed, the second would be good.
    callback_repeated_after_a_failure: ATTEMPT_UNKNOWN, (0, 0), async |stage: &mut Stage| {
        let address = stage.go("lin").await;
        let broken = address.as_str().replace("authCode=", "a=").replace("code=", "b=");
        assert_eq!(stage.browser.clone().get(&broken).await.status, 400);
        stage.mark().await;
        stage.back(&address).await
    };
    /// OA-2: the attacker's address, opened in the victim's browser.
    foreign_state: ATTEMPT_UNKNOWN, (0, 0), async |stage: &mut Stage| {
        let mut attacker = stage.world.browser();
        let address = attacker.go_to_provider(&stage.world.simulator, "dingtalk", "zhou").await;
        stage.mark().await;
        stage.back(&Url::parse(&address).unwrap()).await
    };
    /// OA-2: the victim is in the middle of an attempt of their own.
    foreign_state_during_an_attempt: ATTEMPT_UNKNOWN, (0, 0), async |stage: &mut Stage| {
        let mut attacker = stage.world.browser();
        let address = attacker.go_to_provider(&stage.world.simulator, "dingtalk", "zhou").await;
        stage.go("lin").await;
        stage.back(&Url::parse(&address).unwrap()).await
    };
    /// OA-2.
    no_cookie: ATTEMPT_UNKNOWN, (0, 0), async |stage: &mut Stage| {
        let address = stage.go("lin").await;
        stage.browser.cookies.clear();
        stage.back(&address).await
    };
    /// OA-2: another browser's value under the right name.
    cookie_of_another_browser: ATTEMPT_UNKNOWN, (0, 0), async |stage: &mut Stage| {
        let mut other = stage.world.browser();
        other.go_to_provider(&stage.world.simulator, "dingtalk", "zhou").await;
        let address = stage.go("lin").await;
        let foreign = other.cookies.values().next().unwrap().clone();
        stage.browser.cookies.values_mut().for_each(|value| value.clone_from(&foreign));
        stage.back(&address).await
    };
    /// OA-2: state of attempt 2, cookie of attempt 1, of the same browser.
    cookie_of_another_attempt: ATTEMPT_UNKNOWN, (0, 0), async |stage: &mut Stage| {
        stage.go("lin").await;
        let first = stage.browser.cookies.values().next().unwrap().clone();
        stage.browser.cookies.clear();
        let address = stage.go("lin").await;
        stage.browser.cookies.values_mut().for_each(|value| value.clone_from(&first));
        stage.back(&address).await
    };
    /// OA-4.
    too_late: ATTEMPT_EXPIRED, (0, 0), async |stage: &mut Stage| {
        let address = stage.go("lin").await;
        stage.world.clock.advance(Duration::from_secs(601));
        stage.back(&address).await
    };
    /// OA-1.
    state_missing: ATTEMPT_UNKNOWN, (0, 0), async |stage: &mut Stage| { mutated(stage, Mutation::NoState).await };
    state_empty: ATTEMPT_UNKNOWN, (0, 0), async |stage: &mut Stage| { with_state(stage, |_| String::new()).await };
    state_doubled: BAD_CALLBACK, (0, 0), async |stage: &mut Stage| { mutated(stage, Mutation::DuplicateState).await };
    state_repeated: BAD_CALLBACK, (0, 0), async |stage: &mut Stage| {
        with_state(stage, |state| format!("{state}&state={state}")).await
    };
    state_as_a_list: ATTEMPT_UNKNOWN, (0, 0), async |stage: &mut Stage| {
        stage.bent(|query| query.replace("state=", "state[]=")).await
    };
    state_one_short: ATTEMPT_UNKNOWN, (0, 0), async |stage: &mut Stage| {
        with_state(stage, |state| state[..state.len() - 1].to_owned()).await
    };
    state_one_long: ATTEMPT_UNKNOWN, (0, 0), async |stage: &mut Stage| {
        with_state(stage, |state| format!("{state}A")).await
    };
    state_in_the_other_case: ATTEMPT_UNKNOWN, (0, 0), async |stage: &mut Stage| {
        with_state(stage, |state| state.chars().map(flipped).collect()).await
    };
    state_made_up: ATTEMPT_UNKNOWN, (0, 0), async |stage: &mut Stage| { with_state(stage, |_| "A".repeat(43)).await };
    state_of_ten_kilobytes: BAD_CALLBACK, (0, 0), async |stage: &mut Stage| {
        with_state(stage, |_| "A".repeat(10 * 1024)).await
    };
    /// OA-7.
    code_missing: BAD_CALLBACK, (0, 0), async |stage: &mut Stage| { mutated(stage, Mutation::NoCode).await };
    code_empty: BAD_CALLBACK, (0, 0), async |stage: &mut Stage| { with_code(stage, |_| String::new()).await };
    codes_differ: BAD_CALLBACK, (0, 0), async |stage: &mut Stage| { mutated(stage, Mutation::DifferingPair).await };
    code_repeated: BAD_CALLBACK, (0, 0), async |stage: &mut Stage| { mutated(stage, Mutation::DuplicateCode).await };
    auth_code_repeated: BAD_CALLBACK, (0, 0), async |stage: &mut Stage| {
        mutated(stage, Mutation::DuplicateAuthCode).await
    };
    code_with_nul: BAD_CALLBACK, (0, 0), async |stage: &mut Stage| {
        with_code(stage, |code| format!("{code}%00")).await
    };
    code_with_a_new_line: BAD_CALLBACK, (0, 0), async |stage: &mut Stage| {
        with_code(stage, |code| format!("{code}%0d%0aSet-Cookie:%20a=b")).await
    };
    code_is_not_utf8: BAD_CALLBACK, (0, 0), async |stage: &mut Stage| {
        with_code(stage, |code| format!("{code}%ff%fe")).await
    };
    code_of_three_kilobytes: BAD_CALLBACK, (0, 0), async |stage: &mut Stage| {
        with_code(stage, |_| "a".repeat(3 * 1024)).await
    };
    code_of_thirty_kilobytes: BAD_CALLBACK, (0, 0), async |stage: &mut Stage| {
        with_code(stage, |_| "a".repeat(15 * 1024)).await
    };
    /// OA-5: the answer arrives at the address of another authenticator.
    mix_up: ATTEMPT_UNKNOWN, (0, 0), async |stage: &mut Stage| {
        stage.world.add_authenticator("other", true).await;
        let address = stage.go("lin").await;
        let there = address.as_str().replace("/signin/dingtalk/", "/signin/other/");
        stage.back(&Url::parse(&there).unwrap()).await
    };
    /// OA-5: the authenticator is named in the address only, and there is no attempt at all.
    mix_up_without_an_attempt: ATTEMPT_UNKNOWN, (0, 0), async |stage: &mut Stage| {
        stage.mark().await;
        let address = format!("{}?code=abcdefgh&authCode=abcdefgh", stage.world.redirect_url("dingtalk"));
        stage.back(&Url::parse(&address).unwrap()).await
    };
}

/// Comes back as 林小满, with a callback that the provider bends.
async fn mutated(stage: &mut Stage, mutation: Mutation) -> Reply {
    stage.world.simulator.callback_fault(CallbackFault { times: Some(1), mutation });
    stage.sign_in("lin").await
}

/// Comes back as 林小满, with another `state`.
async fn with_state(stage: &mut Stage, change: impl Fn(&str) -> String) -> Reply {
    stage.bent(|query| replaced(query, "state", &change)).await
}

/// Comes back as 林小满, with another code under both names.
async fn with_code(stage: &mut Stage, change: impl Fn(&str) -> String) -> Reply {
    stage.bent(|query| replaced(&replaced(query, "code", &change), "authCode", &change)).await
}

fn replaced(query: &str, name: &str, change: impl Fn(&str) -> String) -> String {
    let pair = |pair: &str| match pair.split_once('=') {
        Some((key, value)) if key == name => format!("{key}={}", change(value)),
        _ => pair.to_owned(),
    };
    query.split('&').map(pair).collect::<Vec<_>>().join("&")
}

fn flipped(c: char) -> char {
    if c.is_ascii_uppercase() { c.to_ascii_lowercase() } else { c.to_ascii_uppercase() }
}
