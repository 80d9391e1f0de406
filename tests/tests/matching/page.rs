//! What an administrator sees of links and profiles, and how a link is removed.

use reqwest::Method;
use serde_json::json;

use super::{REALM, Stage, claim, member, who, with};

#[tokio::test(flavor = "multi_thread")]
async fn the_page_tells_how_every_link_came_about() {
    let mut stage = Stage::new(true).await;
    let ann = stage.admits("one", &with(member("subject-of-ann", "13900000001"), json!({"name": claim("Ann")}))).await;
    stage.bring("two", "badge", "badge-of-ann-7", &ann).await;
    let page = stage.world.admin.get(&format!("/admin/users/{ann}")).await.page().text();
    for told in [
        "Account created at the first sign-in",
        "Brought along from another system",
        "Never used",
        "Badge badg…nn-7",
        "Identifier subj…-ann",
        "Organisation org-1",
        &format!("Valid within {REALM}"),
        "From the person’s own account at the sign-in service.",
        "Verified by the sign-in service.",
    ] {
        assert!(page.contains(told), "{told}: {page}");
    }
    assert!(!page.contains("subject-of-ann") && !page.contains("badge-of-ann-7"));
    let links = stage.user(&ann).await["links"].clone();
    let told = json!({
        "how": "sign-up", "key": "subject", "subject": "subj…-ann", "tenant": "org-1", "realm": REALM, "made_by": null
    });
    let by_sign_up = links.as_array().unwrap().iter().find(|link| link["how"] == "sign-up").unwrap();
    for (name, value) in told.as_object().unwrap() {
        assert_eq!(&by_sign_up[name], value, "{name}");
    }
    let page = stage.world.admin.get(&format!("/admin/users/{}", who(&mut stage.world.admin.clone()).await)).await;
    assert!(page.page().text().contains("Entered by an administrator."));
}

/// A removed link signs nobody in, its sessions are over, and others go on.
#[tokio::test(flavor = "multi_thread")]
async fn a_link_is_removed_with_its_sessions() {
    let mut stage = Stage::new(false).await;
    let ann = stage.world.add_user("ann", "+8613900000001", &["member"]).await;
    let (mut here, _) = stage.sign_in("one", &member("a", "13900000001")).await;
    let (mut there, _) = stage.sign_in("two", &member("a", "13900000001")).await;
    let page = stage.world.admin.get(&format!("/admin/users/{ann}")).await.page();
    let remove = page.attribute("form[action*='/links/']", "action").unwrap();
    assert!(stage.world.admin.post(&remove, &[]).await.location().contains("notice=link-removed"));
    assert_eq!(stage.links().await, ["two subject a realm"]);
    assert_eq!((here.get("/api/v1/me").await.status, there.get("/api/v1/me").await.status), (401, 200));
    let gone = stage.world.admin.post(&remove, &[]).await;
    assert!(gone.location().contains("notice=gone"), "{}", gone.location());
    let journal = stage.world.admin.get("/admin/journal?kind=user").await.page().text();
    assert!(journal.contains("Link to ann removed"), "{journal}");
    // The other link still says who it is.
    assert_eq!(stage.admits("one", &member("a", "13900000001")).await, ann);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_api_removes_links_for_administrators_only() {
    let mut stage = Stage::new(true).await;
    let (mut ann, _) = stage.sign_in("one", &member("a", "13900000001")).await;
    let id = who(&mut ann).await;
    let link = stage.user(&id).await["links"][0]["id"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/users/{id}/links/{link}");
    assert_eq!(ann.json(Method::DELETE, &path, None).await.status, 403);
    let admin = who(&mut stage.world.admin).await;
    for elsewhere in [format!("/api/v1/users/{admin}/links/{link}"), format!("/api/v1/users/{id}/links/0")] {
        assert_eq!(stage.world.admin.json(Method::DELETE, &elsewhere, None).await.status, 404, "{elsewhere}");
    }
    let reply = stage.world.admin.json(Method::DELETE, &path, None).await;
    assert_eq!((reply.status, &reply.json()["links"]), (200, &json!([])), "{}", reply.body);
    assert_eq!(ann.get("/api/v1/me").await.status, 401);
}
