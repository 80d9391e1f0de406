//! A package comes in as an administrator brings it: chosen from the disk, watched on its way, refused in words.

use std::fs;

use gatehouse_tests::chromium::Browser;
use gatehouse_tests::{Signer, World, example_plugin, skips};

use super::words::Words;
use super::{is_content, sign_in_as_administrator};

#[tokio::test(flavor = "multi_thread")]
async fn a_package_is_chosen_refused_mended_and_used() {
    if skips("browser") {
        return;
    }
    let (mut world, words) = (World::new().await, Words::english());
    let library = fs::read(example_plugin("smallest")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let [bad, good] = [Signer::stranger(), Signer::trusted()].map(|signer| signer.package(&library).1);
    let paths = [("bad.tar.gz", bad), ("good.tar.gz", good)].map(|(name, bytes)| {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        path.display().to_string()
    });
    let browser = Browser::start(words.look).await;
    sign_in_as_administrator(&browser, &world, &words).await;
    browser.open(&format!("{}/admin/plugins", world.site)).await;
    browser.click(".page-head a.primary").await;
    browser.arrives_at(&format!("{}/admin/plugins/install", world.site)).await;

    // What is refused is said in its place, and the form can be used again.
    browser.attach("Package", &paths[0]).await;
    browser.enter("Password", &world.admin_password).await;
    browser.press("Upload and check").await;
    browser.reads("signed with a key that this installation does not trust").await;
    browser.attach("Package", &paths[1]).await;
    browser.enter("Password", "not the password").await;
    browser.press("Upload and check").await;
    browser.reads("This is not your present password.").await;
    browser.attach("Package", &paths[1]).await;
    browser.enter("Password", &world.admin_password).await;
    browser.press("Upload and check").await;
    browser.reads("The package is installed.").await;
    browser.arrives_below(&format!("{}/admin/plugins/example-smallest", world.site)).await;
    browser.press("Enable Smallest example").await;
    browser.reads("The plug-in is enabled.").await;
    assert_eq!(world.plugin("example-smallest").await["state"], "enabled");
    is_content(&browser, &["status of 422"]).await;
}
