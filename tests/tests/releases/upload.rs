//! Installing from the browser, and everything that is refused.

use std::fs;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use gatehouse::plugins::package::digest;
use gatehouse_tests::{Options, Signer, World, upload_body};
use reqwest::Method;
use serde_json::json;

use super::{ID, chameleon};

/// Everything below the host's data folder.
fn files(world: &World) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    let mut waiting = vec![world.data_dir()];
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            // SQLite's own, which come and go.
            if path.is_dir() {
                waiting.push(path);
            } else if !path.file_name().unwrap().to_string_lossy().starts_with("gatehouse.db") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn pl_1_a_signed_package_comes_in_and_nothing_of_it_runs() {
    let mut world = World::new().await;
    let before = files(&world);
    let form = world.admin.get("/admin/plugins/install").await;
    assert!(form.page().text().contains("Trusted keys") && form.page().text().contains("tests"), "{}", form.body);
    let (_, package) = Signer::trusted().package(&chameleon("first", "1.0.0"));
    let (sha256, password) = (digest(&package), world.admin_password.clone());
    assert!(world.upload(&package, &password).await.location().contains("notice=plugin-installed"));
    let plugin = world.plugin(ID).await;
    assert_eq!((&plugin["state"], &plugin["releases"][0]["sha256"]), (&json!("available"), &json!(sha256)));
    assert_eq!(plugin["file"]["signature"]["state"], "trusted", "{plugin}");
    assert_eq!(files(&world), before, "the database has it, and nothing else");
    let page = world.admin.get(&format!("/admin/plugins/{ID}")).await.page();
    for told in
        ["Chameleon", "Trusted", "tests ·", "It may send people to elsewhere.example to sign in.", "manifest.json"]
    {
        assert!(page.text().contains(told), "{told}: {}", page.text());
    }
    assert!(page.text().contains("Installed by Administrator"), "{}", page.text());
    world.enable(ID).await;
    assert_eq!(world.plugin(ID).await["state"], "enabled");
    // Once more changes nothing.
    assert!(world.upload(&package, &password).await.location().contains("notice=plugin-installed"));
    assert_eq!(world.plugin(ID).await["releases"].as_array().unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn pl_8_the_password_is_asked_for_each_time() {
    let mut world = World::new().await;
    let (_, package) = Signer::trusted().package(&chameleon("first", "1.0.0"));
    for password in ["", "not the password of the administrator"] {
        let reply = world.upload(&package, password).await;
        assert_eq!(reply.status, 422, "{}", reply.page().text());
        assert!(reply.page().has("input[name=password]"), "{}", reply.body);
    }
    let body = json!({"package": STANDARD.encode(&package), "password": "not the password"});
    let reply = world.admin.json(Method::POST, "/api/v1/plugins", Some(&body)).await;
    assert_eq!((reply.status, reply.json()["error"].as_str()), (403, Some("reauth-required")), "{}", reply.body);
    assert_eq!(world.rows("plugin_packages").await, 0);
    let body = json!({"package": STANDARD.encode(&package), "password": world.admin_password});
    let reply = world.admin.json(Method::POST, "/api/v1/plugins", Some(&body)).await;
    assert_eq!((reply.status, reply.json()["id"].as_str()), (201, Some(ID)), "{}", reply.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn pl_8_nobody_else_installs() {
    let mut world = World::new().await;
    world.add_user("lin", "+8613900000001", &["member"]).await;
    let (_, package) = Signer::trusted().package(&chameleon("first", "1.0.0"));
    let media = "multipart/form-data; boundary=----gatehouse-tests-7d1f";
    let send = async |client: &mut gatehouse_tests::Client, origin: Option<&str>, media: &str, password: &str| {
        let mut request = client.request(Method::POST, "/admin/plugins/install").header("content-type", media);
        if let Some(origin) = origin {
            request = request.header("origin", origin);
        }
        let request = request.body(upload_body(&package, password));
        client.send(request).await.status
    };
    let (own, password) = (world.admin.origin(), world.admin_password.clone());
    let mut stranger = world.browser();
    assert_eq!(send(&mut stranger, Some(&own), media, &password).await, 401, "nobody is signed in");
    let mut admin = world.admin.clone();
    assert_eq!(send(&mut admin, Some("https://elsewhere.example"), media, &password).await, 403, "another site's form");
    assert_eq!(send(&mut admin, None, media, &password).await, 403, "from nowhere");
    let plain = "application/x-www-form-urlencoded";
    assert_eq!(send(&mut admin, Some(&own), plain, &password).await, 415, "another kind of form");
    // And no other page takes uploads.
    let request = world.admin.request(Method::POST, "/admin/users").header("origin", own).header("content-type", media);
    assert_eq!(world.admin.send(request.body(upload_body(&package, &password))).await.status, 415);
    assert_eq!(world.rows("plugin_packages").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn pl_8_it_can_be_switched_off() {
    let mut world = World::with(Options { no_uploads: true, ..Options::default() }).await;
    let page = world.admin.get("/admin/plugins/install").await.page();
    assert!(page.text().contains("Packages are not installed here"), "{}", page.text());
    assert!(!page.has("input[type=file]"));
    let (_, package) = Signer::trusted().package(&chameleon("first", "1.0.0"));
    let password = world.admin_password.clone();
    assert_eq!(world.upload(&package, &password).await.status, 403);
    let body = json!({"package": STANDARD.encode(&package), "password": password});
    assert_eq!(world.admin.json(Method::POST, "/api/v1/plugins", Some(&body)).await.status, 403);
    assert_eq!(world.rows("plugin_packages").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_refusal_is_a_plain_sentence_and_leaves_nothing() {
    let mut world = World::new().await;
    let library = chameleon("first", "1.0.0");
    let (_, good) = Signer::trusted().package(&library);
    let (_, foreign) = Signer::stranger().package(&library);
    let bare =
        gatehouse::plugins::package::pack::pack(&[library.as_slice().into()], &Default::default()).unwrap().bytes;
    let mut trailing = good.clone();
    trailing.extend_from_slice(b"more");
    let rows: [(&str, Vec<u8>, &str); 6] = [
        ("nothing", Vec::new(), "not a package"),
        ("a library", library, "not a package"),
        ("nobody's", bare, "The package is not signed."),
        ("a stranger's", foreign, "a key that this installation does not trust"),
        ("half", good[..good.len() / 2].to_vec(), "damaged or cut off"),
        ("more", trailing, "Something follows the end of the package."),
    ];
    let (before, password) = (files(&world), world.admin_password.clone());
    for (name, package, sentence) in rows {
        let reply = world.upload(&package, &password).await;
        assert_eq!(reply.status, 422, "{name}: {}", reply.page().text());
        assert!(reply.page().text().contains(sentence), "{name}: {}", reply.page().text());
    }
    assert_eq!((world.rows("plugin_packages").await, files(&world)), (0, before));
    let refused = world.query("SELECT COUNT(*) FROM journal WHERE kind = 'plugin.installed' AND outcome = 'refused'");
    assert_eq!(refused.await, 6, "the journal has each");
    // Chinese, too.
    world.admin.language = "zh-CN";
    let reply = world.upload(b"hello", &password).await;
    assert!(reply.page().text().contains("安装包"), "{}", reply.page().text());
}

/// A row of a restored database may say anything: the bytes are what counts, whatever they are called.
#[tokio::test(flavor = "multi_thread")]
async fn pl_3_rows_of_a_restored_database_prove_nothing() {
    let mut world = World::new().await;
    world.install(&chameleon("first", "1.0.0")).await;
    let (_, foreign) = Signer::stranger().package(&chameleon("second", "1.0.7"));
    let text = STANDARD.encode(&foreign);
    world.tamper(&format!("UPDATE plugin_package_parts SET data = '{text}'")).await;
    let reply = world.admin.post(&format!("/admin/plugins/{ID}/enable"), &[]).await;
    assert!(reply.location().contains("notice=plugin-failed"), "{}", reply.location());
    assert_ne!(world.plugin(ID).await["state"], "enabled");
    let row = "INSERT INTO plugin_packages VALUES ('../../../../etc/passwd', 'x', '1.0.0', 1, 'somebody', 0)";
    world.tamper(row).await;
    assert_eq!(world.admin.get("/admin/plugins").await.status, 200);
}
