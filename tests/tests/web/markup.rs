//! Foreign text stays text (rows WB-3, OA-13).

use gatehouse_tests::{Page, World};
use reqwest::Method;
use serde_json::json;

/// Texts that would become something else wherever one kind of escaping was forgotten.
const POLYGLOTS: [&str; 8] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "'><svg onload=alert(1)>",
    "</title></textarea><iframe src=//evil.example>",
    "javascript:alert(1)//<b>",
    "{{7*7}}${7*7}<%= 7*7 %>",
    "[x](javascript:alert(1))<a href=x>",
    "&lt;script&gt;&amp;#x27; onfocus=alert(1) autofocus=",
];

/// Elements and attributes that none of our pages has.
fn is_inert(place: &str, html: &str) {
    const FOREIGN: [&str; 12] = [
        "script:not([src])",
        "iframe",
        "object",
        "embed",
        "base",
        "img[src='x']",
        "a[href^='javascript']",
        "a[href='x']",
        "[onerror]",
        "[onload]",
        "[onfocus]",
        "title ~ iframe",
    ];
    let page = Page::new(html);
    for foreign in FOREIGN {
        assert!(!page.has(foreign), "{place} has {foreign}");
    }
    assert!(!html.contains("<script>alert") && !html.contains("<img src=x"), "{place}");
}

/// Every page that an administrator can open.
fn pages(user: &str) -> Vec<String> {
    let fixed = ["/", "/admin/plugins", "/admin/authentication", "/admin/authentication/new?type=dingtalk"];
    let more = ["/admin/authentication/dingtalk", "/admin/users", "/admin/users/new", "/admin/journal"];
    let user = format!("/admin/users/{user}");
    fixed.into_iter().chain(more).map(str::to_owned).chain([user, "/signin".to_owned()]).collect()
}

/// WB-3: nickname, titles, description, and the name that the provider tells.
#[tokio::test(flavor = "multi_thread")]
async fn wb_3_names_and_titles_stay_text() {
    for polyglot in POLYGLOTS {
        let mut world = World::signing_in().await;
        let body = json!({"username": "one", "nickname": polyglot, "roles": ["member"]});
        let created = world.admin.json(Method::POST, "/api/v1/users", Some(&body)).await;
        assert_eq!(created.status, 201, "{}", created.body);
        let user = created.json()["id"].as_str().unwrap().to_owned();
        let texts = [("title.en", polyglot), ("title.zh-CN", polyglot), ("description.en", polyglot)];
        assert_eq!(world.change_authenticator("dingtalk", &texts).await.status, 303);
        world.simulator.update_person("lin", |person| person.nick = polyglot.to_owned()).unwrap();
        let mut lin = world.browser();
        assert_eq!(lin.sign_in_as(&world.simulator, "dingtalk", "lin").await.status, 303);
        is_inert("home", &lin.get("/").await.body);
        for language in ["en", "zh-CN"] {
            world.admin.language = language;
            for path in pages(&user) {
                let mut stranger = world.browser();
                stranger.language = language;
                let browser = if path == "/signin" { &mut stranger } else { &mut world.admin };
                let reply = browser.get(&path).await;
                assert_eq!(reply.status, 200, "{path}");
                is_inert(&path, &reply.body);
            }
        }
        // It is all there, as text.
        let users = world.admin.get("/admin/users").await.page().text();
        assert!(users.matches(polyglot).count() >= 2, "{users}");
        // A refusal names the authenticator.
        let refused = world.browser().get("/signin/dingtalk/callback?state=x").await;
        is_inert("refusal", &refused.body);
    }
}

/// WB-3: what a request says about itself.
#[tokio::test(flavor = "multi_thread")]
async fn wb_3_what_comes_with_a_request_stays_text() {
    let mut world = World::signing_in().await;
    for polyglot in POLYGLOTS {
        let text: String = url::form_urlencoded::byte_serialize(polyglot.as_bytes()).collect();
        let paths = [
            format!("/admin/users?q={text}"),
            format!("/admin/journal?q={text}"),
            format!("/admin/plugins?q={text}"),
            format!("/admin/users?notice={text}"),
            format!("/admin/authentication/new?type={text}"),
            format!("/nothing/{text}?{text}"),
        ];
        for path in paths {
            is_inert(&path, &world.admin.get(&path).await.body);
        }
        let form = [("identifier", polyglot), ("password", "x"), ("redirect", polyglot)];
        let reply = world.browser().post("/signin/password", &form).await;
        assert_eq!(reply.status, 422);
        is_inert("password", &reply.body);
        let form = [("uid", polyglot), ("title.en", polyglot), ("settings.client_id", polyglot), ("type", "dingtalk")];
        let reply = world.admin.post("/admin/authentication", &form).await;
        assert_eq!(reply.status, 422, "{polyglot}");
        is_inert("new authenticator", &reply.body);
        let form = [("username", polyglot), ("nickname", polyglot), ("email", polyglot), ("phone", polyglot)];
        let reply = world.admin.post("/admin/users", &form).await;
        assert_eq!(reply.status, 422, "{polyglot}");
        is_inert("new user", &reply.body);
    }
}

/// OA-13: the sign-in page repeats nothing from its address.
#[tokio::test(flavor = "multi_thread")]
async fn oa_13_the_sign_in_page_says_nothing_that_its_address_says() {
    let world = World::signing_in().await;
    let plain = world.browser().get("/signin").await.page().text();
    for name in ["error", "error_description", "message", "notice", "reason", "reference", "title"] {
        for value in ["<script>alert(1)</script>", "Your account is suspended, call +1 555 0100", "disabled", "saved"] {
            let value: String = url::form_urlencoded::byte_serialize(value.as_bytes()).collect();
            let reply = world.browser().get(&format!("/signin?{name}={value}")).await;
            let text = reply.page().text();
            assert!(!text.contains("suspended") && !text.contains("alert(1)"), "{name}={value}");
            is_inert("sign-in page", &reply.body);
            if name != "notice" {
                assert_eq!(text, plain, "{name}={value}");
            }
        }
    }
}
