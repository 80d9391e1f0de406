//! The telephone number, once, and sign-up.

use serde_json::json;

use super::{REALM, Stage, member, person, phone, with};

/// ID-2: what people say about themselves decides nothing.
#[tokio::test(flavor = "multi_thread")]
async fn id_2_a_self_declared_number_is_none() {
    let mut stage = Stage::new(true).await;
    stage.world.add_user("ann", "+8613900000001", &["member"]).await;
    for provenance in ["self-declared", "somebody-new"] {
        let identity = with(person("a", ""), json!({"phone": phone("13900000001", provenance)}));
        stage.refuses("one", &identity, "no-phone").await;
    }
}

/// ID-3: an empty, masked or ambiguous number matches nobody, and signs nobody up.
#[tokio::test(flavor = "multi_thread")]
async fn id_3_unclear_numbers_refuse() {
    let mut stage = Stage::new(true).await;
    stage.world.add_user("ann", "", &["member"]).await;
    stage.world.add_user("bob", "+8613900000001", &["member"]).await;
    stage.world.add_user("cid", "+8613900000001", &["member"]).await;
    for (number, reason) in [("", "no-phone"), ("139****0001", "phone-unusable"), ("13900000001", "phone-ambiguous")] {
        stage.refuses("one", &member("a", number), reason).await;
    }
    stage.refuses("one", &json!({"subject": "a"}), "no-phone").await;
}

/// ID-4: an account that somebody else at the provider has is not given away by its number, at no authenticator that
/// knows that it is somebody else.
#[tokio::test(flavor = "multi_thread")]
async fn id_4_a_number_that_was_handed_on_refuses() {
    let stage = Stage::new(true).await;
    stage.admits("one", &member("a", "13900000001")).await;
    stage.refuses("one", &member("heir", "13900000001"), "phone-taken").await;
    stage.refuses("two", &member("heir", "13900000001"), "phone-taken").await;
    let badge = json!({"subject": "heir", "member": true, "realm": REALM, "phone": phone("13900000001", "directory")});
    stage.refuses("two", &badge, "phone-taken").await;
}

/// ID-4: the administrator who opens the code reads which account it is about.
#[tokio::test(flavor = "multi_thread")]
async fn id_4_the_administrator_reads_whose_number_it_is() {
    let mut stage = Stage::new(false).await;
    stage.world.add_user("ann", "+8613900000001", &["member"]).await;
    stage.admits("one", &person("a", "13900000001")).await;
    stage.refuses("one", &person("heir", "13900000001"), "phone-taken").await;
    let newest = "SELECT reference FROM journal WHERE kind = 'signin.refused' ORDER BY id DESC LIMIT 1";
    let reference = stage.world.texts(newest).await.pop().unwrap();
    let told = stage.world.admin.get(&format!("/api/v1/journal/{reference}/explanation")).await.body;
    assert!(told.contains("phone-taken: ann"), "{told}");
    assert!(!told.contains("13900000001"), "{told}");
}

/// ID-4: a link that was brought along by a stable key says whose the account is.
#[tokio::test(flavor = "multi_thread")]
async fn id_4_a_link_that_waits_to_be_moved_counts() {
    let mut stage = Stage::new(true).await;
    let ann = stage.world.add_user("ann", "+8613900000001", &["member"]).await;
    stage.bring("one", "badge", "7", &ann).await;
    let other = json!({"also": [{"kind": "badge", "value": "8"}]});
    stage.refuses("one", &with(person("b", "13900000001"), other), "phone-taken").await;
    // Who at another authenticator, of no common realm, has the number is the person for all that is known.
    assert_eq!(stage.admits("two", &person("b", "13900000001")).await, ann);
}

/// ID-5.
#[tokio::test(flavor = "multi_thread")]
async fn id_5_administrators_are_not_linked_by_number() {
    let mut stage = Stage::new(true).await;
    stage.world.add_user("boss", "+8613900000001", &["admin", "member"]).await;
    let staff = with(member("a", ""), json!({"phone": phone("13900000001", "directory")}));
    stage.refuses("one", &staff, "privileged-account").await;
}

/// ID-6: nobody is made where sign-up is off, whatever the provider says.
#[tokio::test(flavor = "multi_thread")]
async fn id_6_without_sign_up_nobody_is_made() {
    let stage = Stage::new(false).await;
    let eager = json!({"also": [{"kind": "badge", "value": "7"}], "former": ["b"], "groups": [{"value": "admin", "provenance": "directory"}]});
    stage.refuses("one", &with(member("a", "13900000001"), eager), "sign-up-off").await;
}

/// ID-9: who is made has the least role.
#[tokio::test(flavor = "multi_thread")]
async fn id_9_a_newcomer_is_a_member() {
    let mut stage = Stage::new(true).await;
    let id = stage.admits("one", &member("a", "13900000001")).await;
    let user = stage.user(&id).await;
    assert_eq!((&user["roles"], &user["has_password"]), (&json!(["member"]), &json!(false)));
    let wanted = json!({"nickname": "provider", "email": null, "phone": "provider", "picture": null});
    assert_eq!(user["sources"], wanted);
}
