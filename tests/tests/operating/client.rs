//! Signing in inside the provider's client: one authenticator at most, and the link to copy.

use gatehouse_tests::{Cluster, World};
use reqwest::Method;
use serde_json::{Value, json};

use super::{body, post, signing_in, stored};

/// What makes the client's switch complete.
fn on(more: &Value) -> Value {
    let mut settings = json!({"client": true, "corp_id": "dingcorpdemo0001"});
    for (name, value) in more.as_object().unwrap() {
        settings[name] = value.clone();
    }
    settings
}

async fn add(world: &mut World, uid: &str, enabled: bool) -> gatehouse_tests::Reply {
    let mut body = body(world, uid, enabled, &on(&json!({})));
    body["despite_findings"] = json!(true);
    post(world, "", Some(&body)).await
}

/// The second one is refused at its check box, and the sentence names the first.
#[tokio::test(flavor = "multi_thread")]
async fn one_authenticator_at_most() {
    let mut world = signing_in().await;
    assert_eq!(add(&mut world, "first", true).await.status, 201);
    let refused = add(&mut world, "second", true).await;
    assert_eq!(refused.status, 422, "{}", refused.body);
    let fault = refused.json()["faults"][0].clone();
    assert_eq!((fault["field"].as_str(), fault["code"].as_str()), (Some("settings.client"), Some("client-taken")));
    assert!(fault["message"].as_str().unwrap().contains("“first” (first)"), "{fault}");

    assert_eq!(add(&mut world, "second", false).await.status, 201, "while it is off, it may stand there");
    let refused = post(&mut world, "/second/enable", Some(&json!({"despite_findings": true}))).await;
    assert_eq!((refused.status, &refused.json()["faults"][0]["code"]), (422, &json!("client-taken")));
    let page = world.admin.post("/admin/authentication/second/enable", &[("anyway", "true")]).await;
    assert_eq!(page.status, 422);
    assert!(page.page().text().contains("“first” (first) signs people in inside the client already"));
    assert!(page.page().has("#f-settings-client-fault"), "at the field");

    let form = [("settings.client", "true"), ("settings.corp_id", "dingcorpdemo0001")];
    let page = world.change_authenticator("dingtalk", &form).await;
    assert_eq!(page.status, 422);
    assert!(page.page().has("#f-settings-client-fault"), "{}", page.page().text());
    assert_eq!(post(&mut world, "/first/disable", None).await.status, 200);
    assert_eq!(world.change_authenticator("dingtalk", &form).await.status, 303, "the place is free");
}

/// Two administrators at two nodes at once: PostgreSQL decides, and one of them is told.
#[tokio::test(flavor = "multi_thread")]
async fn two_at_once_are_one() {
    let Some(mut cluster) = Cluster::signing_in(2).await else { return };
    for uid in ["first", "second"] {
        let reply = add(&mut cluster.nodes[0], uid, false).await;
        assert_eq!(reply.status, 201, "{}", reply.body);
    }
    gatehouse_tests::eventually("the other node knows both", async || {
        let mut other = cluster.moved(&cluster.nodes[0].admin, 1);
        other.get("/api/v1/authenticators/second").await.status == 200
    })
    .await;
    for round in 0..10 {
        let enable = async |uid: &str, node: usize| {
            let mut browser = cluster.moved(&cluster.nodes[0].admin, node);
            let path = format!("/api/v1/authenticators/{uid}/enable");
            browser.json(Method::POST, &path, Some(&json!({"despite_findings": true}))).await.status
        };
        let (one, other) = tokio::join!(enable("first", 0), enable("second", 1));
        let mut statuses = [one, other];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 422], "round {round}");
        let sql = "SELECT COUNT(*) FROM authenticators WHERE enabled = 1 AND uid IN ('first', 'second')";
        assert_eq!(cluster.nodes[0].query(sql).await, 1);
        for uid in ["first", "second"] {
            post(&mut cluster.nodes[0], &format!("/{uid}/disable"), None).await;
        }
    }
}

/// What the provider's client fills in stays as it is, dollar signs and all; where people land is escaped.
#[tokio::test(flavor = "multi_thread")]
async fn the_link_is_there_to_be_copied() {
    let mut world = signing_in().await;
    let new = world.admin.get("/admin/authentication/new?type=dingtalk").await.page();
    let link = |page: &gatehouse_tests::Page| page.texts("#f-settings-client_url").pop().unwrap();
    let proposed = link(&new);
    assert!(proposed.starts_with(&format!("{}/signin/dingtalk-2/client?", world.site)), "{proposed}");
    assert!(proposed.contains("$CORPID$"), "before the first save: {proposed}");
    let form = [
        ("settings.client", "true"),
        ("settings.corp_id", "dingcorpdemo0001"),
        ("settings.landing", "/admin/users?q=林 a&b"),
    ];
    assert_eq!(world.change_authenticator("dingtalk", &form).await.status, 303);
    let shown = link(&world.admin.get("/admin/authentication/dingtalk").await.page());
    let served = stored(&mut world, "dingtalk").await["client_url"].as_str().unwrap().to_owned();
    assert_eq!(shown, served);
    let query =
        shown.strip_prefix(&format!("{}/signin/dingtalk/client?", world.site)).unwrap_or_else(|| panic!("{shown}"));
    let (landing, rest) = query.split_once('&').unwrap();
    assert_eq!(landing, "redirect=%2Fadmin%2Fusers%3Fq%3D%E6%9E%97+a%26b");
    assert!(rest.ends_with("=$CORPID$"), "{rest}");
}

/// What an option needs is told in words, and asked for at the field.
#[tokio::test(flavor = "multi_thread")]
async fn what_an_option_needs_is_told_at_the_field() {
    let mut world = signing_in().await;
    let page = world.admin.get("/admin/authentication/dingtalk").await.page();
    let told = page.texts("#f-settings-corp_id-needed");
    assert!(told.len() == 1 && told[0].starts_with("Required if “"), "{told:?}");
    let described = page.attribute("#f-settings-corp_id", "aria-describedby").unwrap();
    assert!(described.contains("f-settings-corp_id-needed"), "{described}");
    let reply = world.change_authenticator("dingtalk", &[("settings.client", "true")]).await;
    assert_eq!(reply.status, 422);
    assert!(reply.page().has("#f-settings-corp_id[aria-invalid]"), "{}", reply.page().text());
    world.admin.language = "zh-CN";
    let page = world.admin.get("/admin/authentication/dingtalk").await.page();
    assert!(page.texts("#f-settings-corp_id-needed")[0].starts_with("必填条件：“"));
}
