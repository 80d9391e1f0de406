//! The sign-in story: from a new installation to somebody who is signed in, and out again.

use gatehouse_tests::chromium::{Browser, Look, key};
use gatehouse_tests::{CLIENT_ID, CLIENT_SECRET, CORP_ID, Options, World, skips};

use super::words::Words;
use super::{is_content, sign_in_as_administrator};

#[tokio::test(flavor = "multi_thread")]
async fn in_english() {
    tell(Words::english(), "").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn in_chinese() {
    tell(Words::chinese(), "").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn below_a_path() {
    tell(Words::english(), "/gate").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_scripts() {
    let words = Words::english();
    tell(Words { look: Look { scripts: false, ..words.look }, ..words }, "").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_phone() {
    let words = Words::chinese();
    tell(Words { look: Look::phone().chinese(), ..words }, "/gate").await;
}

async fn tell(words: Words, base_path: &'static str) {
    if skips("browser") {
        return;
    }
    let world = World::with(Options { base_path, ..Options::default() }).await;
    let browser = Browser::start(words.look).await;
    let story = Story { world, browser, words };
    story.administrator_signs_in().await;
    story.enables_the_plugin().await;
    story.opens_the_form().await;
    story.registers_the_redirect_url().await;
    story.fills_in_the_form().await;
    story.signs_out().await;
    story.somebody_signs_in_with_dingtalk().await;
    story.signs_out().await;
    is_content(&story.browser, &["status of 422"]).await;
}

struct Story {
    world: World,
    browser: Browser,
    words: Words,
}

impl Story {
    async fn administrator_signs_in(&self) {
        self.browser.open(&format!("{}/", self.world.site)).await;
        assert!(
            self.browser.address().await.starts_with(&format!("{}/signin", self.world.site)),
            "nobody is signed in"
        );
        sign_in_as_administrator(&self.browser, &self.world, &self.words).await;
    }

    async fn enables_the_plugin(&self) {
        let (browser, words) = (&self.browser, &self.words);
        self.go_to(words.plugins).await;
        let card = browser.text_of("article.plugin").await;
        for told in
            [words.available, "auth-dingtalk", "api.dingtalk.com", "SHA-256", "auth-dingtalk-1.1.0.tar.gz", "1.0"]
        {
            assert!(card.contains(told), "{told} is not in: {card}");
        }
        browser.press(words.enable_plugin).await;
        browser.reads(words.plugin_enabled).await;
    }

    async fn opens_the_form(&self) {
        let (browser, words) = (&self.browser, &self.words);
        self.go_to(words.authentication).await;
        browser.press(words.add_new).await;
        browser.reads(words.dingtalk_lead).await;
        browser.press(&format!("{}{}", words.dingtalk, words.dingtalk_lead)).await;
        let shown = browser.text_of("#f-settings-redirect_url").await;
        assert_eq!(shown, self.redirect_url(), "the Redirect URL is there before anything is saved");
    }

    /// Copies the Redirect URL and pastes it into DingTalk's console, in another tab.
    async fn registers_the_redirect_url(&self) {
        let (browser, words) = (&self.browser, &self.words);
        let url = self.redirect_url();
        if words.look.scripts {
            browser.press(words.copy).await;
            browser.reads(words.copied).await;
        }
        let form = browser.second_tab().await;
        browser.wear(words.look).await;
        browser.open(&format!("{}/_sim/", self.world.simulator.base_url())).await;
        let app = format!("section[data-app={CLIENT_ID}]");
        browser.click(&format!("{app} input[type=url]")).await;
        if words.look.scripts {
            browser.keys(&format!("{}v", key::CONTROL)).await;
        } else {
            browser.keys(&url).await;
        }
        browser.click(&format!("{app} button.main")).await;
        browser.reads(&url).await;
        assert_eq!(self.world.simulator.scenario().apps[0].redirect_urls, [url], "pasted exactly as it was shown");
        browser.switch_to(&form).await;
    }

    /// Forgets something the first time.
    async fn fills_in_the_form(&self) {
        let (browser, words) = (&self.browser, &self.words);
        let base = self.world.simulator.base_url();
        let addresses = || browser.visible("input[type=url]");
        assert_eq!(
            addresses().await,
            if words.look.scripts { 0 } else { 4 },
            "only where they matter, if a script can tell"
        );
        browser.choose(words.region, words.custom).await;
        for address in words.addresses {
            browser.enter(address, &base).await;
        }
        assert_eq!(addresses().await, 4);
        browser.tick(words.sign_up).await;
        browser.enter("Client Secret", CLIENT_SECRET).await;
        browser.press(words.create).await;
        browser.reads(words.not_saved).await;
        assert_eq!(browser.text_of("#f-settings-client_id-fault").await, words.fill_in);
        assert_eq!(browser.entered(words.addresses[0]).await, base, "what was right is still there");
        assert_eq!(browser.entered("Client Secret").await, "", "but a secret never comes back");
        browser.enter("Client ID", CLIENT_ID).await;
        browser.enter(words.organisation, CORP_ID).await;
        browser.enter("Client Secret", CLIENT_SECRET).await;
        browser.press(words.create).await;
        browser.reads(words.created).await;
        browser.reads(words.ready).await;
    }

    async fn somebody_signs_in_with_dingtalk(&self) {
        let (browser, words) = (&self.browser, &self.words);
        browser.press(words.button).await;
        browser.arrives_below(&format!("{}/oauth2/auth?", self.world.simulator.base_url())).await;
        browser.click("button[data-person=lin]").await;
        browser.arrives_at(&format!("{}/", self.world.site)).await;
        let home = browser.text_of("main").await;
        for told in ["林小满", words.signed_in_with] {
            assert!(home.contains(told), "{told} is not in: {home}");
        }
        assert_eq!(browser.visible(&format!("a[href='{}/admin/plugins']", self.path())).await, 0, "a member");
    }

    async fn signs_out(&self) {
        self.open_menu().await;
        self.browser.press(self.words.sign_out).await;
        self.browser.reads(self.words.password).await;
        self.browser.open(&format!("{}/", self.world.site)).await;
        assert!(self.browser.address().await.contains("/signin"), "nobody is signed in any more");
    }

    async fn go_to(&self, entry: &str) {
        self.open_menu().await;
        let entry = format!(
            "nav[aria-label] a[href$='{}']",
            if entry == self.words.plugins { "plugins" } else { "authentication" }
        );
        self.browser.click(&entry).await;
    }

    /// On a phone the menu is folded.
    async fn open_menu(&self) {
        if self.words.look.width < 600 {
            self.browser.press(self.words.menu).await;
        }
    }

    fn redirect_url(&self) -> String {
        format!("{}/signin/dingtalk/callback", self.world.site)
    }

    fn path(&self) -> String {
        url::Url::parse(&self.world.site).unwrap().path().trim_end_matches('/').to_owned()
    }
}
