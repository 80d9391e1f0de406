//! What a person does with a page: read, click what is called so, fill in what is labelled so, press keys.

use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::{Value, json};

use super::Browser;

/// The name of an element reference in WebDriver's JSON (section 12.1 of the specification).
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// How long something may take to appear.
const PATIENCE: Duration = Duration::from_secs(30);

/// Keys without a character, as WebDriver writes them (section 17.4.2 of the specification).
pub mod key {
    /// Tab.
    pub const TAB: char = '\u{E004}';
    /// Enter.
    pub const ENTER: char = '\u{E007}';
    /// Space.
    pub const SPACE: char = ' ';
    /// Escape.
    pub const ESCAPE: char = '\u{E00C}';
    /// Control, held while the next one is pressed.
    pub const CONTROL: char = '\u{E009}';
}

impl Browser {
    /// The visible text, blanks folded.
    pub async fn text(&self) -> String {
        self.text_of("body").await
    }

    /// The visible text of the first element that matches, blanks folded; waits until there is one.
    pub async fn text_of(&self, css: &str) -> String {
        let since = Instant::now();
        loop {
            if let Some(text) = self.text_now(css).await {
                return text;
            }
            self.wait_or_fail(since, css).await;
        }
    }

    /// Waits until the page says `words`.
    pub async fn reads(&self, words: &str) {
        let since = Instant::now();
        while !self.text_now("body").await.is_some_and(|text| text.contains(words)) {
            self.wait_or_fail(since, words).await;
        }
    }

    /// `None` where nothing matches, and while one page is giving way to the next.
    async fn text_now(&self, css: &str) -> Option<String> {
        let read = json!({"script": "return document.querySelector(arguments[0])?.innerText", "args": [css]});
        let text = self.attempt(Method::POST, "/execute/sync", Some(&read)).await.ok()?;
        Some(text.as_str()?.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// Waits until the address of the page is `address`.
    pub async fn arrives_at(&self, address: &str) {
        self.arrives(address, |now| now == address).await;
    }

    /// Waits until the address of the page starts with `address`.
    pub async fn arrives_below(&self, address: &str) {
        self.arrives(address, |now| now.starts_with(address)).await;
    }

    async fn arrives(&self, wanted: &str, there: impl Fn(&str) -> bool) {
        let since = Instant::now();
        loop {
            let now = self.address().await;
            if there(&now) {
                return;
            }
            assert!(since.elapsed() < PATIENCE, "at {now} instead of {wanted}: {}", self.text().await);
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// How many elements match and can be seen.
    pub async fn visible(&self, css: &str) -> usize {
        let count = "return [...document.querySelectorAll(arguments[0])].filter(e => e.checkVisibility()).length";
        usize::try_from(self.script(count, &[css.into()]).await.as_u64().unwrap()).unwrap()
    }

    /// Clicks the button, link or summary of this name; waits until there is one.
    pub async fn press(&self, name: &str) {
        let named = format!("[normalize-space()={0} or @aria-label={0}]", quoted(name));
        let path = format!("//*[self::button or self::a or self::summary]{named}");
        let element = self.seen("xpath", &path).await;
        self.click_on(&element).await;
    }

    /// Clicks the first element that matches and can be seen.
    pub async fn click(&self, css: &str) {
        let element = self.seen("css selector", css).await;
        self.click_on(&element).await;
    }

    /// Goes into the first frame that matches; until [`Browser::out_of_frames`], this is the page.
    pub async fn into_frame(&self, css: &str) {
        let element = self.seen("css selector", css).await;
        self.post("/frame", json!({"id": {ELEMENT: element}})).await;
    }

    /// Back to the page around all frames.
    pub async fn out_of_frames(&self) {
        self.post("/frame", json!({"id": null})).await;
    }

    /// Empties the field of this label and types `text` into it.
    pub async fn enter(&self, label: &str, text: &str) {
        let element = self.field(label).await;
        self.post(&format!("/element/{element}/clear"), json!({})).await;
        self.post(&format!("/element/{element}/value"), json!({"text": text})).await;
    }

    /// Chooses a file of the disk in the field of this label.
    pub async fn attach(&self, label: &str, path: &str) {
        let element = self.field(label).await;
        self.post(&format!("/element/{element}/value"), json!({"text": path})).await;
    }

    /// Chooses an option of the list of this label.
    pub async fn choose(&self, label: &str, option: &str) {
        let list = self.field(label).await;
        let find = json!({"using": "xpath", "value": format!("./option[normalize-space()={}]", quoted(option))});
        let found = self.post(&format!("/element/{list}/element"), find).await;
        self.post(&format!("/element/{}/click", id(&found)), json!({})).await;
    }

    /// Ticks or unticks the box of this label.
    pub async fn tick(&self, label: &str) {
        let element = self.field(label).await;
        self.click_on(&element).await;
    }

    /// What is in the field of this label.
    pub async fn entered(&self, label: &str) -> String {
        let element = self.field(label).await;
        self.get(&format!("/element/{element}/property/value")).await.as_str().unwrap().to_owned()
    }

    /// Presses keys one after the other, wherever the focus is; control stays down for the next key.
    pub async fn keys(&self, keys: &str) {
        let mut actions: Vec<Value> = Vec::new();
        let mut keys = keys.chars();
        while let Some(one) = keys.next() {
            let held = (one == key::CONTROL).then(|| keys.next()).flatten();
            let down = |key: char| json!({"type": "keyDown", "value": key.to_string()});
            let up = |key: char| json!({"type": "keyUp", "value": key.to_string()});
            actions.push(down(one));
            actions.extend(held.into_iter().flat_map(|held| [down(held), up(held)]));
            actions.push(up(one));
        }
        self.post("/actions", json!({"actions": [{"type": "key", "id": "keyboard", "actions": actions}]})).await;
    }

    /// Presses the tab key until the focus is on an element that matches, as somebody without a mouse does.
    pub async fn tab_to(&self, css: &str) {
        for _ in 0..40 {
            self.keys(&key::TAB.to_string()).await;
            let reached = "return document.activeElement.matches(arguments[0])";
            if self.script(reached, &[css.into()]).await == Value::Bool(true) {
                return;
            }
        }
        panic!("the tab key never reaches {css} on {}", self.address().await);
    }

    /// Scrolls there first, because bars that stay at the edge of the window may cover what is only just in view.
    async fn click_on(&self, element: &str) {
        let scroll = "arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})";
        self.script(scroll, &[json!({ELEMENT: element})]).await;
        self.post(&format!("/element/{element}/click"), json!({})).await;
    }

    /// The id of the field that a label with this text belongs to; a required field's label ends with a star.
    async fn field(&self, label: &str) -> String {
        let text = quoted(label);
        let starred = quoted(&format!("{label} *"));
        let label = format!("//label[normalize-space()={text} or normalize-space()={starred}]");
        let path = format!("//*[@id={label}/@for] | //*[@aria-label={text}][self::input or self::select]");
        self.seen("xpath", &path).await
    }

    /// The id of the first element that can be seen, scrolled into view; waits until there is one.
    async fn seen(&self, using: &str, value: &str) -> String {
        let since = Instant::now();
        let search = json!({"using": using, "value": value});
        loop {
            for element in self.post("/elements", search.clone()).await.as_array().unwrap() {
                let displayed = self.attempt(Method::GET, &format!("/element/{}/displayed", id(element)), None).await;
                if displayed == Ok(Value::Bool(true)) {
                    return id(element);
                }
            }
            self.wait_or_fail(since, value).await;
        }
    }

    async fn wait_or_fail(&self, since: Instant, what: &str) {
        if since.elapsed() > PATIENCE {
            let page = self.script("return document.body.innerText", &[]).await;
            panic!("{what} is not on {}: {page}", self.address().await);
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

fn id(element: &Value) -> String {
    element[ELEMENT].as_str().unwrap_or_else(|| panic!("no element: {element}")).to_owned()
}

/// A literal of XPath 1.0, which knows no escapes.
fn quoted(text: &str) -> String {
    assert!(!text.contains('"'), "{text}");
    format!("\"{text}\"")
}
