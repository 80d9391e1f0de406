//! Every page is held to axe-core's rules: both languages, both themes, desktop and phone (WB-7).

use std::path::Path;

use gatehouse_tests::chromium::{Browser, Look};
use gatehouse_tests::{World, skips};
use serde_json::{Value, json};

use super::words::Words;

/// Runs the rules and returns, per rule that is broken, its name and the places.
const RUN: &str = "return axe.run(document, {resultTypes: ['violations']}).then(({violations}) =>
    violations.map(({id, nodes}) => id + ': ' + nodes.map(({html, failureSummary}) => html + ' ' + failureSummary).join('; ')))";

#[tokio::test(flavor = "multi_thread")]
async fn in_english() {
    examine_everything(Words::english()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn in_chinese() {
    examine_everything(Words::chinese()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_rules_find_what_is_wrong() {
    if skips("browser") {
        return;
    }
    let (world, words) = (World::new().await, Words::english());
    let mut examiner = Examiner { browser: Browser::start(words.look).await, words, axe: axe(), found: Vec::new() };
    examiner.browser.open(&format!("{}/signin", world.site)).await;
    examiner
        .browser
        .script("document.querySelector('label').remove(); document.body.style.width = '2000px'", &[])
        .await;
    examiner.examine("spoilt").await;
    let found = examiner.found.join("\n");
    assert!(found.contains("label: ") && found.contains("has to be moved sideways"), "{found}");
}

async fn examine_everything(words: Words) {
    if skips("browser") {
        return;
    }
    let mut world = World::new().await;
    world.enable("auth-dingtalk").await;
    world.add_authenticator("dingtalk", false).await;
    let user = world.add_user("lei", "+8613800001111", &["member"]).await;
    let mut examiner = Examiner { browser: Browser::start(words.look).await, words, axe: axe(), found: Vec::new() };
    examiner.signed_out(&world).await;
    examiner.signed_in(&world, &user).await;
    assert!(examiner.found.is_empty(), "{}", examiner.found.join("\n"));
}

struct Examiner {
    browser: Browser,
    words: Words,
    axe: String,
    found: Vec<String>,
}

impl Examiner {
    async fn signed_out(&mut self, world: &World) {
        let site = &world.site;
        self.page(&format!("{site}/signin")).await;
        self.browser.enter(self.words.identifier, "admin").await;
        self.browser.enter(self.words.password, "wrong").await;
        self.browser.press(self.words.sign_in).await;
        self.browser.reads(self.words.not_right).await;
        self.examine("wrong password").await;
        self.browser.click(".corner details summary").await;
        self.examine("theme menu").await;
        self.browser.open(&format!("{site}/signin")).await;
        self.browser.press(self.words.button).await;
        self.browser.click("button[data-person=zhou]").await;
        self.browser.text_of(".reference").await;
        self.examine("refused").await;
        self.page(&format!("{site}/signin/dingtalk/callback?code=x&state=y")).await;
    }

    async fn signed_in(&mut self, world: &World, user: &str) {
        let site = &world.site;
        self.enter(world).await;
        for path in [
            "/",
            "/admin/plugins",
            "/admin/plugins?q=nothing",
            "/admin/plugins/install",
            "/admin/plugins/auth-dingtalk",
            "/admin/authentication",
            "/admin/authentication/new?type=dingtalk",
            "/admin/authentication/dingtalk",
            "/admin/authentication/password",
            "/admin/users",
            "/admin/users/new",
            &format!("/admin/users/{user}"),
            "/admin/journal",
            "/admin/no-such-page",
        ] {
            self.page(&format!("{site}{path}")).await;
        }
        self.open_parts(site).await;
        self.reports(site).await;
        self.question(site).await;
        self.refused_forms(site).await;
    }

    /// Signs in after the refusal, which leads to the question whether both accounts are one person's.
    async fn enter(&mut self, world: &World) {
        let site = &world.site;
        self.browser.open(&format!("{site}/signin")).await;
        self.browser.enter(self.words.identifier, "admin").await;
        self.browser.enter(self.words.password, &world.admin_password).await;
        self.browser.press(self.words.sign_in).await;
        self.browser.arrives_at(&format!("{site}/account/link")).await;
        self.examine("whether to connect").await;
        self.browser.click("main .stack form button").await;
        self.browser.arrives_below(&format!("{site}/")).await;
    }

    /// What is folded at first.
    async fn open_parts(&mut self, site: &str) {
        self.browser.open(&format!("{site}/admin/authentication")).await;
        self.browser.press(self.words.add_new).await;
        self.examine("Add new").await;
        self.browser.open(&format!("{site}/admin/authentication/dingtalk")).await;
        self.unfold().await;
        self.examine("the form, unfolded").await;
        self.browser.open(&format!("{site}/admin/plugins")).await;
        self.unfold().await;
        self.examine("a plug-in, unfolded").await;
    }

    /// A rehearsal, and why the refused sign-in was refused.
    async fn reports(&mut self, site: &str) {
        self.browser.open(&format!("{site}/admin/authentication/dingtalk")).await;
        self.browser.click("button[form=rehearse]").await;
        self.browser.click("button[data-person=lin]").await;
        self.browser.text_of("main .timeline").await;
        self.unfold().await;
        self.examine("a rehearsal").await;
        self.browser.open(&format!("{site}/admin/journal?kind=signin")).await;
        self.browser.click("td a[href*='/admin/journal/']").await;
        self.browser.text_of("main .facts").await;
        self.unfold().await;
        self.examine("an explanation").await;
    }

    /// New credentials that the provider does not accept.
    async fn question(&mut self, site: &str) {
        self.browser.open(&format!("{site}/admin/authentication/dingtalk")).await;
        self.browser.enter("Client Secret", "a-secret-that-nobody-knows").await;
        self.browser.click("#settings .panel-foot .primary").await;
        self.browser.text_of("form.question [role=alert]").await;
        self.unfold().await;
        self.examine("a question").await;
    }

    /// Forms with everything wrong.
    async fn refused_forms(&mut self, site: &str) {
        for path in ["/", "/admin/authentication/new?type=dingtalk", "/admin/users/new"] {
            self.browser.open(&format!("{site}{path}")).await;
            self.browser.click("main form.fields .primary, main .panel-foot .primary, main form .primary").await;
            self.browser.text_of("form [role=alert]").await;
            self.examine(&format!("{path} refused")).await;
        }
    }

    async fn unfold(&self) {
        self.browser.script("for (const one of document.querySelectorAll('main details')) one.open = true", &[]).await;
    }

    async fn page(&mut self, address: &str) {
        self.browser.open(address).await;
        self.examine(address).await;
    }

    async fn examine(&mut self, page: &str) {
        self.browser.script(&self.axe, &[]).await;
        for (width, dark) in [(1280, false), (1280, true), (390, false), (390, true)] {
            let look = Look { width, dark, ..self.words.look };
            self.browser.wear(look).await;
            let broken = self.browser.script(RUN, &[]).await;
            let broken = broken.as_array().unwrap().iter().filter_map(Value::as_str);
            self.found.extend(broken.map(|rule| format!("{page} ({width}, dark: {dark}): {rule}")));
            let wider = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
            if self.browser.script(wider, &[]).await != json!(0) {
                self.found.push(format!("{page} ({width}): has to be moved sideways"));
            }
        }
        self.browser.wear(self.words.look).await;
    }
}

/// The script; the driver brings it in past the page's policy.
fn axe() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("browser-tools/node_modules/axe-core/axe.min.js");
    std::fs::read_to_string(path).expect("axe-core is installed; run: cargo xtask test")
}
