//! Signing in inside DingTalk's own client, over HTTP: what its web view sends, and what the scripts on our page post.
//! The scripts themselves run in the browser tests.

mod codes;
mod failed;
mod owner;
mod silent;
mod strangers;

use gatehouse_tests::{CLIENT_ID, Client, Reply, World};
use reqwest::{Method, RequestBuilder};

/// `User-Agent`s of real clients (protocol, section 4.2): iOS, Android, Windows, macOS.
const AGENTS: [&str; 4] = [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/23E246 \
     AliApp(DingTalk/7.8.1) com.laiwang.DingTalk/46766536 Channel/201200 language/zh-Hans-CN UT4Aplus/0.0.6 WK",
    "Mozilla/5.0 (Linux; U; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/100.0 Mobile \
     Safari/537.36 AliApp(DingTalk/6.0.30) com.alibaba.android.rimet/15213560 Channel/700159 language/zh-CN \
     UT4Aplus/0.2.25 colorScheme/light",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/108.0.5359.125 \
     Safari/537.36 dingtalk-win/1.0.0 nw(0.14.7) DingTalk(7.8.10-Release.250724002) Mojo/1.0.0 Native \
     AppType(release) Channel/201200 Architecture/x86_64",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/96.0.4664.110 \
     Safari/537.36 DingTalk(7.6.0-macOS-macOS-MAS-38513772) nw Channel/201200 Architecture/x86_64",
];
/// A browser that is no client.
const CHROME: &str =
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Safari/537.36";
/// Where the authenticator's page inside the client is.
const PAGE: &str = "/signin/dingtalk/client";
/// The organisation of the simulator's first app.
const CORP: &str = "dingcorpdemo0001";
/// The number of 林小满.
const LIN: &str = "+8613900000001";

/// A host whose authenticator signs people in inside the client.
async fn world() -> World {
    let mut world = World::signing_in().await;
    let saved = switch(&mut world, true, &[]).await;
    assert!(saved.location().contains("notice=saved"), "{}", saved.location());
    world
}

/// Switches the option on or off, and changes other settings with it.
async fn switch(world: &mut World, on: bool, others: &[(&str, &str)]) -> Reply {
    let state = if on { "on" } else { "" };
    let mut changes = vec![("settings.client", state), ("settings.corp_id", CORP), ("settings.client_secret", "")];
    changes.extend(others);
    world.change_authenticator("dingtalk", &changes).await
}

/// The web view of a client.
struct View {
    browser: Client,
    agent: &'static str,
    /// Whether it says in `Sec-Fetch-Site` who asked for a page; older ones do not.
    tells: bool,
}

impl View {
    fn of(world: &World) -> Self {
        Self { browser: world.browser(), agent: AGENTS[1], tells: true }
    }

    fn old(world: &World) -> Self {
        Self { tells: false, ..Self::of(world) }
    }

    fn request(&self, method: Method, path: &str, site: &str, destination: &str) -> RequestBuilder {
        let accept = if destination == "document" { "text/html,application/xhtml+xml,*/*;q=0.8" } else { "*/*" };
        let request = self.browser.request(method, path).header("user-agent", self.agent).header("accept", accept);
        match self.tells {
            true => request.header("sec-fetch-site", site).header("sec-fetch-dest", destination),
            false => request,
        }
    }

    /// A page that `site` asks for: `none` is the client itself, `same-origin` one of our pages.
    async fn page(&mut self, path: &str, site: &str) -> Reply {
        let request = self.request(Method::GET, path, site, "document");
        self.browser.send(request).await
    }

    /// The client opens a page.
    async fn enter(&mut self, path: &str) -> Reply {
        self.page(path, "none").await
    }

    /// One of our pages leads to another.
    async fn follow(&mut self, path: &str) -> Reply {
        self.page(path, "same-origin").await
    }

    /// A form of one of our pages.
    async fn submit(&mut self, path: &str, form: &[(&str, &str)]) -> Reply {
        let request = self.request(Method::POST, path, "same-origin", "document");
        let request = request.header("origin", self.browser.origin()).form(form);
        self.browser.send(request).await
    }

    /// What our script posts.
    async fn report(&mut self, path: &str, parameters: &[(&str, &str)]) -> Reply {
        let request = self.request(Method::POST, path, "same-origin", "empty");
        let request = request.header("origin", self.browser.origin()).form(parameters);
        self.browser.send(request).await
    }

    /// Opens `path`, is led to the client's page, and reports the code that the client gives for `person`.
    async fn report_as(&mut self, world: &World, person: &str, path: &str) -> Reply {
        let sent = self.enter(path).await;
        assert_eq!(sent.status, 303, "{}", sent.page().text());
        let page = self.enter(&sent.location()).await;
        let post = page.page().attribute("script[data-post]", "data-post").expect("the client's page");
        let code = world.simulator.jsapi_code(CLIENT_ID, person).unwrap();
        self.report(&post, &[("code", &code)]).await
    }

    /// The same, and goes where the answer says.
    async fn sign_in_as(&mut self, world: &World, person: &str, path: &str) -> Reply {
        let answer = self.report_as(world, person, path).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        self.follow(&location(&answer)).await
    }

    /// The username of whoever is signed in.
    async fn username(&mut self) -> String {
        let request = self.request(Method::GET, "/api/v1/me", "same-origin", "empty");
        self.browser.send(request).await.json()["username"].as_str().unwrap_or_default().to_owned()
    }

    fn session(&self) -> Option<String> {
        self.browser.cookies.get("__Host-gatehouse").cloned()
    }
}

/// Where the script is told to go.
fn location(answer: &Reply) -> String {
    answer.json()["location"].as_str().unwrap().to_owned()
}

/// Users, links, sessions, pending links.
async fn rows(world: &World) -> [i64; 4] {
    let mut rows = [0; 4];
    for (count, table) in rows.iter_mut().zip(["users", "bindings", "sessions", "pending_links"]) {
        *count = world.rows(table).await;
    }
    rows
}
