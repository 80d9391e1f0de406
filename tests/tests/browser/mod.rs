//! The product in a real Chromium, as people use it.

mod accessible;
mod administration;
mod dingtalk_client;
mod dingtalk_panel;
mod guide;
mod injection;
mod keyboard;
mod pictures;
mod redirects;
mod story;
mod switches;
mod traces;
mod uploads;
mod words;

use gatehouse_tests::World;
use gatehouse_tests::chromium::Browser;

use words::Words;

/// Opens the site and signs the administrator in with the password.
async fn sign_in_as_administrator(browser: &Browser, world: &World, words: &Words) {
    browser.open(&format!("{}/signin", world.site)).await;
    browser.enter(words.identifier, "admin").await;
    browser.enter(words.password, &world.admin_password).await;
    browser.press(words.sign_in).await;
    browser.arrives_at(&format!("{}/", world.site)).await;
}

/// Opens the sign-in page, clicks the button and chooses a person at DingTalk.
async fn sign_in_with_dingtalk(browser: &Browser, world: &World, words: &Words, person: &str) {
    browser.open(&format!("{}/signin", world.site)).await;
    browser.press(words.button).await;
    browser.click(&format!("button[data-person={person}]")).await;
    browser.reads(words.sign_out).await;
}

/// Nothing was blocked, nothing was missing, no script failed; apart from what is `expected`, and from what the provider's
/// page lacks.
async fn is_content(browser: &Browser, expected: &[&str]) {
    let harmless = |complaint: &String| expected.iter().chain(&["/favicon.ico"]).any(|one| complaint.contains(one));
    let complaints: Vec<String> = browser.complaints().await.into_iter().filter(|one| !harmless(one)).collect();
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}
