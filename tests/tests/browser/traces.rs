//! What a sign-in leaves behind in the browser: a cookie that no script can read, and nothing else (OA-12, SE-3).

use std::path::Path;

use gatehouse_tests::chromium::{Browser, Sent};
use gatehouse_tests::{CLIENT_SECRET, World, skips};
use url::Url;

use super::words::Words;
use super::{is_content, sign_in_with_dingtalk};

/// Folders of a profile in which a page's content may end up. The history of addresses is not among them: the browser
/// itself notes every redirect there, and the code and the state are worthless by then.
const STORES: [&str; 7] = [
    "Default/Cache",
    "Default/Code Cache",
    "Default/IndexedDB",
    "Default/Local Storage",
    "Default/Service Worker",
    "Default/Session Storage",
    "Default/WebStorage",
];

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_leaves_only_a_cookie() {
    if skips("browser") {
        return;
    }
    let (world, words) = (World::signing_in().await, Words::english());
    let browser = Browser::start(words.look).await;
    sign_in_with_dingtalk(&browser, &world, &words, "lin").await;
    let requests = browser.requests().await;
    let mut secrets = passed_on(&requests);
    secrets.push(the_session_cookie(&browser).await);

    stays_here(&requests, &world);
    assert_eq!(browser.history().await.last().unwrap(), &format!("{}/", world.site));
    for page in ["/", "/signin", "/no-such-page"] {
        browser.open(&format!("{}{page}", world.site)).await;
        holds_none(&browser.readable().await, &secrets, page);
        assert_eq!(browser.script("return document.cookie", &[]).await, "", "{page}");
        assert_eq!(browser.script("return localStorage.length + sessionStorage.length", &[]).await, 0, "{page}");
    }
    browser.back().await;
    holds_none(&browser.readable().await, &secrets, "after going back");
    // The page on which the person agreed is the provider's; its address had to hold the state.
    let ours = browser.history().await.into_iter().filter(|address| address.starts_with(&world.site));
    holds_none(&ours.collect::<Vec<_>>().join("\n"), &secrets, "history");
    stays_here(&browser.requests().await, &world);
    is_content(&browser, &["status of 404"]).await;
    let profile = browser.close();
    assert!(search(profile.path(), &secrets) > 0, "there are files to search");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_sign_in_leaves_nothing() {
    if skips("browser") {
        return;
    }
    let (mut world, words) = (World::new().await, Words::english());
    world.enable("auth-dingtalk").await;
    world.add_authenticator("dingtalk", false).await;
    let browser = Browser::start(words.look).await;
    browser.open(&format!("{}/signin", world.site)).await;
    browser.press(words.button).await;
    browser.click("button[data-person=lin]").await;
    browser.reads("There is no account for you yet").await;
    let requests = browser.requests().await;
    let secrets = passed_on(&requests);
    stays_here(&requests, &world);
    let page = browser.script("return document.documentElement.outerHTML", &[]).await;
    holds_none(page.as_str().unwrap(), &secrets, "the page of the refusal");
    holds_none(&browser.address().await, &secrets, "its address");
    browser.reload().await;
    browser.reads(words.password).await;
    assert!(browser.cookies().await.iter().all(|cookie| cookie["name"] != "__Host-gatehouse"), "no session");
    holds_none(&browser.readable().await, &secrets, "the next page");
    stays_here(&browser.requests().await, &world);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_is_not_shown_to_administrators_again() {
    if skips("browser") {
        return;
    }
    let (world, words) = (World::signing_in().await, Words::english());
    let browser = Browser::start(words.look).await;
    super::sign_in_as_administrator(&browser, &world, &words).await;
    browser.open(&format!("{}/admin/authentication/dingtalk", world.site)).await;
    holds_none(&browser.readable().await, &[CLIENT_SECRET.to_owned(), world.admin_password.clone()], "the form");
    stays_here(&browser.requests().await, &world);
}

/// Code and state, as the browser carried them from DingTalk to us.
fn passed_on(requests: &[Sent]) -> Vec<String> {
    let callback = requests.iter().find(|sent| sent.address.contains("/callback?")).expect("there was a callback");
    let query = Url::parse(&callback.address).unwrap();
    let secrets: Vec<String> = query.query_pairs().map(|(_, value)| value.into_owned()).collect();
    assert!(secrets.len() >= 2 && secrets.iter().all(|secret| secret.len() > 8), "{secrets:?}");
    secrets
}

/// The one cookie that is left, held to row SE-3 as the browser understood it.
async fn the_session_cookie(browser: &Browser) -> String {
    let cookies = browser.cookies().await;
    let [cookie] = cookies.as_slice() else { panic!("{cookies:?}") };
    assert_eq!(cookie["name"], "__Host-gatehouse");
    assert_eq!((&cookie["secure"], &cookie["httpOnly"], &cookie["path"]), (&true.into(), &true.into(), &"/".into()));
    assert_eq!((&cookie["sameSite"], &cookie["domain"]), (&"Lax".into(), &"127.0.0.1".into()));
    assert!(cookie["size"].as_u64().unwrap() < 4096);
    cookie["value"].as_str().unwrap().to_owned()
}

/// Nothing is fetched from elsewhere, and nobody elsewhere learns where the browser came from.
fn stays_here(requests: &[Sent], world: &World) {
    let provider = world.simulator.base_url();
    assert!(!requests.is_empty());
    for sent in requests.iter().filter(|sent| sent.address.starts_with("http")) {
        let here = sent.address.starts_with(&format!("{}/", world.site));
        let asked =
            ["/oauth2/", "/favicon.ico"].iter().any(|path| sent.address.starts_with(&format!("{provider}{path}")));
        assert!(here || asked, "{sent:?}");
        let referrer = sent.headers.get("Referer").and_then(|value| value.as_str()).unwrap_or_default();
        assert!(!referrer.starts_with(&world.site), "{sent:?}");
    }
}

fn holds_none(text: &str, secrets: &[String], place: &str) {
    for secret in secrets {
        assert!(!text.contains(secret.as_str()), "{secret} is in {place}");
    }
}

/// Searches what the browser wrote; returns how many files that were.
fn search(profile: &Path, secrets: &[String]) -> usize {
    let mut folders: Vec<_> = STORES.iter().map(|store| profile.join(store)).filter(|path| path.is_dir()).collect();
    let mut files = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
            if entry.file_type().unwrap().is_dir() {
                folders.push(entry.path());
            } else {
                let content = String::from_utf8_lossy(&std::fs::read(entry.path()).unwrap()).into_owned();
                holds_none(&content, secrets, &entry.path().display().to_string());
                files += 1;
            }
        }
    }
    files
}
