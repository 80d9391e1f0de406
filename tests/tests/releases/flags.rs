//! What is only ever said at a start: no plug-in at all, or such that nobody vouches for.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use gatehouse::app::StartFlags;
use gatehouse_tests::{Machine, Options, World, eventually, example_plugin};

use super::{ID, chameleon};

fn drop_into(world: &World, name: &str, bytes: &[u8]) {
    let path = world.data_dir().join("plugins").join(name);
    fs::write(&path, bytes).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn pl_1_a_bare_library_is_unsigned_and_does_not_run() {
    let mut world = World::new().await;
    drop_into(&world, "chameleon.so", &chameleon("first", "1.0.0"));
    let plugin = world.plugin(ID).await;
    assert_eq!(plugin["file"]["signature"]["state"], "unsigned", "{plugin}");
    let reply = world.admin.post(&format!("/admin/plugins/{ID}/enable"), &[]).await;
    assert!(reply.location().contains("notice=plugin-failed"), "{}", reply.location());
    let page = world.admin.get("/admin/plugins").await.page();
    assert!(page.text().contains("The package is not signed."), "{}", page.text());
    assert!(!page.has(".alarm"));
}

#[tokio::test(flavor = "multi_thread")]
async fn pl_1_for_development_it_does_and_every_page_says_so_in_red() {
    let start = StartFlags { allow_unsigned_plugins: true, safe_mode: false };
    let mut world = World::with(Options { start, ..Options::default() }).await;
    drop_into(&world, "chameleon.so", &chameleon("first", "1.0.0"));
    world.plugin(ID).await;
    world.enable(ID).await;
    for address in ["/admin/plugins", "/admin/users", "/admin/authentication", "/admin/journal"] {
        let page = world.admin.get(address).await.page();
        assert_eq!(page.texts(".alarm p").len(), 1, "{address}: {}", page.text());
        assert!(page.text().contains("--allow-unsigned-plugins"), "{address}");
    }
    assert!(!world.browser().get("/signin").await.page().has(".alarm"), "people who sign in are not told");
}

/// It is a flag of `serve` and nothing else.
#[tokio::test(flavor = "multi_thread")]
async fn pl_1_no_file_and_no_variable_allows_it() {
    let mut machine = Machine::new();
    let file = machine.write("gatehouse.toml", "allow_unsigned_plugins = true\n");
    machine.set("GATEHOUSE_CONFIG", file.display());
    let outcome = machine.run(&["serve"]).await;
    assert!(outcome.refused(2).contains("allow_unsigned_plugins"));
    machine.write("gatehouse.toml", "");
    machine.set("GATEHOUSE_ALLOW_UNSIGNED_PLUGINS", "true");
    assert!(machine.run(&["serve"]).await.refused(2).contains("allow_unsigned_plugins"));
}

#[tokio::test(flavor = "multi_thread")]
async fn pl_7_safe_mode_starts_with_no_plug_in_at_all() {
    let machine = Machine::with_plugin();
    machine.drop_package(&example_plugin("smallest"));
    machine.does(&["admin", "create", "--username", "admin"]).await;
    for id in ["auth-dingtalk", "example-smallest"] {
        machine.does(&["plugin", "enable", id]).await;
    }
    let mut host = machine.serve_with(&["--safe-mode"]).await;
    assert!(host.log().contains("safe mode"), "{}", host.log());
    let mapped = fs::read_to_string(format!("/proc/{}/maps", host.id())).unwrap();
    assert!(!mapped.contains("plugins-run"), "no library is mapped");
    assert_eq!(host.browser().get("/signin").await.status, 200);
    assert!(host.runs());
    drop(host);
    let host = machine.serve().await;
    eventually("the next start has them again", async || {
        fs::read_to_string(format!("/proc/{}/maps", host.id())).unwrap().contains("plugins-run")
    })
    .await;
}
