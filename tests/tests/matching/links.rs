//! Links decide before anything else does, and by every key that is somebody's for good.

use serde_json::json;

use super::{REALM, Stage, member, person, with};

/// ID-1: the link wins over the number, even over the number of another.
#[tokio::test(flavor = "multi_thread")]
async fn id_1_the_link_by_the_subject_is_first() {
    let mut stage = Stage::new(true).await;
    let ann = stage.world.add_user("ann", "+8613900000001", &["member"]).await;
    let bob = stage.world.add_user("bob", "+8613900000002", &["member"]).await;
    assert_eq!(stage.admits("one", &person("a", "13900000001")).await, ann);
    // Whatever else the provider says of them now.
    stage.bring("one", "badge", "7", &bob).await;
    let badge = json!({"also": [{"kind": "badge", "value": "7"}], "former": ["b"]});
    assert_eq!(stage.admits("one", &with(member("a", "13900000002"), badge)).await, ann);
    assert_eq!(stage.links().await, ["one badge 7 imported", "one subject a phone"]);
}

/// ID-1: without a realm, two authenticators know nothing of each other.
#[tokio::test(flavor = "multi_thread")]
async fn id_1_links_belong_to_an_authenticator() {
    let mut stage = Stage::new(false).await;
    stage.world.add_user("ann", "+8613900000001", &["member"]).await;
    stage.admits("one", &person("a", "13900000001")).await;
    stage.refuses("two", &json!({"subject": "a"}), "no-phone").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_by_a_stable_key_moves_to_the_subject() {
    let mut stage = Stage::new(true).await;
    let ann = stage.world.add_user("ann", "", &["member"]).await;
    stage.bring("one", "badge", "7", &ann).await;
    stage.bring("one", "pass", "p7", &ann).await;
    let keys = json!({"also": [{"kind": "badge", "value": "7"}, {"kind": "pass", "value": "p7"}]});
    assert_eq!(stage.admits("one", &with(member("a", ""), keys.clone())).await, ann);
    assert_eq!(stage.links().await, ["one subject a moved"], "its brothers go");
    assert_eq!(
        (&stage.told().await["how"], &stage.told().await["moved_from"]),
        (&"moved".into(), &"badge, pass".into())
    );
    // Once moved, the key says nothing any more.
    let handed_on = with(person("b", "13900000002"), keys);
    assert_ne!(stage.admits("one", &handed_on).await, ann);
}

/// ID-5: an administrator's link by another key was made by an administrator; it counts.
#[tokio::test(flavor = "multi_thread")]
async fn id_5_a_brought_along_link_is_an_explicit_one() {
    let mut stage = Stage::new(true).await;
    let boss = stage.world.add_user("boss", "+8613900000001", &["admin", "member"]).await;
    let badge = json!({"also": [{"kind": "badge", "value": "1"}]});
    stage.refuses("one", &with(person("b", "13900000001"), badge.clone()), "privileged-account").await;
    stage.bring("one", "badge", "1", &boss).await;
    assert_eq!(stage.admits("one", &with(person("b", "13900000001"), badge)).await, boss);
}

/// Only what is somebody's for good moves by itself.
#[tokio::test(flavor = "multi_thread")]
async fn a_link_by_an_unstable_or_unknown_key_signs_nobody_in() {
    let mut stage = Stage::new(false).await;
    let ann = stage.world.add_user("ann", "+8613900000001", &["member"]).await;
    stage.bring("one", "desk", "12", &ann).await;
    stage.bring("one", "hat", "12", &ann).await;
    for kind in ["desk", "hat", "subject"] {
        let key = json!({"also": [{"kind": kind, "value": "12"}]});
        stage.refuses("one", &with(person("a", "13900000009"), key), "sign-up-off").await;
    }
    // It is not in the way of the telephone number either.
    let key = json!({"also": [{"kind": "desk", "value": "99"}]});
    assert_eq!(stage.admits("one", &with(person("a", "13900000001"), key)).await, ann);
    assert_eq!(stage.links().await.last().unwrap(), "one subject a phone");
}

/// A subject of one person is no other key of another, even if they look alike.
#[tokio::test(flavor = "multi_thread")]
async fn keys_of_different_kinds_never_meet() {
    let mut stage = Stage::new(false).await;
    let ann = stage.world.add_user("ann", "+8613900000001", &["member"]).await;
    stage.admits("one", &person("7", "13900000001")).await;
    let badge = json!({"also": [{"kind": "badge", "value": "7"}]});
    stage.refuses("one", &with(person("b", "13900000009"), badge), "sign-up-off").await;
    stage.bring("one", "badge", "8", &ann).await;
    stage.refuses("one", &person("8", "13900000009"), "sign-up-off").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_link_of_a_former_subject_follows() {
    let stage = Stage::new(true).await;
    let ann = stage.admits("one", &person("old", "13900000001")).await;
    let renewed = with(person("new", "13900000009"), json!({"former": ["older", "old"]}));
    assert_eq!(stage.admits("one", &renewed).await, ann);
    assert_eq!(stage.links().await, ["one subject new former"]);
    assert_eq!(stage.told().await["moved_from"], "subject");
    // The old one is nobody's from now on; here the number says that it was handed on.
    stage.refuses("one", &person("old", "13900000009"), "phone-taken").await;
}

/// One person, one account: the same subject in one realm, whichever authenticator of the type.
#[tokio::test(flavor = "multi_thread")]
async fn one_realm_is_one_account() {
    let mut stage = Stage::new(true).await;
    let ann = stage.admits("one", &member("a", "13900000001")).await;
    // Neither the number nor whether the other authenticator is switched on matters.
    stage.world.act("one", "disable").await;
    assert_eq!(stage.admits("two", &json!({"subject": "a", "member": true, "realm": REALM})).await, ann);
    assert_eq!(stage.links().await, ["one subject a sign-up", "two subject a realm"]);
    assert_eq!(stage.told().await["how"], "realm");
    let page = stage.world.admin.get(&format!("/admin/users/{ann}")).await.page().text();
    assert!(page.contains("Known through another authenticator of the same organisation"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_realm_subject_or_type_is_another_person() {
    let mut stage = Stage::new(false).await;
    stage.add("other", "marionette", false).await;
    stage.world.add_user("ann", "+8613900000001", &["member"]).await;
    stage.admits("one", &member("a", "13900000001")).await;
    let stranger = |subject: &str, realm: &str| json!({"subject": subject, "member": true, "realm": realm});
    stage.refuses("two", &stranger("a", "https://provider.example/org-2"), "no-phone").await;
    stage.refuses("two", &stranger("b", REALM), "no-phone").await;
    stage.refuses("other", &stranger("a", REALM), "no-phone").await;
}

/// Somebody whom nobody made sure of gets into no realm; somebody whom somebody made sure of later does.
#[tokio::test(flavor = "multi_thread")]
async fn a_realm_is_learnt_when_it_is_proven() {
    let stage = Stage::new(true).await;
    let ann = stage.admits("one", &person("a", "13900000001")).await;
    stage.refuses("two", &json!({"subject": "a", "member": true, "realm": REALM}), "no-phone").await;
    assert_eq!(stage.admits("one", &member("a", "13900000001")).await, ann);
    // And not forgotten, when nobody asks again.
    assert_eq!(stage.admits("one", &person("a", "13900000001")).await, ann);
    assert_eq!(stage.admits("two", &json!({"subject": "a", "member": true, "realm": REALM})).await, ann);
}

/// A former subject is the same person at the other authenticators, too.
#[tokio::test(flavor = "multi_thread")]
async fn a_realm_knows_former_subjects() {
    let stage = Stage::new(true).await;
    let ann = stage.admits("one", &member("old", "13900000001")).await;
    let renewed = json!({"subject": "new", "former": ["old"], "member": true, "realm": REALM});
    assert_eq!(stage.admits("two", &renewed).await, ann);
    assert_eq!(stage.links().await, ["one subject old sign-up", "two subject new realm"]);
    assert_eq!(stage.admits("one", &renewed).await, ann);
    assert_eq!(stage.links().await, ["one subject new former", "two subject new realm"]);
}

/// Whoever would be two people is nobody.
#[tokio::test(flavor = "multi_thread")]
async fn contradictions_are_refused() {
    let mut stage = Stage::new(true).await;
    let ann = stage.world.add_user("ann", "+8613900000001", &["member"]).await;
    let bob = stage.world.add_user("bob", "+8613900000002", &["member"]).await;
    stage.bring("one", "badge", "7", &ann).await;
    stage.bring("one", "pass", "p8", &bob).await;
    let keys = json!({"also": [{"kind": "badge", "value": "7"}, {"kind": "pass", "value": "p8"}]});
    stage.refuses("one", &with(person("a", ""), keys), "link-taken").await;
    // The badge says Ann, the number says Bob: badges can be handed on.
    let badge = json!({"also": [{"kind": "badge", "value": "7"}]});
    stage.refuses("one", &with(person("a", "13900000002"), badge.clone()), "link-taken").await;
    // The badge says Ann, whose subject is another one.
    stage.bring("one", "subject", "ann-herself", &ann).await;
    stage.refuses("one", &with(person("a", "13900000001"), badge.clone()), "link-taken").await;
    // The badge says Ann, the realm says Bob.
    stage.admits("two", &member("b", "13900000002")).await;
    stage.refuses("one", &with(member("b", ""), badge), "link-taken").await;
    let log = stage.world.admin.get("/admin/journal").await.page().text();
    assert!(log.contains("This account is connected to somebody else"), "{log}");
}

/// ID-10: whoever was disabled stays out, whatever key says who they are; and the link does not move.
#[tokio::test(flavor = "multi_thread")]
async fn id_10_a_disabled_user_is_refused_by_every_rule() {
    let mut stage = Stage::new(true).await;
    let ann = stage.admits("one", &member("a", "13900000001")).await;
    stage.bring("one", "badge", "7", &ann).await;
    let bob = stage.world.add_user("bob", "+8613900000002", &["member"]).await;
    stage.bring("one", "badge", "8", &bob).await;
    stage.world.disable_user(&ann).await;
    stage.world.disable_user(&bob).await;
    stage.refuses("one", &member("a", "13900000001"), "account-disabled").await;
    stage.refuses("two", &member("a", "13900000001"), "account-disabled").await;
    stage.refuses("one", &with(person("z", ""), json!({"former": ["a"]})), "account-disabled").await;
    stage.refuses("two", &person("z", "13900000001"), "account-disabled").await;
    let badge = json!({"also": [{"kind": "badge", "value": "8"}]});
    stage.refuses("one", &with(person("z", ""), badge), "account-disabled").await;
}
