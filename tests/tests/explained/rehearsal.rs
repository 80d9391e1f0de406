//! Rehearsal: the real flow, and nothing comes of it.

use dingtalk_simulator::{Endpoint, Permission};
use gatehouse_tests::{CLIENT_ID, Options, Postgres, World};

use super::{LIN, as_json, dump, no_sign_up, rehearse, rehearsed_so_far};

/// Rehearses as `person`, and proves that nothing but the report and one entry in the journal remains.
async fn leaves_nothing(world: &mut World, person: &str) -> String {
    let mut before = dump(world).await;
    let address = rehearse(world, "dingtalk", person).await;
    let mut after = dump(world).await;
    let new_entries: Vec<String> = {
        let (old, new) = (before.remove("journal").unwrap(), after.remove("journal").unwrap());
        new.into_iter().filter(|row| !old.contains(row)).collect()
    };
    assert_eq!(new_entries.len(), 1, "{new_entries:?}");
    assert!(new_entries[0].contains("'authenticator.rehearsed'"), "{new_entries:?}");
    let reports = (before.remove("rehearsals").unwrap().len(), after.remove("rehearsals").unwrap().len());
    assert_eq!(reports.1, reports.0 + 1);
    assert_eq!(before, after);
    address
}

#[tokio::test(flavor = "multi_thread")]
async fn a_match_by_phone_is_told_and_not_made() {
    let mut world = World::signing_in().await;
    let id = world.add_user("lin", LIN, &["member"]).await;
    let address = leaves_nothing(&mut world, "lin").await;
    let page = world.admin.get(&address).await.page();
    let text = page.text();
    for told in ["lin would be signed in.", "The verified telephone number", "Member", "•••0001", "林小满"] {
        assert!(text.contains(told), "{told}: {text}");
    }
    assert!(page.has(&format!("a[href$='/admin/users/{id}']")));
    let report = as_json(&mut world, &address).await;
    assert_eq!(report["admitted"]["how"], "phone");
    assert_eq!(report["admitted"]["user"], id);
    assert_eq!(report["admitted"]["roles"], serde_json::json!(["member"]));
    assert_eq!(report["admitted"]["changes"][0]["what"], "link");
    assert!(!report["course"]["steps"].as_array().unwrap().is_empty(), "{report}");
    assert_eq!(world.rows("bindings").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_up_is_told_and_not_made() {
    let mut world = World::signing_in().await;
    let address = leaves_nothing(&mut world, "lin").await;
    let text = world.admin.get(&address).await.page().text();
    for told in ["林小满 would get an account and be signed in.", "automatic sign-up is on", "Member"] {
        assert!(text.contains(told), "{told}: {text}");
    }
    let report = as_json(&mut world, &address).await;
    assert_eq!((&report["admitted"]["how"], report["admitted"].get("user")), (&"sign-up".into(), None));
    assert_eq!(world.users().await.len(), 1, "the administrator alone");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_linked_person_is_found_again_and_the_refreshed_fields_are_named() {
    let mut world = World::signing_in().await;
    assert_eq!(world.browser().sign_in_as(&world.simulator, "dingtalk", "lin").await.status, 303);
    world.simulator.update_person("lin", |person| person.nick = "林大满".into()).unwrap();
    let seat = |person: &mut dingtalk_simulator::Person| {
        person.memberships.values_mut().for_each(|seat| seat.name = "林大满".into());
    };
    world.simulator.update_person("lin", seat).unwrap();
    let address = leaves_nothing(&mut world, "lin").await;
    let report = as_json(&mut world, &address).await;
    assert_eq!(report["admitted"]["how"], "link");
    let changes = report["admitted"]["changes"].to_string();
    assert!(changes.contains(r#""value":"林大满""#) && changes.contains(r#""which":"name""#), "{changes}");
    let text = world.admin.get(&address).await.page().text();
    assert!(text.contains("The link of this person") && text.contains("Nickname: 林大满"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_is_shown_as_the_person_would_read_it() {
    let mut world = World::signing_in().await;
    no_sign_up(&mut world).await;
    let address = leaves_nothing(&mut world, "lin").await;
    let text = world.admin.get(&address).await.page().text();
    for told in ["There is no account for you yet", "No account here matches yours", "Create the user with this"] {
        assert!(text.contains(told), "{told}: {text}");
    }
    assert_eq!(as_json(&mut world, &address).await["refused"]["reason"], "sign-up-off");
    assert_eq!(world.query("SELECT COUNT(*) FROM journal WHERE kind = 'signin.refused'").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_provider_refuses_is_shown_with_its_code_and_meaning() {
    let mut world = World::signing_in().await;
    world.simulator.set_permissions(CLIENT_ID, [Permission::ContactUserMobile]).unwrap();
    let address = leaves_nothing(&mut world, "lin").await;
    let report = as_json(&mut world, &address).await;
    assert_eq!(report["refused"]["reason"], "provider-permission");
    let code = report["refused"]["provider_code"].as_str().unwrap();
    let steps = report["course"]["steps"].as_array().unwrap();
    assert_eq!(steps.last().unwrap()["status"], 403, "{steps:?}");
    let text = world.admin.get(&address).await.page().text();
    assert!(text.contains(code) && text.contains("Answered with status 403."), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn it_works_before_people_see_the_authenticator() {
    let mut world = World::signing_in().await;
    world.act("dingtalk", "disable").await;
    assert_eq!(world.browser().click("dingtalk").await.status, 403);
    let form = world.admin.get("/admin/authentication/dingtalk").await;
    assert!(form.page().has("form#rehearse[action$='/admin/authentication/dingtalk/rehearse']"));
    let policy = form.headers["content-security-policy"].to_str().unwrap();
    assert!(policy.contains(&world.simulator.base_url()), "the form leads to the provider: {policy}");
    let address = leaves_nothing(&mut world, "lin").await;
    let text = world.admin.get(&address).await.page().text();
    assert!(text.contains("This way to sign in is switched off"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_cannot_begin_ends_in_its_report() {
    let mut world = World::signing_in().await;
    world.admin.post("/admin/plugins/auth-dingtalk/disable", &[]).await;
    let reply = world.admin.post("/admin/authentication/dingtalk/rehearse", &[]).await;
    assert_eq!(reply.status, 303);
    assert_eq!(as_json(&mut world, &reply.location()).await["refused"]["reason"], "plugin-off");
    for (uid, status) in [("password", 303), ("nobody", 404)] {
        let reply = world.admin.post(&format!("/admin/authentication/{uid}/rehearse"), &[]).await;
        assert_eq!(reply.status, status, "{uid}");
    }
}

/// The way back is worth something in the session that began it only, and once.
#[tokio::test(flavor = "multi_thread")]
async fn another_session_gets_nothing() {
    let mut world = World::signing_in().await;
    let password = world.admin_password.clone();
    for signed_in in [true, false] {
        let back = rehearsed_so_far(&mut world, "dingtalk", "lin").await;
        world.simulator.reset_counters();
        let mut other = world.browser();
        if signed_in {
            assert_eq!(other.sign_in_with_password("admin", &password).await.status, 303);
        }
        let attempt = world.admin.cookies.iter().filter(|(name, _)| name.contains("attempt"));
        other.cookies.extend(attempt.map(|(name, value)| (name.clone(), value.clone())));
        let reply = other.get(&back).await;
        assert_eq!(reply.status, 400, "{}", reply.page().text());
        assert_eq!(reply.page().texts("h1"), ["This did not come back to where it began"]);
        assert_eq!(world.simulator.counters().total(), 0, "the code is not used");
        assert_eq!(world.admin.get(&back).await.status, 400, "and the attempt is spent");
    }
    assert_eq!(world.rows("rehearsals").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replay_is_no_second_report() {
    let mut world = World::signing_in().await;
    let back = rehearsed_so_far(&mut world, "dingtalk", "lin").await;
    let cookies = world.admin.cookies.clone();
    assert_eq!(world.admin.get(&back).await.status, 303);
    world.admin.cookies = cookies;
    let reply = world.admin.get(&back).await;
    assert_eq!((reply.status, reply.page().texts("h1")), (400, vec!["This sign-in cannot be continued".to_owned()]));
    assert_eq!(world.rows("rehearsals").await, 1);
    assert_eq!(world.simulator.counters().get(Endpoint::UserAccessToken), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_no_administrator_any_more_gets_nothing() {
    let mut world = World::signing_in().await;
    let back = rehearsed_so_far(&mut world, "dingtalk", "lin").await;
    world.tamper("DELETE FROM user_roles WHERE role = 'admin'").await;
    world.tamper("UPDATE revisions SET n = n + 1 WHERE topic = 'sessions'").await;
    let mut admin = world.admin.clone();
    gatehouse_tests::eventually("the role is gone", async || admin.get("/admin/users").await.status == 403).await;
    let reply = admin.get(&back).await;
    assert_eq!((reply.status, world.rows("rehearsals").await), (400, 0), "{}", reply.page().text());
}

#[tokio::test(flavor = "multi_thread")]
async fn members_can_neither_rehearse_nor_read() {
    let mut world = World::signing_in().await;
    let address = rehearse(&mut world, "dingtalk", "lin").await;
    let mut member = world.browser();
    assert_eq!(member.sign_in_as(&world.simulator, "dingtalk", "lin").await.status, 303);
    assert_eq!(member.get(&address).await.status, 403);
    assert_eq!(member.post("/admin/authentication/dingtalk/rehearse", &[]).await.status, 403);
    assert_eq!(world.rows("rehearsals").await, 1);
}

/// The report is for the administrator who rehearsed.
#[tokio::test(flavor = "multi_thread")]
async fn another_administrator_reads_no_report_of_mine() {
    let mut world = World::signing_in().await;
    let address = rehearse(&mut world, "dingtalk", "lin").await;
    let body = serde_json::json!({"username": "second", "roles": ["admin"], "password": "a long enough password"});
    let reply = world.admin.json(reqwest::Method::POST, "/api/v1/users", Some(&body)).await;
    assert_eq!(reply.status, 201, "{}", reply.body);
    let mut second = world.browser();
    assert_eq!(second.sign_in_with_password("second", "a long enough password").await.status, 303);
    assert_eq!(second.get(&address).await.status, 404);
    assert_eq!(second.get(&address.replace("/admin/", "/api/v1/")).await.status, 404);
    assert_eq!(second.get("/admin/rehearsals/nonsense").await.status, 404);
}

/// Where several transactions run at once, too: what is rolled back is this one alone.
#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_written_on_postgresql_either() {
    let Some(database) = Postgres::start() else { return };
    let mut world = World::with(Options { database_url: Some(database.url()), ..Options::default() }).await;
    world.enable("auth-dingtalk").await;
    world.add_authenticator("dingtalk", true).await;
    let tables = ["users", "user_roles", "bindings", "sessions", "decision_locks", "attempts"];
    let mut counted = Vec::new();
    for _ in 0..2 {
        let mut counts = Vec::new();
        for table in tables {
            counts.push(world.rows(table).await);
        }
        counted.push(counts);
        let address = rehearse(&mut world, "dingtalk", "lin").await;
        assert_eq!(as_json(&mut world, &address).await["admitted"]["how"], "sign-up");
    }
    assert_eq!(counted[0], counted[1]);
    let refused = world.browser().get("/signin/dingtalk/callback?code=x&state=x").await;
    let page = world.admin.get(&format!("/admin/journal?q={}", super::code_of(&refused))).await;
    assert_eq!(world.admin.get(&page.location()).await.status, 200);
}
