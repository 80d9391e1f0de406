//! The folder that libraries are dropped into, while the host runs.

use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;

use gatehouse_tests::{Signer, World, example_plugin, plugin_library};
use serde_json::Value;

/// Puts a file into the folder of a host that runs.
pub(crate) fn drop_into(world: &World, name: &str, content: &[u8], mode: u32) {
    let path = world.data_dir().join("plugins").join(name);
    fs::write(&path, content).unwrap();
    fs::set_permissions(&path, Permissions::from_mode(mode)).unwrap();
}

/// A signed package of these bytes of a library.
fn packed(library: &[u8]) -> Vec<u8> {
    Signer::trusted().package(library).1
}

fn library(path: &Path) -> Vec<u8> {
    fs::read(path).unwrap()
}

/// Ids and states of the plug-ins, as the API tells them.
async fn plugins(world: &mut World) -> Vec<(String, String)> {
    let listed = world.admin.get("/api/v1/plugins").await.json();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    listed["plugins"].as_array().unwrap().iter().map(|one| (text(&one["id"]), text(&one["state"]))).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_library_that_appears_later_is_listed_and_works() {
    let mut world = World::new().await;
    assert_eq!(plugins(&mut world).await.len(), 1);
    drop_into(&world, "later.tar.gz", &packed(&library(&example_plugin("smallest"))), 0o600);
    let page = world.admin.get("/admin/plugins").await.page();
    assert!(page.text().contains("Smallest example"), "{}", page.text());
    world.enable("example-smallest").await;
    assert!(world.admin.get("/admin/authentication").await.body.contains("type=example"));
    let state = |id: &str, state: &str| (id.to_owned(), state.to_owned());
    assert_eq!(plugins(&mut world).await, [state("auth-dingtalk", "available"), state("example-smallest", "enabled")]);
}

#[tokio::test(flavor = "multi_thread")]
async fn files_that_are_no_plug_in_are_listed_with_the_reason() {
    let mut world = World::new().await;
    let good = library(&plugin_library());
    let mut elsewhere = good.clone();
    elsewhere[18] = 183;
    let impostor = library(&example_plugin("impostor"));
    let package = packed(&good);
    let files: [(&str, &[u8], u32, &str, &str); 8] = [
        ("a-empty.so", b"", 0o600, "empty", "The file is empty."),
        ("b-text.so", b"<script>alert(1)</script>", 0o600, "not-elf", "This is not a library for Linux."),
        ("c-half.so", &good[..good.len() / 2], 0o600, "damaged", "The file is damaged or cut off."),
        ("d-elsewhere.so", &elsewhere, 0o600, "wrong-machine", "built for another kind of processor."),
        ("d-half.tar.gz", &package[..package.len() / 2], 0o600, "package-damaged", "The package is damaged or cut off"),
        ("e-open.so", &good, 0o666, "writable-by-others", "Other users of the server may change this file."),
        ("f-impostor.so", &impostor, 0o600, "no-manifest", "It has no manifest."),
        (
            "z-twice.so",
            &good,
            0o600,
            "duplicate-id",
            "Another file in the folder is the same plug-in in the same version.",
        ),
    ];
    for (name, content, mode, ..) in files {
        drop_into(&world, name, content, mode);
    }
    symlink(plugin_library(), world.data_dir().join("plugins/g-link.so")).unwrap();
    fs::create_dir(world.data_dir().join("plugins/h-folder.so")).unwrap();
    drop_into(&world, "readme.txt", b"nobody asks", 0o600);

    let listed = world.admin.get("/api/v1/plugins").await.json();
    let unreadable = listed["unreadable"].as_array().unwrap();
    let text = world.admin.get("/admin/plugins").await.page().text();
    let links = [("g-link.so", "not-a-file", "This is a link"), ("h-folder.so", "not-a-file", "a folder or a device.")];
    let told = files.iter().map(|(name, _, _, code, sentence)| (*name, *code, *sentence)).chain(links);
    let mut count = 0;
    for (name, code, sentence) in told {
        let file = unreadable.iter().find(|file| file["name"] == name).unwrap_or_else(|| panic!("{name}: {listed}"));
        assert_eq!(file["reason"]["code"], format!("plugin-refused-{code}"), "{name}");
        assert!(text.contains(name) && text.contains(sentence), "{name}: {text}");
        count += 1;
    }
    assert_eq!(unreadable.len(), count, "{listed}");
    assert_eq!(plugins(&mut world).await.len(), 1, "the good one is not disturbed");
    world.enable("auth-dingtalk").await;
    world.admin.language = "zh-CN";
    assert!(world.admin.get("/admin/plugins").await.page().text().contains("这不是 Linux 的库文件。"));
}

/// One that panics while it is made does not load, says why on its card, and the host lives.
#[tokio::test(flavor = "multi_thread")]
async fn a_library_that_fails_while_loading_is_told() {
    let mut world = World::new().await;
    drop_into(&world, "stillborn.tar.gz", &packed(&library(&example_plugin("stillborn"))), 0o600);
    assert_eq!(plugins(&mut world).await[1].0, "example-stillborn");
    let reply = world.admin.post("/admin/plugins/example-stillborn/enable", &[]).await;
    assert!(reply.location().contains("notice=plugin-failed"), "{}", reply.location());
    assert_eq!(plugins(&mut world).await[1].1, "failed");
    let text = world.admin.get("/admin/plugins").await.page().text();
    assert!(text.contains("It cannot be opened as a library."), "{text}");
    world.enable("auth-dingtalk").await;
}

/// The file of the DingTalk plug-in in the folder.
const DINGTALK: &str = "auth-dingtalk-1.1.0.tar.gz";

const SCRIPT: &str = "<script>alert(1)</script>";

/// The DingTalk library with a script in place of the path from `start` to `end`.
fn with_script(start: &str, end: &str) -> Vec<u8> {
    let mut bytes = library(&plugin_library());
    let at = |from: usize, text: &str| {
        let found = bytes[from..].windows(text.len()).position(|piece| piece == text.as_bytes());
        from + found.unwrap_or_else(|| panic!("the library has no {text}"))
    };
    let first = at(0, start);
    let behind = at(first, end) + end.len();
    bytes[first..behind].fill(b' ');
    bytes[first..first + SCRIPT.len()].copy_from_slice(SCRIPT.as_bytes());
    bytes
}

/// A manifest whose picture has a script in it is none.
#[tokio::test(flavor = "multi_thread")]
async fn a_picture_with_a_script_makes_a_bad_manifest() {
    let mut world = World::new().await;
    drop_into(&world, "bad.so", &with_script("<path d=\\\"M6", "fill=\\\"#fff\\\"/>"), 0o600);
    let listed = world.admin.get("/api/v1/plugins").await;
    assert_eq!(listed.json()["unreadable"][0]["reason"]["code"], "plugin-refused-bad-manifest", "{}", listed.body);
}

/// The picture of a type comes from the running library: it is served so that nothing in it can run.
#[tokio::test(flavor = "multi_thread")]
async fn pictures_of_types_are_inert() {
    let mut world = World::new().await;
    drop_into(&world, DINGTALK, &packed(&with_script("<path d=\"M6", "fill=\"#fff\"/>")), 0o600);
    world.enable("auth-dingtalk").await;
    world.add_authenticator("dingtalk", true).await;
    for (address, hostile) in [("/icons/dingtalk.svg", true), ("/icons/auth-dingtalk.svg", false)] {
        let icon = world.browser().get(address).await;
        assert_eq!((icon.status, icon.body.contains(SCRIPT)), (200, hostile), "{address}: {}", icon.body);
        assert_eq!(icon.headers["content-type"], "image/svg+xml");
        let policy = icon.headers["content-security-policy"].to_str().unwrap();
        let parts: Vec<&str> = policy.split(';').map(str::trim).collect();
        assert!(parts.contains(&"sandbox") && parts.contains(&"default-src 'none'"), "{policy}");
        assert!(!policy.contains("script-src"), "{policy}");
    }
    for page in ["/signin", "/admin/plugins", "/admin/authentication", "/admin/authentication/new?type=dingtalk"] {
        let reply = if page == "/signin" { world.browser().get(page).await } else { world.admin.get(page).await };
        assert!(reply.page().has("img[src^='/icons/']"), "{page} shows it as a picture only");
        assert!(!reply.body.contains(SCRIPT), "{page}");
    }
}
