//! Where a row of the table is played.

use std::time::Duration;

use dingtalk_simulator::{Endpoint, Fault, Simulator};
use gatehouse_tests::{CLIENT_ID, CLIENT_SECRET, CORP_ID, Client, Reply, World, logged};

use crate::refusals::told::Told;

/// How somebody signs in.
#[derive(Clone, Copy, PartialEq)]
pub enum Way {
    /// By the button and DingTalk's page.
    Page,
    /// Inside the DingTalk client.
    Client,
}

/// What a row comes to.
pub enum End {
    /// The person is told this, and nothing is written.
    Told(&'static Told),
    /// The person is signed in; so many users and links are new.
    In {
        /// New users.
        users: i64,
        /// New links.
        links: i64,
    },
}

/// What goes wrong, and when.
pub enum Wrong {
    /// Before the person goes to DingTalk.
    Early(fn(&Simulator)),
    /// When the person comes back, before the first call.
    Late(fn(&Simulator)),
}

/// One row.
pub struct Row {
    pub way: Way,
    pub person: &'static str,
    pub end: End,
    /// Legs in the order of a sign-in, each with `×n` if it was called more than once.
    pub calls: &'static str,
    /// DingTalk's code, which the administrator reads; empty for none.
    pub code: &'static str,
    pub wrong: Wrong,
}

/// The endpoints of a sign-in by the names of their legs.
const LEGS: [(&str, Endpoint); 7] = [
    ("user-token", Endpoint::UserAccessToken),
    ("profile", Endpoint::ContactUser),
    ("app-token", Endpoint::AppAccessToken),
    ("client-code", Endpoint::GetUserInfo),
    ("member", Endpoint::GetByUnionId),
    ("staff", Endpoint::UserGet),
    ("migration", Endpoint::FormerUnionId),
];

/// Somebody is signed in, as somebody new.
pub const NEW: End = End::In { users: 1, links: 1 };

/// One leg misbehaves for as long as the row lasts.
pub fn at(simulator: &Simulator, endpoint: Endpoint, fault: Fault) {
    simulator.fault(endpoint, fault);
}

/// Plays a row.
pub async fn plays(row: Row) {
    let mut world = World::members_only().await;
    if row.way == Way::Client {
        let changes = [("settings.client", "on"), ("settings.membership", "auto"), ("settings.corp_id", CORP_ID)];
        let saved = world.change_authenticator("dingtalk", &changes).await;
        assert_eq!(saved.status, 303, "{}", saved.page().text());
    }
    // The doctor looked at the settings when they were saved; its token has expired by now.
    world.clock.advance(Duration::from_secs(3 * 3600));
    let before = written(&world).await;
    let (reply, secrets) = signs_in(&mut world, &row).await;
    let after = written(&world).await;
    let new = [after[0] - before[0], after[1] - before[1], after[2] - before[2]];
    match &row.end {
        End::In { users, links } => {
            assert!(reply.status == 303 || reply.status == 200, "{}", reply.page().text());
            assert_eq!(new, [*users, *links, 1], "new users, links, sessions");
        }
        End::Told(told) => {
            assert_eq!(new, [0, 0, 0], "new users, links, sessions");
            let code = person_sees(&mut world, told, &reply, row.way).await;
            for language in ["en", "zh-CN"] {
                administrator_sees(&mut world, &row, told, language, &code, &secrets).await;
            }
        }
    }
    assert_eq!(called(&world.simulator), row.calls);
}

/// The sign-in, and what nobody may ever read.
async fn signs_in(world: &mut World, row: &Row) -> (Reply, Vec<String>) {
    let simulator = &world.simulator;
    let mut secrets = vec![CLIENT_SECRET.to_owned(), "13900000001".to_owned(), "139 0000 0001".to_owned()];
    if let Wrong::Early(wrong) = row.wrong {
        wrong(simulator);
    }
    let mut browser = world.browser();
    let code = match row.way {
        Way::Page => browser.go_to_provider(simulator, "dingtalk", row.person).await,
        Way::Client => simulator.jsapi_code(CLIENT_ID, row.person).unwrap(),
    };
    secrets.push(code.split("ode=").nth(1).unwrap_or(&code).split('&').next().unwrap_or_default().to_owned());
    simulator.reset_counters();
    if let Wrong::Late(wrong) = row.wrong {
        wrong(simulator);
    }
    let reply = match row.way {
        Way::Page => browser.get(&code).await,
        Way::Client => browser.post("/signin/dingtalk/client", &[("code", &code)]).await,
    };
    secrets.retain(|secret| secret.len() >= 8);
    (reply, secrets)
}

/// Users, links, sessions.
async fn written(world: &World) -> [i64; 3] {
    [world.rows("users").await, world.rows("bindings").await, world.rows("sessions").await]
}

/// Which legs were called how often.
fn called(simulator: &Simulator) -> String {
    let counters = simulator.counters();
    let legs = LEGS.iter().filter_map(|(leg, endpoint)| match counters.get(*endpoint) {
        0 => None,
        1 => Some((*leg).to_owned()),
        times => Some(format!("{leg}×{times}")),
    });
    legs.collect::<Vec<_>>().join(" ")
}

/// Status and sentence; the reference code.
async fn person_sees(world: &mut World, told: &Told, reply: &Reply, way: Way) -> String {
    assert_eq!(reply.status, told.status, "{}", reply.body);
    let page = match way {
        Way::Page => reply.page(),
        // The script goes where it is told.
        Way::Client => {
            let mut browser: Client = world.browser();
            browser.get(reply.json()["location"].as_str().unwrap()).await.page()
        }
    };
    let text = page.text();
    assert!(told.en.iter().all(|sentence| text.contains(sentence)), "{text}");
    page.texts("code#reference").pop().expect("a reference code is shown")
}

/// The page behind the reference code: the sentence, every call that was made, DingTalk's code with its meaning.
async fn administrator_sees(
    world: &mut World,
    row: &Row,
    told: &Told,
    language: &'static str,
    code: &str,
    secrets: &[String],
) {
    world.admin.language = language;
    let reply = world.admin.get(&format!("/admin/journal/{code}")).await;
    assert_eq!(reply.status, 200, "{}", reply.page().text());
    let text = reply.page().text();
    let sentences = if language == "en" { &told.en } else { &told.zh };
    assert!(text.contains(sentences[0]), "{text}");
    for leg in row.calls.split_whitespace() {
        let leg = leg.split('×').next().unwrap_or_default();
        assert!(reply.body.contains(&format!("<strong>{leg}</strong>")), "the call {leg} is there: {text}");
    }
    if !row.code.is_empty() {
        let meaning = if language == "en" { "DingTalk's code" } else { "钉钉错误码" };
        assert!(text.contains(row.code) && text.contains(meaning), "{} and what it means: {text}", row.code);
        assert!(!text.contains("its meaning is not known") && !text.contains("含义未知"), "{text}");
    }
    let log = logged();
    for secret in secrets {
        assert!(!reply.body.contains(secret) && !log.contains(secret), "SC-3: {secret}");
    }
}
