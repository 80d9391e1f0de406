//! The assistant as a page.

use dingtalk_simulator::{Endpoint, Fault, Permission, Preset};
use gatehouse_tests::CLIENT_ID;

use super::*;

/// The whole way: links by `userid` and by telephone number become links by `unionId`, and people are who they were.
#[tokio::test(flavor = "multi_thread")]
async fn links_are_brought_along_tried_out_and_moved() {
    let mut world = world().await;
    for name in ["lin", "zhou", "bai"] {
        world.add_user(name, "", &["member"]).await;
    }
    let ((lin, lin_union), (zhou, zhou_union)) = (ids(&world, "lin"), ids(&world, "zhou"));
    imported(&mut world, "userid", &format!("# from the old system\nLin, {lin}\nzhou,{zhou}\n\n")).await;
    imported(&mut world, "phone", "bai,13900000008").await;
    imported(&mut world, "userid", &format!("lin,{lin}")).await;
    assert_eq!(world.rows("bindings").await, 3, "what is there already is left as it is");

    let before = links(&world).await;
    let (fates, _) = dry_run(&mut world).await;
    let moves = |name: &str| (name.to_owned(), "Moves".to_owned());
    assert_eq!(fates, [moves("bai"), moves("lin"), moves("zhou")]);
    assert_eq!(links(&world).await, before, "a dry run writes nothing");

    let done = move_all(&mut world).await;
    assert!(done.page().text().contains("3 links were written."), "{}", done.page().text());
    let after = links(&world).await;
    assert!(after.iter().all(|link| link.starts_with("subject ")), "{after:?}");
    assert!(after.contains(&format!("subject {lin_union}")) && after.contains(&format!("subject {zhou_union}")));
    for (person, name) in [("lin", "lin"), ("zhou", "zhou"), ("plain", "bai")] {
        assert_eq!(who_is(&world, person).await.unwrap(), name);
    }
    let journal = world.admin.get("/api/v1/journal?kind=authenticator").await.body;
    assert!(journal.contains("authenticator.keys-imported") && journal.contains("authenticator.keys-moved"));
    assert!(!journal.contains("13900000008"), "SC-3");
}

/// ID-4: two people who claim one identity are no match for each other; nothing happens before somebody decides.
#[tokio::test(flavor = "multi_thread")]
async fn collisions_stay_as_they_are() {
    let mut world = world().await;
    for name in ["lin", "impostor"] {
        world.add_user(name, "", &["member"]).await;
    }
    let (lin, lin_union) = ids(&world, "lin");
    imported(&mut world, "subject", &format!("lin,{lin_union}")).await;
    imported(&mut world, "userid", &format!("impostor,{lin}")).await;
    let (fates, plan) = dry_run(&mut world).await;
    assert_eq!((fates, plan), (vec![("impostor".to_owned(), "Conflict".to_owned())], None));
    assert_eq!(who_is(&world, "lin").await.unwrap(), "lin");

    // The same link twice, for one user, becomes one.
    imported(&mut world, "phone", "lin,13900000001").await;
    let (fates, _) = dry_run(&mut world).await;
    assert!(fates.contains(&("lin".to_owned(), "Merges".to_owned())), "{fates:?}");
    assert_eq!(move_all(&mut world).await.status, 200);
    assert_eq!(links(&world).await, [format!("subject {lin_union}"), format!("userid {lin}")]);
}

/// ID-4: neither of two users who claim one person gets them by coming first.
#[tokio::test(flavor = "multi_thread")]
async fn two_claims_to_one_person_are_both_in_conflict() {
    let mut world = world().await;
    for name in ["first", "second"] {
        world.add_user(name, "", &["member"]).await;
    }
    let (lin, _) = ids(&world, "lin");
    imported(&mut world, "userid", &format!("first,{lin}")).await;
    imported(&mut world, "phone", "second,13900000001").await;
    let before = links(&world).await;
    let (mut fates, plan) = dry_run(&mut world).await;
    fates.sort();
    let conflict = |name: &str| (name.to_owned(), "Conflict".to_owned());
    assert_eq!((fates, plan), (vec![conflict("first"), conflict("second")], None));
    assert_eq!(links(&world).await, before);
}

/// `openId` cannot be looked up; the link moves when the person signs in.
#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_looked_up_moves_at_the_next_sign_in() {
    let mut world = world().await;
    world.add_user("lin", "", &["member"]).await;
    let (_, union) = ids(&world, "lin");
    let scenario = world.simulator.scenario();
    let open_id = scenario.people.iter().find(|one| one.id == "lin").unwrap().open_id_for(CLIENT_ID);
    imported(&mut world, "openid", &format!("lin,{open_id}")).await;
    let (fates, plan) = dry_run(&mut world).await;
    assert_eq!((fates, plan), (vec![("lin".to_owned(), "At next sign-in".to_owned())], None));
    assert_eq!(who_is(&world, "lin").await.unwrap(), "lin");
    assert_eq!(links(&world).await, [format!("subject {union}")]);
}

/// A telephone number is no identity: a link by one signs nobody in before it is moved.
#[tokio::test(flavor = "multi_thread")]
async fn a_number_alone_signs_nobody_in() {
    let mut world = world().await;
    world.add_user("lin", "", &["member"]).await;
    imported(&mut world, "phone", "lin,13900000001").await;
    assert_eq!(who_is(&world, "lin").await.unwrap_err().status, 403);
    assert_eq!(links(&world).await, ["phone 13900000001"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn people_whom_dingtalk_does_not_know_stay() {
    let mut world = world().await;
    for name in ["lin", "gone"] {
        world.add_user(name, "", &["member"]).await;
    }
    let (lin, _) = ids(&world, "lin");
    imported(&mut world, "userid", &format!("lin,{lin}\ngone,nobody0001")).await;
    let (fates, _) = dry_run(&mut world).await;
    assert_eq!(fates.iter().find(|(name, _)| name == "gone").unwrap().1, "Unknown");
    assert_eq!(move_all(&mut world).await.status, 200);
    assert!(links(&world).await.contains(&"userid nobody0001".to_owned()));
}

/// Enterprise-account migration gives people a new `unionId`.
#[tokio::test(flavor = "multi_thread")]
async fn newer_union_ids_are_followed() {
    let mut world = world().await;
    world.add_user("lin", "", &["member"]).await;
    let (_, union) = ids(&world, "lin");
    imported(&mut world, "subject", "lin,FormerLin0001iEiE").await;
    world.simulator.update_person("lin", |lin| lin.former_union_id = Some("FormerLin0001iEiE".into())).unwrap();
    let page = world.admin.post(KEYS, &[("step", "plan"), ("also-subjects", "true")]).await.page();
    assert_eq!(page.texts("td:nth-child(4)"), ["Moves"]);
    let plan = page.attribute("input[name=fingerprint]", "value").unwrap();
    let form = [("step", "move"), ("also-subjects", "true"), ("fingerprint", plan.as_str())];
    assert_eq!(world.admin.post(KEYS, &form).await.status, 200);
    assert_eq!(links(&world).await, [format!("subject {union}")]);
    assert_eq!(who_is(&world, "lin").await.unwrap(), "lin");
}

/// Only what was shown is carried out.
#[tokio::test(flavor = "multi_thread")]
async fn a_plan_that_is_no_longer_true_is_not_carried_out() {
    let mut world = world().await;
    for name in ["lin", "zhou"] {
        world.add_user(name, "", &["member"]).await;
    }
    let ((lin, _), (zhou, _)) = (ids(&world, "lin"), ids(&world, "zhou"));
    imported(&mut world, "userid", &format!("lin,{lin}")).await;
    let (_, plan) = dry_run(&mut world).await;
    imported(&mut world, "userid", &format!("zhou,{zhou}")).await;
    let reply = world.admin.post(KEYS, &[("step", "move"), ("fingerprint", &plan.unwrap())]).await;
    assert_eq!(reply.status, 422);
    assert!(reply.page().text().contains("nothing was written"), "{}", reply.page().text());
    assert_eq!(links(&world).await, [format!("userid {lin}"), format!("userid {zhou}")]);
    let made_up = world.admin.post(KEYS, &[("step", "move"), ("fingerprint", "00")]).await;
    assert_eq!((made_up.status, links(&world).await.len()), (422, 2));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_is_taken_in_whole_or_not_at_all() {
    let mut world = world().await;
    world.add_user("lin", "", &["member"]).await;
    world.add_user("zhou", "", &["member"]).await;
    for (kind, lines, told) in [
        ("userid", "lin,1\nnobody,2", "Line 2: nobody has this username."),
        ("userid", "lin,1\nlin", "Line 2: this has to be a username, a comma and an identifier."),
        ("userid", "lin,1\nzhou,1", "Line 2: the identifier is linked already, or stands here twice."),
        ("userid", "lin,", "Line 1: this has to be"),
        ("shoe-size", "lin,44", "does not know that kind"),
    ] {
        let reply = import(&mut world, kind, lines).await;
        assert_eq!((reply.status, world.rows("bindings").await), (422, 0), "{lines}");
        let page = reply.page();
        assert!(page.text().contains(told), "{}", page.text());
        assert_eq!(
            page.texts("textarea"),
            [lines.split_whitespace().collect::<Vec<_>>().join(" ")],
            "kept to be mended"
        );
    }
}

/// SC-3: a failing look-up tells why, moves nothing, and is not taken for people who left.
#[tokio::test(flavor = "multi_thread")]
async fn a_failing_look_up_moves_nothing() {
    let mut world = world().await;
    world.add_user("lin", "", &["member"]).await;
    let (lin, _) = ids(&world, "lin");
    imported(&mut world, "userid", &format!("lin,{lin}")).await;
    world.simulator.set_permissions(CLIENT_ID, [Permission::ContactUserRead]).unwrap();
    let reply = world.admin.post(KEYS, &[("step", "plan")]).await;
    let text = reply.page().text();
    assert_eq!(reply.status, 422, "{text}");
    assert!(!text.contains("Unknown"), "a missing permission is not a missing person: {text}");

    world.simulator.fault(Endpoint::AppAccessToken, Fault::always().preset(Preset::ServerError));
    let reply = world.admin.post(KEYS, &[("step", "plan")]).await;
    assert!(!reply.page().has("input[name=fingerprint]"), "{}", reply.page().text());
    assert_eq!(links(&world).await, [format!("userid {lin}")]);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_administrators_get_there() {
    let mut world = world().await;
    world.add_user("lin", "+8613900000001", &["member"]).await;
    let mut member = world.browser();
    assert_eq!(member.sign_in_as(&world.simulator, "dingtalk", "lin").await.status, 303);
    world.simulator.reset_counters();
    assert_eq!(member.get(KEYS).await.status, 403);
    assert_eq!(member.post(KEYS, &[("step", "plan")]).await.status, 403);
    assert_eq!(world.browser().post(KEYS, &[("step", "plan")]).await.status, 401);
    assert_eq!(looked_up(&world), 0);
    for path in ["/admin/authentication/password/keys", "/admin/authentication/nowhere/keys"] {
        assert_eq!(world.admin.get(path).await.status, 404, "{path}");
    }
}
