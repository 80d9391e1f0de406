//! The client does not say who is there: the ordinary sign-in page, with a sentence, and no loop.

use super::*;

/// What the scripts report, the sentence in both languages, and whether the button asks the client again.
const REASONS: [(&str, &str, &str, bool); 5] = [
    ("not-in-client", "was not opened inside the app", "不是在应用内打开的", false),
    ("wrong-organisation", "is used for another organisation", "使用的是其他组织", false),
    ("untrusted-domain", "does not trust the address of this site", "不信任本站的地址", false),
    ("cancelled", "You were not signed in automatically. Please sign in below.", "未自动登录，请在下方登录", true),
    ("failed", "did not tell us who you are", "没有告知您的身份", true),
];

/// Every reason has its sentence, and the ordinary page is whole.
#[tokio::test(flavor = "multi_thread")]
async fn every_reason_has_its_sentence() {
    let world = world().await;
    for (reason, en, zh, again) in REASONS {
        for (language, sentence) in [("en", en), ("zh-CN", zh)] {
            let mut view = View::of(&world);
            view.browser.language = language;
            let sent = view.enter("/admin/users").await.location();
            let page = view.enter(&sent).await.page();
            let failed = page.attribute("script[data-failed]", "data-failed").unwrap();
            let reply = view.follow(&format!("{failed}{reason}")).await;
            assert_eq!(reply.status, 200, "{reason}: no loop");
            let page = reply.page();
            assert!(page.texts(".alert").concat().contains(sentence), "{reason}: {}", page.text());
            assert!(page.has("input[name=password]"));
            let (action, method) = if again { (PAGE, "get") } else { ("/signin/dingtalk/start", "post") };
            let button = format!("form[action='{action}'][method={method}]");
            assert!(page.has(&button), "{reason}: {button}");
            let redirect = page.attribute(&format!("{button} input[name=redirect]"), "value");
            assert_eq!(redirect.as_deref(), Some("/admin/users"));
            // Choosing the other language says the same again.
            let back = page.attribute("input[name=return]", "value").unwrap();
            assert_eq!(view.follow(&back).await.status, 200, "{back}");
        }
    }
}

/// A browser that only calls itself the client has the ordinary page, and the ordinary ways.
#[tokio::test(flavor = "multi_thread")]
async fn a_browser_that_pretends_gains_nothing() {
    let world = world().await;
    let mut view = View::of(&world);
    let before = rows(&world).await;
    let sent = view.enter("/").await.location();
    view.enter(&sent).await;
    let page = view.follow("/signin?redirect=%2F&notice=client-not-in-client").await;
    assert!(page.page().has("form[action='/signin/dingtalk/start']"));
    assert_eq!(rows(&world).await, before);
    // All the way through the provider's own page.
    let back = view.browser.go_to_provider(&world.simulator, "dingtalk", "lin").await;
    let signed_in = view.page(&back, "cross-site").await;
    assert_eq!(signed_in.status, 303, "{}", signed_in.page().text());
    let home = view.page(&signed_in.location(), "cross-site").await;
    assert_eq!(home.status, 200, "the way back from the provider is no entry: {:?}", home.headers);
    assert!(!view.browser.cookies.contains_key("__Host-entry"), "and is so once");
    assert_eq!(view.page("/", "cross-site").await.status, 303, "the next one is");
}

/// Any notice stops it, even one that nobody knows; and so does everything that went before.
#[tokio::test(flavor = "multi_thread")]
async fn whatever_went_before_stops_it() {
    let world = world().await;
    let mut view = View::of(&world);
    for query in ["notice=signed-out", "notice=session-ended", "notice=client-weird", "notice=", "refused=denied"] {
        assert_eq!(view.enter(&format!("/signin?{query}")).await.status, 200, "{query}");
    }
    for query in ["", "?redirect=%2Fadmin", "?other=thing"] {
        let sent = view.enter(&format!("/signin{query}")).await;
        assert!(sent.location().starts_with(PAGE), "{query}: {}", sent.location());
    }
}

/// After signing out nobody is signed in again; only who presses the button is.
#[tokio::test(flavor = "multi_thread")]
async fn signing_out_lasts() {
    let world = world().await;
    let mut view = View::of(&world);
    view.sign_in_as(&world, "lin", "/").await;
    let bye = view.submit("/signout", &[]).await;
    let page = view.follow(&bye.location()).await;
    assert_eq!(page.status, 200, "{}", bye.location());
    assert!(page.page().text().contains("You are signed out."));
    assert!(page.page().has(&format!("form[action='{PAGE}'][method=get]")), "{}", page.body);
    let back = page.page().attribute("input[name=return]", "value").unwrap();
    assert_eq!(view.follow(&back).await.status, 200, "not after a change of the language either");
}

/// A wrong password inside the client is an ordinary wrong password.
#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_stays_on_the_page() {
    let world = world().await;
    let mut view = View::of(&world);
    let reply = view.submit("/signin/password", &[("identifier", "admin"), ("password", "wrong")]).await;
    assert_eq!(reply.status, 422);
    assert!(reply.page().has(&format!("form[action='{PAGE}'][method=get]")));
}

/// What is asked for by scripts and pictures is never answered with the client's page.
#[tokio::test(flavor = "multi_thread")]
async fn only_windows_are_led_there() {
    let world = world().await;
    let mut view = View::of(&world);
    view.sign_in_as(&world, "lin", "/").await;
    for tells in [true, false] {
        view.tells = tells;
        let request = view.request(Method::GET, "/api/v1/me", "none", "empty");
        assert_eq!(view.browser.send(request).await.status, 200, "{tells}");
    }
    view.tells = true;
    let me = view.page("/api/v1/me", "none").await;
    assert!(me.location().starts_with(PAGE), "in a window it shows a person");
}
