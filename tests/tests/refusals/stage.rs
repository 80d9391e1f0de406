//! Where a row of the table is played: a world, the victim's browser, and everything that must not be told.

use dingtalk_simulator::{Endpoint, Fault};
use gatehouse_tests::{CLIENT_SECRET, Client, Reply, World, logged};
use url::Url;

use super::told::Told;

/// Requests to the provider that a refused sign-in may have made: for a token, for a profile.
pub type Calls = (u64, u64);

/// One performance of one row.
pub struct Stage {
    pub world: World,
    pub browser: Client,
    before: [i64; 3],
    /// What neither page nor log nor journal may hold.
    canaries: Vec<String>,
}

/// Plays a row in both languages.
pub async fn refuses(told: &Told, calls: Calls, provoke: impl AsyncFn(&mut Stage) -> Reply) {
    for (language, texts) in [("en", told.en), ("zh-CN", told.zh)] {
        let mut stage = Stage::new(language).await;
        let reply = provoke(&mut stage).await;
        stage.check(told, texts, calls, &reply).await;
    }
}

impl Stage {
    async fn new(language: &'static str) -> Self {
        let world = World::signing_in().await;
        let mut browser = world.browser();
        browser.language = language;
        // The number of 林小满, in every way in which it could be written.
        let canaries = [CLIENT_SECRET, &world.admin_password, "13900000001", "139 0000 0001"];
        let mut stage = Self { canaries: canaries.map(str::to_owned).to_vec(), before: [0; 3], world, browser };
        stage.mark().await;
        stage
    }

    /// From here on nothing may be created, and calls are counted.
    pub async fn mark(&mut self) {
        self.world.simulator.reset_counters();
        self.mark_rows().await;
    }

    /// From here on nothing may be created; calls go on being counted.
    pub async fn mark_rows(&mut self) {
        self.before = self.created().await;
    }

    async fn created(&self) -> [i64; 3] {
        let world = &self.world;
        [world.rows("users").await, world.rows("bindings").await, world.rows("sessions").await]
    }

    /// Clicks the button, is `person` at the provider, and says where the browser is sent back to.
    pub async fn go(&mut self, person: &str) -> Url {
        let back = self.browser.go_to_provider(&self.world.simulator, "dingtalk", person).await;
        let back = Url::parse(&back).unwrap();
        for (name, value) in back.query_pairs() {
            if ["code", "authCode", "state"].contains(&&*name) && value.len() >= 8 {
                self.canaries.push(value.into_owned());
            }
        }
        self.canaries.extend(self.browser.cookies.values().cloned());
        self.mark().await;
        back
    }

    /// The browser follows the way back.
    pub async fn back(&mut self, address: &Url) -> Reply {
        self.browser.get(address.as_str()).await
    }

    /// A whole sign-in.
    pub async fn sign_in(&mut self, person: &str) -> Reply {
        let address = self.go(person).await;
        self.back(&address).await
    }

    /// A sign-in that has to succeed, in a browser of its own, and belongs to the story before.
    pub async fn signed_in_before(&mut self, person: &str) {
        let mut other = self.world.browser();
        let reply = other.sign_in_as(&self.world.simulator, "dingtalk", person).await;
        assert_eq!(reply.status, 303, "{}", reply.body);
        self.mark().await;
    }

    /// Goes to the provider as 林小满, and comes back with the query changed.
    pub async fn bent(&mut self, bend: impl Fn(&str) -> String) -> Reply {
        let mut address = self.go("lin").await;
        let query = bend(address.query().unwrap());
        address.set_query(Some(&query));
        self.back(&address).await
    }

    /// A sign-in as 林小满 during which `endpoint` goes wrong.
    pub async fn with_fault(&mut self, endpoint: Endpoint, fault: Fault) -> Reply {
        self.world.simulator.fault(endpoint, fault);
        self.sign_in("lin").await
    }

    /// A sign-in as 林小满 during which `endpoint` answers this, with status 200.
    pub async fn with_answer(&mut self, endpoint: Endpoint, body: &str) -> Reply {
        self.with_fault(endpoint, Fault::always().answer(200, "application/json", body)).await
    }

    /// Everything that every refusal has in common.
    async fn check(&mut self, told: &Told, texts: [&str; 2], calls: Calls, reply: &Reply) {
        let page = reply.page();
        assert_eq!(reply.status, told.status, "{}", page.text());
        assert_eq!([page.texts("h1"), page.texts("p.lead")], texts.map(|text| vec![text.to_owned()]));
        assert!(
            !reply
                .headers
                .get_all("set-cookie")
                .iter()
                .any(|cookie| { cookie.to_str().unwrap().starts_with("__Host-gatehouse=") })
        );
        assert_eq!(self.created().await, self.before, "users, links, sessions");
        let counters = self.world.simulator.counters();
        let counted = (counters.get(Endpoint::UserAccessToken), counters.get(Endpoint::ContactUser));
        assert_eq!(counted, calls, "requests for a token, for a profile");
        let code = page.texts("code#reference").pop().expect("a reference code is shown");
        let journal = self.in_journal(&code, told.reason).await;
        let log = logged();
        assert!(log.contains(&code), "the log can be searched for {code}");
        for secret in &self.canaries {
            for (place, text) in [("page", &reply.body), ("journal", &journal), ("log", &log)] {
                assert!(!text.contains(secret.as_str()), "the {place} tells {secret}: {}", around(text, secret));
            }
            assert!(!format!("{:?}", reply.headers).contains(secret.as_str()), "a header tells {secret}");
        }
    }

    /// The whole journal, after the entry of `code` was found in it.
    async fn in_journal(&mut self, code: &str, reason: &str) -> String {
        let found = self.world.admin.get(&format!("/api/v1/journal?q={code}")).await.json();
        let entries = found["entries"].as_array().unwrap();
        assert_eq!(entries.len(), 1, "{found}");
        let seen = ["kind", "outcome", "reference"].map(|name| entries[0][name].as_str().unwrap_or_default());
        assert_eq!(seen, ["signin.refused", "refused", code]);
        assert_eq!(entries[0]["detail"]["reason"], reason);
        self.world.admin.get("/api/v1/journal?limit=200").await.body
    }
}

/// The line of `text` in which `secret` stands.
fn around<'a>(text: &'a str, secret: &str) -> &'a str {
    text.lines().find(|line| line.contains(secret)).unwrap_or_default()
}
