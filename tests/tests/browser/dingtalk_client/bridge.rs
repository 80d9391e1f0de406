//! The DingTalk client as far as a page can see it: what it calls itself, and the bridge that it brings into pages.
//!
//! The shapes are those that DingTalk's own library, which the product vendors, looks for: on iOS a global
//! `WebViewJavascriptBridge`, on Android a global `nuva`. The bridge of the desktop client speaks with windows of
//! `dingtalk.com` only, so there is nothing to stand in for it here.

use gatehouse_tests::chromium::{Browser, Script};
use gatehouse_tests::{CLIENT_ID, World};
use serde_json::{Value, json};

/// What the client on an iPhone calls itself.
pub(in crate::browser) const IPHONE: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, \
    like Gecko) Mobile/23E246 AliApp(DingTalk/7.8.1) com.laiwang.DingTalk/46766536 Channel/201200 \
    language/zh-Hans-CN UT4Aplus/0.0.6 WK";
/// What the client on an Android phone calls itself; one from before the current call.
pub(super) const ANDROID: &str = "Mozilla/5.0 (Linux; Android 12; wv) AppleWebKit/537.36 (KHTML, like Gecko) \
    Version/4.0 Chrome/108.0 Mobile Safari/537.36 AliApp(DingTalk/6.0.30) com.alibaba.android.rimet/15213560 \
    Channel/700159 language/zh-CN UT4Aplus/0.2.25 colorScheme/light";
/// What the client on Windows calls itself.
pub(super) const WINDOWS: &str = "Mozilla/5.0 (Windows NT 10.0; WOW64) AppleWebKit/537.36 (KHTML, like Gecko) \
    Chrome/108.0.5359.125 Safari/537.36 dingtalk-win/1.0.0 nw(0.14.7) DingTalk(7.8.10-Release.250724002) Mojo/1.0.0 \
    Native AppType(release) Channel/201200 Architecture/x86_64";

/// How the client answers, as ECMAScript: `old` tells which of the two calls was made, `next()` is an unused code.
pub(super) const GIVES_A_CODE: &str = "ok({code: next()})";
/// A client from before the current call, which does not know it.
pub(super) const KNOWS_THE_OLD_CALL: &str =
    "old ? ok({code: next()}) : bad({errorCode: '1', errorMessage: 'API not found'})";
/// One that does not even say so.
pub(super) const IS_SILENT_AT_THE_NEW_CALL: &str = "if (old) ok({authCode: next()})";
/// The address is none of the app's.
pub(super) const DOES_NOT_TRUST_THE_ADDRESS: &str = "bad({errorCode: '3', errorMessage: '对应企业没有某域名微应用'})";
/// The person closed the question.
pub(super) const WAS_CANCELLED: &str = "bad({errorCode: '-1', errorMessage: 'cancel'})";
/// It has lost its voice.
pub(in crate::browser) const SAYS_NOTHING: &str = "";
/// It broke.
pub(super) const IS_BROKEN: &str = "bad({errorCode: '22', errorMessage: 'internal error'})";

/// Enough for every test.
const CODES: usize = 6;

/// Puts the bridge into every page. `CODES` and `ANSWER` are filled in; what it was asked and what people saw lies in
/// the session storage, where it outlives the page.
const BRIDGE: &str = r"(() => {
    if (window !== top || !location.protocol.startsWith('http')) return;
    const kept = (name, fallback) => JSON.parse(sessionStorage.getItem(name) || fallback);
    const keep = (name, value) => sessionStorage.setItem(name, JSON.stringify(value));
    const codes = CODES;
    const next = () => {
        const used = kept('used', '{}');
        const at = used[codes[0]] || 0;
        keep('used', {...used, [codes[0]]: at + 1});
        return codes[at];
    };
    const asked = (name, {corpId, clientId}, ok, bad) => {
        keep('asked', [...kept('asked', '[]'), {name, corpId, clientId}]);
        const old = !name.endsWith('V2');
        ANSWER;
    };
    if (navigator.userAgent.includes('iPhone')) {
        window.WebViewJavascriptBridge = {
            init() {},
            registerHandler() {},
            callHandler(name, parameters, callback) {
                asked(name, parameters, (result) => callback({errorCode: '0', result}), callback);
            },
        };
    }
    if (navigator.userAgent.includes('Android')) {
        const call = (ok, bad, service, action, parameters) => asked(`${service}.${action}`, parameters, ok, bad);
        window.nuva = {isReady: true, require: () => call};
    }
    new MutationObserver(() => {
        const text = document.body ? document.body.innerText : '';
        if (text) keep('seen', [...kept('seen', '[]'), text]);
    }).observe(document, {childList: true, subtree: true});
})()";

/// A browser that passes for the DingTalk client.
pub(in crate::browser) struct Client<'a> {
    pub(super) browser: &'a Browser,
    world: &'a World,
    bridge: Option<Script>,
}

impl<'a> Client<'a> {
    /// The client `agent` in the hands of `person`, which answers as `answer` says.
    pub(in crate::browser) async fn of(
        browser: &'a Browser,
        world: &'a World,
        agent: &str,
        person: &str,
        answer: &str,
    ) -> Self {
        browser.call_itself(agent).await;
        let mut client = Self { browser, world, bridge: None };
        client.hand_to(person, answer).await;
        client
    }

    /// From the next page on, `person` holds the phone.
    pub(super) async fn hand_to(&mut self, person: &str, answer: &str) {
        if let Some(bridge) = self.bridge.take() {
            self.browser.take_back(bridge).await;
        }
        let code = |_| self.world.simulator.jsapi_code(CLIENT_ID, person).unwrap();
        let codes: Vec<String> = (0..CODES).map(code).collect();
        let source = BRIDGE.replace("CODES", &json!(codes).to_string()).replace("ANSWER", answer);
        self.bridge = Some(self.browser.before_every_page(&source).await);
    }

    /// Opens a page of the site, as from a message.
    pub(in crate::browser) async fn open(&self, path: &str) {
        self.browser.open(&format!("{}{path}", self.world.site)).await;
    }

    /// The calls that the bridge was asked for.
    pub(super) async fn asked(&self) -> Vec<Value> {
        self.kept("asked").await
    }

    /// Every text that was on the screen since the last time this was asked.
    pub(super) async fn seen(&self) -> Vec<String> {
        let seen = self.kept("seen").await;
        self.browser.script("sessionStorage.removeItem('seen')", &[]).await;
        seen.iter().map(|text| text.as_str().unwrap().to_owned()).collect()
    }

    async fn kept(&self, name: &str) -> Vec<Value> {
        let kept = self.browser.script("return sessionStorage.getItem(arguments[0])", &[name.into()]).await;
        kept.as_str().map(|text| serde_json::from_str(text).unwrap()).unwrap_or_default()
    }
}
