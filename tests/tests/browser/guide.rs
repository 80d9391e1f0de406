//! The user guide (`docs/guide`), walked in both languages by an administrator, step by step. With
//! `GATEHOUSE_SCREENSHOTS=1` its pictures are made anew on the way.

use dingtalk_simulator::Permission;
use gatehouse_tests::chromium::{Browser, Look};
use gatehouse_tests::{CLIENT_ID, CORP_ID, World, skips, wants_pictures};

use super::dingtalk_client::bridge::{Client, IPHONE, SAYS_NOTHING};
use super::pictures::Camera;
use super::sign_in_as_administrator;
use super::words::Words;

#[tokio::test(flavor = "multi_thread")]
async fn in_english() {
    walk("en", Words::english()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn in_chinese() {
    walk("zh", Words::chinese()).await;
}

/// Every picture that the guide shows is there, and every picture that is there is shown.
#[test]
fn shows_every_picture() {
    let docs = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs");
    for (language, guide) in [("en", "dingtalk.en.md"), ("zh", "dingtalk.zh-CN.md")] {
        let text = std::fs::read_to_string(docs.join("guide").join(guide)).unwrap();
        let mut shown: Vec<&str> =
            text.split("(../images/guide/").skip(1).filter_map(|rest| rest.split(')').next()).collect();
        let there = std::fs::read_dir(docs.join("images/guide")).unwrap().map(|entry| entry.unwrap().file_name());
        let mut there: Vec<String> = there.map(|name| name.into_string().unwrap()).collect();
        there.retain(|name| name.starts_with(language));
        shown.sort_unstable();
        there.sort_unstable();
        assert_eq!(shown, there, "{guide}");
    }
}

async fn walk(language: &'static str, words: Words) {
    if skips("browser") {
        return;
    }
    let world = World::new().await;
    let look = Look { width: 1200, height: 720, ..words.look };
    let mut guide = Guide { camera: Camera::new(look).await, world, words, language, look };
    sign_in_as_administrator(guide.browser(), &guide.world, &guide.words).await;
    guide.enables_the_plugin().await;
    guide.opens_the_form().await;
    guide.asks_the_doctor().await;
    guide.rehearses().await;
    guide.connects().await;
    guide.looks_at_the_sign_in_page().await;
    guide.opens_the_client().await;
    guide.switches_the_panel_on().await;
    guide.finds_out_why().await;
}

struct Guide {
    camera: Camera,
    world: World,
    words: Words,
    language: &'static str,
    look: Look,
}

impl Guide {
    fn browser(&self) -> &Browser {
        &self.camera.browser
    }

    async fn open(&self, path: &str) {
        self.browser().open(&format!("{}{path}", self.world.site)).await;
    }

    async fn picture(&self, name: &str) {
        self.picture_of(&self.camera, name).await;
    }

    async fn picture_of(&self, camera: &Camera, name: &str) {
        if wants_pictures() {
            camera.take(&format!("guide/{}-{name}", self.language)).await;
        }
    }

    async fn scroll_to(&self, css: &str) {
        self.browser().script("document.querySelector(arguments[0]).scrollIntoView()", &[css.into()]).await;
    }

    async fn enables_the_plugin(&mut self) {
        self.open("/admin/plugins").await;
        self.browser().press(self.words.enable_plugin).await;
        self.browser().reads(self.words.plugin_enabled).await;
        self.picture("plugin").await;
    }

    async fn opens_the_form(&mut self) {
        self.open("/admin/authentication/new?type=dingtalk").await;
        assert_eq!(self.browser().text_of("#f-settings-redirect_url").await, self.world.redirect_url("dingtalk"));
        self.browser().click("details.guide summary").await;
        self.scroll_to("details.guide").await;
        self.picture("form").await;
        let form = [("settings.membership", "auto"), ("settings.corp_id", CORP_ID), ("settings.client", "on")];
        self.world.add_authenticator_with("dingtalk", true, &form).await;
    }

    async fn asks_the_doctor(&self) {
        self.open("/admin/authentication/dingtalk").await;
        self.browser().click("button[form=check]").await;
        self.browser().text_of(".check-result").await;
        self.scroll_to(".check-result").await;
        self.picture("doctor").await;
    }

    async fn rehearses(&self) {
        self.open("/admin/authentication/dingtalk").await;
        self.browser().click("button[form=rehearse]").await;
        self.browser().click("button[data-person=lin]").await;
        self.browser().arrives_below(&format!("{}/admin/rehearsals/", self.world.site)).await;
        self.browser().reads("林小满").await;
        assert_eq!(self.world.rows("bindings").await, 0, "a rehearsal changes nothing");
        self.picture("rehearsal").await;
    }

    async fn connects(&self) {
        self.open("/").await;
        self.browser().click("form[action='/account/links/dingtalk'] button").await;
        self.browser().click("button[data-person=zhou]").await;
        self.browser().arrives_at(&format!("{}/account/link", self.world.site)).await;
        self.browser().reads("周正").await;
        self.picture("connect").await;
        self.browser().click("form[action='/account/link'] button.primary").await;
        self.browser().arrives_below(&format!("{}/", self.world.site)).await;
        self.browser().reads(self.words.sign_out).await;
        assert_eq!(self.world.rows("bindings").await, 1);
    }

    /// In another browser, where nobody is signed in.
    async fn looks_at_the_sign_in_page(&self) {
        let camera = Camera::new(Look { width: 960, height: 760, ..self.look }).await;
        camera.browser.open(&format!("{}/signin", self.world.site)).await;
        camera.browser.reads(self.words.button).await;
        self.picture_of(&camera, "sign-in").await;
    }

    async fn opens_the_client(&self) {
        let phone = if self.language == "zh" { Look::phone().chinese() } else { Look::phone() };
        let camera = Camera::new(phone).await;
        let client = Client::of(&camera.browser, &self.world, IPHONE, "lin", SAYS_NOTHING).await;
        client.open("/").await;
        camera.browser.text_of("h1").await;
        assert!(camera.browser.address().await.contains("/signin/dingtalk/client"));
        self.picture_of(&camera, "client").await;
    }

    async fn switches_the_panel_on(&mut self) {
        let base = self.world.simulator.base_url();
        let changes = [
            ("settings.membership", "auto"),
            ("settings.corp_id", CORP_ID),
            ("settings.panel", "on"),
            ("settings.script_url", base.as_str()),
        ];
        let saved = self.world.change_authenticator("dingtalk", &changes).await;
        assert_eq!(saved.status, 303, "{}", saved.page().text());
        let camera = Camera::new(Look { width: 960, height: 900, ..self.look }).await;
        self.world.simulator.set_auto_approve(None).unwrap();
        camera.browser.open(&format!("{}/signin", self.world.site)).await;
        camera.browser.text_of("section[data-panel]").await;
        camera.browser.into_frame("section[data-panel] iframe").await;
        camera.browser.text_of("button[data-person=lin]").await;
        camera.browser.out_of_frames().await;
        self.picture_of(&camera, "panel").await;
    }

    /// A permission is taken away, somebody is refused, and the administrator opens the reference code.
    async fn finds_out_why(&self) {
        let rest = Permission::ALL.into_iter().filter(|one| *one != Permission::GetMember);
        self.world.simulator.set_permissions(CLIENT_ID, rest).unwrap();
        let camera = Camera::new(Look { width: 960, height: 760, ..self.look }).await;
        camera.browser.open(&format!("{}/signin", self.world.site)).await;
        camera.browser.press(self.words.button).await;
        camera.browser.click("button[data-person=lin]").await;
        let code = camera.browser.text_of("code#reference").await;
        self.picture_of(&camera, "refused").await;

        self.open(&format!("/admin/journal?q={code}")).await;
        self.browser().arrives_at(&format!("{}/admin/journal/{code}", self.world.site)).await;
        let told = self.browser().text().await;
        assert!(told.contains("60011") && told.contains("qyapi_get_member"), "{told}");
        self.picture("explained").await;
    }
}
