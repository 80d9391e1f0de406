//! Values that occur nowhere else, planted wherever something secret is; then every stored report and every page of it
//! is searched for them (row SC-3).

use dingtalk_simulator::{Endpoint, Fault, Permission};
use gatehouse_tests::{CLIENT_ID, World, logged};

use super::{code_of, no_sign_up, one_time_values, rehearse, rehearsed_so_far};

const SECRET: &str = "canary-reported-secret-41288";
const TOKEN: &str = "canary-reported-token-2e15c9a3f7";
const PHONE: &str = "13977733355";
const EMAIL: &str = "canary.lin@mail.example";
const UNION_ID: &str = "CanaryUnionId00091iEiE";

/// A world in which everything that could be given away is a canary.
async fn planted() -> World {
    let mut world = World::signing_in().await;
    world.simulator.update_app(CLIENT_ID, |app| app.client_secret = SECRET.into()).unwrap();
    assert_eq!(world.change_authenticator("dingtalk", &[("settings.client_secret", SECRET)]).await.status, 303);
    let plant = |person: &mut dingtalk_simulator::Person| {
        person.union_id = UNION_ID.into();
        person.email = Some(EMAIL.into());
        person.phone = person.phone.take().map(|phone| dingtalk_simulator::Phone { number: PHONE.into(), ..phone });
        for seat in person.memberships.values_mut() {
            let number = seat.staff_phone.take();
            seat.staff_phone = number.map(|phone| dingtalk_simulator::Phone { number: PHONE.into(), ..phone });
        }
    };
    world.simulator.update_person("lin", plant).unwrap();
    world
}

/// Answers that echo what they were sent, or what they should not know, in every place that is shown to somebody.
fn echoes() -> Vec<(Endpoint, String)> {
    let echo = format!("{SECRET} {TOKEN} {PHONE} {EMAIL}");
    vec![
        (Endpoint::UserAccessToken, format!(r#"{{"code":"{SECRET}","message":"{echo}"}}"#)),
        (Endpoint::UserAccessToken, format!(r#"{{"code":"{PHONE}","message":"{echo}"}}"#)),
        (Endpoint::UserAccessToken, format!(r#"{{"accessToken":"{TOKEN} {SECRET}","expireIn":7200}}"#)),
        (Endpoint::ContactUser, format!(r#"{{"errcode":40014,"errmsg":"{echo}"}}"#)),
        (Endpoint::ContactUser, format!(r#"{{"code":"{TOKEN}","message":"{echo}"}}"#)),
        (Endpoint::ContactUser, format!(r#"{{"unionId":"","mobile":"{PHONE}","email":"{EMAIL}"}}"#)),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn sc_3_no_report_and_no_page_of_one_gives_anything_away() {
    let mut world = planted().await;
    let mut canaries = [SECRET, TOKEN, PHONE, EMAIL, UNION_ID].map(str::to_owned).to_vec();
    let mut pages = Vec::new();
    for (endpoint, body) in echoes() {
        world.simulator.fault(endpoint, Fault::always().answer(400, "application/json", &*body));
        pages.extend(both(&mut world, &mut canaries).await);
        world.simulator.clear_faults();
    }
    // Let in, signed up, refused because nobody knows them, refused for want of a permission.
    pages.push(rehearse(&mut world, "dingtalk", "lin").await);
    no_sign_up(&mut world).await;
    pages.extend(both(&mut world, &mut canaries).await);
    world.simulator.set_permissions(CLIENT_ID, [Permission::ContactUserMobile]).unwrap();
    pages.extend(both(&mut world, &mut canaries).await);
    let mut told = Vec::new();
    for address in &pages {
        let api = address.replace("/admin/", "/api/v1/");
        let api = if address.contains("/journal/") { format!("{api}/explanation") } else { api };
        for address in [address, &api] {
            let reply = world.admin.get(address).await;
            assert_eq!(reply.status, 200, "{address}: {}", reply.body);
            told.push((address.clone(), reply.body));
        }
    }
    for table in ["explanations", "rehearsals"] {
        let stored = world.texts(&format!("SELECT report FROM {table}")).await;
        assert!(stored.len() >= 8, "{table}: {}", stored.len());
        told.extend(stored.into_iter().map(|report| (table.to_owned(), report)));
    }
    told.push(("the journal".into(), world.admin.get("/api/v1/journal?limit=200").await.body));
    told.push(("the log".into(), logged()));
    assert!(told.len() > 40 && canaries.len() > 20);
    for (place, text) in told {
        for canary in &canaries {
            let line = text.lines().find(|line| line.contains(canary.as_str())).unwrap_or_default();
            assert!(line.is_empty(), "{place} tells {canary}: {line}");
        }
    }
}

/// A rehearsal and a sign-in that is refused; the addresses of both reports.
async fn both(world: &mut World, canaries: &mut Vec<String>) -> [String; 2] {
    let back = rehearsed_so_far(world, "dingtalk", "lin").await;
    canaries.extend(one_time_values(&back));
    let report = world.admin.get(&back).await.location();
    let mut browser = world.browser();
    let back = browser.go_to_provider(&world.simulator, "dingtalk", "lin").await;
    canaries.extend(one_time_values(&back));
    canaries.extend(browser.cookies.values().cloned());
    let refused = browser.get(&back).await;
    assert!(refused.status >= 400, "{}", refused.page().text());
    [report, format!("/admin/journal/{}", code_of(&refused))]
}
