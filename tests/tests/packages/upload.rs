//! The same hostile packages, sent by an administrator's browser.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use gatehouse_tests::hostile::packages;
use gatehouse_tests::{Signer, World, plugin_library};

use super::{listing, sentence};

/// What the host keeps, without SQLite's own files, which come and go.
fn kept(world: &World) -> BTreeSet<PathBuf> {
    let is_database =
        |path: &PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("gatehouse.db"));
    listing(&world.data_dir()).into_iter().filter(|path| !is_database(path)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn pl_3_no_hostile_package_is_installed() {
    let mut world = World::new().await;
    let forge = Signer::trusted().forge(&fs::read(plugin_library()).unwrap());
    let (before, password) = (kept(&world), world.admin_password.clone());
    for one in packages(&forge) {
        let reply = world.upload(&one.bytes, &password).await;
        let text = reply.page().text();
        assert_eq!(reply.status, 422, "{}: {text}", one.name);
        assert!(text.contains(sentence(one.reason)), "{} ({}): {text}", one.name, one.reason);
    }
    assert_eq!((world.rows("plugin_packages").await, kept(&world)), (0, before));
    let reply = world.upload(&forge.good(), &password).await;
    assert!(reply.location().contains("notice=plugin-installed"), "{}", reply.page().text());
}
