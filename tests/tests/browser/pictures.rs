//! The pictures of the README. `GATEHOUSE_SCREENSHOTS=1 cargo xtask test browser::pictures` makes them anew; otherwise
//! nothing is made, so that an ordinary run changes no file.

use std::path::{Path, PathBuf};
use std::time::Duration;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use gatehouse_tests::chromium::{Browser, Look};
use gatehouse_tests::{CLIENT_ID, CLIENT_SECRET, CORP_ID, World, skips, wants_pictures};
use reqwest::Method;
use serde_json::json;

use super::dingtalk_client::bridge::{Client, IPHONE, SAYS_NOTHING};
use super::words::Words;
use super::{sign_in_as_administrator, sign_in_with_dingtalk};

/// No picture weighs more, in bytes.
const HEAVIEST: u64 = 150_000;

const MINUTE: Duration = Duration::from_secs(60);

#[tokio::test(flavor = "multi_thread")]
async fn of_the_readme() {
    if skips("browser") || !wants_pictures() {
        return;
    }
    let mut world = World::signing_in().await;
    inhabit(&mut world).await;
    signed_out(&world).await;
    signed_in(&world).await;
    change(&mut world).await;
    at_dingtalk(&world).await;
}

/// Switches on what the other pictures are without.
async fn change(world: &mut World) {
    let base = world.simulator.base_url();
    let changes = [
        ("settings.corp_id", CORP_ID),
        ("settings.client", "on"),
        ("settings.landing", "/"),
        ("settings.panel", "on"),
        ("settings.script_url", base.as_str()),
    ];
    assert_eq!(world.change_authenticator("dingtalk", &changes).await.status, 303);
    world.simulator.set_auto_approve(None).unwrap();
}

#[test]
fn are_small() {
    let folders = [folder(), folder().join("guide")];
    let entries = folders.iter().flat_map(std::fs::read_dir).flatten().map(Result::unwrap);
    for entry in entries {
        let size = entry.metadata().unwrap().len();
        assert!(size <= HEAVIEST, "{} has {size} bytes", entry.path().display());
    }
}

/// Some people, some of whom signed in or tried to, over an afternoon.
async fn inhabit(world: &mut World) {
    for (username, nickname, phone) in [
        ("mei.chen", "Mei Chen", "+8613900000101"),
        ("oliver", "Oliver Grant", "+447700900102"),
        ("chenjun", "陈俊", "+8613900000103"),
    ] {
        world.clock.advance(MINUTE * 7);
        let body = json!({"username": username, "nickname": nickname, "phone": phone, "roles": ["member"]});
        let reply = world.admin.json(Method::POST, "/api/v1/users", Some(&body)).await;
        assert_eq!(reply.status, 201, "{}", reply.body);
    }
    world.clock.advance(MINUTE * 4);
    add_partners(world).await;
    for (person, authenticator) in
        [("lin", "dingtalk"), ("amy", "dingtalk"), ("stranger", "partners"), ("zhou", "dingtalk")]
    {
        world.clock.advance(MINUTE * 11);
        let mut visitor = world.browser();
        visitor.sign_in_as(&world.simulator, authenticator, person).await;
    }
    world.simulator.set_auto_approve(None).unwrap();
    world.clock.advance(MINUTE * 2);
}

/// A second authenticator of the same type, where nobody is signed up.
async fn add_partners(world: &mut World) {
    let base = world.simulator.base_url();
    let body = json!({
        "uid": "partners", "type": "dingtalk", "title": {"en": "Partners", "zh-CN": "合作伙伴"}, "enabled": true,
        "settings": {
            "client_id": CLIENT_ID, "client_secret": CLIENT_SECRET, "region": "custom", "sign_up": false,
            "login_url": base, "api_url": base, "legacy_url": base,
        },
    });
    let reply = world.admin.json(Method::POST, "/api/v1/authenticators", Some(&body)).await;
    assert_eq!(reply.status, 201, "{}", reply.body);
    world.simulator.register_redirect(CLIENT_ID, &world.redirect_url("partners")).unwrap();
}

async fn signed_out(world: &World) {
    let words = Words::english();
    let camera = Camera::new(Look { width: 960, height: 760, ..words.look }).await;
    let sign_in = format!("{}/signin", world.site);
    camera.browser.open(&sign_in).await;
    camera.take("sign-in").await;
    camera.browser.open(&sign_in).await;
    camera.browser.click("form[action$='/partners/start'] button").await;
    camera.browser.click("button[data-person=silent]").await;
    camera.browser.text_of(".reference").await;
    camera.take("refused").await;

    let words = Words::chinese();
    let camera = Camera::new(Look { width: 960, height: 760, dark: true, ..words.look }).await;
    camera.browser.open(&sign_in).await;
    camera.take("sign-in-chinese-dark").await;
    let phone = Camera::new(Look { dark: true, ..Look::phone() }).await;
    phone.browser.open(&sign_in).await;
    phone.take("phone-sign-in").await;
}

/// The panel, and the page inside the client while the client thinks.
async fn at_dingtalk(world: &World) {
    let camera = Camera::new(Look { width: 960, height: 960, ..Words::english().look }).await;
    camera.browser.open(&format!("{}/signin", world.site)).await;
    camera.browser.into_frame("section[data-panel] iframe").await;
    camera.browser.text_of("button[data-person]").await;
    camera.browser.out_of_frames().await;
    camera.take("sign-in-panel").await;

    let phone = Camera::new(Look::phone()).await;
    let _client = Client::of(&phone.browser, world, IPHONE, "lin", SAYS_NOTHING).await;
    phone.browser.open(&format!("{}/", world.site)).await;
    phone.browser.reads("Signing in with DingTalk").await;
    phone.take("phone-in-client").await;
}

async fn signed_in(world: &World) {
    let words = Words::english();
    let camera = Camera::new(Look { width: 1280, height: 800, ..words.look }).await;
    sign_in_as_administrator(&camera.browser, world, &words).await;
    for (name, path) in [("plug-ins", "/admin/plugins"), ("journal", "/admin/journal")] {
        camera.browser.open(&format!("{}{path}", world.site)).await;
        camera.take(name).await;
    }
    camera.browser.wear(Look { width: 1320, height: 820, ..words.look }).await;
    camera.browser.open(&format!("{}/admin/authentication/dingtalk", world.site)).await;
    camera.take("authentication-form").await;
    camera.browser.wear(Look::phone()).await;
    camera.browser.open(&format!("{}/admin/authentication", world.site)).await;
    camera.take("phone-authentication").await;

    let camera = Camera::new(Look { width: 1280, height: 640, ..words.look }).await;
    sign_in_with_dingtalk(&camera.browser, world, &words, "lin").await;
    camera.take("home").await;
}

/// A browser whose window is put on paper.
pub(super) struct Camera {
    pub(super) browser: Browser,
}

impl Camera {
    pub(super) async fn new(look: Look) -> Self {
        Self { browser: Browser::start(look).await }
    }

    /// `name` is a path below the folder of pictures, without its ending.
    pub(super) async fn take(&self, name: &str) {
        // A blinking cursor would make every picture another one.
        self.browser.script("document.activeElement?.blur()", &[]).await;
        let picture = BASE64_STANDARD.decode(self.browser.picture().await).unwrap();
        let path = folder().join(format!("{name}.png"));
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, picture).unwrap();
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/images")
}
