//! Which fields of a user a sign-in refreshes: on the page and in the JSON API; applied files are in `command_line`.

use serde_json::json;

use super::{body, change, newest, post, put, signing_in, stored};

#[tokio::test(flavor = "multi_thread")]
async fn the_boxes_are_kept() {
    let mut world = signing_in().await;
    let ticked = |page: &gatehouse_tests::Page| {
        let boxes = page.pairs("fieldset.choices input[type='checkbox'][checked]");
        boxes.into_iter().map(|(name, _)| name.strip_prefix("refresh.").unwrap().to_owned()).collect::<Vec<_>>()
    };
    let page = world.admin.get("/admin/authentication/dingtalk").await.page();
    assert_eq!(ticked(&page), ["name", "email", "picture", "phone"], "at first");
    let form =
        [("refresh", "true"), ("refresh.name", "true"), ("refresh.phone", "true"), ("settings.client_secret", "")];
    assert_eq!(world.change_authenticator("dingtalk", &form).await.status, 303);
    assert_eq!(stored(&mut world, "dingtalk").await["refresh"], json!(["name", "phone"]));
    assert_eq!(newest(&mut world, "authenticator.changed").await.1["fields"], "refresh");
    let page = world.admin.get("/admin/authentication/dingtalk").await.page();
    assert_eq!(ticked(&page), ["name", "phone"]);
    // A form that is refused shows them as they were ticked.
    let form = [("refresh", "true"), ("refresh.picture", "true"), ("title.en", "")];
    assert_eq!(ticked(&world.change_authenticator("dingtalk", &form).await.page()), ["picture"]);
    assert_eq!(world.change_authenticator("dingtalk", &[("refresh", "true")]).await.status, 303);
    assert_eq!(stored(&mut world, "dingtalk").await["refresh"], json!([]), "none at all");
    assert_eq!(world.change_authenticator("dingtalk", &[]).await.status, 303);
    assert_eq!(stored(&mut world, "dingtalk").await["refresh"], json!([]), "a form without the boxes says nothing");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_built_in_one_has_none() {
    let mut world = signing_in().await;
    let page = world.admin.get("/admin/authentication/password").await.page();
    assert!(!page.has("fieldset.choices"), "{}", page.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_api_takes_and_gives_them() {
    let mut world = signing_in().await;
    let mut new = body(&world, "second", false, &json!({}));
    new["refresh"] = json!(["phone", "name", "name"]);
    assert_eq!(post(&mut world, "", Some(&new)).await.json()["refresh"], json!(["name", "phone"]));
    let silent = body(&world, "third", false, &json!({}));
    assert_eq!(post(&mut world, "", Some(&silent)).await.status, 201);
    assert_eq!(stored(&mut world, "third").await["refresh"], json!(["name", "email", "picture", "phone"]));
    let mut body = change(&world, true, &json!({}));
    body["refresh"] = json!(["picture"]);
    assert_eq!(put(&mut world, &body).await.json()["refresh"], json!(["picture"]));
    body.as_object_mut().unwrap().remove("refresh");
    assert_eq!(put(&mut world, &body).await.json()["refresh"], json!(["picture"]), "absent leaves it");
    body["refresh"] = json!(["colour"]);
    assert_eq!(put(&mut world, &body).await.status, 422);
}
