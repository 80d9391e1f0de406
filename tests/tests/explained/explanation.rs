//! A refused sign-in, seen from the administrator's side.

use std::time::Duration;

use dingtalk_simulator::{CallbackFault, Endpoint, Fault, Mutation, Permission};
use gatehouse_tests::{CLIENT_ID, Page, World};
use serde_json::Value;

use super::{code_of, no_sign_up};

/// A refused sign-in as `person`: its code, and what the administrator reads under it.
async fn refused(world: &mut World, person: &str) -> (String, Page, Value) {
    let reply = world.browser().sign_in_as(&world.simulator, "dingtalk", person).await;
    assert!(reply.status >= 400, "{}", reply.body);
    let code = code_of(&reply);
    let page = world.admin.get(&format!("/admin/journal/{code}")).await;
    assert_eq!(page.status, 200, "{}", page.body);
    let json = world.admin.get(&format!("/api/v1/journal/{code}/explanation")).await;
    assert_eq!(json.status, 200, "{}", json.body);
    (code, page.page(), json.json())
}

fn tells(page: &Page, texts: &[&str]) {
    let text = page.text();
    for told in texts {
        assert!(text.contains(told), "{told}: {text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_secret() {
    let mut world = World::signing_in().await;
    world.simulator.update_app(CLIENT_ID, |app| app.client_secret = "another-secret".into()).unwrap();
    let (code, page, report) = refused(&mut world, "lin").await;
    assert_eq!(report["reference"], code);
    assert_eq!(report["authenticator"], "dingtalk");
    assert_eq!(report["ending"]["reason"], "provider-credentials");
    assert_eq!(report["ending"]["stage"], "stage-provider");
    let steps = report["course"]["steps"].as_array().unwrap();
    assert_eq!(steps.len(), 1, "{report}");
    assert!(steps[0]["status"].as_u64().unwrap() >= 400, "{report}");
    let provider_code = report["ending"]["provider_code"].as_str().unwrap();
    tells(&page, &[&code, provider_code, "Asking the provider who it is"]);
    let remedy = report["ending"]["meaning"]["remedy"]["en"].as_str().unwrap_or("Copy Client ID and Client Secret");
    tells(&page, &[remedy]);
    assert!(page.has("a[href$='/admin/authentication/dingtalk']"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_permission() {
    let mut world = World::signing_in().await;
    world.simulator.set_permissions(CLIENT_ID, [Permission::ContactUserMobile]).unwrap();
    let (_, page, report) = refused(&mut world, "lin").await;
    assert_eq!(report["ending"]["missing"], serde_json::json!(["Contact.User.Read"]));
    assert_eq!(report["course"]["steps"].as_array().unwrap().last().unwrap()["status"], 403, "{report}");
    tells(&page, &["Contact.User.Read", "Answered with status 403."]);
    // What the plug-in knows about the provider's console is better than what the host could say in general.
    let remedy = report["ending"]["meaning"]["remedy"]["en"].as_str().unwrap_or("Grant the missing permission");
    tells(&page, &[remedy]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_leg() {
    let mut world = World::signing_in().await;
    world.simulator.fault(Endpoint::UserAccessToken, Fault::always().hold(Duration::from_secs(60)));
    let (_, page, report) = refused(&mut world, "lin").await;
    assert_eq!(report["ending"]["reason"], "provider-slow");
    let step = &report["course"]["steps"][0];
    assert_eq!((&step["outcome"], step.get("status")), (&"timeout".into(), None), "{report}");
    assert!(step["took_ms"].as_u64().unwrap() > 0 && report["course"]["took_ms"].as_u64() >= step["took_ms"].as_u64());
    tells(&page, &["No complete answer in time."]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_person_is_named_and_not_given_away() {
    let mut world = World::signing_in().await;
    no_sign_up(&mut world).await;
    let (_, page, report) = refused(&mut world, "lin").await;
    let person = &report["course"]["person"];
    assert_eq!((&person["name"], &person["phone"]["text"]), (&"林小满".into(), &"•••0001".into()), "{report}");
    tells(&page, &["林小满", "•••0001", "Create the user with this telephone number", "Creating an account"]);
    assert!(!page.text().contains("13900000001") && !report.to_string().contains("13900000001"));
}

/// What the provider sends instead of a code is no secret, and the key to its documents.
#[tokio::test(flavor = "multi_thread")]
async fn a_declined_consent() {
    let mut world = World::signing_in().await;
    let mutation = Mutation::Error { reason: "access_denied".into() };
    world.simulator.callback_fault(CallbackFault { times: Some(1), mutation });
    let (_, page, report) = refused(&mut world, "lin").await;
    assert_eq!(report["ending"]["provider_code"], "access_denied", "{report}");
    tells(&page, &["access_denied", "You did not agree"]);
}

/// What never reached the provider has an explanation as well.
#[tokio::test(flavor = "multi_thread")]
async fn a_made_up_way_back() {
    let mut world = World::signing_in().await;
    let reply = world.browser().get("/signin/dingtalk/callback?code=made-up-code-1234&state=x").await;
    let code = code_of(&reply);
    let page = world.admin.get(&format!("/admin/journal/{code}")).await;
    tells(&page.page(), &["Nobody was asked.", "The way back from the provider"]);
    assert!(!page.body.contains("made-up-code"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_journal_and_its_search_box_lead_there() {
    let mut world = World::signing_in().await;
    no_sign_up(&mut world).await;
    let (code, page, _) = refused(&mut world, "lin").await;
    assert!(page.has("a[href$='/admin/journal']"));
    let there = format!("/admin/journal/{code}");
    let journal = world.admin.get("/admin/journal").await.page();
    assert!(journal.has(&format!("td a[href$='{there}']")), "{}", journal.text());
    let typed = [code.clone(), code.to_lowercase(), code.replace('-', ""), format!("%20{code}%20")];
    for typed in typed {
        let reply = world.admin.get(&format!("/admin/journal?q={typed}&kind=")).await;
        assert_eq!(reply.status, 303, "{typed}: {}", reply.body);
        assert!(reply.location().ends_with(&there), "{}", reply.location());
        assert_eq!(world.admin.get(&format!("/admin/journal/{typed}")).await.status, 200, "{typed}");
    }
    for words in ["dingtalk", "7K3M-9QXD", "nobody"] {
        assert_eq!(world.admin.get(&format!("/admin/journal?q={words}")).await.status, 200, "{words}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_administrators_read_it() {
    let mut world = World::signing_in().await;
    let reply = world.browser().get("/signin/dingtalk/callback?code=x&state=x").await;
    let code = code_of(&reply);
    let (page, api) = (format!("/admin/journal/{code}"), format!("/api/v1/journal/{code}/explanation"));
    let mut stranger = world.browser();
    assert_eq!((stranger.get(&page).await.status, stranger.get(&api).await.status), (303, 401));
    let mut member = world.browser();
    assert_eq!(member.sign_in_as(&world.simulator, "dingtalk", "lin").await.status, 303);
    assert_eq!((member.get(&page).await.status, member.get(&api).await.status), (403, 403));
    for nobody in ["7K3M-9QXD", "x", "..%2F..%2Fetc"] {
        assert_eq!(world.admin.get(&format!("/admin/journal/{nobody}")).await.status, 404, "{nobody}");
    }
}
