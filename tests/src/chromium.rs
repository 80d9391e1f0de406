//! A real browser and the hand that uses it.
//!
//! [`Browser`] speaks the WebDriver protocol (W3C) with Debian's `chromedriver` over plain HTTP, which needs no further
//! crate and downloads nothing. What a person does is in `hand`, what an examiner looks at afterwards in `evidence`, and how it passes for another browser in `disguise`. Every browser has a profile of its own, reaches nothing but this machine, and is gone with its value.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::client::http;

mod disguise;
mod evidence;
mod hand;

pub use disguise::Script;
pub use evidence::Sent;
pub use hand::key;

/// What a browser is like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// `Accept-Language`.
    pub language: &'static str,
    /// Width of the window's content, in CSS pixels.
    pub width: u32,
    /// Its height.
    pub height: u32,
    /// Whether the device prefers dark pages.
    pub dark: bool,
    /// Whether pages may run scripts.
    pub scripts: bool,
}

impl Default for Look {
    fn default() -> Self {
        Self { language: "en", width: 1280, height: 900, dark: false, scripts: true }
    }
}

impl Look {
    /// A phone of 390 pixels width.
    pub fn phone() -> Self {
        Self { width: 390, height: 844, ..Self::default() }
    }

    /// The same in Chinese.
    pub fn chinese(self) -> Self {
        Self { language: "zh-CN", ..self }
    }
}

/// A running Chromium.
pub struct Browser {
    http: &'static reqwest::Client,
    /// Address of the session at the driver.
    session: String,
    driver: Child,
    /// Kept open: the driver would stumble over a closed pipe.
    _output: BufReader<ChildStdout>,
    profile: TempDir,
}

impl Browser {
    /// Starts a browser.
    pub async fn start(look: Look) -> Self {
        let profile = tempfile::tempdir().unwrap();
        let (driver, output, port) = start_driver();
        let driver_address = format!("http://127.0.0.1:{port}/session");
        let mut browser = Self { http: http(), session: driver_address, driver, _output: output, profile };
        let wanted = capabilities(look, browser.profile.path());
        let session = browser.call(Method::POST, "", Some(&wanted)).await;
        let id = session["sessionId"].as_str().unwrap_or_else(|| panic!("no browser: {session}"));
        browser.session = format!("{}/{id}", browser.session);
        browser.wear(look).await;
        browser
    }

    /// Changes the size, the preferred theme, and whether scripts run.
    pub async fn wear(&self, look: Look) {
        let phone = look.width < 600;
        let size = json!({"width": look.width, "height": look.height, "deviceScaleFactor": 1, "mobile": phone});
        self.cdp("Emulation.setDeviceMetricsOverride", size).await;
        let theme = if look.dark { "dark" } else { "light" };
        let media = json!({"features": [
            {"name": "prefers-color-scheme", "value": theme},
            {"name": "prefers-reduced-motion", "value": "reduce"},
        ]});
        self.cdp("Emulation.setEmulatedMedia", media).await;
        self.cdp("Emulation.setScriptExecutionDisabled", json!({"value": !look.scripts})).await;
    }

    /// Opens an address, as by typing it.
    pub async fn open(&self, address: &str) {
        self.post("/url", json!({"url": address})).await;
    }

    /// Reloads the page.
    pub async fn reload(&self) {
        self.post("/refresh", json!({})).await;
    }

    /// One page back.
    pub async fn back(&self) {
        self.post("/back", json!({})).await;
    }

    /// The address of the page.
    pub async fn address(&self) -> String {
        self.get("/url").await.as_str().unwrap().to_owned()
    }

    /// The title of the page.
    pub async fn title(&self) -> String {
        self.get("/title").await.as_str().unwrap().to_owned()
    }

    /// Opens a second tab and goes there; the returned handle leads back.
    pub async fn second_tab(&self) -> String {
        let first = self.get("/window").await.as_str().unwrap().to_owned();
        let second = self.post("/window/new", json!({"type": "tab"})).await["handle"].clone();
        self.switch_to(second.as_str().unwrap()).await;
        first
    }

    /// Goes to a tab.
    pub async fn switch_to(&self, tab: &str) {
        self.post("/window", json!({"handle": tab})).await;
    }

    /// Runs the body of a function in the page, past its policy, and returns what it returns.
    pub async fn script(&self, body: &str, arguments: &[Value]) -> Value {
        self.post("/execute/sync", json!({"script": body, "args": arguments})).await
    }

    /// A command of the developer tools.
    pub async fn cdp(&self, command: &str, parameters: Value) -> Value {
        self.post("/goog/cdp/execute", json!({"cmd": command, "params": parameters})).await
    }

    async fn get(&self, path: &str) -> Value {
        self.call(Method::GET, path, None).await
    }

    async fn post(&self, path: &str, body: Value) -> Value {
        self.call(Method::POST, path, Some(&body)).await
    }

    async fn call(&self, method: Method, path: &str, body: Option<&Value>) -> Value {
        self.attempt(method, path, body)
            .await
            .unwrap_or_else(|error| panic!("{path} {}: {error}", body.unwrap_or(&Value::Null)))
    }

    /// A call that may fail; the error is the driver's.
    async fn attempt(&self, method: Method, path: &str, body: Option<&Value>) -> Result<Value, String> {
        let mut request = self.http.request(method, format!("{}{path}", self.session)).timeout(Duration::from_secs(60));
        if let Some(body) = body {
            request = request.json(body);
        }
        let mut answer: Value = request.send().await.expect("the driver answers").json().await.expect("JSON");
        let value = answer["value"].take();
        match value["error"].as_str() {
            Some(error) => Err(format!("{error}: {}", value["message"].as_str().unwrap_or_default())),
            None => Ok(value),
        }
    }

    /// Closes the browser and returns its profile, with everything that it wrote down.
    pub fn close(mut self) -> TempDir {
        self.end();
        std::mem::replace(&mut self.profile, tempfile::tempdir().unwrap())
    }

    /// Ends the session, which ends Chromium, then the driver. Blocking, so that it works while a test is failing.
    fn end(&mut self) {
        let Ok(url) = url::Url::parse(&self.session) else { return };
        let authority = url.authority().to_owned();
        if let Ok(mut stream) = TcpStream::connect(&authority) {
            let _ = stream.set_read_timeout(Some(Duration::from_secs(10)));
            let request = format!("DELETE {} HTTP/1.1\r\nHost: {authority}\r\nConnection: close\r\n\r\n", url.path());
            let _ = stream.write_all(request.as_bytes());
            // The answer begins when Chromium has ended; the driver leaves the connection open.
            let _ = stream.read(&mut [0; 64]);
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        self.end();
    }
}

/// Port 0 is chosen for IPv4, and the same number may be taken for IPv6; chromedriver ends then, and is asked again.
fn start_driver() -> (Child, BufReader<ChildStdout>, u16) {
    for _ in 0..5 {
        let mut command = Command::new("chromedriver");
        command.arg("--port=0").stdout(Stdio::piped()).stderr(Stdio::null());
        let mut driver = command.spawn().expect("chromedriver is installed; run: cargo xtask test");
        let mut output = BufReader::new(driver.stdout.take().unwrap());
        if let Some(port) = port_of(&mut output) {
            return (driver, output, port);
        }
        driver.wait().unwrap();
    }
    panic!("chromedriver ends as soon as it is started");
}

/// The port that chromedriver says it chose; none when it ended.
fn port_of(output: &mut BufReader<ChildStdout>) -> Option<u16> {
    let mut line = String::new();
    while output.read_line(&mut line).unwrap() > 0 {
        if let Some((_, port)) = line.split_once("successfully on port ") {
            return Some(port.trim().trim_end_matches('.').parse().unwrap());
        }
        line.clear();
    }
    None
}

fn capabilities(look: Look, profile: &Path) -> Value {
    let arguments = [
        "--headless=new".into(),
        "--no-sandbox".into(),
        "--disable-gpu".into(),
        "--disable-quic".into(),
        "--disable-dev-shm-usage".into(),
        "--no-first-run".into(),
        "--disable-background-networking".into(),
        "--disable-component-update".into(),
        "--disable-sync".into(),
        "--hide-scrollbars".into(),
        "--font-render-hinting=none".into(),
        // Not even by a mistake does a test look up a name.
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1".into(),
        format!("--accept-lang={}", look.language),
        format!("--user-data-dir={}", profile.display()),
    ];
    json!({"capabilities": {"alwaysMatch": {
        "browserName": "chrome",
        // A dialog that nobody expects makes the next command fail, and with it the test.
        "unhandledPromptBehavior": "ignore",
        "goog:chromeOptions": {"binary": "/usr/bin/chromium", "args": arguments},
        "goog:loggingPrefs": {"performance": "ALL", "browser": "ALL"},
    }}})
}
